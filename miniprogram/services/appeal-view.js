// @ts-check
const {
  ANSWER_OUTCOMES,
  GROUPS,
  KINDS,
  NEXT_STEPS,
  NEXT_WHEN_LATE,
  RESOLUTIONS,
  SATISFACTIONS,
  STATES,
  URGENCIES,
  VISIBILITIES,
  labelOf,
} = require("../constants/appeals");
const clock = require("../core/clock");
const { momentWords } = require("../core/dates");
const { viewEntry } = require("./timeline");

/** In the parts of 我的诉求, without the empty ones. @param {any[]} items @returns {{ value: string, title: string, items: any[] }[]} */
function grouped(items) {
  const groups = GROUPS.map((group) => ({ ...group, items: items.filter((item) => item.group === group.value) }));
  return groups.filter((group) => group.items.length);
}

/** @param {any} page @returns {{ items: any[], next: string | null }} */
function viewPage(page) {
  return { items: page.items.map(viewSummary), next: page.next };
}

/** An appeal in a list; `steps` says that there is something the resident can do now. @param {any} appeal AppealSummary of the API */
function viewSummary(appeal) {
  const { tone, shape, ...usual } = STATES[appeal.state];
  const next = appeal.overdue ? NEXT_WHEN_LATE : usual.next;
  const step = NEXT_STEPS.find(({ action }) => appeal.actions.includes(action));
  const group = groupOf(appeal);
  return {
    ...appeal,
    tone,
    shape,
    clock: (step && step.clock) || usual.clock,
    next: step ? step.next : next,
    group,
    steps: Boolean(step) || group === "needs_you",
    urgencyTone: toneOf(appeal.urgency),
    submittedWhen: momentWords(appeal.submitted_at),
    firstLine: appeal.body.split("\n")[0],
    promisedWhen: appeal.promise ? momentWords(appeal.promise.due_at) : "",
    marks: marksOf(appeal.course || {}, appeal), // a list that an earlier version kept has none
  };
}

/** What sets the appeal apart for who handles it, in words. @param {any} course CourseView of the API @param {any} appeal */
function marksOf({ reopened, transferred, supplemented, urged }, { urgent, supervised }) {
  return [
    urgent && { text: "紧急", tone: "late" },
    supervised && { text: "督办", tone: "late" },
    reopened && { text: "重办", tone: "late" },
    transferred && { text: "转来", tone: "soon" },
    urged && { text: `催办 ${urged} 次`, tone: "late" },
    supplemented && { text: "已补充", tone: "soon" },
  ].filter(Boolean);
}

/** The part of 我的诉求: with the resident only what he can do something about. @param {any} appeal */
function groupOf({ state, actions }) {
  const { group } = STATES[state];
  if (actions.includes("rate")) return "needs_you"; // one that was merged, too
  return group === "needs_you" && !actions.includes("supplement") ? "running" : group;
}

/** An appeal on its page. @param {any} appeal AppealView of the API */
function viewAppeal(appeal) {
  const summary = viewSummary(appeal);
  return {
    ...summary,
    mine: appeal.part === "resident",
    timeline: appeal.timeline.map((/** @type {any} */ entry) => viewEntry(entry, appeal.part)),
    deadlines: appeal.deadlines.map((/** @type {any} */ due) => viewDeadline(due, summary.clock, appeal.part)),
    answers: answersOf(appeal),
    question: questionIn(appeal),
    closing: closingOf(appeal),
    reminded: remindedOf(appeal),
    urgeAgain: urgeAgainOf(appeal),
    visibilityLabel: labelOf(VISIBILITIES, appeal.visibility),
    may: Object.fromEntries(appeal.actions.map((/** @type {string} */ action) => [action, true])),
  };
}

/**
 * @param {any} due
 * @param {string} clock what the resident can do until the follow-up, which to an office is its own
 * @param {string} part whose page it is
 */
function viewDeadline(due, clock, part) {
  const labels = {
    follow_up: `${clock}期限`,
    promise: `承诺联系${part === "resident" ? "您" : "群众"}（这不是答复）`,
  };
  return {
    ...due,
    label: labels[/** @type {keyof typeof labels} */ (due.kind)] || due.label,
    tone: toneOf(due.urgency),
  };
}

/** What the official wants to know, while it is waited for. @param {any} appeal */
function questionIn(appeal) {
  if (appeal.state !== "awaiting_resident") return null;
  const asked = appeal.timeline.find((/** @type {any} */ entry) => entry.deed === "request_supplement");
  return asked ? viewEntry(asked, appeal.part) : null;
}

/** Why it ended, in the words of whoever ended it. @param {any} appeal */
function closingOf(appeal) {
  if (STATES[appeal.state].group !== "closed") return null;
  const ended = appeal.timeline.find((/** @type {any} */ entry) => ["reject", "conclude"].includes(entry.deed));
  return ended && ended.text ? viewEntry(ended, appeal.part) : null;
}

/** 系统已提醒 2 次、催办 1 次，您已催办 1 次. @param {any} appeal */
function remindedOf({ timeline, reminders, urgings }) {
  const own = timeline.filter((/** @type {any} */ entry) => entry.deed === "urge" && entry.by === "resident").length;
  const bySystem = [reminders && `提醒 ${reminders} 次`, urgings > own && `催办 ${urgings - own} 次`].filter(Boolean);
  return [bySystem.length && `系统已${bySystem.join("、")}`, own && `您已催办 ${own} 次`].filter(Boolean).join("，");
}

/** From when one may urge once more, in words; empty when now or never. @param {any} appeal */
function urgeAgainOf({ urging, overdue }) {
  if (!urging || !overdue || Date.parse(urging.again_at) <= clock.now()) return "";
  return `您已经催办过，${momentWords(urging.again_at)} 以后可以再催`;
}

/** Newest first, each with the rating that was given before the next one came. @param {any} appeal */
function answersOf({ answers, ratings, timeline }) {
  const reopened = timeline.find((/** @type {any} */ { deed }) => deed === "reopen");
  const view = (/** @type {any} */ answer, /** @type {number} */ index) => {
    const later = answers[index + 1];
    const rating = ratings.find((/** @type {any} */ { at }) => at >= answer.at && !(later && at >= later.at));
    const isPast = later || (reopened && reopened.at >= answer.at);
    return { ...viewAnswer(answer), title: isPast ? "上次的答复" : "答复", rating: rating ? viewRating(rating) : null };
  };
  return answers.map(view).reverse();
}

/** @param {any} answer */
function viewAnswer(answer) {
  return {
    ...answer,
    outcomeLabel: labelOf(ANSWER_OUTCOMES, answer.outcome),
    who: answer.on_behalf ? `${answer.name}（代办）` : answer.name,
    when: momentWords(answer.at),
  };
}

/** @param {any} rating */
function viewRating(rating) {
  const words = [labelOf(RESOLUTIONS, rating.resolution), labelOf(SATISFACTIONS, rating.satisfaction)];
  return { ...rating, words: words.join("，"), when: momentWords(rating.at) };
}

/** @param {string | null} urgency */
function toneOf(urgency) {
  const found = URGENCIES[/** @type {keyof typeof URGENCIES} */ (urgency)];
  return found ? found.tone : "calm";
}

/** @param {string} kind */
const kindOf = (kind) => KINDS.find(({ value }) => value === kind) || KINDS[0];

module.exports = { grouped, kindOf, viewAppeal, viewPage, viewSummary };
