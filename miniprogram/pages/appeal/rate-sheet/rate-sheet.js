// @ts-check
const { RESOLUTIONS, SATISFACTIONS } = require("../../../constants/appeals");
const { send } = require("../sending");

/** Rates an answer: two questions and, if one likes, a few words. Events: `close`, `done`, `failed`. */
Component({
  properties: { open: Boolean, appeal: Object },
  data: {
    resolutions: RESOLUTIONS,
    satisfactions: SATISFACTIONS,
    resolution: "",
    satisfaction: "",
    comment: "",
    /** Whether the field for the comment is open; closed, both questions and the button fit on a phone. */
    wordy: false,
    errors: { resolution: "", satisfaction: "" },
    busy: false,
    error: "",
  },
  methods: {
    close() {
      this.triggerEvent("close");
    },
    /** @param {WechatMiniprogram.CustomEvent<{ value: string }>} event */
    chooseResolution({ detail }) {
      this.setData({ resolution: detail.value, "errors.resolution": "" });
    },
    /** @param {WechatMiniprogram.CustomEvent<{ value: string }>} event */
    chooseSatisfaction({ detail }) {
      this.setData({ satisfaction: detail.value, "errors.satisfaction": "" });
    },
    openComment() {
      this.setData({ wordy: true });
    },
    /** @param {WechatMiniprogram.Input} event */
    typeComment({ detail }) {
      this.setData({ comment: detail.value });
    },
    async submit() {
      const { resolution, satisfaction, comment } = this.data;
      const asked = "请选一项";
      const errors = { resolution: resolution ? "" : asked, satisfaction: satisfaction ? "" : asked };
      this.setData({ errors });
      if (errors.resolution || errors.satisfaction) return;
      const arrived = await send(this, "rate", { resolution, satisfaction, comment: comment.trim() });
      if (arrived) this.setData({ resolution: "", satisfaction: "", comment: "", wordy: false });
    },
  },
});
