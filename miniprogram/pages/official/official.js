// @ts-check
const { CALL_OUTCOMES } = require("../../constants/calls");
const { sentenceOf } = require("../../core/failure");
const { loadInto } = require("../../core/loading");
const { scrollTo } = require("../../core/scroll");
const officials = require("../../services/officials");
const { cardOf } = require("../../services/people");
const published = require("../../services/published");
const rosters = require("../../services/rosters");

/** My calls and the published answers that the page shows at most. */
const FEW = 3;
/** Without an answer for so long, what the phone remembers is shown meanwhile, in milliseconds. */
const PATIENCE_MS = 1500;

Page({
  data: {
    load: "loading",
    error: "",
    official: /** @type {any} */ (null),
    notices: /** @type {{ text: string, tone: string }[]} */ ([]),
    /** Whether it is the phone's own copy, which the server has not confirmed. */
    remembered: false,
    gone: false,
    favourite: false,
    outcomes: CALL_OUTCOMES,
    outcome: "",
    recording: false,
    recordError: "",
    recorded: /** @type {any} */ (null),
    calls: /** @type {any[]} */ ([]),
    answers: /** @type {any[]} */ ([]),
    calling: /** @type {any} */ (null),
  },
  id: "",
  /** The part of the page that the person comes for. */
  section: "",
  slow: 0,

  /** @param {{ id?: string, section?: string }} query */
  onLoad(query) {
    this.id = query.id || "";
    this.section = query.section || "";
    this.reload();
  },
  onShow() {
    if (this.data.official) this.loadCalls(); // an appeal may have been made from one
  },
  onUnload() {
    clearTimeout(this.slow);
  },
  onPullDownRefresh() {
    this.reload();
  },
  onShareAppMessage() {
    const { official } = this.data;
    const title = official ? `${official.name}，${official.post}，可以直接打电话、写诉求` : "直通车";
    return { title, path: `/pages/official/official?id=${this.id}` };
  },

  reload() {
    return loadInto(this, async () => {
      this.slow = setTimeout(() => this.showKnown(), PATIENCE_MS);
      try {
        this.show(await officials.get(this.id), false);
      } catch (error) {
        if (officials.isGone(error)) return this.showGone();
        if (!this.showKnown()) throw error;
      } finally {
        clearTimeout(this.slow);
      }
      this.loadCalls();
      this.loadAnswers();
    });
  },
  /** Without an answer: the phone's own copy, as what it is. False when the phone has none. */
  showKnown() {
    const official = this.data.official || officials.known(this.id);
    if (official) this.show(official, true);
    return Boolean(official);
  },
  /** @param {any} official @param {boolean} remembered */
  show(official, remembered) {
    if (!rosters.chosen()) rosters.choose(official.roster); // opened by a link
    this.setData(
      {
        load: "ready",
        gone: false,
        official,
        remembered,
        notices: rosters.noticesOf(official),
        favourite: officials.isFavourite(this.id),
      },
      () => this.toSection(),
    );
  },
  showGone() {
    this.setData({ load: "ready", gone: true, official: null, calling: null });
  },
  /** Once, when the page opens. */
  toSection() {
    if (this.section) scrollTo(`#${this.section}`, { duration: 0 });
    this.section = "";
  },

  async loadCalls() {
    try {
      const { items } = await officials.calls("", this.id);
      this.setData({ calls: items.slice(0, FEW) });
    } catch {
      // the page is whole without them
    }
  },
  async loadAnswers() {
    try {
      this.setData({ answers: (await published.answersOf(this.id)).slice(0, FEW) });
    } catch {
      // the page is whole without them
    }
  },

  toggleFavourite() {
    const favourite = officials.toggleFavourite(this.id);
    this.setData({ favourite });
    wx.showToast({ title: favourite ? "已放进名录的“常用”" : "已从“常用”中拿掉", icon: "none" });
  },
  /** @param {WechatMiniprogram.TouchEvent} event */
  use(event) {
    const { act, value } = event.currentTarget.dataset;
    if (act === "call") this.call();
    else wx.setClipboardData({ data: value });
  },
  async keepContact() {
    try {
      await wx.addPhoneContact(cardOf(this.data.official));
    } catch {
      // the person thought better of it
    }
  },
  call() {
    this.setData({ calling: this.data.official });
  },
  hangUp() {
    this.setData({ calling: null });
  },
  toOutcomes() {
    this.setData({ calling: null, recorded: null }, () => scrollTo("#outcomes"));
  },

  /** @param {WechatMiniprogram.CustomEvent<{ value: string }>} event */
  chooseOutcome(event) {
    this.setData({ outcome: event.detail.value, recordError: "" });
  },
  async record() {
    if (this.data.recording) return;
    this.setData({ recording: true, recordError: "" });
    try {
      const recorded = await officials.recordCall(this.id, this.data.outcome);
      this.setData({ recorded, outcome: "" });
      this.loadCalls();
    } catch (error) {
      if (officials.isGone(error)) this.showGone();
      else this.setData({ recordError: sentenceOf(error) });
    }
    this.setData({ recording: false });
  },
  recordAnother() {
    this.setData({ recorded: null });
  },

  write() {
    wx.navigateTo({ url: `/pages/write/write?official_id=${this.id}` });
  },
  /** An appeal out of a missed call. @param {WechatMiniprogram.TouchEvent} event */
  writeFrom(event) {
    wx.navigateTo({ url: `/pages/write/write?official_id=${this.id}&call_id=${event.currentTarget.dataset.call}` });
  },
  /** @param {WechatMiniprogram.TouchEvent} event */
  openAppeal(event) {
    wx.navigateTo({ url: `/pages/appeal/appeal?id=${event.currentTarget.dataset.id}` });
  },
  toDirectory() {
    wx.switchTab({ url: "/pages/directory/directory" });
  },
});
