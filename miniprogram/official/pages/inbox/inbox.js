// @ts-check
const { sentenceOf } = require("../../../core/failure");
const inbox = require("../../../services/inbox");
const me = require("../../../services/me");
const { isUnbound } = require("../../services/handling");
const reminders = require("../../services/reminders");
const { staleness } = require("../../services/staleness");

Page({
  data: {
    load: "loading",
    error: "",
    /** Why what is shown may be old, in a sentence. */
    stale: "",
    unbound: false,
    tab: "open",
    sections: /** @type {any[]} */ ([]),
    count: 0,
    more: false,
    done: /** @type {any[]} */ ([]),
    doneNext: /** @type {string | null} */ (null),
    doneLoad: "",
    doneError: "",
    /** Whether the person acts for more than one post. */
    several: false,
    acting: "",
    offer: false,
    /** The sheet that is open, as the API's action, and the appeal it is about. */
    sheet: "",
    chosen: /** @type {any} */ ({}),
  },

  onLoad() {
    const known = inbox.known();
    if (known) this.setData({ ...known, load: "ready" });
    this.showPosts();
  },

  onShow() {
    if (this.data.tab === "done") this.reloadDone();
    return this.refresh();
  },

  async onPullDownRefresh() {
    await (this.data.tab === "open" ? this.refresh() : this.reloadDone());
    wx.stopPullDownRefresh();
  },

  onReachBottom() {
    if (this.data.tab === "done" && this.data.doneNext && this.data.doneLoad === "ready") this.loadDone();
  },

  retry() {
    this.setData({ load: "loading" });
    return this.refresh();
  },

  async refresh() {
    try {
      this.setData({ ...(await inbox.open()), load: "ready", stale: "", unbound: false });
      this.refreshPosts();
    } catch (error) {
      this.fail(error);
    }
  },

  async refreshPosts() {
    try {
      await me.refresh();
      this.showPosts();
    } catch {
      // the posts that are known stay; the next look asks again
    }
  },

  /** @param {unknown} error */
  fail(error) {
    if (isUnbound(error)) {
      inbox.forget();
      this.setData({ load: "ready", unbound: true });
    } else if (this.data.load === "ready") this.setData({ stale: staleness(error) });
    else this.setData({ load: "failed", error: sentenceOf(error) });
  },

  showPosts() {
    const posts = me.posts();
    this.setData({
      several: posts.length > 1,
      acting: posts.map(({ post, role }) => (role === "staff" ? `${post}（代办）` : post)).join("、"),
      offer: reminders.isOffered(),
    });
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  choose({ currentTarget }) {
    const { tab } = currentTarget.dataset;
    this.setData({ tab });
    if (tab === "done") this.reloadDone();
  },

  async reloadDone() {
    this.setData({ doneNext: null });
    await this.loadDone();
  },

  async loadDone() {
    const cursor = this.data.doneNext || "";
    this.setData({ doneLoad: "loading" });
    try {
      const { items, next } = await inbox.done(cursor);
      this.setData({ done: cursor ? [...this.data.done, ...items] : items, doneNext: next, doneLoad: "ready" });
    } catch (error) {
      this.setData({ doneLoad: "failed", doneError: sentenceOf(error) });
    }
  },

  async allow() {
    this.setData({ offer: false });
    if (await reminders.allow()) wx.showToast({ title: "有新的诉求会提醒您", icon: "none" });
  },

  refuse() {
    reminders.refuse();
    this.setData({ offer: false });
  },

  /** @param {WechatMiniprogram.CustomEvent} event */
  open({ detail }) {
    wx.navigateTo({ url: `/official/pages/appeal/appeal?id=${detail.id}` });
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  reply({ currentTarget }) {
    this.openSheet("quick_reply", currentTarget.dataset.id);
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  contact({ currentTarget }) {
    this.openSheet("log_contact", currentTarget.dataset.id);
  },

  /** @param {string} sheet @param {string} id */
  openSheet(sheet, id) {
    const items = this.data.sections.flatMap((section) => section.items);
    this.setData({ chosen: items.find((item) => item.id === id), sheet });
  },

  closeSheet() {
    this.setData({ sheet: "" });
  },

  onReplied() {
    this.closeSheet();
    return this.refresh();
  },

  /** @param {WechatMiniprogram.CustomEvent} event */
  onContacted({ detail }) {
    if (!detail.goesOn) this.closeSheet();
    return this.refresh();
  },

  /** @param {WechatMiniprogram.CustomEvent} event */
  onAnswer({ detail }) {
    this.closeSheet();
    this.openAnswer(detail.id);
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  answer({ currentTarget }) {
    this.openAnswer(currentTarget.dataset.id);
  },

  /** @param {string} id */
  openAnswer(id) {
    wx.navigateTo({ url: `/official/pages/answer/answer?id=${id}` });
  },

  openBind() {
    wx.navigateTo({ url: "/official/pages/bind/bind" });
  },

  openDuty() {
    wx.navigateTo({ url: "/official/pages/duty/duty" });
  },

  openFigures() {
    wx.navigateTo({ url: "/official/pages/figures/figures" });
  },
});
