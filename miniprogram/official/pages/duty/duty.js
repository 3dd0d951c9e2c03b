// @ts-check
const { isoDay } = require("../../../core/dates");
const { sentenceOf } = require("../../../core/failure");
const me = require("../../../services/me");
const duty = require("../../services/duty");

Page({
  data: {
    load: "loading",
    error: "",
    problem: "",
    posts: /** @type {any[]} */ ([]),
    post: /** @type {any} */ ({}),
    /** Only the official in person arranges it. */
    mayEdit: false,
    items: /** @type {any[]} */ ([]),
    staff: /** @type {{ account_id: string, name: string }[]} */ ([]),
    today: "",
    adding: false,
    who: 0,
    first: "",
    last: "",
    firstDay: "",
    firstWords: "",
    lastWords: "",
    itemError: "",
    saving: false,
  },

  onLoad() {
    const posts = me.posts();
    if (posts.length) this.takePosts(posts);
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
      this.takePosts((await me.refresh()).posts);
      const { official_id: id } = this.data.post;
      const calendar = id ? await duty.get(id) : {};
      if (id === this.data.post.official_id) this.setData({ ...calendar, load: "ready", problem: "" });
    } catch (error) {
      if (this.data.load === "ready") this.setData({ problem: sentenceOf(error) });
      else this.setData({ load: "failed", error: sentenceOf(error) });
    }
  },

  /** @param {any[]} posts */
  takePosts(posts) {
    const post = posts.find(({ official_id }) => official_id === this.data.post.official_id) || posts[0] || {};
    this.setData({ posts, post, mayEdit: post.role === "official" });
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  choosePost({ currentTarget }) {
    const post = this.data.posts[currentTarget.dataset.index];
    if (post.official_id === this.data.post.official_id) return;
    this.setData({ post, items: [], staff: [], today: "", load: "loading" });
    return this.refresh();
  },

  add() {
    this.setData({ adding: true, itemError: "", firstDay: isoDay() });
    this.setDays(isoDay(), isoDay());
  },

  closeSheet() {
    this.setData({ adding: false });
  },

  /** @param {WechatMiniprogram.PickerChange} event */
  pickWho({ detail }) {
    this.setData({ who: Number(detail.value), itemError: "" });
  },

  /** The last day follows the first. @param {WechatMiniprogram.PickerChange} event */
  pickFirst({ detail }) {
    const first = String(detail.value);
    this.setDays(first, this.data.last < first ? first : this.data.last);
  },

  /** @param {WechatMiniprogram.PickerChange} event */
  pickLast({ detail }) {
    this.setDays(this.data.first, String(detail.value));
  },

  /** @param {string} first @param {string} last */
  setDays(first, last) {
    const firstWords = duty.wordsOf(first);
    this.setData({ first, last, firstWords, lastWords: duty.wordsOf(last), itemError: "" });
  },

  async save() {
    const { who, staff, first, last, items, saving } = this.data;
    const item = { account_id: staff[who] ? staff[who].account_id : "", first, last };
    const itemError = duty.problemOf(item, items);
    this.setData({ itemError });
    if (saving || itemError) return;
    const failed = await this.put([...items, item]);
    this.setData(failed ? { itemError: failed } : { adding: false });
    if (!failed) wx.showToast({ title: "已保存", icon: "none" });
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  async remove({ currentTarget }) {
    const { id } = currentTarget.dataset;
    const { name, days } = this.data.items.find((item) => item.id === id);
    const { confirm } = await wx.showModal({
      title: "去掉这次值班？",
      content: `${name}，${days}。之后的消息仍发给您本人。`,
      confirmText: "去掉",
    });
    if (confirm) this.setData({ problem: await this.put(this.data.items.filter((item) => item.id !== id)) });
  },

  /** Saves the calendar; the sentence when that failed, else empty. @param {any[]} items @returns {Promise<string>} */
  async put(items) {
    this.setData({ saving: true });
    try {
      this.setData({ ...(await duty.set(this.data.post.official_id, items)), saving: false });
      return "";
    } catch (error) {
      this.setData({ saving: false });
      return sentenceOf(error);
    }
  },
});
