// @ts-check
const storage = require("../../core/storage");

/** An answer shorter than this, in characters, hardly says what was done. */
const SHORT = 20;
const BLANK = "……";
const NAME = "last-answer";

/**
 * What the official should look at before sending; none of it forbids.
 * @param {string} text
 * @param {{ text: string }[]} earlier answers to the same appeal
 * @returns {string[]}
 */
function warningsOf(text, earlier) {
  const words = text.trim();
  if (!words) return [];
  const blanks = words.split(BLANK).length - 1;
  const said = earlier.some((answer) => answer.text.trim() === words);
  return [
    blanks ? `还有 ${blanks} 处“……”没有换成实际情况` : "",
    words.length < SHORT ? `只有 ${words.length} 个字，群众可能看不明白` : "",
    said ? "和上一次给这件诉求的答复一模一样" : "",
    !said && words === lastSent() ? "和您上一次发出的答复一模一样，请核对是不是这件事" : "",
  ].filter(Boolean);
}

/** The text of the answer that went out last from this phone; empty before the first. @returns {string} */
const lastSent = () => storage.read(NAME, "");

/** @param {string} text */
const noteSent = (text) => storage.write(NAME, text.trim());

/**
 * The models that fit an outcome; all of them before one is chosen.
 * @param {{ name: string, title: string, outcome: string, text: string }[]} templates
 * @param {string} outcome
 */
const fitting = (templates, outcome) => templates.filter((template) => !outcome || template.outcome === outcome);

/** Whether a text is somebody's own, so that a model must not replace it unasked. @param {string} text @param {{ text: string }[]} templates */
const isOwn = (text, templates) => Boolean(text.trim()) && !templates.some((template) => template.text === text);

module.exports = { warningsOf, noteSent, fitting, isOwn };
