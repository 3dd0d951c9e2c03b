// @ts-check
const privacy = require("../../core/privacy");

const BUTTON = "privacy-agree";

/** Asks before the first use of personal data, as WeChat requires; the page in front answers. */
Component({
  data: { open: false, button: BUTTON },
  lifetimes: {
    attached() {
      const own = ownOf(this);
      own.inFront = true;
      own.stop = privacy.onQuestion((resolve) => {
        if (!own.inFront) return;
        own.resolve = resolve;
        this.setData({ open: true });
      });
    },
    detached() {
      ownOf(this).stop();
    },
  },
  pageLifetimes: {
    show() {
      ownOf(this).inFront = true;
    },
    hide() {
      ownOf(this).inFront = false;
    },
  },
  methods: {
    agree() {
      this.answer({ event: "agree", buttonId: BUTTON });
    },
    disagree() {
      this.answer({ event: "disagree" });
    },
    /** @param {any} answer */
    answer(answer) {
      ownOf(this).resolve(answer);
      this.setData({ open: false });
    },
    readContract() {
      wx.openPrivacyContract({});
    },
  },
});

/**
 * What belongs to one instance and is no data of the template.
 * @param {object} instance
 * @returns {{ inFront: boolean, stop: () => void, resolve: (answer: any) => void }}
 */
function ownOf(instance) {
  return /** @type {any} */ (instance);
}
