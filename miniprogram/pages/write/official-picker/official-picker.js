// @ts-check
const officials = require("../../../services/officials");

/** @typedef {import("../../../services/people").Cell} Cell */

/** How long somebody has to pause in typing before a search, in milliseconds. */
const PAUSE_MS = 250;
/** A text shorter than this says too little to suggest anybody. */
const TELLING = 4;

/** One official, to write to or to name: those with a duty that fits the text, or a search. Events: `pick` with the official, `close`. */
Component({
  properties: {
    open: Boolean,
    title: { type: String, value: "写给谁" },
    roster: String,
    /** What is written so far. */
    text: String,
  },
  data: { query: "", fitting: /** @type {Cell[]} */ ([]), found: /** @type {Cell[]} */ ([]), searched: "" },
  observers: {
    /** @param {boolean} open */
    open(open) {
      if (open) this.begin();
    },
  },
  methods: {
    async begin() {
      this.setData({ query: "", searched: "", found: [] });
      const { text, roster } = this.data;
      if (text.trim().length < TELLING) return this.setData({ fitting: [] });
      try {
        this.setData({ fitting: await officials.suggest(text.trim(), roster) });
      } catch {
        this.setData({ fitting: [] }); // the search is still there
      }
    },
    /** @param {WechatMiniprogram.Input} event */
    type(event) {
      const query = event.detail.value.trim();
      const own = /** @type {any} */ (this);
      clearTimeout(own.timer);
      this.setData({ query });
      own.timer = setTimeout(() => this.search(query), PAUSE_MS);
    },
    /** @param {string} query */
    async search(query) {
      if (!query) return this.setData({ found: [], searched: "" });
      const { cells } = await officials.find(query, this.data.roster);
      if (query === this.data.query) this.setData({ found: cells, searched: query });
    },
    /** @param {WechatMiniprogram.CustomEvent<Cell>} event */
    pick(event) {
      this.triggerEvent("pick", event.detail);
    },
    close() {
      this.triggerEvent("close");
    },
  },
});
