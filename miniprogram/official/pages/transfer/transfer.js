// @ts-check
const { Failure, sentenceOf } = require("../../../core/failure");
const { keepWords, keptWords } = require("../../../services/appeals");
const officials = require("../../../services/officials");
const handling = require("../../services/handling");
const { backToInbox } = require("../../services/leaving");

const PAUSE_MS = 300;
/** As many characters as the server takes. */
const MOST_WORDS = 2000;

Page({
  data: {
    id: "",
    load: "loading",
    error: "",
    appeal: /** @type {any} */ ({ may: {} }),
    words: "",
    found: /** @type {any[]} */ ([]),
    searching: false,
    searchError: "",
    suggested: /** @type {any[]} */ ([]),
    official: /** @type {any} */ (null),
    reason: "",
    reasonError: "",
    failed: "",
    sending: false,
  },

  /** Until the search begins. */
  timer: 0,

  /** @param {Record<string, string | undefined>} query */
  onLoad({ id = "" }) {
    this.setData({ id, reason: keptWords("transfer", id) });
    const known = handling.recall(id);
    if (known) this.setData({ appeal: known, load: "ready" });
    return this.refresh();
  },

  onUnload() {
    clearTimeout(this.timer);
  },

  retry() {
    this.setData({ load: "loading" });
    return this.refresh();
  },

  async refresh() {
    try {
      const appeal = await handling.get(this.data.id);
      this.setData({ appeal, load: "ready" });
      await this.suggest(appeal);
    } catch (error) {
      if (this.data.load !== "ready") this.setData({ load: "failed", error: sentenceOf(error) });
    }
  },

  /** @param {any} appeal */
  async suggest(appeal) {
    try {
      const found = await officials.suggest(`${appeal.title}\n${appeal.body}`.slice(0, MOST_WORDS), appeal.roster);
      this.setData({ suggested: this.others(found) });
    } catch {
      // a help only: the search stands
    }
  },

  /** Without the one who has it already. @param {any[]} found */
  others(found) {
    const { official } = this.data.appeal;
    return found.filter(({ id }) => !official || id !== official.id);
  },

  /** @param {WechatMiniprogram.Input} event */
  type({ detail }) {
    this.setData({ words: detail.value.trim(), searchError: "" });
    clearTimeout(this.timer);
    if (this.data.words) this.timer = Number(setTimeout(() => this.searchNow(), PAUSE_MS));
    else this.setData({ found: [] });
  },

  async searchNow() {
    clearTimeout(this.timer);
    const { words } = this.data;
    if (!words) return;
    this.setData({ searching: true, searchError: "" });
    try {
      const found = await officials.search(words, this.data.appeal.roster);
      if (words === this.data.words) this.setData({ found: this.others(found) });
    } catch (error) {
      this.setData({ searchError: sentenceOf(error) });
    }
    this.setData({ searching: false });
  },

  /** @param {WechatMiniprogram.CustomEvent} event */
  choose({ detail }) {
    this.setData({ official: detail, failed: "" });
  },

  chooseAgain() {
    this.setData({ official: null, failed: "" });
  },

  /** @param {WechatMiniprogram.Input} event */
  write({ detail }) {
    this.setData({ reason: detail.value, reasonError: "", failed: "" });
    keepWords("transfer", this.data.id, detail.value);
  },

  async send() {
    const reason = this.data.reason.trim();
    const { official, sending } = this.data;
    if (!reason) return this.setData({ reasonError: "请写明为什么转办" });
    if (sending || !(await this.agrees())) return;
    this.setData({ sending: true, failed: "" });
    try {
      await handling.act(this.data.id, "transfer", { official_id: official.id, reason });
      keepWords("transfer", this.data.id, "");
      await backToInbox(`已转给${official.name}`);
    } catch (error) {
      const reasonError = error instanceof Failure ? error.fields.reason || "" : "";
      this.setData({ reasonError, failed: sentenceOf(error), sending: false });
      if (handling.isOutdated(error)) await this.refresh();
    }
  },

  async agrees() {
    const { name, unit, post } = this.data.official;
    const { confirm } = await wx.showModal({
      title: `转给${name}？`,
      content: `${unit} ${post}。每件诉求只能转办一次，转办后不能收回。`,
      confirmText: "转办",
      cancelText: "再想想",
    });
    return confirm;
  },
});
