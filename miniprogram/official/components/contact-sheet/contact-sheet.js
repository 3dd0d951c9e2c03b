// @ts-check
const { CONTACT_OUTCOMES } = require("../../../constants/calls");
const { sentenceOf } = require("../../../core/failure");
const handling = require("../../services/handling");

/** The resident was called; where no number was left, the resident reads which one it was. */
const DIALLED = "in_person";
const NO_NUMBER = "群众没有留电话。请在“说了什么”里写明打的是哪个号码、怎么找到的";

/**
 * Calling the resident, and saying how it went. Events: `close`, `done` with the appeal, `answer` to write the answer at
 * once, `outdated` when the appeal has changed meanwhile.
 */
Component({
  properties: { open: Boolean, appeal: Object },
  data: {
    outcomes: CONTACT_OUTCOMES,
    forId: "",
    phone: "",
    finding: false,
    notFound: "",
    outcome: "",
    note: "",
    error: "",
    sending: false,
    /** The contact that was just recorded, in words; empty before. */
    recorded: "",
  },
  observers: {
    /** @param {boolean} open */
    open(open) {
      if (open) this.begin();
    },
  },
  methods: {
    begin() {
      const { id, phone } = this.data.appeal;
      if (this.data.forId !== id) this.setData({ forId: id, phone: "", outcome: "", note: "" });
      this.setData({ recorded: "", error: "", notFound: "" });
      if (phone === undefined)
        this.findPhone(id); // a list does not show phones
      else this.setData({ phone });
    },
    /** @param {string} id */
    async findPhone(id) {
      const known = handling.recall(id);
      this.setData({ finding: !known, phone: known ? known.phone : "" });
      try {
        const { phone } = await handling.get(id);
        if (this.data.forId === id) this.setData({ phone, finding: false });
      } catch (error) {
        if (this.data.forId === id) this.setData({ notFound: sentenceOf(error), finding: false });
      }
    },
    close() {
      this.triggerEvent("close");
    },
    answer() {
      this.triggerEvent("answer", { id: this.data.forId });
    },
    async dial() {
      try {
        await wx.makePhoneCall({ phoneNumber: this.data.phone });
      } catch {
        // the person thought better of it
      }
    },
    /** @param {WechatMiniprogram.CustomEvent} event */
    choose({ detail }) {
      this.setData({ outcome: detail.value, error: "" });
    },
    /** @param {WechatMiniprogram.Input} event */
    write({ detail }) {
      this.setData({ note: detail.value });
    },
    async send() {
      if (this.data.sending) return;
      const outcome = CONTACT_OUTCOMES.find(({ value }) => value === this.data.outcome);
      if (!outcome) return this.setData({ error: "请选择联系的结果" });
      const note = this.data.note.trim();
      const { phone, finding, notFound } = this.data;
      const anyNumber = phone || finding || notFound;
      if (outcome.value === DIALLED && !anyNumber && !note) return this.setData({ error: NO_NUMBER });
      this.setData({ sending: true, error: "" });
      try {
        const body = { outcome: outcome.value, ...(note ? { note } : {}) };
        const appeal = await handling.act(this.data.appeal.id, "log_contact", body);
        this.setData({ outcome: "", note: "" });
        this.tell(outcome, appeal);
      } catch (error) {
        this.setData({ error: sentenceOf(error) });
        if (handling.isOutdated(error)) this.triggerEvent("outdated");
      }
      this.setData({ sending: false });
    },
    /** @param {typeof CONTACT_OUTCOMES[number]} outcome @param {any} appeal */
    tell(outcome, appeal) {
      const goesOn = outcome.reached && Boolean(appeal.may.answer);
      if (goesOn) this.setData({ recorded: outcome.title });
      else wx.showToast({ title: outcome.reached ? "已记下" : "已记下，不算已联系", icon: "none" });
      this.triggerEvent("done", { appeal, goesOn });
    },
  },
});
