// @ts-check

/** How far the server's clock is ahead of the phone's, in milliseconds; phones are sometimes set wrong. */
let ahead = 0;

/**
 * Takes note of the server's time from an answer's Server-Time header.
 * @param {string | undefined} serverTime
 */
function note(serverTime) {
  const moment = serverTime ? Date.parse(serverTime) : NaN;
  if (!Number.isNaN(moment)) ahead = moment - Date.now();
}

/** The time now by the server's clock, in milliseconds since 1970. */
function now() {
  return Date.now() + ahead;
}

module.exports = { note, now };
