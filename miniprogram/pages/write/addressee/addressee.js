// @ts-check
const { sentenceOf } = require("../../../core/failure");
const officials = require("../../../services/officials");
const rosters = require("../../../services/rosters");

/**
 * Whom the appeal is for, and the choice of somebody else. Events: `load` with the official as soon as anything is known
 * (`official` is null for one who is published no more), `pick` with another one's id.
 */
Component({
  properties: {
    officialId: String,
    /** What is written so far, for suggestions. */
    text: String,
    fromCall: Boolean,
    disabled: Boolean,
    error: String,
  },
  data: { official: /** @type {any} */ (null), failure: "", roster: "", picking: false },
  observers: {
    /** @param {string} id */
    officialId(id) {
      this.load(id);
    },
  },
  methods: {
    /** @param {string} id */
    async load(id) {
      const known = id ? officials.known(id) : null;
      this.tell(known);
      if (!id) return;
      try {
        const official = await officials.get(id);
        if (id === this.data.officialId) this.tell(official);
      } catch (error) {
        if (id !== this.data.officialId) return;
        if (officials.isGone(error)) this.tell(null, `${sentenceOf(error)}。您写的内容还在`);
        else if (!known) this.tell(null, `${sentenceOf(error)}。内容可以先写着`);
      }
    },
    /** @param {any} official @param {string} [failure] */
    tell(official, failure = "") {
      this.setData({ official, failure });
      this.triggerEvent("load", { official });
    },
    choose() {
      const { official } = this.data;
      this.setData({ picking: true, roster: official ? official.roster : rosters.chosen() });
    },
    close() {
      this.setData({ picking: false });
    },
    /** @param {WechatMiniprogram.CustomEvent<{ id: string }>} event */
    pick(event) {
      this.close();
      this.triggerEvent("pick", { id: event.detail.id });
    },
  },
});
