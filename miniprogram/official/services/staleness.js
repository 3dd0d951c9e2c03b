// @ts-check
const { sentenceOf } = require("../../core/failure");
const network = require("../../core/network");

/**
 * What to say when a refresh failed and older content is still shown; empty without network, where the banner of every
 * page says it already.
 * @param {unknown} error
 */
const staleness = (error) => (network.isOnline() ? `${sentenceOf(error)}。下面是上次看到的内容` : "");

module.exports = { staleness };
