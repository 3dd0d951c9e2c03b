// @ts-check
const { sentenceOf } = require("../../../core/failure");
const network = require("../../../core/network");
const officials = require("../../../services/officials");
const rosters = require("../../../services/rosters");

/**
 * Whom the appeal is for, and the choice of somebody else. Events: `load` with the official as soon as anything is known
 * (`official` is null for one who is published no more), `pick` with another one's id.
 */
Component({
  properties: {
    officialId: String,
    /** What the draft remembers of this official (`Addressee` of services/drafts), where phone and server know nothing. */
    remembered: Object,
    /** What is written so far, for suggestions. */
    text: String,
    fromCall: Boolean,
    disabled: Boolean,
    error: String,
  },
  data: {
    official: /** @type {any} */ (null),
    failure: "",
    /** Whether the server has not been heard. */ unsure: false,
    roster: "",
    picking: false,
  },
  observers: {
    /** Not at once: the page that listens to `load` is still busy with what it sets here. @param {string} id */
    officialId(id) {
      wx.nextTick(() => this.load(id));
    },
  },
  lifetimes: {
    attached() {
      ownOf(this).stop = network.onChange((online) => {
        if (online && this.data.unsure) this.load(this.data.officialId);
      });
    },
    detached() {
      ownOf(this).stop();
    },
  },
  methods: {
    /** @param {string} id */
    async load(id) {
      if (id !== this.data.officialId) return; // somebody else was chosen meanwhile
      const { remembered } = this.data;
      const known = (id && officials.known(id)) || (remembered && remembered.id === id ? remembered : null);
      this.tell(known);
      if (!id) return;
      try {
        const official = await officials.get(id);
        if (id !== this.data.officialId) return;
        this.setData({ unsure: false });
        this.tell(official);
      } catch (error) {
        if (id !== this.data.officialId) return;
        if (officials.isGone(error)) this.tell(null, `${sentenceOf(error)}。您写的内容还在`);
        else this.tell(known, known ? "" : `${sentenceOf(error)}。内容可以先写着`);
        this.setData({ unsure: true });
      }
    },
    /** @param {any} official @param {string} [failure] */
    tell(official, failure = "") {
      this.setData({ official, failure });
      this.triggerEvent("load", { official });
    },
    async choose() {
      const { official } = this.data;
      const roster = official ? official.roster : await rosters.ensure().catch(() => "");
      this.setData({ picking: true, roster });
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

/**
 * What belongs to one instance and is no data of the template.
 * @param {object} instance
 * @returns {{ stop: () => void }}
 */
function ownOf(instance) {
  return /** @type {any} */ (instance);
}
