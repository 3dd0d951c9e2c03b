// @ts-check
const { sentenceOf } = require("../../core/failure");
const { scrollTo } = require("../../core/scroll");
const drafts = require("../../services/drafts");
const officials = require("../../services/officials");
const program = require("../../services/program");
const rosters = require("../../services/rosters");

/** @typedef {import("../../services/people").Cell} Cell */

Page({
  data: {
    /** Only what the page itself puts into the field; what is typed stands in `this.text`. */
    text: "",
    longest: program.known().text.longest,
    finding: false,
    searched: false,
    error: "",
    found: /** @type {Cell[]} */ ([]),
    calling: /** @type {Cell | null} */ (null),
    notices: /** @type {any[]} */ ([]),
    /** Whether only the person can say which roster to look in. */
    unchosen: false,
  },
  text: "",
  /** The roster that a link names. */
  wanted: "",

  /** @param {{ text?: string, roster?: string }} query */
  onLoad(query) {
    this.wanted = query.roster || "";
    this.text = decodeURIComponent(query.text || "") || drafts.keptQuestion();
    this.setData({ text: this.text });
  },
  onShareAppMessage() {
    const path = `/pages/suggest/suggest?roster=${rosters.chosen() || this.wanted}`;
    return { title: "不知道找谁？说说您的事，找到对口的负责同志", path };
  },

  /** @param {WechatMiniprogram.Input} event */
  type(event) {
    this.text = event.detail.value;
    drafts.keepQuestion(this.text);
    if (this.data.error) this.setData({ error: "" });
  },
  async find() {
    const text = this.text.trim();
    if (this.data.finding) return;
    if (!text) return this.setData({ error: "请先写一写是什么事，一句话也行" });
    wx.hideKeyboard();
    this.setData({ finding: true, error: "" });
    try {
      const roster = await rosters.ensure(this.wanted);
      this.wanted = "";
      const found = roster ? await officials.suggest(text, roster) : [];
      this.setData({ found, searched: true, unchosen: !roster }, () => this.toFound());
    } catch (error) {
      this.setData({ error: `${sentenceOf(error)}。您写的话还在` });
    }
    this.setData({ finding: false });
  },
  toFound() {
    if (this.data.found.length) scrollTo("#found");
  },

  /** @param {WechatMiniprogram.CustomEvent<Cell>} event */
  open(event) {
    wx.navigateTo({ url: `/pages/official/official?id=${event.detail.id}` });
  },
  /** @param {WechatMiniprogram.CustomEvent<Cell>} event */
  write(event) {
    drafts.offer(this.text.trim());
    wx.navigateTo({ url: `/pages/write/write?official_id=${event.detail.id}` });
  },
  /** @param {WechatMiniprogram.CustomEvent<Cell>} event */
  call(event) {
    const directory = rosters.known(rosters.chosen());
    this.setData({ calling: event.detail, notices: directory ? rosters.noticesOf(directory.roster) : [] });
  },
  hangUp() {
    this.setData({ calling: null });
  },
  /** @param {WechatMiniprogram.CustomEvent<Cell>} event */
  report(event) {
    this.hangUp();
    wx.navigateTo({ url: `/pages/official/official?id=${event.detail.id}&section=outcomes` });
  },
  toDirectory() {
    wx.switchTab({ url: "/pages/directory/directory" });
  },
});
