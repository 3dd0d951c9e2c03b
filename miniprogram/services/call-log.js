// @ts-check
const storage = require("../core/storage");
const officials = require("./officials");

/** My calls with whom they were made to, newest first; the phone remembers the first page. @param {string} [cursor] @returns {Promise<{ items: any[], next: string | null }>} */
async function page(cursor = "") {
  const { items, next } = await officials.calls(cursor);
  const ids = [...new Set(items.map((call) => call.official_id))];
  const people = new Map(await Promise.all(ids.map(async (id) => /** @type {const} */ ([id, await whoIs(id)]))));
  const calls = items.map((call) => ({ ...call, official: people.get(call.official_id) }));
  if (!cursor) storage.write("calls", calls);
  return { items: calls, next };
}

/** My newest calls as they were seen last; null on a phone that saw none. @returns {any[] | null} */
function known() {
  const calls = storage.read("calls", /** @type {any[] | null} */ (null));
  return calls && calls.map(officials.viewCall);
}

/** Name and post, from the directory on this phone where it has them; null for one who is published no more. @param {string} id */
async function whoIs(id) {
  try {
    const { name, post } = officials.known(id) || (await officials.get(id));
    return { name, post };
  } catch (error) {
    if (officials.isGone(error)) return null;
    throw error;
  }
}

module.exports = { page, known };
