// @ts-check
const appeals = require("../../../services/appeals");
const { send } = require("../sending");

/** Asks to have it done again, once and with a reason. Events: `close`, `done`, `failed`. */
Component({
  properties: { open: Boolean, appeal: Object },
  data: { reason: "", busy: false, error: "" },
  observers: {
    /** @param {string | undefined} id */
    "appeal.id"(id) {
      if (id && !this.data.reason) this.setData({ reason: appeals.keptWords("reopen", id) });
    },
  },
  methods: {
    close() {
      this.triggerEvent("close");
    },
    /** @param {WechatMiniprogram.Input} event */
    typeReason({ detail }) {
      this.setData({ reason: detail.value, error: "" });
      appeals.keepWords("reopen", this.data.appeal.id, detail.value);
    },
    async submit() {
      const { reason, appeal } = this.data;
      if (!reason.trim()) return this.setData({ error: "请说说哪里没有办好" });
      if (!(await send(this, "reopen", { reason: reason.trim() }))) return;
      appeals.keepWords("reopen", appeal.id, "");
      this.setData({ reason: "" });
    },
  },
});
