// @ts-check
const { request } = require("../core/request");
const { dayWords } = require("../core/dates");
const storage = require("../core/storage");

/** From so many characters on a question takes more than two lines. */
const FOLDED_FROM = 44;

/** Published answers, newest first; the phone remembers the first page. @param {string} roster empty for all @param {string} [cursor] @returns {Promise<{ items: any[], next: string | null }>} */
async function answers(roster, cursor = "") {
  const path = `/api/public/appeals?roster=${roster}&cursor=${encodeURIComponent(cursor)}`;
  const page = await request({ path, login: false });
  if (!cursor) storage.write(`answers:${roster}`, page.items);
  return { items: page.items.map(viewAnswer), next: page.next };
}

/** The newest published answers of one official. @param {string} id @returns {Promise<any[]>} */
async function answersOf(id) {
  const { items } = await request({ path: `/api/public/appeals?official=${id}`, login: false });
  return items.map(viewAnswer);
}

/** The newest published answers as they were seen last; null on a phone that saw none. @param {string} roster @returns {any[] | null} */
function knownAnswers(roster) {
  const items = storage.read(`answers:${roster}`, /** @type {any[] | null} */ (null));
  return items && items.map(viewAnswer);
}

/** The figures of a roster's officials in the directory's order. @param {string} roster @returns {Promise<any[]>} */
async function figures(roster) {
  const { items } = await request({ path: `/api/public/figures?roster=${roster}`, login: false });
  return items.map(viewFigures);
}

/** All lines, the few that come first, and whether there are more to see. @param {any} item OfficialFiguresView of the API */
function viewFigures(item) {
  const lines = linesOf(item.figures);
  const brief = lines.filter(({ name, known }) => known && BRIEF.includes(name));
  const more = lines.some(({ known }) => known);
  return { ...item, lines, brief: brief.length ? brief : lines.filter(({ name }) => name === GATHERING), more };
}

/** @param {any} item PublishedView of the API */
const viewAnswer = (item) => ({ ...item, when: dayWords(item.published_at), isLong: isLong(item.body) });

/** Whether a question is worth folding. @param {string} text */
const isLong = (text) => text.length > FOLDED_FROM || text.includes("\n");

/** What of an item of either list is searched. */
const SEARCHED = ["title", "body", "answer", "name", "post", "unit"];

/** Whether an answer or an official's figures hold every word that is searched for. @param {any} item @param {string} words */
function holds(item, words) {
  const { official } = item;
  const text =
    SEARCHED.map((name) => item[name] || "").join(" ") + (official ? ` ${official.name} ${official.unit}` : "");
  return words
    .trim()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The figures that a page shows, each in words with its number of cases. */
const SHOWN = [
  "response",
  "on_time",
  "raw_on_time",
  "first_response",
  "resolution",
  "partly",
  "satisfaction",
  "participation",
  "connection",
  "in_person",
  "call_back",
];
/** Those that come first, and the one that stands for all while too few cases are behind them. */
const BRIEF = ["response", "on_time", "resolution", "satisfaction"];
const GATHERING = "on_time";

/** @typedef {{ name: string, text: string, known: boolean }} Line */

/** @param {any} figures FiguresView of the API @returns {Line[]} */
const linesOf = (figures) => SHOWN.map((name) => lineOf(name, figures[name]));

/** @param {string} name @param {any} figure RateView or FirstResponseView @returns {Line} */
function lineOf(name, figure) {
  const number = name === "first_response" ? figure.median_minutes : figure.rate;
  return { name, text: figure.text, known: number !== null };
}

module.exports = { answers, answersOf, knownAnswers, figures, linesOf, holds };
