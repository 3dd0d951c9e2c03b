// @ts-check
const { apiBase, REQUEST_TIMEOUT_MS } = require("../constants/config");
const clock = require("./clock");
const { Failure, LOST } = require("./failure");

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {any} data
 * @property {Record<string, string>} header names in lower case
 */

/**
 * One request over the network; any status is an answer. Rejects with a `lost` Failure when none came.
 * @param {{ method: string, path: string, data?: any, header?: Record<string, string> }} request
 * @returns {Promise<Answer>}
 */
function send({ method, path, data, header = {} }) {
  return new Promise((resolve, reject) => {
    wx.request({
      url: apiBase + path,
      method: /** @type {"GET"} */ (method), // the typings lack PATCH, which WeChat has
      data,
      header: { "Content-Type": "application/json", ...header },
      timeout: REQUEST_TIMEOUT_MS,
      success: (answer) => {
        const found = lowerCased(answer.header);
        clock.note(found["server-time"]);
        resolve({ status: answer.statusCode, data: answer.data, header: found });
      },
      fail: () => reject(new Failure("lost", LOST)),
    });
  });
}

/** @param {Record<string, any>} header @returns {Record<string, string>} */
function lowerCased(header) {
  return Object.fromEntries(Object.entries(header || {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

module.exports = { send };
