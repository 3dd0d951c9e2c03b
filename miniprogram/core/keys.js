// @ts-check
const clock = require("./clock");

/** @type {Map<string, { body: string, key: string }>} */
const attempts = new Map();

/** An idempotency key that no other request has. */
function newKey() {
  const random = () => Math.random().toString(36).slice(2, 12);
  return `${clock.now().toString(36)}-${random()}${random()}`;
}

/**
 * Does something with a key that stays the same while the same body is tried again, so that a tap after a lost
 * connection repeats the request instead of making a second one. A changed body is a new request.
 * @template T
 * @param {string} name what is done, as the path
 * @param {unknown} body
 * @param {(key: string) => Promise<T>} act
 * @returns {Promise<T>}
 */
async function once(name, body, act) {
  const words = JSON.stringify(body);
  const known = attempts.get(name);
  const attempt = known && known.body === words ? known : { body: words, key: newKey() };
  attempts.set(name, attempt);
  const result = await act(attempt.key);
  attempts.delete(name);
  return result;
}

module.exports = { newKey, once };
