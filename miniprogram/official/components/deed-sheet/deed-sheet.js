// @ts-check
const { sentenceOf, Failure } = require("../../../core/failure");
const { keepWords, keptWords } = require("../../../services/appeals");
const program = require("../../../services/program");
const { FORMS } = require("../../constants/deeds");
const handling = require("../../services/handling");

/** While the server has not told how many workdays may be asked for. */
const USUAL_WORKDAYS = 10;

/**
 * A deed that needs some words (`deed` is one of FORMS, empty: closed). Events: `close`, `done` with the appeal, the
 * deed and a word about it, `outdated` when the appeal has changed meanwhile. What was written stays on the phone until
 * it is sent.
 */
Component({
  properties: { appeal: Object, deed: String },
  data: {
    open: false,
    form: /** @type {any} */ ({}),
    days: /** @type {string[]} */ ([]),
    workdays: 1,
    text: "",
    errors: /** @type {Record<string, string>} */ ({}),
    error: "",
    sending: false,
  },
  observers: {
    /** @param {string} deed */
    deed(deed) {
      if (deed) this.begin(deed);
      else this.setData({ open: false });
    },
  },
  methods: {
    /** @param {string} deed */
    begin(deed) {
      const { extension_workdays: most = USUAL_WORKDAYS } = program.known();
      const days = Array.from({ length: most }, (_, index) => `${index + 1} 个工作日`);
      const text = keptWords(deed, this.data.appeal.id);
      this.setData({ form: FORMS[deed], text, days, open: true, errors: {}, error: "" });
    },
    close() {
      this.triggerEvent("close");
    },
    /** @param {WechatMiniprogram.PickerChange} event */
    pickDays({ detail }) {
      this.setData({ workdays: Number(detail.value) + 1 });
    },
    /** @param {WechatMiniprogram.Input} event */
    write({ detail }) {
      this.setData({ text: detail.value, errors: {}, error: "" });
      keepWords(this.data.deed, this.data.appeal.id, detail.value);
    },
    async send() {
      const { form, deed, workdays, appeal, sending } = this.data;
      const text = this.data.text.trim();
      if (sending) return;
      if (!text) return this.setData({ errors: { [form.field]: "请写几句" } });
      this.setData({ sending: true, error: "", errors: {} });
      try {
        const body = { [form.field]: text, ...(form.workdays ? { workdays } : {}) };
        const changed = await handling.act(appeal.id, deed, body);
        keepWords(deed, appeal.id, "");
        this.triggerEvent("done", { appeal: changed, deed, word: form.done });
      } catch (error) {
        const errors = error instanceof Failure ? error.fields : {};
        this.setData({ errors, error: Object.keys(errors).length ? "" : sentenceOf(error) });
        if (handling.isOutdated(error)) this.triggerEvent("outdated");
      }
      this.setData({ sending: false });
    },
  },
});
