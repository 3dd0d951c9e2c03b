// @ts-check
const clock = require("./clock");

const DAY_MS = 86400000;
const BEIJING_MS = 8 * 3600000;

/** The parts of a moment on a Chinese calendar, whatever zone the phone is set to. @param {number} moment */
function parts(moment) {
  const date = new Date(moment + BEIJING_MS);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    weekday: "日一二三四五六"[date.getUTCDay()],
    dayNumber: Math.floor((moment + BEIJING_MS) / DAY_MS),
  };
}

/** @param {number} number */
const two = (number) => String(number).padStart(2, "0");

/**
 * 今天 14:05, 昨天 09:30, 11月24日 18:00; another year is named.
 * @param {string | number} moment RFC 3339, or milliseconds
 */
function momentWords(moment) {
  const time = typeof moment === "number" ? moment : Date.parse(moment);
  const then = parts(time);
  const today = parts(clock.now());
  const hour = `${two(then.hour)}:${two(then.minute)}`;
  const days = then.dayNumber - today.dayNumber;
  if (days === 0) return `今天 ${hour}`;
  if (days === -1) return `昨天 ${hour}`;
  if (days === 1) return `明天 ${hour}`;
  return `${dayWords(time)} ${hour}`;
}

/**
 * 11月24日; another year is named.
 * @param {string | number} moment RFC 3339, or milliseconds
 */
function dayWords(moment) {
  const then = parts(typeof moment === "number" ? moment : Date.parse(moment));
  const year = then.year === parts(clock.now()).year ? "" : `${then.year}年`;
  return `${year}${then.month}月${then.day}日`;
}

/** 2026-11-24 of a day `days` after today, as date pickers and the API write it. @param {number} days */
function isoDay(days = 0) {
  const then = parts(clock.now() + days * DAY_MS);
  return `${then.year}-${two(then.month)}-${two(then.day)}`;
}

/**
 * The moment of a Chinese day and hour, in RFC 3339.
 * @param {string} day 2026-11-24
 * @param {string} hour 18:00
 */
function momentOf(day, hour) {
  return new Date(Date.parse(`${day}T${hour}:00Z`) - BEIJING_MS).toISOString();
}

module.exports = { parts, momentWords, dayWords, isoDay, momentOf };
