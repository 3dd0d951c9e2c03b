// @ts-check
const { loadInto } = require("../../core/loading");
const { createPager } = require("../../core/pager");
const callLog = require("../../services/call-log");

Page({
  data: {
    load: "loading",
    error: "",
    calls: /** @type {any[]} */ ([]),
    hasMore: false,
    loadingMore: false,
  },
  pager: createPager(callLog.page),

  onLoad() {
    this.pager = createPager(callLog.page);
    const known = callLog.known();
    if (known) this.setData({ load: "ready", calls: known });
  },
  onShow() {
    this.reload();
  },
  onPullDownRefresh() {
    this.pager.rewind();
    this.reload();
  },
  onReachBottom() {
    this.more();
  },

  reload() {
    return loadInto(this, async () => {
      if (await this.pager.refresh()) this.show();
    });
  },
  async more() {
    if (!this.data.hasMore || this.data.loadingMore) return;
    this.setData({ loadingMore: true });
    await loadInto(this, async () => {
      if (await this.pager.more()) this.show();
    });
    this.setData({ loadingMore: false });
  },
  show() {
    this.setData({ load: "ready", calls: this.pager.items, hasMore: this.pager.hasMore });
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  write({ currentTarget }) {
    const { official, call } = currentTarget.dataset;
    wx.navigateTo({ url: `/pages/write/write?official_id=${official}&call_id=${call}` });
  },
  /** @param {WechatMiniprogram.TouchEvent} event */
  openAppeal({ currentTarget }) {
    wx.navigateTo({ url: `/pages/appeal/appeal?id=${currentTarget.dataset.id}` });
  },
  toDirectory() {
    wx.switchTab({ url: "/pages/directory/directory" });
  },
});
