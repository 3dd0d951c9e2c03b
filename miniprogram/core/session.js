// @ts-check
const { Failure, failureOf, LOST } = require("./failure");
const { send } = require("./http");
const storage = require("./storage");

const NAME = "session";

/** @type {Promise<string> | null} */
let loggingIn = null;

/**
 * The token for requests, after a login when there is none; many callers share one login.
 * @returns {Promise<string>}
 */
async function token() {
  const kept = storage.read(NAME, "");
  return kept || renew("");
}

/**
 * A token other than `refused`. Whoever comes while a login is under way gets its result.
 * @param {string} refused the token that the server did not accept, or empty
 * @returns {Promise<string>}
 */
async function renew(refused) {
  const kept = storage.read(NAME, "");
  if (kept && kept !== refused) return kept; // somebody else renewed it meanwhile
  loggingIn = loggingIn || logIn().finally(() => (loggingIn = null));
  return loggingIn;
}

/** Forgets the login; the next request logs in anew. */
function end() {
  storage.remove(NAME);
}

async function logIn() {
  const code = await wxCode();
  const answer = await send({ method: "POST", path: "/api/session", data: { code } });
  if (answer.status !== 200) throw failureOf(answer.status, answer.data);
  storage.write(NAME, answer.data.token);
  storage.write("me", answer.data.me);
  return answer.data.token;
}

/** @returns {Promise<string>} */
function wxCode() {
  return new Promise((resolve, reject) => {
    wx.login({ success: ({ code }) => resolve(code), fail: () => reject(new Failure("lost", LOST)) });
  });
}

module.exports = { token, renew, end };
