// A server made of a table, in place of the browser's XMLHttpRequest.

/** An answer with a status of its own. */
export function reply(status, body = {}, headers = {}) {
  return new Reply(status, body, headers);
}

/** What a handler returns or throws when the connection is to break. */
export function network() {
  return LOST;
}

class Reply {
  constructor(status, body, headers) {
    Object.assign(this, { status, body, headers });
  }
}

const LOST = Object.freeze({ lost: true });
const SHAPE = new Set(["status", "body", "headers"]);

/**
 * An XMLHttpRequest class for `window` that answers from `table`.
 *
 * A key is "GET /api/x"; a part such as ":id" stands for anything. A value is the data, a `reply(...)`, a plain
 * `{status, body, headers}`, `network()`, or a function of the request (it may be asynchronous) that gives one of these.
 * `seen(request)` hears of every request; `unanswered(request)` of those without a line in the table, which get a 501.
 */
export function answering(window, table, { seen, unanswered, moved }) {
  const routes = Object.entries(table).map(([key, answer]) => {
    const [method, path] = key.split(" ");
    const pattern = path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/:(\w+)/g, "(?<$1>[^/]+)");
    return { method, pattern: new RegExp(`^${pattern}$`), answer };
  });

  return class {
    upload = new window.EventTarget();
    responseType = "";
    #request = { headers: {} };
    #answer = null;
    #over = false;

    open(method, url) {
      const [path, search = ""] = url.split("?");
      Object.assign(this.#request, { method, url, path, query: Object.fromEntries(new URLSearchParams(search)) });
    }

    setRequestHeader(name, value) {
      this.#request.headers[name.toLowerCase()] = value;
    }

    getAllResponseHeaders() {
      return Object.entries(this.#answer.headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join("");
    }

    send(body) {
      this.#request.body = readBody(window, body);
      seen(this.#request);
      moved(1);
      this.#find()
        .catch((thrown) => thrown)
        .then((answer) => {
          moved(-1);
          if (this.#over) return;
          this.#over = true;
          if (answer === LOST) this.onerror();
          else if (answer instanceof Error) this.#finish(new Reply(500, String(answer.stack), {}));
          else this.#finish(asReply(answer));
        });
    }

    abort() {
      if (this.#over) return;
      this.#over = true;
      this.onabort();
    }

    async #find() {
      // Never at once, as on a real network.
      await new Promise((resolve) => setTimeout(resolve));
      for (const { method, pattern, answer } of routes) {
        const match = method === this.#request.method && pattern.exec(this.#request.path);
        if (!match) continue;
        if (typeof answer !== "function") return answer;
        return answer({ ...this.#request, params: { ...match.groups } });
      }
      unanswered(this.#request);
      return new Reply(501, { code: "no_answer", message: "the test has no answer for this" }, {});
    }

    #finish(answer) {
      this.#answer = answer;
      this.status = answer.status;
      const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
      this.response = answer.status === 204 || answer.status === 304 ? "" : text;
      this.responseText = this.response;
      this.upload.dispatchEvent(Object.assign(new window.Event("progress"), { loaded: 100, total: 100 }));
      this.onload();
    }
  };
}

function asReply(answer) {
  if (answer instanceof Reply) return answer;
  const isShape = typeof answer?.status === "number" && Object.keys(answer).every((key) => SHAPE.has(key));
  if (isShape) return new Reply(answer.status, answer.body ?? {}, answer.headers ?? {});
  return new Reply(200, answer ?? {}, {});
}

/** JSON as its value; a form as an object, a file in it as `{name, type, size}`. */
function readBody(window, body) {
  if (body instanceof window.FormData) {
    return Object.fromEntries(
      [...body].map(([key, value]) => {
        if (typeof value === "string") return [key, value];
        return [key, { name: value.name, type: value.type, size: value.size }];
      }),
    );
  }
  if (typeof body !== "string") return body ?? undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
