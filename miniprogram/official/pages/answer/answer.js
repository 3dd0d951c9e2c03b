// @ts-check
const { ANSWER_OUTCOMES } = require("../../../constants/appeals");
const { Failure, sentenceOf } = require("../../../core/failure");
const drafts = require("../../../services/drafts");
const program = require("../../../services/program");
const { fitting, isOwn, noteSent, warningsOf } = require("../../services/answering");
const handling = require("../../services/handling");
const { backToAppeal } = require("../../services/leaving");

const KEEP_AFTER_MS = 600;

Page({
  data: {
    id: "",
    load: "loading",
    error: "",
    appeal: /** @type {any} */ (handling.nothing()),
    outcomes: ANSWER_OUTCOMES,
    outcome: "",
    templates: /** @type {{ name: string, title: string, outcome: string, text: string }[]} */ ([]),
    text: "",
    longest: 2000,
    photos: /** @type {any[]} */ ([]),
    mostPhotos: 9,
    warnings: /** @type {string[]} */ ([]),
    /** Whether the draft is kept, in words. */
    kept: "",
    errors: /** @type {Record<string, string>} */ ({}),
    failed: "",
    sending: false,
  },

  /** Until the draft is kept. */
  timer: 0,
  /** Set once the answer is out: nothing is kept any more. */
  sent: false,

  /** @param {Record<string, string | undefined>} query */
  onLoad({ id = "" }) {
    const { text, outcome, photos = [] } = drafts.keptAnswer(id);
    const { longest } = program.known().text || this.data;
    const restored = Boolean(text || photos.length);
    this.setData({ id, text, photos, longest, kept: restored ? "已恢复上次的草稿" : "" });
    this.takeOutcome(restored ? outcome : ""); // nobody says “已解决” without having chosen it
    this.learnTemplates();
    const known = handling.recall(id);
    if (known) this.show(known);
    return this.refresh();
  },

  /** Opened from a message, the page may be faster than what the mini-program asks at its start. */
  async learnTemplates() {
    if (program.known().answer_templates.length) return;
    await program.refresh();
    this.takeOutcome(this.data.outcome);
  },

  onHide() {
    this.keep();
  },

  onUnload() {
    this.keep();
  },

  retry() {
    this.setData({ load: "loading" });
    return this.refresh();
  },

  async refresh() {
    try {
      this.show(await handling.get(this.data.id));
    } catch (error) {
      if (this.data.load !== "ready") this.setData({ load: "failed", error: sentenceOf(error) });
    }
  },

  /** @param {any} appeal */
  show(appeal) {
    this.setData({ appeal, load: "ready", warnings: warningsOf(this.data.text, appeal.answers) });
  },

  /** @param {string} outcome */
  takeOutcome(outcome) {
    const templates = fitting(program.known().answer_templates, outcome);
    this.setData({ outcome, templates, "errors.outcome": "", failed: "" });
  },

  /** @param {WechatMiniprogram.CustomEvent} event */
  chooseOutcome({ detail }) {
    this.takeOutcome(detail.value);
    this.keepSoon();
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  async insert({ currentTarget }) {
    const model = this.data.templates.find(({ name }) => name === currentTarget.dataset.name);
    if (!model || (isOwn(this.data.text, program.known().answer_templates) && !(await this.agreesToReplace()))) return;
    this.takeOutcome(model.outcome);
    this.change(model.text);
  },

  async agreesToReplace() {
    const { confirm } = await wx.showModal({
      title: "换成范文？",
      content: "您已经写了答复，换成范文后，写的内容就没有了。",
      confirmText: "换成范文",
      cancelText: "保留我的",
    });
    return confirm;
  },

  /** @param {WechatMiniprogram.Input} event */
  write({ detail }) {
    this.change(detail.value);
  },

  /** @param {string} text */
  change(text) {
    this.setData({ text, "errors.text": "", failed: "", warnings: warningsOf(text, this.data.appeal.answers || []) });
    this.keepSoon();
  },

  /** @param {WechatMiniprogram.CustomEvent} event */
  changePhotos({ detail }) {
    this.setData({ photos: detail.photos, "errors.photos": "", failed: "" });
    this.keepSoon();
  },

  keepSoon() {
    clearTimeout(this.timer);
    this.timer = Number(setTimeout(() => this.keep(), KEEP_AFTER_MS));
  },

  keep() {
    clearTimeout(this.timer);
    if (this.sent) return;
    const { id, text, outcome } = this.data;
    // only what is uploaded: the phone forgets the files of a camera soon
    const photos = this.data.photos.filter((photo) => photo.id).map((photo) => ({ ...photo, path: "" }));
    if (!text.trim() && !photos.length) return drafts.discardAnswer(id);
    const fits = drafts.keepAnswer(id, { text, outcome, photos });
    this.setData({ kept: fits ? "草稿已保存" : "手机存储满了，草稿没能保存" });
  },

  /** What is missing, by field. @returns {Record<string, string>} */
  missing() {
    const { outcome, text, photos } = this.data;
    /** @type {Record<string, string>} */
    const missing = {};
    if (!outcome) missing.outcome = "请选一项：已解决，还是暂时不能解决";
    if (!text.trim()) missing.text = "请写下给群众的答复";
    if (photos.some((photo) => !photo.id)) missing.photos = "有照片还没有传完，请稍等，或重传、去掉";
    return missing;
  },

  async send() {
    const missing = this.missing();
    this.setData({ errors: missing, failed: Object.values(missing)[0] || "" });
    if (this.data.sending || Object.keys(missing).length || !(await this.agrees())) return;
    this.setData({ sending: true });
    try {
      await this.deliver();
    } catch (error) {
      this.setData({ errors: error instanceof Failure ? error.fields : {}, failed: sentenceOf(error), sending: false });
      if (handling.isOutdated(error)) await this.refresh();
    }
  },

  async deliver() {
    const { id, text, outcome, photos } = this.data;
    await handling.act(id, "answer", { text: text.trim(), outcome, photos: photos.map((photo) => photo.id) });
    this.sent = true;
    noteSent(text);
    drafts.discardAnswer(id);
    await backToAppeal(id, "答复已送达群众");
  },

  async agrees() {
    const { warnings } = this.data;
    const { confirm } = await wx.showModal({
      title: warnings.length ? "发出前请再看一眼" : "发给群众？",
      content: warnings.length ? `${warnings.join("；")}。` : "答复发出后不能修改，群众会收到通知并评价。",
      confirmText: warnings.length ? "仍然发出" : "发出",
      cancelText: "再改改",
    });
    return confirm;
  },
});
