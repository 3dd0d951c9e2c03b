// @ts-check
const { Failure } = require("../core/failure");
const { ask, request } = require("../core/request");
const storage = require("../core/storage");
const { cellOf } = require("./people");
const program = require("./program");

/** @typedef {{ roster: any, groups: { name: string, officials: any[] }[] }} Directory */
/** A directory as the server gave it last, with its tag. @typedef {{ etag: string, directory: Directory }} Kept */

/** Directories by slug as this run has read them from the phone's storage. @type {Map<string, Kept>} */
const read = new Map();

/** @returns {Promise<any[]>} the published rosters */
async function list() {
  const { items } = await request({ path: "/api/rosters", login: false });
  storage.write("rosters", items);
  const slugs = items.map((/** @type {any} */ roster) => roster.slug);
  if (chosen() && !slugs.includes(chosen())) {
    drop(chosen());
    choose("");
  }
  if (!chosen()) choose(await firstOf(slugs));
  return knownList();
}

/** What a person who has not chosen looks at: empty where only the person can say. @param {string[]} slugs */
async function firstOf(slugs) {
  if (slugs.length < 2) return slugs[0] || "";
  const { default_roster } = await program.refresh();
  return default_roster && slugs.includes(default_roster) ? default_roster : "";
}

/** The rosters known on this phone. @returns {any[]} */
const knownList = () => storage.read("rosters", /** @type {any[]} */ ([])).map(viewRoster);

/** The roster this person looks at; empty before the first answer. @returns {string} */
const chosen = () => storage.read("roster", "");

/** @param {string} slug */
function choose(slug) {
  storage.write("roster", slug);
}

/**
 * The roster to look at, for a page that may be the first one opened: what a link names, else the person's own, else what
 * the server opens with. Empty where only the person can say; rejects when nobody answered.
 * @param {string} [wanted] from a link
 */
async function ensure(wanted = "") {
  if (wanted && wanted !== chosen()) choose(wanted);
  if (wanted ? !knownList().some(({ slug }) => slug === wanted) : !chosen()) await list();
  return chosen();
}

/** One roster: as known on this phone, else asked for. Null when it is not published. @param {string} slug @returns {Promise<any>} */
async function find(slug) {
  const known = knownList().find((roster) => roster.slug === slug);
  return known || (await list()).find((roster) => roster.slug === slug) || null;
}

/** A roster with what pages ask of it. @param {any} roster RosterView of the API */
function viewRoster(roster) {
  return { ...roster, forEnterprises: roster.audience === "enterprise", notices: noticesOf(roster) };
}

/** What holds at this hour, in sentences. @param {any} hours HoursView of the API @returns {{ text: string, tone: string }[]} */
function noticesOf(hours) {
  const closed = hours.campaign && hours.campaign.notice;
  return [
    { text: closed, tone: "notice-late" },
    { text: hours.opens_next, tone: "notice-soon" },
    { text: hours.courtesy_now, tone: "notice-soon" },
  ].filter(({ text }) => text);
}

/** The directory as it was seen last, at once. @param {string} slug @returns {Directory | null} */
function known(slug) {
  const kept = remembered(slug);
  return kept && kept.directory;
}

/**
 * The directory as it is now; costs nothing when it has not changed, and then is the very object that `known` gives.
 * @param {string} slug
 * @returns {Promise<Directory>}
 */
async function directory(slug) {
  const kept = remembered(slug);
  try {
    const header = kept ? { "If-None-Match": kept.etag } : undefined;
    const answer = await ask({ path: `/api/rosters/${slug}/directory`, login: false, header, also: [304] });
    if (answer.status === 304 && kept) return kept.directory;
    return remember(slug, { etag: answer.header.etag || "", directory: answer.data });
  } catch (error) {
    if (error instanceof Failure && error.status === 404) drop(slug);
    throw error;
  }
}

/**
 * The directory's groups as lists of cells, the officials that the person keeps at hand first.
 * @param {Directory} directory
 * @param {string[]} favourites ids
 * @returns {{ name: string, cells: import("./people").Cell[] }[]}
 */
function groupsOf(directory, favourites) {
  const groups = directory.groups.map(({ name, officials }) => ({ name, cells: officials.map(cellOf) }));
  const everybody = groups.flatMap(({ cells }) => cells);
  const kept = favourites.flatMap((id) => everybody.filter((cell) => cell.id === id));
  return [{ name: "常用", cells: kept }, ...groups].filter(({ cells }) => cells.length);
}

/** The official as the directory in use has it, with what holds for the roster; null when it has none such. @param {string} id @returns {any} */
function officialKnown(id) {
  const directory = known(chosen());
  if (!directory) return null;
  const { open_now, opens_next, courtesy_now, campaign } = directory.roster;
  const found = directory.groups.flatMap(({ officials }) => officials).find((official) => official.id === id);
  return found ? { ...found, open_now, opens_next, courtesy_now, campaign } : null;
}

/** Takes an official who is published no more off this phone. @param {string} id */
function forgetOfficial(id) {
  const slug = chosen();
  const directory = known(slug);
  if (!directory) return;
  const groups = directory.groups.map((group) => ({
    ...group,
    officials: group.officials.filter((official) => official.id !== id),
  }));
  remember(slug, { etag: "", directory: { ...directory, groups } });
}

/** @param {string} slug @returns {Kept | null} */
function remembered(slug) {
  const kept = read.get(slug) || storage.read(`directory:${slug}`, /** @type {Kept | null} */ (null));
  if (kept) read.set(slug, kept);
  return kept;
}

/** @param {string} slug @param {Kept} kept */
function remember(slug, kept) {
  read.set(slug, kept);
  storage.write(`directory:${slug}`, kept);
  return kept.directory;
}

/** @param {string} slug */
function drop(slug) {
  read.delete(slug);
  storage.remove(`directory:${slug}`);
}

module.exports = {
  list,
  knownList,
  chosen,
  choose,
  ensure,
  find,
  viewRoster,
  noticesOf,
  known,
  directory,
  groupsOf,
  officialKnown,
  forgetOfficial,
};
