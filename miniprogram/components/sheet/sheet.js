// @ts-check

/**
 * A panel from the foot of the page. Tapping outside closes it: event `close`. What stands in the slot `foot`, as the
 * button that sends, stays in sight while the rest scrolls.
 */
Component({
  options: { multipleSlots: true },
  properties: { open: Boolean, title: String },
  methods: {
    close() {
      this.triggerEvent("close");
    },
    /** Taps inside and scrolling behind stay where they are. */
    stay() {},
  },
});
