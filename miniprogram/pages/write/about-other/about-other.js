// @ts-check

/** @typedef {import("../../../services/drafts").Addressee} Addressee */

/**
 * Whom the appeal is about when that is neither nobody nor the addressee: kept from that one by the server. Events:
 * `change` with `value`, an `Addressee` or null.
 */
Component({
  properties: {
    value: Object,
    roster: String,
    disabled: Boolean,
  },
  data: { picking: false },
  methods: {
    choose() {
      this.setData({ picking: true });
    },
    close() {
      this.setData({ picking: false });
    },
    /** @param {WechatMiniprogram.CustomEvent<import("../../../services/people").Cell>} event */
    pick(event) {
      const { id, name, post, unit } = event.detail;
      this.close();
      this.triggerEvent("change", { value: { id, name, post, unit, roster: this.data.roster } });
    },
    clear() {
      this.triggerEvent("change", { value: null });
    },
  },
});
