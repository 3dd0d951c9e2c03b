// @ts-check
const { once } = require("../core/keys");
const { request } = require("../core/request");
const storage = require("../core/storage");
const { grouped, kindOf, viewAppeal, viewPage, viewSummary } = require("./appeal-view");

/** @typedef {{ items: any[], next: string | null }} Page */

/** How many appeals the phone remembers in full. */
const MOST_REMEMBERED = 10;

/** My appeals, newest first; the phone remembers the first page. @param {string} [cursor] @returns {Promise<Page>} */
async function mine(cursor = "") {
  const page = await request({ path: `/api/appeals?cursor=${encodeURIComponent(cursor)}` });
  if (!cursor) storage.write("mine", page.items);
  return viewPage(page);
}

/** My newest appeals as they were seen last; null on a phone that saw none. @returns {any[] | null} */
function knownMine() {
  const items = storage.read("mine", /** @type {any[] | null} */ (null));
  return items && items.map(viewSummary);
}

/** One appeal, as the resident or as who handles it. @param {string} id @returns {Promise<any>} */
const get = async (id) => remembered(await request({ path: `/api/appeals/${id}` }));

/** My appeal as it was seen last on this phone; null when it was not. @param {string} id @returns {any} */
function known(id) {
  const found = kept().find((appeal) => appeal.id === id);
  return found ? viewAppeal(found) : null;
}

/**
 * Submits with the draft's own key: however often it is sent, it is one appeal.
 * @param {any} body AppealRequest of the API
 * @param {string} key
 * @returns {Promise<any>}
 */
const submit = async (body, key) =>
  remembered(await request({ method: "POST", path: "/api/appeals", data: body, key }));

/**
 * What the resident does with an appeal: supplement, urge, rate, reopen, withdraw.
 * @param {string} id
 * @param {string} action
 * @param {any} body
 * @returns {Promise<any>} the appeal afterwards
 */
function act(id, action, body) {
  return post(`/api/appeals/${id}/${action}`, body);
}

/** Sends an action once, whatever the network does. @param {string} path @param {any} body */
async function post(path, body) {
  return remembered(await once(path, body, (key) => request({ method: "POST", path, data: body, key })));
}

/**
 * My own running appeals and published answers that say about the same.
 * @param {{ official_id: string, title: string, body: string }} draft
 * @returns {Promise<{ items: any[], published: any[] }>}
 */
async function similar(draft) {
  const found = await request({ method: "POST", path: "/api/appeals/similar", data: draft });
  return { items: found.items.map(viewSummary), published: found.published };
}

/** Without login. @param {string} code @param {string} phoneTail @returns {Promise<any>} */
async function lookUp(code, phoneTail) {
  const data = { code, phone_tail: phoneTail };
  return viewAppeal(await request({ method: "POST", path: "/api/appeals/lookup", data, login: false }));
}

/** What was written for an action and has not arrived yet. @param {string} action @param {string} id */
const keptWords = (action, id) => storage.read(`words:${action}:${id}`, "");

/** Keeps it until it is empty. @param {string} action @param {string} id @param {string} text */
function keepWords(action, id, text) {
  if (text) storage.write(`words:${action}:${id}`, text);
  else storage.remove(`words:${action}:${id}`);
}

/** The resident's own appeals that the phone remembers, newest first. @returns {any[]} */
const kept = () => storage.read("appeals", /** @type {any[]} */ ([]));

/** Remembers an own appeal; what somebody handles is not kept on the phone. @param {any} appeal AppealView of the API */
function remembered(appeal) {
  if (appeal.part === "resident") {
    const others = kept().filter(({ id }) => id !== appeal.id);
    storage.write("appeals", [appeal, ...others].slice(0, MOST_REMEMBERED));
  }
  return viewAppeal(appeal);
}

module.exports = {
  mine,
  knownMine,
  get,
  known,
  submit,
  act,
  post,
  similar,
  lookUp,
  grouped,
  keptWords,
  keepWords,
  viewAppeal,
  viewPage,
  kindOf,
};
