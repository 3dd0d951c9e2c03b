// @ts-check
const { KINDS, VISIBILITIES } = require("../../constants/appeals");
const network = require("../../core/network");
const { isOnTop } = require("../../core/pages");
const { scrollTo } = require("../../core/scroll");
const appeals = require("../../services/appeals");
const drafts = require("../../services/drafts");
const me = require("../../services/me");
const officials = require("../../services/officials");
const program = require("../../services/program");
const submission = require("../../services/submission");

/** @typedef {import("../../services/drafts").Draft} Draft */

/** After such a pause in typing the draft is kept, and what says the same is looked for; in milliseconds. */
const KEEP_AFTER_MS = 500;
const PAUSE_MS = 1500;
const BACK = "网络已恢复，内容都在。点“继续提交”就能送出，不会重复";
const SAVED = { saved: "草稿已保存", full: "手机存储满了，内容没能保存，请先不要退出" };

Page({
  data: {
    // What the page itself puts into the fields; what is typed stands in `this.draft`, out of the keyboard's way.
    officialId: "",
    addressee: /** @type {any} */ (null),
    kind: "",
    title: "",
    body: "",
    photos: /** @type {any[]} */ ([]),
    place: "",
    phone: "",
    aboutOfficial: false,
    aboutOther: /** @type {import("../../services/drafts").Addressee | null} */ (null),
    visibility: "",
    sent: false,
    /** The words as they were at the last pause. */
    written: { title: "", body: "" },
    official: /** @type {any} */ (null),
    kinds: KINDS,
    visibilities: VISIBILITIES,
    limits: program.known(),
    example: "",
    fromCall: false,
    restored: false,
    lost: 0,
    left: /** @type {Draft | null} */ (null),
    leftTo: "",
    saving: /** @type {"" | "saved" | "full"} */ (""),
    savedWords: "",
    terms: { promise: "", closed: "", needsOrganisation: false },
    sending: false,
    /** What became of the last attempt, in place of the promise. */
    said: { text: "", tone: "" },
    errors: /** @type {Record<string, string>} */ ({}),
  },
  draft: drafts.blank(),
  wish: { officialId: "", callId: "", body: "" },
  /** Whether the server has it: then nothing is kept any more. */
  done: false,
  /** Whether the person has left the page for good. */
  gone: false,
  keepTimer: 0,
  pauseTimer: 0,
  stop: () => {},

  /** @param {{ official_id?: string, call_id?: string }} query */
  onLoad(query) {
    this.wish = { officialId: query.official_id || "", callId: query.call_id || "", body: drafts.takeOffered() };
    const { draft, left, restored, lost } = drafts.open(this.wish);
    this.setData({ left, leftTo: left ? nameOf(left) : "", restored, lost });
    this.use(restored ? draft : { ...draft, phone: (me.known() || {}).phone || "" });
    this.stop = network.onChange((online) => {
      if (online && this.draft.sent) this.setData({ said: { text: BACK, tone: "good" } });
    });
  },
  onShow() {
    this.readTerms(); // the enterprise may have been named meanwhile
  },
  onHide() {
    this.keep();
  },
  onUnload() {
    this.stop();
    clearTimeout(this.pauseTimer);
    this.keep();
    this.gone = true;
  },

  /** Shows a draft in the fields. @param {Draft} draft */
  use(draft) {
    this.draft = draft;
    const { key, callId, ...fields } = draft;
    const { example } = appeals.kindOf(draft.kind);
    this.setData({ ...fields, example, fromCall: Boolean(callId), errors: {}, said: { text: "", tone: "" } });
    this.pause();
  },
  /** @param {Partial<Draft>} change */
  change(change) {
    this.draft = { ...this.draft, ...change };
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.keep(), KEEP_AFTER_MS);
    const [name] = Object.keys(change);
    if (this.data.errors[name]) this.setData({ errors: { ...this.data.errors, [name]: "" } });
  },
  /** Keeps the draft on the phone; one that waits for the person's choice is not overwritten. */
  keep() {
    clearTimeout(this.keepTimer);
    if (this.done || this.data.left || this.data.sending) return; // what is being sent is kept as such
    if (!drafts.hasWords(this.draft)) return drafts.discard();
    const saving = drafts.keep(this.draft) ? "saved" : "full";
    if (saving !== this.data.saving) this.setData({ saving, savedWords: SAVED[saving] });
  },

  /** @param {WechatMiniprogram.Input} event */
  type(event) {
    this.change({ [event.currentTarget.dataset.field]: event.detail.value });
    clearTimeout(this.pauseTimer);
    this.pauseTimer = setTimeout(() => this.pause(), PAUSE_MS);
  },
  /** The words are ready to be looked at. */
  pause() {
    clearTimeout(this.pauseTimer);
    const { title, body } = this.draft;
    const written = { title: title.trim(), body: body.trim() };
    if (written.title !== this.data.written.title || written.body !== this.data.written.body) this.setData({ written });
  },
  /** @param {WechatMiniprogram.CustomEvent<{ value: any }>} event */
  choose(event) {
    const { field } = event.currentTarget.dataset;
    const { value } = event.detail;
    this.change({ [field]: value });
    this.setData({ [field]: value, example: appeals.kindOf(this.draft.kind).example });
    if (field.startsWith("about")) this.readTerms();
  },
  /** @param {WechatMiniprogram.CustomEvent<{ photos: any[] }>} event */
  changePhotos(event) {
    this.change({ photos: event.detail.photos });
  },
  /** A missed call belongs to whom it was made to. @param {WechatMiniprogram.CustomEvent<{ id: string }>} event */
  pick(event) {
    const { id } = event.detail;
    this.change({ officialId: id, callId: "" });
    this.setData({ officialId: id, fromCall: false, errors: { ...this.data.errors, official: "" } });
  },
  /** The official, as far as the phone or the server knows. @param {WechatMiniprogram.CustomEvent<{ official: any }>} event */
  meet(event) {
    const { official } = event.detail;
    this.setData({ official });
    if (official) this.draft = { ...this.draft, addressee: drafts.addresseeOf(official) };
    return this.readTerms();
  },
  /** What the roster promises, whether it takes appeals now, and from whom. */
  async readTerms() {
    const { official } = this.data;
    if (official) this.setData({ terms: await submission.termsOf(official, this.draft) });
  },

  keepLeft() {
    const { left } = this.data;
    this.setData({ left: null, restored: true });
    if (left) this.use(left);
  },
  carryLeft() {
    const { left } = this.data;
    const { officialId, callId } = this.wish;
    this.setData({ left: null });
    if (left) this.use({ ...left, officialId, callId });
    this.keep();
  },
  dropLeft() {
    drafts.discard();
    this.setData({ left: null, lost: 0 });
  },
  async empty() {
    const { confirm } = await wx.showModal({
      title: "清空写的内容？",
      content: "清空后找不回来。",
      confirmText: "清空",
    });
    if (!confirm) return;
    const { title, body, photos, place, phone } = this.draft;
    this.setData({ title, body, photos, place, phone }); // else the fields do not notice that they become empty
    this.use({ ...drafts.blank(), officialId: this.draft.officialId });
    this.setData({ restored: false, lost: 0, saving: "", savedWords: "" });
    drafts.discard();
  },

  async submit() {
    if (this.data.sending) return;
    const missing = submission.missingIn(this.draft, this.data.official);
    if (this.data.terms.needsOrganisation) return this.scrollTo("organisation");
    if (Object.keys(missing).length) return this.point(missing);
    const asked = program.subscribe("progress", "answer", "supplement"); // at once: only a tap may ask
    clearTimeout(this.keepTimer);
    this.setData({ sending: true, errors: {}, said: { text: "", tone: "" } });
    await asked;
    try {
      const { id } = await submission.send(this.draft, (this.data.official || { roster: "" }).roster);
      this.done = true;
      if (isOnTop(this)) wx.redirectTo({ url: `/pages/appeal/appeal?id=${id}&new=1` });
      else wx.showToast({ title: "诉求已经提交，在“我的诉求”里", icon: "none", duration: 3000 });
    } catch (error) {
      await this.failed(error);
      if (!this.done) this.setData({ sending: false });
    }
  },
  /** @param {unknown} error */
  async failed(error) {
    if (this.gone) return wx.showToast({ title: "诉求没有提交成功，内容在“我的诉求”里", icon: "none", duration: 3000 });
    if (submission.hadArrived(error)) return this.arrivedBefore();
    this.draft = submission.after(error, this.draft);
    const { sent, callId, photos } = this.draft;
    const said = { text: submission.sentenceFor(error), tone: "late" };
    this.setData({ sent, photos, fromCall: Boolean(callId), said });
    const fields = submission.fieldsOf(error);
    if (Object.keys(fields).length) this.point(fields);
  },
  /** The first attempt had arrived, with other words than these. */
  async arrivedBefore() {
    const { confirm } = await wx.showModal({
      title: "刚才那份已经提交成功",
      content: "后来改动的内容没有带上。可以去“我的诉求”里补充，也可以留在这里，作为另一件诉求提交。",
      confirmText: "去看看",
      cancelText: "留在这里",
    });
    if (!confirm) return this.use(submission.asAnother(this.draft));
    this.done = true;
    drafts.discard();
    wx.switchTab({ url: "/pages/mine/mine" });
  },
  /** Says beside the fields what is wrong, and goes to the first. @param {Record<string, string>} errors */
  point(errors) {
    this.setData({ errors }, () => this.scrollTo(Object.keys(errors)[0]));
  },
  /** @param {string} field */
  scrollTo(field) {
    scrollTo(`#field-${field}`);
  },

  /** @param {WechatMiniprogram.CustomEvent<{ id: string }>} event */
  openAppeal(event) {
    wx.navigateTo({ url: `/pages/appeal/appeal?id=${event.detail.id}` });
  },
  toProfile() {
    wx.navigateTo({ url: "/pages/profile/profile" });
  },
});

/** @param {Draft} draft */
function nameOf({ officialId, addressee }) {
  const known = officials.known(officialId) || addressee;
  return known ? known.name : "另一位负责同志";
}
