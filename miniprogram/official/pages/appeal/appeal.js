// @ts-check
const { sentenceOf } = require("../../../core/failure");
const me = require("../../../services/me");
const { FORMS, LEAVING } = require("../../constants/deeds");
const handling = require("../../services/handling");
const { backToInbox } = require("../../services/leaving");
const { staleness } = require("../../services/staleness");

Page({
  data: {
    id: "",
    load: "loading",
    error: "",
    /** Why the last tap brought nothing, or why what is shown may be old. */
    problem: "",
    appeal: /** @type {any} */ (handling.nothing()),
    several: false,
    /** Which sheet is open: others, quick_reply or log_contact; the deed of the sheet that asks for words. */
    sheet: "",
    deed: "",
    working: false,
  },

  /** @param {Record<string, string | undefined>} query */
  onLoad({ id = "" }) {
    const known = handling.recall(id);
    this.setData({ id, several: me.posts().length > 1 });
    if (known) this.show(known);
  },

  onShow() {
    return this.refresh();
  },

  async onPullDownRefresh() {
    await this.refresh();
    wx.stopPullDownRefresh();
  },

  retry() {
    this.setData({ load: "loading" });
    return this.refresh();
  },

  async refresh() {
    try {
      this.show(await handling.get(this.data.id));
    } catch (error) {
      const shown = this.data.load === "ready" && !handling.isGone(error);
      if (shown) this.setData({ problem: staleness(error) });
      else this.setData({ load: "failed", error: sentenceOf(error), sheet: "", deed: "" });
    }
  },

  /** @param {any} appeal */
  show(appeal) {
    // who handles it wrote it himself, and reads it as a resident
    if (appeal.mine) wx.redirectTo({ url: `/pages/appeal/appeal?id=${appeal.id}` });
    else this.setData({ appeal, load: "ready", problem: "" });
  },

  /** One of the tools was tapped. @param {WechatMiniprogram.TouchEvent} event */
  act({ currentTarget }) {
    const { action } = currentTarget.dataset;
    if (action === "sign") return this.sign();
    if (action === "answer") return this.openAnswer();
    if (action === "transfer") return this.openTransfer();
    this.setData(FORMS[action] ? { sheet: "", deed: action } : { sheet: action, deed: "" });
  },

  closeSheet() {
    this.setData({ sheet: "", deed: "" });
  },

  async sign() {
    this.setData({ working: true });
    try {
      this.show(await handling.act(this.data.id, "sign", {}));
      wx.showToast({ title: "已签收", icon: "none" });
    } catch (error) {
      if (handling.isOutdated(error)) await this.refresh();
      this.setData({ problem: sentenceOf(error) });
    }
    this.setData({ working: false });
  },

  /** The phone rings; afterwards one tap says how it went. */
  async dial() {
    try {
      await wx.makePhoneCall({ phoneNumber: this.data.appeal.phone });
      this.setData({ sheet: "log_contact" });
    } catch {
      // the person thought better of it
    }
  },

  /** @param {WechatMiniprogram.CustomEvent} event */
  onContacted({ detail }) {
    if (!detail.goesOn) this.closeSheet();
    this.show(detail.appeal);
  },

  /** @param {WechatMiniprogram.CustomEvent} event */
  onDone({ detail }) {
    this.closeSheet();
    if (LEAVING.includes(detail.deed)) return backToInbox(detail.word);
    if (detail.word) wx.showToast({ title: detail.word, icon: "none" });
    this.show(detail.appeal);
  },

  openAnswer() {
    this.closeSheet();
    wx.navigateTo({ url: `/official/pages/answer/answer?id=${this.data.id}` });
  },

  openTransfer() {
    this.closeSheet();
    wx.navigateTo({ url: `/official/pages/transfer/transfer?id=${this.data.id}` });
  },
});
