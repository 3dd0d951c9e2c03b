// @ts-check

/**
 * The letters at the edge of a long list: tapped, or slid along as in an address book; with large text they are keys
 * above the list. Event `pick` with the letter.
 */
Component({
  properties: {
    letters: Array,
    /** Large keys instead of the strip. */
    keys: Boolean,
  },
  data: { at: "" },
  methods: {
    /** @param {WechatMiniprogram.TouchEvent} event */
    slide(event) {
      const { clientY } = event.touches[0];
      ownOf(this).touching = true;
      this.createSelectorQuery()
        .select(".strip")
        .boundingClientRect(({ top, height }) => this.reach((clientY - top) / height))
        .exec();
    },
    end() {
      ownOf(this).touching = false;
      this.setData({ at: "" });
    },
    /** @param {number} place between 0 and 1 along the strip */
    reach(place) {
      const { letters, at } = this.data;
      const letter = letters[Math.min(Math.max(Math.floor(place * letters.length), 0), letters.length - 1)];
      if (!ownOf(this).touching || !letter || letter === at) return;
      this.setData({ at: letter });
      this.triggerEvent("pick", { letter });
    },
    /** By a tap, also of whoever has the page read out. @param {WechatMiniprogram.TouchEvent} event */
    pick(event) {
      this.triggerEvent("pick", { letter: event.currentTarget.dataset.letter });
    },
  },
});

/**
 * What belongs to one instance and is no data of the template.
 * @param {object} instance
 * @returns {{ touching: boolean }}
 */
function ownOf(instance) {
  return /** @type {any} */ (instance);
}
