// @ts-check
const network = require("../../core/network");
const preferences = require("../../core/preferences");

/**
 * What every page stands in: large text, the banner without network, skeleton, failure with another try, privacy.
 * `load` is loading, ready or failed; what a page shows from the phone's memory counts as ready.
 */
Component({
  options: { multipleSlots: true },
  properties: {
    load: { type: String, value: "ready" },
    /** Why loading failed, in a sentence. */
    error: String,
    /** The shape that stands in while loading: list, detail or form. */
    skeleton: { type: String, value: "list" },
    /** Whether there is something in the slot `bottom`, a bar that stays at the foot of the page. */
    bar: Boolean,
  },
  data: { large: false, offline: false },
  lifetimes: {
    attached() {
      this.refresh();
      const refresh = () => this.refresh();
      ownOf(this).stops = [network.onChange(refresh), preferences.onLargeChange(refresh)];
    },
    detached() {
      for (const stop of ownOf(this).stops) stop();
    },
  },
  pageLifetimes: {
    show() {
      this.refresh();
    },
  },
  methods: {
    refresh() {
      this.setData({ large: preferences.isLarge(), offline: !network.isOnline() });
    },
    retry() {
      this.triggerEvent("retry");
    },
  },
});

/**
 * What belongs to one instance and is no data of the template.
 * @param {object} instance
 * @returns {{ stops: (() => void)[] }}
 */
function ownOf(instance) {
  return /** @type {any} */ (instance);
}
