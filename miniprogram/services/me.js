// @ts-check
const files = require("../core/files");
const { once } = require("../core/keys");
const preferences = require("../core/preferences");
const { request } = require("../core/request");
const session = require("../core/session");
const storage = require("../core/storage");
const program = require("./program");

const NAME = "me";

/** The own account as it was seen last; null before the first login. @returns {any} */
const known = () => storage.read(NAME, null);

/** @returns {Promise<any>} MeView of the API */
const refresh = async () => keep(await request({ path: "/api/me" }));

/** Changes what is given of name, phone, organisation (null: writes for none any more). @param {any} changes */
const update = async (changes) =>
  keep(await once("/api/me", changes, (key) => request({ method: "PATCH", path: "/api/me", data: changes, key })));

/** The phone number behind a getPhoneNumber code; not kept by the server. @param {string} code @returns {Promise<string>} */
const phoneOf = async (code) => (await request({ method: "POST", path: "/api/me/phone", data: { code } })).phone;

/** Everything the server knows of this person. @returns {Promise<any>} */
const exported = () => request({ path: "/api/me/export" });

/** Erases the account and everything on this phone but the size of its letters. */
async function erase() {
  await request({ method: "DELETE", path: "/api/me" });
  const large = preferences.isLarge();
  session.end();
  storage.clear();
  await files.clear();
  if (large) preferences.setLarge(true);
  program.refresh();
}

/** The posts this person acts for. @returns {any[]} */
const posts = () => (known() || { posts: [] }).posts;

/** @param {any} me */
function keep(me) {
  storage.write(NAME, me);
  return me;
}

module.exports = { known, refresh, keep, update, phoneOf, exported, erase, posts };
