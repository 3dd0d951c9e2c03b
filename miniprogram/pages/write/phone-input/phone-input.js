// @ts-check
const { sentenceOf } = require("../../../core/failure");
const me = require("../../../services/me");

/** A phone number: typed, or the one that WeChat knows. Event `change` with the value. */
Component({
  properties: { value: String, disabled: Boolean },
  data: { asking: false, failure: "" },
  methods: {
    /** @param {WechatMiniprogram.Input} event */
    type(event) {
      this.triggerEvent("change", { value: event.detail.value });
    },
    /** @param {WechatMiniprogram.CustomEvent<{ code?: string }>} event */
    async use(event) {
      if (!event.detail.code || this.data.asking) return; // the person would rather not
      this.setData({ asking: true, failure: "" });
      try {
        const value = await me.phoneOf(event.detail.code);
        this.setData({ value });
        this.triggerEvent("change", { value });
      } catch (error) {
        this.setData({ failure: `${sentenceOf(error)}。也可以直接填写` });
      }
      this.setData({ asking: false });
    },
  },
});
