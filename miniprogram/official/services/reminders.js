// @ts-check
const { isoDay } = require("../../core/dates");
const storage = require("../../core/storage");
const me = require("../../services/me");
const program = require("../../services/program");

const NAME = "todo-offer";
const NEVER = "never";

/**
 * Whether to offer messages about new appeals: to who does not follow the Official Account and has not refused; once a
 * day, because one consent is one message.
 */
function isOffered() {
  const known = me.known();
  const last = storage.read(NAME, /** @type {string} */ (""));
  return Boolean(
    known && !known.follows_official_account && program.known().templates.todo && last !== NEVER && last !== isoDay(),
  );
}

/** Asks for consent, straight from a tap. @returns {Promise<boolean>} whether it was given */
function allow() {
  storage.write(NAME, isoDay());
  return program.subscribe("todo");
}

/** The person wants no such messages. */
function refuse() {
  storage.write(NAME, NEVER);
}

module.exports = { isOffered, allow, refuse };
