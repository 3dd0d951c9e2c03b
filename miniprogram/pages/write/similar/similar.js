// @ts-check
const appeals = require("../../../services/appeals");

/** A text shorter than this is like too many others. */
const TELLING = 10;

/**
 * What says about the same as the text: the person's own running appeals and published answers. A hint, never in the
 * way. Event `open` with the id of an own appeal.
 */
Component({
  properties: { officialId: String, title: String, body: String },
  data: { items: /** @type {any[]} */ ([]), published: /** @type {any[]} */ ([]), unfolded: "" },
  observers: {
    "officialId, title, body"() {
      this.look();
    },
  },
  methods: {
    async look() {
      const { officialId, title, body } = this.data;
      if (!officialId || body.length < TELLING) return this.setData({ items: [], published: [] });
      try {
        const { items, published } = await appeals.similar({ official_id: officialId, title, body });
        const isSame = body === this.data.body && officialId === this.data.officialId;
        if (isSame) this.setData({ items, published });
      } catch {
        // only a hint
      }
    },
    /** @param {WechatMiniprogram.TouchEvent} event */
    open(event) {
      this.triggerEvent("open", { id: event.currentTarget.dataset.id });
    },
    /** @param {WechatMiniprogram.TouchEvent} event */
    unfold(event) {
      const { id } = event.currentTarget.dataset;
      this.setData({ unfolded: id === this.data.unfolded ? "" : id });
    },
  },
});
