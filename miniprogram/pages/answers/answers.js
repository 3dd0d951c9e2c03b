// @ts-check
const { sentenceOf } = require("../../core/failure");
const network = require("../../core/network");
const { createPager } = require("../../core/pager");
const published = require("../../services/published");
const rosters = require("../../services/rosters");

const PARTS = [
  { value: "answers", title: "公开答复" },
  { value: "figures", title: "办理情况" },
];

/**
 * Two lists under one bar: published answers, in pages, and figures, at once. Either keeps what it has while it is read
 * again; searching looks through what is loaded.
 */
Page({
  data: {
    parts: PARTS,
    part: "answers",
    words: "",
    shown: /** @type {any[]} */ ([]),
    loaded: 0,
    hasMore: false,
    /** first: nothing is there yet; more: the next page; or nothing. */
    waiting: "first",
    error: "",
    explained: false,
  },
  roster: "",
  pager: createPager(published.answers),
  lists: /** @type {Record<string, any[] | null>} */ ({ answers: null, figures: null }),

  onShow() {
    const roster = rosters.chosen();
    if (roster !== this.roster || !this.lists.answers) this.begin(roster);
    return this.reload();
  },
  async onPullDownRefresh() {
    this.pager.rewind();
    await this.reload();
    wx.stopPullDownRefresh();
  },
  onReachBottom() {
    return this.more();
  },

  /** Starts with the roster that the person looks at. @param {string} roster */
  begin(roster) {
    this.roster = roster;
    this.pager = createPager((/** @type {string} */ cursor) => published.answers(roster, cursor));
    this.lists = { answers: published.knownAnswers(roster), figures: null };
    this.show();
  },
  reload() {
    const { part } = this.data;
    return this.read(part, "first", () => (part === "figures" ? this.readFigures() : this.readAnswers("refresh")));
  },
  more() {
    if (!this.data.hasMore || this.data.waiting) return;
    return this.read("answers", "more", () => this.readAnswers("more"));
  },
  /** @param {string} part @param {string} waiting @param {() => Promise<unknown>} work */
  async read(part, waiting, work) {
    this.setData({ waiting: waiting === "more" || !this.lists[part] ? waiting : "", error: "" });
    try {
      await work();
    } catch (error) {
      this.tell(part, sentenceOf(error));
    }
    if (part === this.data.part) this.setData({ waiting: "" });
    this.show();
  },
  /** @param {"refresh" | "more"} how */
  async readAnswers(how) {
    const { pager } = this;
    if ((await pager[how]()) && pager === this.pager) this.lists.answers = pager.items;
  },
  async readFigures() {
    const { roster } = this;
    const figures = await published.figures(roster);
    if (roster === this.roster) this.lists.figures = figures;
  },
  /** In passing over a list that is there (not while the banner says it), in its place where none is. @param {string} part @param {string} sentence */
  tell(part, sentence) {
    if (!this.lists[part]) {
      if (part === this.data.part) this.setData({ error: sentence });
    } else if (network.isOnline()) wx.showToast({ title: sentence, icon: "none", duration: 3000 });
  },
  show() {
    const { part, words } = this.data;
    const all = this.lists[part] || [];
    const shown = all.filter((/** @type {any} */ item) => published.holds(item, words));
    this.setData({ shown, loaded: all.length, hasMore: part === "answers" && this.pager.hasMore });
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  choosePart({ currentTarget }) {
    this.setData({ part: currentTarget.dataset.part, words: "", error: "" });
    this.show();
    return this.reload();
  },
  /** @param {WechatMiniprogram.Input} event */
  search({ detail }) {
    this.setData({ words: detail.value });
    this.show();
  },
  clear() {
    this.setData({ words: "" });
    this.show();
  },
  explain() {
    this.setData({ explained: !this.data.explained });
  },
});
