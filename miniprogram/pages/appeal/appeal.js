// @ts-check
const { Failure, sentenceOf } = require("../../core/failure");
const clock = require("../../core/clock");
const { momentWords } = require("../../core/dates");
const { loadInto } = require("../../core/loading");
const appeals = require("../../services/appeals");
const drafts = require("../../services/drafts");
const program = require("../../services/program");

/** What goes out so soon, in milliseconds, goes out at once to whoever reads of it. */
const SOON_MS = 60000;
const NOT_FOUND = 404;
const RULE = 409;

/** What is said after an action. @type {Record<string, string>} */
const SAID = {
  supplement: "已经补充，负责同志会看到",
  rate: "谢谢您的评价",
  reopen: "已经要求重办，负责同志会重新办理",
  withdraw: "写过的内容留在下面，以后需要可以再写一件",
};
const SAID_TO_THE_DISSATISFIED = "谢谢您如实评价。事情没有办好的话，可以要求重办一次";

Page({
  data: {
    load: "loading",
    error: "",
    missing: "",
    isNew: false,
    appeal: /** @type {any} */ (null),
    story: /** @type {any[]} */ ([]),
    /** Which sheet is open: supplement, rate, reopen; or none. */
    sheet: "",
    /** Which action is on its way: urge, withdraw; or none. */
    busy: "",
    notice: { text: "", tone: "good" },
  },
  id: "",

  /** @param {{ id?: string, new?: string }} query */
  onLoad({ id = "", new: isNew }) {
    this.id = id;
    this.setData({ isNew: Boolean(isNew) });
    const known = appeals.known(id);
    if (known) this.show(known);
  },
  onShow() {
    this.reload();
  },
  onPullDownRefresh() {
    this.reload();
  },

  reload() {
    return loadInto(this, async () => {
      try {
        this.show(await appeals.get(this.id));
      } catch (error) {
        if (!(error instanceof Failure) || error.status !== NOT_FOUND) throw error;
        this.setData({ load: "ready", appeal: null, missing: error.message });
      }
    });
  },
  /** @param {any} appeal */
  show(appeal) {
    if (!appeal.mine) return wx.redirectTo({ url: `/official/pages/appeal/appeal?id=${appeal.id}` });
    this.setData({ load: "ready", missing: "", appeal, story: storyOf(appeal) });
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  openSheet({ currentTarget }) {
    this.setData({ sheet: currentTarget.dataset.sheet, notice: { text: "", tone: "good" } });
  },
  closeSheet() {
    this.setData({ sheet: "" });
  },
  /** @param {WechatMiniprogram.CustomEvent<{ appeal: any }>} event */
  sheetDone({ detail }) {
    const action = this.data.sheet;
    const { appeal } = detail;
    const text = action === "rate" && appeal.may.reopen ? SAID_TO_THE_DISSATISFIED : SAID[action];
    this.show(appeal);
    this.setData({ sheet: "", notice: { text, tone: "good" } });
    wx.pageScrollTo({ scrollTop: 0 });
  },
  /** @param {WechatMiniprogram.CustomEvent<{ error: unknown }>} event */
  sheetFailed({ detail }) {
    this.lookAgain(detail.error);
  },

  urge() {
    program.subscribe("progress", "answer"); // straight from the tap; nothing waits for the consent
    return this.act("urge");
  },
  async withdraw() {
    const { confirm } = await wx.showModal({
      title: "撤回这件诉求？",
      content: "撤回后不再办理，也不能恢复。写过的内容仍留在“我的诉求”里，以后需要可以重新提交。",
      confirmText: "撤回",
      cancelText: "不撤回",
    });
    if (confirm) await this.act("withdraw");
  },
  /** @param {string} action */
  async act(action) {
    if (this.data.busy) return;
    this.setData({ busy: action, notice: { text: "", tone: "good" } });
    try {
      const appeal = await appeals.act(this.id, action, {});
      this.show(appeal);
      this.setData({ notice: { text: action === "urge" ? saidOf(appeal.urging) : SAID[action], tone: "good" } });
      wx.pageScrollTo({ scrollTop: 0 });
    } catch (error) {
      this.setData({ notice: { text: sentenceOf(error), tone: "late" } });
      this.lookAgain(error);
    }
    this.setData({ busy: "" });
  },
  /** After a rule said no, the page may be out of date. @param {unknown} error */
  lookAgain(error) {
    if (error instanceof Failure && error.status === RULE) this.reload();
  },

  /** The same words as a new appeal; whom they are for can be changed there. */
  writeAgain() {
    const { official, body } = this.data.appeal;
    drafts.offer(body);
    wx.navigateTo({ url: `/pages/write/write?official_id=${official ? official.id : ""}` });
  },
  openOfficial() {
    wx.navigateTo({ url: `/pages/official/official?id=${this.data.appeal.official.id}` });
  },
  toMine() {
    wx.switchTab({ url: "/pages/mine/mine" });
  },
});

/** What comes of an urging: who hears of it, and when. @param {any} urging UrgingView of the API */
function saidOf({ messages, heard_from }) {
  if (!messages) return "已经催办，记在办理过程里。系统之前已经催办过负责同志";
  const waits = heard_from && Date.parse(heard_from) > clock.now() + SOON_MS;
  if (waits) return `已经催办。现在不便打扰，提醒将在${momentWords(heard_from)} 后送达负责同志`;
  return "已经催办，负责同志会收到提醒";
}

/** The story without the words of the newest answer, which stands above it. @param {any} appeal */
function storyOf({ timeline, answers }) {
  const newest = answers.length ? timeline.find((/** @type {any} */ { isAnswer }) => isAnswer) : null;
  return timeline.map((/** @type {any} */ entry) =>
    entry === newest ? { ...entry, text: "", photos: [], note: "答复的内容见上面" } : entry,
  );
}
