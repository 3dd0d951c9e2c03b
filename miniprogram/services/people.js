// @ts-check
const { linesOf } = require("./published");

/** A group with more officials than this has letters at its edge. */
const LONG_GROUP = 15;

/**
 * An official in a list: what a cell draws and a call needs. The figures stay out, a list of eighty has no use for them.
 * @typedef {object} Cell
 * @property {string} id
 * @property {string} name
 * @property {string} initial
 * @property {string} post
 * @property {string} unit
 * @property {string} duty the duties in one line
 * @property {string} remark a figure, or the duty that fits
 * @property {boolean} fits whether the remark is such a duty
 * @property {string} phone
 * @property {string | null} duty_phone
 */

/** @param {any} official OfficialView or SuggestionView of the API @returns {Cell} */
function cellOf(official) {
  const { id, name, initial, post, unit, phone, duty_phone } = official;
  const remark = official.matching_duty ? `分工：${official.matching_duty}` : figureOf(official.figures);
  const fits = Boolean(official.matching_duty);
  return { id, name, initial, post, unit, phone, duty_phone, duty: official.duties.join("、"), remark, fits };
}

/**
 * A hit of a search: with the duty or project that holds most of the words, which is why it was found.
 * @param {any} official OfficialView of the API
 * @param {string} text
 * @returns {Cell}
 */
function hitOf(official, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const count = (/** @type {string} */ duty) => words.filter((word) => duty.toLowerCase().includes(word)).length;
  const best = [...official.duties, ...official.projects].sort((one, other) => count(other) - count(one))[0];
  return best && count(best) ? cellOf({ ...official, matching_duty: best }) : cellOf(official);
}

/** The figure that says most, once enough cases stand behind it. @param {any} figures FiguresView or null */
function figureOf(figures) {
  const known = figures && [figures.on_time, figures.response].find(({ rate }) => rate !== null);
  return known ? known.text : "";
}

/** An official on the own page. @param {any} official OfficialView of the API @returns {any} */
function pageOf(official) {
  return { ...cellOf(official), ...official, contacts: contactsOf(official), lines: linesFor(official.figures) };
}

/** @param {any} figures FiguresView or null */
const linesFor = (figures) => (figures ? linesOf(figures).filter(({ known }) => known) : []);

/**
 * Cells by the first letter of the surname as it is read, A to Z; within a letter they keep their order.
 * @param {Cell[]} cells
 * @returns {{ letter: string, cells: Cell[] }[]}
 */
function byInitial(cells) {
  const letters = [...new Set(cells.map(({ initial }) => initial))].sort((a, b) => order(a) - order(b));
  return letters.map((letter) => ({ letter, cells: cells.filter(({ initial }) => initial === letter) }));
}

/**
 * A group's cells as a list: in their order or by surname, with the letters of a group that is long.
 * @param {Cell[]} cells
 * @param {boolean} sorted
 */
function listed(cells, sorted) {
  const parts = byInitial(cells);
  const isLong = cells.length > LONG_GROUP;
  return {
    sections: isLong && sorted ? parts : [{ letter: "", cells }],
    letters: isLong ? parts.map(({ letter }) => letter) : [],
  };
}

/** Names without a letter (#) come last. @param {string} letter */
const order = (letter) => (letter === "#" ? Infinity : letter.charCodeAt(0));

/** The numbers to call, with the verb for each. @param {Cell} official */
function numbersOf({ phone, duty_phone }) {
  return [
    { label: "拨打", number: phone, shown: spaced(phone) },
    { label: "拨打值班电话", number: duty_phone, shown: duty_phone },
  ].filter(({ number }) => number);
}

/** Every way to reach the official, with what a tap on it does: call or copy. @param {any} official */
function contactsOf(official) {
  return [
    {
      name: "phone",
      label: "公开电话",
      value: official.phone,
      shown: spaced(official.phone),
      act: "call",
      verb: "拨打",
    },
    { name: "duty_phone", label: "值班电话", value: official.duty_phone, act: "call", verb: "拨打" },
    { name: "email", label: "电子邮箱", value: official.email, act: "copy", verb: "复制" },
    { name: "wechat_id", label: "微信号", value: official.wechat_id, act: "copy", verb: "复制" },
  ].flatMap((contact) => (contact.value ? { shown: contact.value, ...contact } : []));
}

/** A mobile number in the groups in which it is read out. @param {string} phone */
const spaced = (phone) => phone.replace(/^(\d{3})(\d{4})(\d{4})$/, "$1 $2 $3");

/** The official for the phone's address book. @param {any} official @returns {any} options of wx.addPhoneContact */
function cardOf(official) {
  return {
    firstName: official.name,
    organization: official.unit,
    title: official.post,
    mobilePhoneNumber: official.phone,
    workPhoneNumber: official.duty_phone || "",
    email: official.email || "",
    weChatNumber: official.wechat_id || "",
  };
}

/** Whether every word is found in the name, post, unit, duties, projects, or is the surname's first letter. @param {any} official @param {string} text */
function fits(official, text) {
  const told = [official.name, official.post, official.unit, ...official.duties, ...official.projects];
  const searched = told.join("\n").toLowerCase();
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => searched.includes(word) || word === official.initial.toLowerCase());
}

module.exports = { cellOf, hitOf, pageOf, cardOf, numbersOf, listed, fits };
