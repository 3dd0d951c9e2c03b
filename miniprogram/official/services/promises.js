// @ts-check
const clock = require("../../core/clock");
const { isoDay, momentOf, momentWords } = require("../../core/dates");

const HOUR_MS = 3600000;
const MINUTE_MS = 60000;

/** The choice whose moment the person sets. */
const OTHER = "other";

/**
 * When an official may promise to get in touch: only what is still ahead. The values are moments in RFC 3339, fixed when
 * the choices are made, so that another try sends the same promise.
 * @param {number} days how many days ahead a promise may lie
 * @returns {{ value: string, title: string, hint: string }[]}
 */
function promiseChoices(days) {
  const now = clock.now();
  const inAnHour = new Date(Math.floor((now + HOUR_MS) / MINUTE_MS) * MINUTE_MS).toISOString();
  const moments = [
    { value: inAnHour, title: "1 小时内", hint: `${momentWords(inAnHour)} 前` },
    { value: momentOf(isoDay(), "18:00"), title: "今天 18:00 前", hint: "" },
    { value: momentOf(isoDay(1), "12:00"), title: "明天 12:00 前", hint: "" },
  ];
  return [
    ...moments.filter(({ value }) => isAhead(value)),
    { value: OTHER, title: "其他时间", hint: `${days} 天以内` },
  ];
}

/**
 * What most will promise: by the end of today while that is some hours away, else tomorrow; never an hour, which is short.
 * @param {{ value: string }[]} choices of `promiseChoices`
 */
function likely(choices) {
  const found = choices.find(({ value }) => value !== OTHER && Date.parse(value) > clock.now() + 2 * HOUR_MS);
  return found ? found.value : OTHER;
}

/** @param {string} moment RFC 3339 */
const isAhead = (moment) => Date.parse(moment) > clock.now();

module.exports = { OTHER, likely, promiseChoices, isAhead };
