// @ts-check

const INBOX = "official/pages/inbox/inbox";
const APPEAL = "official/pages/appeal/appeal";

/**
 * Back to the inbox, wherever this page was opened from, with a word about what was done.
 * @param {string} title
 */
async function backToInbox(title) {
  const pages = getCurrentPages();
  const at = pages.findIndex(({ route }) => route === INBOX);
  if (at >= 0) await wx.navigateBack({ delta: pages.length - 1 - at });
  else await wx.reLaunch({ url: `/${INBOX}` });
  wx.showToast({ title, icon: "none" });
}

/**
 * Back to the page of the appeal, which loads it anew, with a word about what was done.
 * @param {string} id
 * @param {string} title
 */
async function backToAppeal(id, title) {
  const pages = getCurrentPages();
  const before = pages[pages.length - 2];
  if (before && before.route === APPEAL) await wx.navigateBack();
  else await wx.redirectTo({ url: `/${APPEAL}?id=${id}` });
  wx.showToast({ title, icon: "none" });
}

module.exports = { backToInbox, backToAppeal };
