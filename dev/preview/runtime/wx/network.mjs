// wx.request and wx.uploadFile.
import { exchange } from "../http.mjs";

const FORM = "application/x-www-form-urlencoded";
/** WeChat sets these itself and refuses them from a mini-program. */
const OWN_HEADERS = ["referer", "cookie", "user-agent"];
const OFFLINE = "errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED";

export function network(phone) {
  return {
    request: (options) => start("request", phone, options, requestOf),
    uploadFile: (options) => start("uploadFile", phone, options, uploadOf),
  };
}

/** Begins one exchange and returns WeChat's task for it. */
function start(name, { settings, server, files, faults }, options, prepare) {
  const { success, fail, complete } = options;
  const progress = new Set();
  const headersReceived = new Set();
  let over = false;
  let giveUp = null;
  const tell = (callback, result) => {
    if (over) return;
    over = true;
    if (callback) faults.guard(callback, result);
    if (complete) faults.guard(complete, result);
  };
  const failed = (why, errno = 600001) => tell(fail, { errMsg: `${name}:fail ${why}`, errno });
  // An answer never comes before the call has returned.
  Promise.resolve().then(() => {
    if (over) return;
    if (!settings.connected.value) return failed(OFFLINE);
    const url = server.toServer(options.url);
    if (url === null) return failed(`url not in domain list: ${options.url}`, 600002);
    const prepared = prepare(options, url, files);
    if (typeof prepared === "string") return failed(prepared, 600009);
    prepared.onUpload = ({ loaded, total }) => {
      const report = {
        progress: total ? Math.round((loaded / total) * 100) : 0,
        totalBytesSent: loaded,
        totalBytesExpectedToSend: total,
      };
      for (const listener of progress) faults.guard(listener, report);
    };
    const done = ({ status, headers, body }) => {
      for (const listener of headersReceived)
        faults.guard(listener, { header: headers, statusCode: status, cookies: [] });
      tell(success, {
        errMsg: `${name}:ok`,
        statusCode: status,
        header: headers,
        cookies: [],
        data: name === "request" ? decode(body, options) : body,
      });
    };
    giveUp = exchange(prepared, done, failed);
  });
  return {
    abort() {
      if (giveUp) giveUp();
      else failed("abort");
    },
    onProgressUpdate: (listener) => progress.add(listener),
    offProgressUpdate: (listener) => progress.delete(listener),
    onHeadersReceived: (listener) => headersReceived.add(listener),
    offHeadersReceived: (listener) => headersReceived.delete(listener),
  };
}

function requestOf({ method = "GET", data, header, timeout, responseType }, url) {
  const headers = lowered(header);
  headers["content-type"] ??= "application/json";
  const request = { method: method.toUpperCase(), url, headers, timeout, responseType };
  if (responseType !== "arraybuffer") request.responseType = "text";
  if (data === undefined || data === null) return request;
  if (request.method === "GET") {
    const query = typeof data === "string" ? data : queryOf(data);
    if (query) request.url += (url.includes("?") ? "&" : "?") + query;
  } else if (typeof data === "string" || data instanceof ArrayBuffer) request.body = data;
  else request.body = headers["content-type"].startsWith(FORM) ? queryOf(data) : JSON.stringify(data);
  return request;
}

function uploadOf({ filePath, name, formData = {}, header, timeout }, url, files) {
  const file = files.find(filePath);
  if (!file) return "file not found";
  if (!name) return "parameter error: parameter.name should be String instead of Undefined";
  const body = new FormData();
  for (const [key, value] of Object.entries(formData)) body.append(key, value);
  body.append(name, file, file.name);
  const headers = lowered(header);
  // The browser writes this one, with the boundary.
  delete headers["content-type"];
  return { method: "POST", url, headers, timeout, body };
}

function lowered(header = {}) {
  const pairs = Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return Object.fromEntries(pairs.filter(([name]) => !OWN_HEADERS.includes(name)));
}

function queryOf(data) {
  return Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(asText(value))}`)
    .join("&");
}

function asText(value) {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Text that is JSON becomes its value, unless the caller wants it as it is. */
function decode(body, { dataType = "json", responseType }) {
  if (responseType === "arraybuffer" || dataType !== "json") return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
