// @ts-check
const { ANSWER_OUTCOMES, RESOLUTIONS, SATISFACTIONS, labelOf } = require("../constants/appeals");
const { CALL_OUTCOMES, CONTACT_OUTCOMES } = require("../constants/calls");
const { momentWords } = require("../core/dates");

/** Who did it, by the API's role, where no name is shown. @type {Record<string, string>} */
const WHO = { supervisor: "督查部门", operator: "接线员", system: "系统", superior: "上级负责同志" };

/** Which clock a rung of the ladder is about. @type {Record<string, string>} */
const CLOCKS = { contact: "联系", answer: "答复" };

/** What a rung says of its clock. @type {Record<string, (clock: string) => string>} */
const RUNGS = {
  remind_half: (clock) => `提醒：${clock}期限已过半`,
  remind_last: (clock) => `提醒：${clock}期限只剩一个工作日`,
  urge: (clock) => `催办：${clock}期限已过`,
  supervise: (clock) => `${clock}逾期仍未办理，已列入督办`,
  promise_broken: () => "承诺联系的时间已过",
};

/** Deeds that stand out in the story. @type {Record<string, "good" | "soon" | "late" | "closed">} */
const TONES = {
  answer: "good",
  inform: "good",
  conclude: "good",
  quick_reply: "soon",
  request_supplement: "soon",
  urge: "late",
  supervise: "late",
  set_urgent: "late",
  promise_broken: "late",
  dispute: "late",
  refuse_extension: "late",
  reject: "closed",
  withdraw: "closed",
};

/**
 * One deed of an appeal's story for the page.
 * @param {any} entry EntryView of the API
 * @param {string} part whose page it is: the resident reads 您
 */
function viewEntry(entry, part) {
  return {
    number: entry.number,
    deed: entry.deed,
    title: titleOf(entry),
    who: whoOf(entry, part),
    when: momentWords(entry.at),
    text: entry.text,
    note: noteOf(entry, part),
    photos: entry.photos,
    tone: TONES[entry.deed] || "calm",
    byPerson: entry.by !== "system",
    isUrging: entry.deed === "urge",
    isAnswer: entry.deed === "answer" || entry.deed === "inform",
  };
}

/** @param {any} entry @returns {string} */
function titleOf(entry) {
  const title = TITLES[entry.deed];
  return (title && title(entry)) || entry.label;
}

/** Where the label alone would hide what happened, or sounds like an office. @type {Record<string, (entry: any) => string>} */
const TITLES = {
  submit: () => "提交诉求",
  assign: ({ official }) => (official ? `交给${official.name}办理` : ""),
  transfer: ({ official }) => (official ? `转给${official.name}办理` : ""),
  contact: ({ outcome }) => worded("联系", CONTACT_OUTCOMES, outcome),
  request_supplement: () => "请补充情况",
  supplement: () => "补充情况",
  resume: () => "等候补充到期，继续办理",
  request_extension: ({ outcome }) => `申请延期 ${outcome} 个工作日`,
  extend: ({ outcome }) => `同意延期 ${outcome} 个工作日`,
  refuse_extension: ({ outcome }) => `不同意延期 ${outcome} 个工作日`,
  answer: ({ outcome }) => worded("答复", ANSWER_OUTCOMES, outcome),
  rate: ({ by, outcome }) => rated(outcome, by === "resident" ? "评价" : "回访登记的评价"),
  reopen: ({ by }) => (by === "resident" ? "要求重办" : "重新办理"),
  merge: () => "与同一件事合并办理",
  set_urgent: ({ outcome }) => (outcome === "urgent" ? "认定为紧急诉求，按小时办理" : "改为一般诉求"),
  inform: () => "合并办理的答复",
  remind: rung,
  urge: rung,
  supervise: rung,
  promise_broken: rung,
  order: ({ outcome }) => `签发督办单 ${outcome}`,
  take_call: ({ outcome }) => worded("来电情况", CALL_OUTCOMES, outcome),
  follow_up: ({ outcome }) => (outcome === "reached" ? "回访：联系上了" : "回访：没有联系上"),
  publish: ({ outcome }) => (outcome === "withdrawn" ? "撤下公开的答复" : "公开答复"),
};

/** 提醒：联系期限已过半; the outcome is the clock and the rung: "contact remind_half". @param {any} entry @returns {string} */
function rung({ outcome }) {
  const [clock, step] = outcome.split(" ");
  const words = RUNGS[step];
  return words ? words(CLOCKS[clock] || "") : "";
}

/** 联系：通了电话. @param {string} label @param {{ value: string, title: string }[]} table @param {string} value */
function worded(label, table, value) {
  const words = labelOf(table, value);
  return words && `${label}：${words}`;
}

/** 评价：解决，满意. @param {string} outcome @param {string} label whose word it is */
function rated(outcome, label) {
  const [resolution, satisfaction] = outcome.split(" ");
  const words = [labelOf(RESOLUTIONS, resolution), labelOf(SATISFACTIONS, satisfaction)];
  return words.every(Boolean) ? `${label}：${words.join("，")}` : "";
}

/** @param {any} entry @param {string} part */
function whoOf(entry, part) {
  if (entry.by === "resident") return part === "resident" ? "您" : entry.name || "群众";
  if (WHO[entry.by]) return WHO[entry.by];
  const name = entry.name || (entry.official ? entry.official.name : "负责同志");
  return entry.on_behalf ? `${name}（代办）` : name;
}

/** What a deed promises or asks for, with its time. @param {any} entry @param {string} part */
function noteOf(entry, part) {
  if (entry.deed === "quick_reply") {
    const whom = part === "resident" ? "您" : "群众";
    const promise = entry.due_at ? `承诺${momentWords(entry.due_at)} 前联系${whom}` : "已看到诉求";
    return `${promise}（这不是答复）`;
  }
  if (entry.deed === "request_supplement" && entry.due_at) return `请在${momentWords(entry.due_at)} 前补充`;
  return "";
}

module.exports = { viewEntry };
