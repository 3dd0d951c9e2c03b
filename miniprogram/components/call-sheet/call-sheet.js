// @ts-check
const { numbersOf } = require("../../services/people");

/**
 * Asks before a call is made, with the number and what holds at this hour; afterwards asks how it went. Open while there
 * is an `official`. Events: `close`, and `report` when the person wants to say how the call went.
 */
Component({
  properties: {
    official: Object,
    /** What holds at this hour (`noticesOf` of services/rosters). */
    notices: Array,
  },
  data: { numbers: /** @type {any[]} */ ([]), called: false },
  observers: {
    /** @param {any} official */
    official(official) {
      this.setData({ called: false, numbers: official ? numbersOf(official) : [] });
    },
  },
  methods: {
    /** @param {WechatMiniprogram.TouchEvent} event */
    async call(event) {
      try {
        await wx.makePhoneCall({ phoneNumber: event.currentTarget.dataset.number });
        this.setData({ called: true });
      } catch {
        // the person thought better of it
      }
    },
    report() {
      this.triggerEvent("report", this.data.official);
    },
    close() {
      this.triggerEvent("close");
    },
  },
});
