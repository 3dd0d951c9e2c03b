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
  data: { long: false, folded: true, unfold: "" },
  observers: {
    /** @param {any} appeal */
    appeal(appeal) {
      if (!appeal || !appeal.id) return;
      const isLong = appeal.body.length > SHORT || appeal.body.includes("\n");
      const unfold = isLong ? "展开全文" : `看照片（${appeal.photos.length} 张）`;
      this.setData({ long: isLong || appeal.photos.length > 0, unfold });
    },
  },
  methods: {
    toggle() {
      this.setData({ folded: !this.data.folded });
    },
  },
});
