// @ts-check
const { Failure, failureOf } = require("./failure");
const { send } = require("./http");
const session = require("./session");

/** Pauses before a request is repeated, in milliseconds. */
const PAUSES_MS = [400, 1200];
/** A longer wait that the server asks for is left to the person. */
const LONGEST_WAIT_MS = 3000;

/**
 * @typedef {object} Request
 * @property {string} path
 * @property {"GET" | "POST" | "PATCH" | "DELETE"} [method]
 * @property {any} [data]
 * @property {string} [key] idempotency key: with it a write may be repeated and has one effect
 * @property {boolean} [login] false for what everybody may read
 * @property {Record<string, string>} [header]
 * @property {number[]} [also] statuses that are no failure, as 304
 */

/**
 * The answer to a request: logs in when needed, repeats what may be repeated. Rejects with a Failure.
 * @param {Request} request
 * @returns {Promise<import("./http").Answer>}
 */
async function ask({ path, method = "GET", data, key, login = true, header = {}, also = [] }) {
  const sent = { method, path, data, header: key ? { ...header, "Idempotency-Key": key } : header };
  const mayRepeat = method === "GET" || Boolean(key);
  for (let attempt = 0; ; attempt += 1) {
    const pause = mayRepeat ? PAUSES_MS[attempt] : undefined;
    try {
      const answer = await (login ? sendAsMe(sent) : send(sent));
      const wait = waitFor(answer, pause);
      if (wait === undefined) return accepted(answer, also);
      await sleep(wait);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "lost" || pause === undefined) throw error;
      await sleep(pause);
    }
  }
}

/**
 * The body of the answer.
 * @param {Request} request
 * @returns {Promise<any>}
 */
async function request(request) {
  return (await ask(request)).data;
}

/** With the token; a token that has ended is renewed once. @param {Parameters<typeof send>[0]} sent */
async function sendAsMe(sent) {
  const token = await session.token();
  const answer = await send(withToken(sent, token));
  if (answer.status !== 401) return answer;
  return send(withToken(sent, await session.renew(token)));
}

/** @param {Parameters<typeof send>[0]} sent @param {string} token */
function withToken(sent, token) {
  return { ...sent, header: { ...sent.header, Authorization: `Bearer ${token}` } };
}

/**
 * How long to wait before the request is repeated; undefined when it is not.
 * @param {import("./http").Answer} answer
 * @param {number | undefined} pause
 */
function waitFor(answer, pause) {
  if (pause === undefined || answer.status < 500) return undefined;
  const asked = Number(answer.header["retry-after"] || 0) * 1000;
  return asked > LONGEST_WAIT_MS ? undefined : Math.max(asked, pause);
}

/** @param {import("./http").Answer} answer @param {number[]} also */
function accepted(answer, also) {
  if ((answer.status >= 200 && answer.status < 300) || also.includes(answer.status)) return answer;
  throw failureOf(answer.status, answer.data);
}

/** @param {number} ms @returns {Promise<void>} */
function sleep(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

module.exports = { ask, request };
