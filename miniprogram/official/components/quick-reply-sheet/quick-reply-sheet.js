// @ts-check
const { isoDay, momentOf, dayWords } = require("../../../core/dates");
const { sentenceOf } = require("../../../core/failure");
const program = require("../../../services/program");
const handling = require("../../services/handling");
const { OTHER, isAhead, likely, promiseChoices } = require("../../services/promises");

/** The choice of writing all oneself. */
const OWN = "own";

/** While the server has not told how many days a promise may lie ahead. */
const USUAL_DAYS = 3;

/**
 * A quick reply with a promise. Events: `close`, `done` with the appeal, `outdated` when it has changed meanwhile. What
 * was written stays until it is sent or the sheet opens for another appeal.
 */
Component({
  properties: { open: Boolean, appeal: Object },
  data: {
    own: OWN,
    other: OTHER,
    forId: "",
    replies: /** @type {{ value: string, title: string }[]} */ ([]),
    template: "",
    text: "",
    promises: /** @type {{ value: string, title: string, hint: string }[]} */ ([]),
    promise: "",
    firstDay: "",
    lastDay: "",
    day: "",
    dayWords: "选择日期",
    hour: "",
    error: "",
    sending: false,
  },
  observers: {
    /** @param {boolean} open */
    open(open) {
      if (open) this.begin();
    },
  },
  methods: {
    begin() {
      const { quick_reply_days: days = USUAL_DAYS } = program.known();
      const promises = promiseChoices(days);
      this.setData({ promises, firstDay: isoDay(), lastDay: isoDay(days), error: "" });
      if (this.data.forId !== this.data.appeal.id) this.startAnew();
      if (!promises.some(({ value }) => value === this.data.promise)) this.setData({ promise: likely(promises) });
      this.showReplies();
    },
    async showReplies() {
      if (!program.known().quick_replies.length) await program.refresh(); // the first start may not have heard yet
      const replies = program.known().quick_replies.map(({ name, text }) => ({ value: name, title: text }));
      this.setData({ replies: [...replies, { value: OWN, title: "自己写" }] });
      if (!this.data.template) this.setData({ template: this.data.replies[0].value });
    },
    startAnew() {
      const blank = { template: "", text: "", promise: "", day: "", dayWords: "选择日期", hour: "" };
      this.setData({ ...blank, forId: this.data.appeal.id });
    },
    close() {
      this.triggerEvent("close");
    },
    /** @param {WechatMiniprogram.CustomEvent} event */
    chooseTemplate({ detail }) {
      this.setData({ template: detail.value, error: "" });
    },
    /** @param {WechatMiniprogram.Input} event */
    write({ detail }) {
      this.setData({ text: detail.value, error: "" });
    },
    /** @param {WechatMiniprogram.CustomEvent} event */
    choosePromise({ detail }) {
      this.setData({ promise: detail.value, error: "" });
    },
    /** @param {WechatMiniprogram.PickerChange} event */
    pickDay({ detail }) {
      const day = String(detail.value);
      this.setData({ day, dayWords: dayWords(momentOf(day, "12:00")), error: "" });
    },
    /** @param {WechatMiniprogram.PickerChange} event */
    pickHour({ detail }) {
      this.setData({ hour: String(detail.value), error: "" });
    },
    /** What to send, or the sentence that says what is missing. @returns {{ body: any, missing: string }} */
    compose() {
      const { template, promise, day, hour } = this.data;
      const words = template === OWN ? { text: this.data.text.trim() } : { template };
      if (!words.text && !words.template) return { body: null, missing: "请选一句话，或者自己写一句" };
      const moment = promise === OTHER ? day && hour && momentOf(day, hour) : promise;
      if (!moment) return { body: null, missing: "请选择承诺什么时候联系群众" };
      if (!isAhead(moment)) return { body: null, missing: "承诺的时间已经过了，请另选一个" };
      return { body: { ...words, promised_at: moment }, missing: "" };
    },
    async send() {
      if (this.data.sending) return;
      const { body, missing } = this.compose();
      if (missing) return this.setData({ error: missing });
      this.setData({ sending: true, error: "" });
      try {
        const appeal = await handling.act(this.data.appeal.id, "quick_reply", body);
        this.setData({ forId: "" });
        wx.showToast({ title: "已发给群众", icon: "none" });
        this.triggerEvent("done", { appeal });
      } catch (error) {
        this.setData({ error: sentenceOf(error) });
        if (handling.isOutdated(error)) this.triggerEvent("outdated");
      }
      this.setData({ sending: false });
    },
  },
});
