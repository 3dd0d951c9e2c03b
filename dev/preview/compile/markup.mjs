// A small reader of WXML for questions the template compiler does not answer: which tags and attributes stand where.
import { lineAt } from "./problems.mjs";

/** Tags that belong to the template language itself. */
export const LANGUAGE_TAGS = ["block", "template", "slot", "include", "import", "wxs"];

const COMMENT = /<!--[^]*?(?:-->|$)/g;
const SCRIPT = /(<wxs\b[^>]*[^/]>)([^]*?)(<\/wxs>)/g;
const TAG = /<([a-zA-Z][\w-]*)((?:\s+[^\s=/>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*\/?>/g;
const ATTRIBUTE = /([^\s=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;

/** Every opening tag of a template: `{name, line, attributes: [{name, value, line}]}`. */
export function readTags(source) {
  const text = source.replace(COMMENT, blank).replace(SCRIPT, (_, open, script, close) => open + blank(script) + close);
  return [...text.matchAll(TAG)].map((tag) => {
    const start = tag.index + 1 + tag[1].length;
    const attributes = [...tag[2].matchAll(ATTRIBUTE)].map((found) => ({
      name: found[1],
      value: found[2] ?? found[3] ?? "",
      line: lineAt(text, start + found.index),
    }));
    return { name: tag[1], line: lineAt(text, tag.index), attributes };
  });
}

/** The expressions of `{{ }}` in a text. */
export function expressionsOf(text) {
  return [...text.matchAll(/\{\{([^]*?)\}\}/g)].map((found) => found[1]);
}

/** Every `{{ }}` of a template with its line, in attributes as well as in text. */
export function readExpressions(source) {
  const text = source.replace(COMMENT, blank).replace(SCRIPT, (_, open, script, close) => open + blank(script) + close);
  return [...text.matchAll(/\{\{([^]*?)\}\}/g)].map((found) => ({ code: found[1], line: lineAt(text, found.index) }));
}

/** As many lines as before, and nothing on them. */
function blank(text) {
  return text.replace(/[^\n]/g, " ");
}
