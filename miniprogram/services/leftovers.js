// @ts-check
const storage = require("../core/storage");

/** What was begun and never sent is nobody's after so long, in milliseconds. */
const LONGEST_MS = 30 * 86400000;

/** What an official's phone keeps of residents' appeals: words begun, the inbox as it was seen, the answer sent last. */
const OFFICIAL = /^(answer:|words:(request_supplement|request_extension|hand_back|transfer):|last-answer$|inbox$)/;
/** Besides, what a resident began to say about an own appeal. */
const BEGUN = /^words:/;

/** At each start: takes off the phone what has grown old. */
const sweep = () => storage.sweep((name) => OFFICIAL.test(name) || BEGUN.test(name), LONGEST_MS);

/** When this person acts for nobody any more. */
const forgetOffice = () => storage.removeAll((name) => OFFICIAL.test(name));

module.exports = { sweep, forgetOffice };
