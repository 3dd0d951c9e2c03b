// @ts-check
const { INBOX_SECTIONS } = require("../constants/appeals");
const { once } = require("../core/keys");
const { request } = require("../core/request");
const storage = require("../core/storage");
const { get, post, viewPage } = require("./appeals");
const leftovers = require("./leftovers");
const officials = require("./officials");
const published = require("./published");

/** Pages that the inbox loads at once; an official with more is told that there are more. */
const MOST_PAGES = 5;

const NAME = "inbox";

/** @typedef {{ value: string, title: string, tone: string, sign: string, items: any[] }} Section */
/** @typedef {{ sections: Section[], count: number, more: boolean }} Open */

/** What waited when the inbox was seen last, at once; null before the first time. @returns {Open | null} */
const known = () => storage.read(NAME, null);

/** What waits for this person, by deadline, in the sections of the inbox. @returns {Promise<Open>} */
async function open() {
  const { items, next } = await several("open", "", MOST_PAGES);
  const nearest = [...items].sort((one, other) => momentOf(one) - momentOf(other));
  const sections = INBOX_SECTIONS.map((section) => ({
    ...section,
    items: nearest.filter((item) => sectionOf(item) === section.value),
  }));
  const opened = {
    sections: sections.filter((section) => section.items.length),
    count: items.length,
    more: Boolean(next),
  };
  storage.write(NAME, opened);
  return opened;
}

/** When something is due of an appeal: a promise counts where it is nearer than the deadline. @param {any} item */
function momentOf({ due_at, promise }) {
  const dues = [due_at, promise && promise.due_at].filter(Boolean).map((moment) => Date.parse(moment));
  return Math.min(...dues); // without any: last
}

/** The more urgent one of deadline and promise. @param {any} item @returns {string} */
function sectionOf({ urgency, promise }) {
  const order = INBOX_SECTIONS.map(({ value }) => value);
  return order.find((value) => value === urgency || (promise && value === promise.urgency)) || "later";
}

/** Forgets what was shown, when this person handles nothing any more. */
const forget = leftovers.forgetOffice;

/** What is answered or closed, newest first; its clocks are not the official's any more. @param {string} [cursor] */
async function done(cursor = "") {
  const { items, next } = await several("done", cursor, 1);
  return { items: items.map((item) => ({ ...item, left: "", overdue: false })), next };
}

/** @param {string} filter @param {string} cursor @param {number} pages @returns {Promise<import("./appeals").Page>} */
async function several(filter, cursor, pages) {
  /** @type {any[]} */
  const items = [];
  /** @type {string | null} */
  let next = cursor;
  for (let page = 0; page < pages && next !== null; page += 1) {
    const found = viewPage(
      await request({ path: `/api/official/inbox?filter=${filter}&cursor=${encodeURIComponent(next)}` }),
    );
    items.push(...found.items.map(withMay));
    next = found.next;
  }
  return { items, next };
}

/** @param {any} item */
function withMay(item) {
  return { ...item, may: Object.fromEntries(item.actions.map((/** @type {string} */ action) => [action, true])) };
}

/**
 * What an official does with an appeal: sign, quick_reply, log_contact, answer, request_supplement, request_extension,
 * hand_back, transfer.
 * @param {string} id
 * @param {string} action
 * @param {any} body
 * @returns {Promise<any>} the appeal afterwards
 */
function act(id, action, body) {
  return post(`/api/official/appeals/${id}/${action}`, body);
}

/** Who hears in the official's place on which days. @param {string} officialId @returns {Promise<any>} */
const duty = (officialId) => request({ path: `/api/official/duty/${officialId}` });

/** @param {string} officialId @param {{ account_id: string, first: string, last: string }[]} items @returns {Promise<any>} */
function setDuty(officialId, items) {
  const path = `/api/official/duty/${officialId}`;
  return once(path, items, (key) => request({ method: "POST", path, data: { items }, key }));
}

/** Makes this WeChat user act for the post that the invitation names. @param {string} invitation @returns {Promise<any>} me */
function bind(invitation) {
  const path = "/api/official/bind";
  return once(path, invitation, (key) => request({ method: "POST", path, data: { invitation }, key }));
}

/**
 * The published figures of one post, nobody else's; null while it is not published.
 * @param {string} officialId
 * @returns {Promise<any>}
 */
async function figures(officialId) {
  try {
    const { roster } = await officials.get(officialId);
    return (await published.figures(roster)).find((one) => one.id === officialId) || null;
  } catch (error) {
    if (officials.isGone(error)) return null;
    throw error;
  }
}

module.exports = { get, known, open, forget, done, act, duty, setDuty, bind, figures };
