// @ts-check
const { CALL_OUTCOMES } = require("../constants/calls");
const { momentWords } = require("../core/dates");
const { Failure, LOST } = require("../core/failure");
const { once } = require("../core/keys");
const network = require("../core/network");
const { request } = require("../core/request");
const storage = require("../core/storage");
const { cellOf, fits, hitOf, pageOf } = require("./people");
const rosters = require("./rosters");

/** @typedef {import("./people").Cell} Cell */

/** Somebody who types does not wait longer for the server; the phone's own directory answers then. */
const PATIENCE_MS = 5000;

/** What became of a missed call, by the API's `returned`: within a workday, later, not yet. */
const RETURNED = { words: "一个工作日内已回拨", tone: "good" };
const RETURNED_LATE = { words: "已回拨，但超过了一个工作日", tone: "soon" };
const NOT_RETURNED = { words: "还没有回拨", tone: "second" };

/** One official as published now. One who is published no more is forgotten on this phone too. @param {string} id @returns {Promise<any>} */
async function get(id) {
  try {
    return pageOf(await request({ path: `/api/officials/${id}`, login: false }));
  } catch (error) {
    if (isGone(error)) forget(id);
    throw error;
  }
}

/** One official as seen last on this phone, or null. @param {string} id @returns {any} */
function known(id) {
  const found = rosters.officialKnown(id);
  return found && pageOf(found);
}

/** Whether the server says that this official is published no more. @param {unknown} error */
const isGone = (error) => error instanceof Failure && error.status === 404;

/** @param {string} id */
function forget(id) {
  rosters.forgetOfficial(id);
  if (isFavourite(id)) toggleFavourite(id);
}

/** By name, pinyin, initials, unit, post, duty, project. @param {string} text @param {string} roster @returns {Promise<Cell[]>} */
async function search(text, roster) {
  const query = `q=${encodeURIComponent(text)}&roster=${roster}`;
  const { items } = await request({ path: `/api/officials?${query}`, login: false });
  return items.map((/** @type {any} */ official) => hitOf(official, text));
}

/**
 * The same; where nobody answers, from the directory on this phone, which knows no pinyin but the surname's first letter.
 * @param {string} text
 * @param {string} roster
 * @returns {Promise<{ cells: Cell[], onPhone: boolean }>}
 */
async function find(text, roster) {
  try {
    if (network.isOnline()) return { cells: await within(PATIENCE_MS, search(text, roster)), onPhone: false };
  } catch {
    // the phone knows the names too
  }
  const directory = rosters.known(roster);
  const officials = directory ? directory.groups.flatMap((group) => group.officials) : [];
  return {
    cells: officials.filter((official) => fits(official, text)).map((official) => hitOf(official, text)),
    onPhone: true,
  };
}

/** Up to three with a fitting duty, which is each one's remark. @param {string} text @param {string} roster @returns {Promise<Cell[]>} */
async function suggest(text, roster) {
  const data = roster ? { text, roster } : { text };
  const { items } = await request({ method: "POST", path: "/api/officials/suggest", data, login: false });
  return items.map(cellOf);
}

/** Says how a call went. @param {string} officialId @param {string} outcome @returns {Promise<any>} the call */
async function recordCall(officialId, outcome) {
  const data = { official_id: officialId, outcome };
  return viewCall(await once("calls", data, (key) => request({ method: "POST", path: "/api/calls", data, key })));
}

/** My calls, newest first. @param {string} cursor @param {string} [officialId] @returns {Promise<{ items: any[], next: string | null }>} */
async function calls(cursor, officialId = "") {
  const page = await request({ path: `/api/calls?cursor=${encodeURIComponent(cursor)}&official_id=${officialId}` });
  return { items: page.items.map(viewCall), next: page.next };
}

/** @param {any} call CallView of the API */
function viewCall(call) {
  const outcome = CALL_OUTCOMES.find(({ value }) => value === call.outcome);
  return {
    ...call,
    label: outcome ? outcome.title : "",
    when: momentWords(call.at),
    back: outcome && outcome.missed ? backOf(call) : null,
    returnedWhen: call.returned_at ? momentWords(call.returned_at) : "",
  };
}

/** What became of a missed call. @param {any} call */
function backOf({ returned }) {
  if (returned === null) return NOT_RETURNED;
  return returned ? RETURNED : RETURNED_LATE;
}

/** @returns {string[]} ids of officials that the person keeps at hand */
const favourites = () => storage.read("favourites", /** @type {string[]} */ ([]));

/** @param {string} id */
const isFavourite = (id) => favourites().includes(id);

/** Puts an official among the favourites or takes it out; true when it is one now. @param {string} id */
function toggleFavourite(id) {
  const is = !isFavourite(id);
  const others = favourites().filter((one) => one !== id);
  storage.write("favourites", is ? [id, ...others] : others);
  return is;
}

/**
 * What is promised, or a lost connection when it takes too long.
 * @template T
 * @param {number} ms
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
function within(ms, promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Failure("lost", LOST)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

module.exports = {
  get,
  known,
  isGone,
  search,
  find,
  suggest,
  recordCall,
  calls,
  viewCall,
  favourites,
  isFavourite,
  toggleFavourite,
};
