// @ts-check

/** Large choices of which one is taken: `items` are `{ value, title, hint? }`. Event `change` with the value. */
Component({
  properties: {
    items: Array,
    value: String,
    /** Two beside each other; large text always gets one column. */
    pairs: Boolean,
    label: String,
  },
  methods: {
    /** @param {WechatMiniprogram.TouchEvent} event */
    choose(event) {
      this.triggerEvent("change", { value: event.currentTarget.dataset.value });
    },
  },
});
