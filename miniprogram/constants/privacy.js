// @ts-check

/**
 * Every WeChat API used here that touches personal data. The list stands in the privacy notice that the city files with
 * WeChat; `make lint` compares it with the code.
 */
const PRIVACY_APIS = ["chooseMedia", "chooseLocation", "getPhoneNumber", "setClipboardData", "addPhoneContact"];

module.exports = { PRIVACY_APIS };
