// @ts-check

/**
 * Asks what becomes of a draft to somebody else. Open while there is one in `left`. Events: `keep` goes on with it,
 * `carry` gives its words to the official of this page, `fresh` drops it. Closing keeps: nothing is lost that way.
 */
Component({
  properties: {
    /** A Draft of services/drafts. */
    left: Object,
    /** Whom it was written to, and whom this page is about. */
    to: String,
    now: String,
  },
  methods: {
    keep() {
      this.triggerEvent("keep");
    },
    carry() {
      this.triggerEvent("carry");
    },
    fresh() {
      this.triggerEvent("fresh");
    },
  },
});
