// @ts-check
const { createEmitter } = require("./emitter");

/** @type {ReturnType<typeof createEmitter<(answer: { event: "agree" | "disagree", buttonId?: string }) => void>>} */
const questions = createEmitter();

/** Follows WeChat's question before the first use of personal data; once, at launch. The page in front answers it. */
function follow() {
  if (wx.onNeedPrivacyAuthorization)
    wx.onNeedPrivacyAuthorization((resolve) => questions.emit(/** @type {any} */ (resolve)));
}

module.exports = { follow, onQuestion: questions.on };
