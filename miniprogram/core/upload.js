// @ts-check
const { apiBase, UPLOAD_TIMEOUT_MS } = require("../constants/config");
const { Failure, failureOf } = require("./failure");
const session = require("./session");

const LOST = "图片没有传完，请检查网络后点“重传”";

/**
 * Sends one picture. Rejects with a Failure.
 * @param {string} filePath
 * @param {string} key idempotency key: a repetition is the same picture
 * @param {(percent: number) => void} onProgress
 * @returns {Promise<{ id: string, url: string }>}
 */
async function upload(filePath, key, onProgress) {
  const token = await session.token();
  const answer = await sendFile(filePath, key, token, onProgress);
  if (answer.status !== 401) return kept(answer);
  return kept(await sendFile(filePath, key, await session.renew(token), onProgress));
}

/**
 * @param {string} filePath
 * @param {string} key
 * @param {string} token
 * @param {(percent: number) => void} onProgress
 * @returns {Promise<{ status: number, data: any }>}
 */
function sendFile(filePath, key, token, onProgress) {
  return new Promise((resolve, reject) => {
    const task = wx.uploadFile({
      url: `${apiBase}/api/uploads`,
      filePath,
      name: "file",
      header: { Authorization: `Bearer ${token}`, "Idempotency-Key": key },
      timeout: UPLOAD_TIMEOUT_MS,
      // a refusal arrives here too, and the body is text
      success: ({ statusCode, data }) => resolve({ status: statusCode, data: parsed(data) }),
      fail: () => reject(new Failure("lost", LOST)),
    });
    task.onProgressUpdate(({ progress }) => onProgress(progress));
  });
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {{ status: number, data: any }} answer */
function kept(answer) {
  if (answer.status !== 201) throw failureOf(answer.status, answer.data);
  return answer.data;
}

module.exports = { upload };
