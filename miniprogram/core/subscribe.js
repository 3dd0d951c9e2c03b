// @ts-check
const { request } = require("./request");
const { newKey } = require("./keys");

/**
 * Asks the person, straight from a tap, to receive messages by these templates (one accept is one message). Never stands
 * in the way: whatever goes wrong, the action that was tapped goes on.
 * @param {string[]} templateIds
 * @returns {Promise<boolean>} whether one at least was accepted
 */
async function subscribe(templateIds) {
  if (!templateIds.length) return false;
  try {
    const answer = await wx.requestSubscribeMessage({ tmplIds: templateIds });
    const results = decisions(answer, templateIds);
    if (!Object.values(results).includes("accept")) return false;
    report(results);
    return true;
  } catch {
    return false; // the person closed the sheet
  }
}

/** Nobody waits for it: on a bad network that would hold up what was tapped. @param {Record<string, any>} results */
function report(results) {
  request({ method: "POST", path: "/api/subscriptions", data: { results }, key: newKey() }).catch(() => {});
}

/**
 * Only the templates out of WeChat's answer.
 * @param {Record<string, any>} answer
 * @param {string[]} ids
 */
function decisions(answer, ids) {
  return Object.fromEntries(ids.filter((id) => answer[id]).map((id) => [id, answer[id]]));
}

module.exports = { subscribe };
