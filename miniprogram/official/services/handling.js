// @ts-check
const inbox = require("../../services/inbox");
const { Failure } = require("../../core/failure");
const { BEGINNINGS, DEEDS, LEAVING, NEWS, NEXT, WISHES } = require("../constants/deeds");

/** Appeals kept at hand, so that going back and forth shows them at once; not on the phone's disk: they hold phones. */
const MOST = 20;
/** @type {Map<string, any>} */
const atHand = new Map();

/**
 * The appeal as it was seen since the start, else what the inbox tells of it (`partial`), at once; null when neither is
 * there.
 * @param {string} id
 * @returns {any}
 */
function recall(id) {
  if (atHand.has(id)) return atHand.get(id);
  const { sections } = inbox.known() || { sections: [] };
  const listed = sections.flatMap(({ items }) => items).find((item) => item.id === id);
  return listed ? view({ ...listed, partial: true, timeline: [], deadlines: [], answers: [], photos: [] }) : null;
}

/** What a page holds until it has an appeal. @returns {any} */
const nothing = () => ({
  may: {},
  tools: [],
  others: [],
  answers: [],
  deadlines: [],
  timeline: [],
  marks: [],
  news: [],
  photos: [],
});

/** @param {string} id @returns {Promise<any>} the appeal for whoever handles it */
async function get(id) {
  try {
    return keep(view(await inbox.get(id)));
  } catch (error) {
    if (isGone(error)) atHand.delete(id);
    throw error;
  }
}

/**
 * Does one of DEEDS with an appeal.
 * @param {string} id
 * @param {string} action
 * @param {any} body
 * @returns {Promise<any>} the appeal afterwards
 */
async function act(id, action, body) {
  const appeal = view(await inbox.act(id, action, body));
  if (!LEAVING.includes(action)) return keep(appeal);
  atHand.delete(id);
  return appeal;
}

/**
 * Whether a refusal says that the appeal is not any more what the page shows, so that it should be loaded again.
 * @param {unknown} error
 */
const isOutdated = (error) => error instanceof Failure && (error.status === 409 || error.status === 404);

/** Whether the person acts for nobody (any more). @param {unknown} error */
const isUnbound = (error) => error instanceof Failure && error.status === 403;

/** Whether it is not there for this person (any more). @param {unknown} error */
const isGone = (error) => error instanceof Failure && error.status === 404;

/** @param {any} appeal `viewAppeal` of services/appeals */
function view(appeal) {
  const deeds = DEEDS.filter(({ action }) => appeal.may[action]);
  const main = mainOf(appeal.may);
  const bySuperior = appeal.part === "superior";
  return {
    ...appeal,
    next: bySuperior ? "" : NEXT[appeal.state] || "",
    byStaff: appeal.part === "staff",
    bySuperior,
    tools: deeds.filter(({ primary }) => primary).map((deed) => ({ ...deed, main: deed.action === main })),
    others: deeds.filter(({ primary }) => !primary),
    urgings: urgingsIn(appeal),
    news: newsIn(appeal),
    wish: wishOf(appeal),
  };
}

/** The deed that leads on: first the contact, then the answer; none while the resident is waited for. @param {any} may */
function mainOf(may) {
  if (may.answer) return "answer";
  return may.sign ? "log_contact" : "";
}

/** What the resident has said since the appeal was given to this official: why again, and what was added. @param {any} appeal */
function newsIn({ timeline }) {
  const since = timeline.findIndex((/** @type {any} */ { deed }) => deed in BEGINNINGS);
  const own = since < 0 ? timeline : timeline.slice(0, since + 1);
  return own
    .filter((/** @type {any} */ { deed, text }) => text && (NEWS[deed] || BEGINNINGS[deed]))
    .map((/** @type {any} */ entry) => ({ ...entry, title: NEWS[entry.deed] || BEGINNINGS[entry.deed] }));
}

/** What became of a request for more time; null when there is none. @param {any} appeal */
function wishOf({ extension }) {
  const known = extension && WISHES[extension.wish];
  return known ? { tone: known.tone, words: known.words(extension) } : null;
}

/** How often the resident has urged. @param {any} appeal */
const urgingsIn = ({ timeline }) =>
  timeline.filter((/** @type {any} */ entry) => entry.isUrging && entry.byPerson).length;

/** @param {any} appeal */
function keep(appeal) {
  atHand.delete(appeal.id);
  atHand.set(appeal.id, appeal);
  if (atHand.size > MOST) atHand.delete([...atHand.keys()][0]);
  return appeal;
}

module.exports = { nothing, recall, get, act, isOutdated, isUnbound, isGone };
