// @ts-check

/** Words longer than this, in characters, are folded where that is asked for. */
const SHORT = 80;

/** What the resident wrote: words, photos, place, for which organisation. */
Component({
  properties: {
    appeal: Object,
    /** Shows the beginning of long words until they are unfolded. */
    foldable: Boolean,
  },
  data: { long: false, folded: true },
  observers: {
    /** @param {any} appeal */
    appeal(appeal) {
      if (appeal && appeal.id) this.setData({ long: appeal.body.length > SHORT || appeal.photos.length > 0 });
    },
  },
  methods: {
    toggle() {
      this.setData({ folded: !this.data.folded });
    },
  },
});
