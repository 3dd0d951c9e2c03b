// @ts-check
const { dayWords, isoDay, momentOf } = require("../../core/dates");
const inbox = require("../../services/inbox");

/** @typedef {{ account_id: string, first: string, last: string }} Item as the API has it */
/** @typedef {{ items: any[], staff: { account_id: string, name: string }[], today: string }} Calendar */

/** @param {string} officialId @returns {Promise<Calendar>} */
const get = async (officialId) => view(await inbox.duty(officialId));

/** @param {string} officialId @param {Item[]} items @returns {Promise<Calendar>} */
const set = async (officialId, items) => view(await inbox.setDuty(officialId, items.map(bare)));

/** @param {Item} item @returns {Item} */
const bare = ({ account_id, first, last }) => ({ account_id, first, last });

/** @param {any} answer DutyView of the API @returns {Calendar} */
function view({ items, staff }) {
  const names = named(staff);
  const seen = items.map((/** @type {Item} */ item) => viewItem(item, names));
  const now = seen.find((/** @type {any} */ item) => item.isNow);
  return { items: seen, staff: names, today: now ? now.name : "" };
}

/** Staff by a name that can be told apart, although somebody has not given one. @param {any[]} staff */
function named(staff) {
  return staff.map(({ account_id, name }, index) => ({ account_id, name: name || `工作人员 ${index + 1}` }));
}

/** @param {Item} item @param {{ account_id: string, name: string }[]} staff */
function viewItem(item, staff) {
  const person = staff.find(({ account_id }) => account_id === item.account_id);
  const today = isoDay();
  return {
    ...item,
    id: `${item.account_id} ${item.first}`,
    name: person ? person.name : "已不是工作人员",
    days: item.first === item.last ? wordsOf(item.first) : `${wordsOf(item.first)} 至 ${wordsOf(item.last)}`,
    isNow: item.first <= today && today <= item.last,
    isOver: item.last < today,
  };
}

/** 11月24日. @param {string} day 2026-11-24 */
const wordsOf = (day) => dayWords(momentOf(day, "12:00"));

/**
 * What is wrong with a new item, in a sentence; empty when nothing is.
 * @param {Item} item
 * @param {any[]} others
 */
function problemOf(item, others) {
  if (!item.account_id) return "请选择由谁值班";
  if (item.last < item.first) return "最后一天不能早于第一天";
  const met = others.find((other) => item.first <= other.last && other.first <= item.last);
  return met ? `${met.days}已经安排了${met.name}，日期不能重叠` : "";
}

module.exports = { get, set, problemOf, wordsOf };
