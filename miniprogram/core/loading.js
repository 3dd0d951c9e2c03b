// @ts-check
const { sentenceOf } = require("./failure");
const network = require("./network");

/**
 * Loads into a page. Where nothing is shown yet, a failure is the whole page's; what is shown already stays, and the
 * failure is told in passing (not at all while the banner says that there is no network).
 * @param {{ data: { load: string }, setData: (change: any) => void }} page
 * @param {() => Promise<unknown>} work loads, and shows what came
 */
async function loadInto(page, work) {
  if (page.data.load === "failed") page.setData({ load: "loading" });
  try {
    await work();
  } catch (error) {
    const sentence = sentenceOf(error);
    if (page.data.load !== "ready") page.setData({ load: "failed", error: sentence });
    else if (network.isOnline()) wx.showToast({ title: sentence, icon: "none", duration: 3000 });
  }
  wx.stopPullDownRefresh();
}

module.exports = { loadInto };
