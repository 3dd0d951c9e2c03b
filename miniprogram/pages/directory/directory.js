// @ts-check
const clock = require("../../core/clock");
const { loadInto } = require("../../core/loading");
const network = require("../../core/network");
const preferences = require("../../core/preferences");
const { scrollTo } = require("../../core/scroll");
const officials = require("../../services/officials");
const { listed } = require("../../services/people");
const rosters = require("../../services/rosters");
const sources = require("../../services/sources");

/** @typedef {import("../../services/people").Cell} Cell */

/** @typedef {WechatMiniprogram.BoundingClientRectCallbackResult} Bar */

/** How long somebody has to pause in typing before a search, in milliseconds. */
const PAUSE_MS = 250;
/** A directory older than this is asked for again when the page is seen, in milliseconds. */
const FRESH_MS = 60000;

Page({
  data: {
    load: "loading",
    error: "",
    roster: /** @type {any} */ (null),
    rosters: /** @type {any[]} */ ([]),
    choosing: false,
    stale: false,
    groups: /** @type {{ name: string, count: number }[]} */ ([]),
    group: "",
    sections: /** @type {{ letter: string, cells: Cell[] }[]} */ ([]),
    letters: /** @type {string[]} */ ([]),
    sorted: false,
    /** Whether the letters of large text are unfolded; they fill half a small phone. */
    spelling: false,
    query: "",
    searching: false,
    finding: false,
    found: /** @type {Cell[]} */ ([]),
    onPhone: false,
    calling: /** @type {Cell | null} */ (null),
    large: false,
  },
  /** The poster's code that brought the person, until the server has told what it is. */
  scene: "",
  /** What is shown. */
  directory: /** @type {import("../../services/rosters").Directory | null} */ (null),
  favourites: /** @type {string[]} */ ([]),
  askedAt: 0,
  timer: 0,

  /** @param {{ scene?: string, roster?: string }} query */
  onLoad(query) {
    this.scene = decodeURIComponent(query.scene || "");
    if (query.roster) rosters.choose(query.roster);
    this.showKnown();
    this.reload();
  },
  onShow() {
    this.setData({ large: preferences.isLarge() });
    if (this.directory && officials.favourites().join() !== this.favourites.join()) this.show(this.directory);
    if (this.askedAt && clock.now() - this.askedAt > FRESH_MS) this.reload();
  },
  onPullDownRefresh() {
    this.reload();
  },
  onUnload() {
    clearTimeout(this.timer);
  },
  onShareAppMessage() {
    const { roster } = this.data;
    return {
      title: roster ? `${roster.name}：${roster.promise}` : "直通车",
      path: `/pages/directory/directory?roster=${rosters.chosen()}`,
    };
  },

  reload() {
    this.askedAt = clock.now();
    return loadInto(this, async () => {
      try {
        await this.refresh();
        this.setData({ stale: false });
      } catch (error) {
        if (!this.data.roster) throw error;
        this.setData({ stale: network.isOnline() }); // without network the banner says so
      }
    });
  },
  async refresh() {
    await this.arrive();
    this.setData({ rosters: await rosters.list() });
    const slug = rosters.chosen();
    if (slug) return this.show(await rosters.directory(slug));
    this.directory = null;
    this.setData({ load: "ready", roster: null });
  },
  /** A poster leads to its own roster, once. */
  async arrive() {
    if (!this.scene) return;
    const slug = await sources.arrive(this.scene);
    this.scene = "";
    if (!slug) return;
    rosters.choose(slug);
    this.showKnown();
  },

  /** What the phone remembers, at once. */
  showKnown() {
    const known = rosters.known(rosters.chosen());
    if (known) this.show(known);
    this.setData({ rosters: rosters.knownList() });
  },
  /** @param {import("../../services/rosters").Directory} directory */
  show(directory) {
    const favourites = officials.favourites();
    if (directory === this.directory && favourites.join() === this.favourites.join()) return;
    this.directory = directory;
    this.favourites = favourites;
    const roster = rosters.viewRoster(directory.roster);
    const groups = rosters.groupsOf(directory, favourites);
    const isSame = Boolean(this.data.roster) && this.data.roster.slug === roster.slug;
    const group = (isSame && groups.find(({ name }) => name === this.data.group)) || groups[0];
    const sorted = isSame && this.data.sorted;
    this.setData({
      load: "ready",
      roster,
      groups: groups.map(({ name, cells }) => ({ name, count: cells.length })),
      group: group ? group.name : "",
      sorted,
      ...listed(group ? group.cells : [], sorted),
    });
  },
  /** The cells of the group that is looked at. */
  cells() {
    const groups = this.directory ? rosters.groupsOf(this.directory, this.favourites) : [];
    const found = groups.find(({ name }) => name === this.data.group);
    return found ? found.cells : [];
  },

  openRosters() {
    this.setData({ choosing: true });
  },
  closeRosters() {
    this.setData({ choosing: false });
  },
  /** @param {WechatMiniprogram.TouchEvent} event */
  chooseRoster(event) {
    rosters.choose(event.currentTarget.dataset.slug);
    this.closeRosters();
    this.clear();
    this.showKnown();
    return this.reload();
  },

  /** @param {WechatMiniprogram.TouchEvent} event */
  chooseGroup(event) {
    this.setData({ group: event.currentTarget.dataset.name });
    this.setData({ sorted: false, ...listed(this.cells(), false) });
    this.toTop();
  },
  spell() {
    this.setData({ spelling: !this.data.spelling });
  },
  toggleOrder() {
    const sorted = !this.data.sorted;
    this.setData({ sorted, ...listed(this.cells(), sorted) });
  },
  /** Letters only make sense in a list that is sorted by them. @param {WechatMiniprogram.CustomEvent<{ letter: string }>} event */
  toLetter(event) {
    const selector = `#letter-${event.detail.letter === "#" ? "other" : event.detail.letter}`;
    const go = () => this.scrollTo(selector);
    if (this.data.sorted) go();
    else this.setData({ sorted: true, ...listed(this.cells(), true) }, go);
  },
  /** Another group begins at its top, where the person had scrolled down in the one before. */
  toTop() {
    this.measure((/** @type {Bar[]} */ bars) => {
      if (bars[0].top <= 0) this.scrollTo("#list");
    });
  },
  /** @param {string} selector */
  scrollTo(selector) {
    this.measure((/** @type {Bar[]} */ bars) => {
      const height = bars.reduce((sum, bar) => sum + bar.height, 0);
      scrollTo(selector, { below: height, duration: 0 });
    });
  },
  /** The bars that stay at the top. @param {(bars: Bar[]) => void} use */
  measure(use) {
    const query = this.createSelectorQuery();
    query.selectAll(".stuck").boundingClientRect((bars) => use(/** @type {any} */ (bars)));
    query.exec();
  },

  /** @param {WechatMiniprogram.Input} event */
  type(event) {
    const query = event.detail.value.trim();
    clearTimeout(this.timer);
    if (!query) return this.clear();
    this.setData({ query: event.detail.value, searching: true, finding: true });
    this.timer = setTimeout(() => this.search(query), PAUSE_MS);
  },
  searchNow() {
    clearTimeout(this.timer);
    const query = this.data.query.trim();
    return query ? this.search(query) : undefined;
  },
  /** @param {string} query */
  async search(query) {
    const slug = rosters.chosen();
    const { cells, onPhone } = await officials.find(query, slug);
    if (query !== this.data.query.trim() || slug !== rosters.chosen()) return; // something else is asked by now
    this.setData({ found: cells, onPhone, finding: false });
  },
  clear() {
    clearTimeout(this.timer);
    this.setData({ query: "", searching: false, finding: false, found: [], onPhone: false });
  },

  /** @param {WechatMiniprogram.CustomEvent<Cell>} event */
  open(event) {
    wx.navigateTo({ url: `/pages/official/official?id=${event.detail.id}` });
  },
  /** @param {WechatMiniprogram.CustomEvent<Cell>} event */
  write(event) {
    wx.navigateTo({ url: `/pages/write/write?official_id=${event.detail.id}` });
  },
  /** @param {WechatMiniprogram.CustomEvent<Cell>} event */
  call(event) {
    this.setData({ calling: event.detail });
  },
  hangUp() {
    this.setData({ calling: null });
  },
  /** @param {WechatMiniprogram.CustomEvent<Cell>} event */
  report(event) {
    this.hangUp();
    wx.navigateTo({ url: `/pages/official/official?id=${event.detail.id}&section=outcomes` });
  },
  ask() {
    wx.navigateTo({ url: `/pages/suggest/suggest?text=${encodeURIComponent(this.data.query.trim())}` });
  },
});
