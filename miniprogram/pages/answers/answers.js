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
    /** How many are left out because nothing is known of them yet. */
    gathering: 0,
    hasMore: false,
    /** first: nothing is there yet; more: the next page; or nothing. */
    waiting: "first",
    error: "",
    explained: false,
    /** Whether only the person can say which roster to look at. */
    unchosen: false,
  },
  roster: "",
  /** The roster that a link names. */
  wanted: "",
  pager: createPager(published.answers),
  lists: /** @type {Record<string, any[] | null>} */ ({ answers: null, figures: null }),

  /** @param {{ roster?: string }} query */
  onLoad({ roster = "" }) {
    this.wanted = roster;
  },
  onShow() {
    return this.start();
  },
  async onPullDownRefresh() {
    this.pager.rewind();
    await this.start();
    wx.stopPullDownRefresh();
  },
  onShareAppMessage() {
    return { title: "公开的答复和办理情况", path: `/pages/answers/answers?roster=${this.roster}` };
  },
  onReachBottom() {
    return this.more();
  },

  /** Learns which roster to look at, then reads it. */
  async start() {
    try {
      const roster = await rosters.ensure(this.wanted);
      this.wanted = "";
      this.setData({ unchosen: !roster });
      if (!roster) return this.setData({ shown: [], loaded: 0, hasMore: false, waiting: "", error: "" });
      if (roster !== this.roster || !this.lists.answers) this.begin(roster);
    } catch (error) {
      return this.setData({ waiting: "", error: sentenceOf(error) });
    }
    return this.reload();
  },
  toDirectory() {
    wx.switchTab({ url: "/pages/directory/directory" });
  },
  /** Starts with the roster that the person looks at. @param {string} roster */
  begin(roster) {
    this.roster = roster;
    this.pager = createPager((/** @type {string} */ cursor) => published.answers(roster, cursor));
    this.lists = { answers: published.knownAnswers(roster), figures: null };
    this.show();
  },
  reload() {
    if (!this.roster) return this.start();
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
    const held = all.filter((/** @type {any} */ item) => published.holds(item, words));
    const folds = part === "figures" && !words.trim();
    const shown = folds ? held.filter((/** @type {any} */ { more }) => more) : held;
    this.setData({
      shown,
      gathering: held.length - shown.length,
      loaded: all.length,
      hasMore: part === "answers" && this.pager.hasMore,
    });
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
