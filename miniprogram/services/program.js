// @ts-check
const { request } = require("../core/request");
const storage = require("../core/storage");
const core = require("../core/subscribe");

const NAME = "program";

/**
 * What the server tells every mini-program at its start: ProgramView of the API.
 * @typedef {object} Program
 * @property {Record<string, string>} templates ids for consent to messages
 * @property {{ name: string, text: string }[]} quick_replies
 * @property {{ name: string, title: string, outcome: string, text: string }[]} answer_templates
 * @property {string | null} default_roster what the directory opens with; null where a person has to choose
 * @property {number} quick_reply_days how far ahead a quick reply may promise
 * @property {number} extension_workdays
 * @property {{ most: number, megabytes: number }} photos
 * @property {{ longest: number, longest_title: number }} text in characters
 */

/** What holds until the server has been heard once. @type {Program} */
const AT_FIRST = {
  templates: {},
  quick_replies: [],
  answer_templates: [],
  default_roster: null,
  quick_reply_days: 3,
  extension_workdays: 10,
  photos: { most: 9, megabytes: 10 },
  text: { longest: 2000, longest_title: 60 },
};

/** @type {Promise<Program> | null} */
let asking = null;

/** @returns {Program} what is known on this phone, at once */
const known = () => ({ ...AT_FIRST, ...storage.read(NAME, {}) });

/** Asks the server again; without network the known one stays. Many callers share one request. @returns {Promise<Program>} */
function refresh() {
  asking = asking || ask().finally(() => (asking = null));
  return asking;
}

async function ask() {
  try {
    storage.write(NAME, await request({ path: "/api/program", login: false }));
  } catch {
    // the next start asks again
  }
  return known();
}

/**
 * Asks for consent to messages, straight from a tap.
 * @param {...("progress" | "answer" | "supplement" | "todo")} names of the messages
 */
function subscribe(...names) {
  const { templates } = known(); // no waiting here: WeChat takes the question only inside the tap
  return core.subscribe(names.map((name) => templates[name]).filter(Boolean));
}

module.exports = { known, refresh, subscribe };
