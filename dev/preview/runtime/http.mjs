// Requests to the preview's own server.

/**
 * Sends one request. Exactly one of `done({status, headers, body})` and `failed(why)` is called; headers have names in
 * small letters. Returns a function that gives the request up.
 */
export function exchange(
  { method, url, headers = {}, body, timeout = 60000, responseType = "text", onUpload },
  done,
  failed,
) {
  const request = new XMLHttpRequest();
  request.open(method, url);
  request.timeout = timeout;
  request.responseType = responseType;
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  if (onUpload) request.upload.addEventListener("progress", onUpload);
  request.onload = () =>
    done({
      status: request.status,
      headers: parseHeaders(request.getAllResponseHeaders()),
      body: request.response,
    });
  request.onerror = () => failed("net::ERR_CONNECTION_REFUSED");
  request.ontimeout = () => failed("timeout");
  request.onabort = () => failed("abort");
  request.send(body);
  return () => request.abort();
}

/** A JSON request; resolves the answer's value, rejects unless it is a success. */
export function askJson(method, url, body = undefined) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    const done = ({ status, body: text }) => {
      if (status >= 200 && status < 300) resolve(JSON.parse(text));
      else reject(new Error(`${method} ${url}: ${status}`));
    };
    exchange({ method, url, headers, body: body && JSON.stringify(body) }, done, (why) => reject(new Error(why)));
  });
}

function parseHeaders(text) {
  const lines = text
    .trim()
    .split(/[\r\n]+/)
    .filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}
