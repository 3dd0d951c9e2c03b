// @ts-check
const clock = require("../core/clock");
const { Failure } = require("../core/failure");
const { newKey } = require("../core/keys");
const { request } = require("../core/request");
const storage = require("../core/storage");

/** How long an appeal counts for the poster that brought the person, in milliseconds. */
const LASTS_MS = 7 * 86400000;

/**
 * The person came by a poster's code: finds the roster, counts the visit, keeps the source for a later appeal.
 * @param {string} scene of the mini-program code
 * @returns {Promise<string>} the roster's slug; empty for a code that is none of ours, as on an old poster. Rejects
 *   when nobody answered, so that the caller can try again.
 */
async function arrive(scene) {
  try {
    const { roster, source } = await request({ path: `/api/sources/${encodeURIComponent(scene)}`, login: false });
    storage.write("source", { roster, source, until: clock.now() + LASTS_MS });
    if (source) countVisit({ roster, source });
    return roster;
  } catch (error) {
    if (error instanceof Failure && error.kind === "refused") return "";
    throw error;
  }
}

/** Nobody waits for it, and one visit that was not counted is no harm. @param {{ roster: string, source: string }} data */
function countVisit(data) {
  request({ method: "POST", path: "/api/visits", data, key: newKey(), login: false }).catch(() => {});
}

/** The source to send with an appeal to this roster; empty when the person came by themselves. @param {string} roster */
function sourceFor(roster) {
  const kept = storage.read("source", { roster: "", source: "", until: 0 });
  return kept.roster === roster && kept.until > clock.now() ? kept.source : "";
}

module.exports = { arrive, sourceFor };
