// @ts-check

const LONGEST = 200;

/** Where it is: typed, or chosen on the map. Event `change` with the value. */
Component({
  properties: { value: String, disabled: Boolean },
  data: { longest: LONGEST },
  methods: {
    /** @param {WechatMiniprogram.Input} event */
    type(event) {
      this.triggerEvent("change", { value: event.detail.value });
    },
    async choose() {
      try {
        const { name, address } = await wx.chooseLocation({});
        const value = [address, name].filter(Boolean).join(" ").slice(0, LONGEST);
        this.setData({ value });
        this.triggerEvent("change", { value });
      } catch {
        // the person chose none
      }
    },
  },
});
