// @ts-check
const { loadInto } = require("../../core/loading");
const { createPager } = require("../../core/pager");
const appeals = require("../../services/appeals");
const drafts = require("../../services/drafts");

const TAB = 1;
/** So many closed appeals are shown before somebody asks for the rest. */
const CLOSED_SHOWN = 3;

Page({
  data: {
    load: "loading",
    error: "",
    draft: /** @type {{ title: string, invitation: string, officialId: string } | null} */ (null),
    groups: /** @type {any[]} */ ([]),
    hidden: 0,
    hasMore: false,
    loadingMore: false,
    showsClosed: false,
  },
  pager: createPager(appeals.mine),
  items: /** @type {any[]} */ ([]),

  onLoad() {
    this.pager = createPager(appeals.mine);
    const known = appeals.knownMine();
    if (known) this.show(known, false);
  },
  onShow() {
    this.setData({ draft: unfinished() });
    this.reload();
  },
  onPullDownRefresh() {
    this.pager.rewind();
    this.reload();
  },
  onReachBottom() {
    this.more();
  },

  reload() {
    return loadInto(this, async () => {
      if (await this.pager.refresh()) this.show(this.pager.items, this.pager.hasMore);
    });
  },
  async more() {
    if (!this.data.hasMore || this.data.loadingMore) return;
    this.setData({ loadingMore: true });
    await loadInto(this, async () => {
      if (await this.pager.more()) this.show(this.pager.items, this.pager.hasMore);
    });
    this.setData({ loadingMore: false });
  },
  /** @param {any[]} items @param {boolean} hasMore */
  show(items, hasMore) {
    this.items = items;
    const groups = appeals.grouped(items).map((group) => this.shortened(group));
    const shown = groups.reduce((sum, group) => sum + group.items.length, 0);
    this.setData({ load: "ready", groups, hidden: items.length - shown, hasMore });
    tellTab(items.filter(({ group }) => group === "needs_you").length);
  },
  /** @param {{ value: string, title: string, items: any[] }} group */
  shortened(group) {
    if (group.value !== "closed" || this.data.showsClosed) return group;
    return { ...group, items: group.items.slice(0, CLOSED_SHOWN) };
  },

  showClosed() {
    this.setData({ showsClosed: true });
    this.show(this.items, this.data.hasMore);
  },
  /** @param {WechatMiniprogram.CustomEvent<{ id: string }>} event */
  open({ detail }) {
    wx.navigateTo({ url: `/pages/appeal/appeal?id=${detail.id}` });
  },
  write() {
    const { draft } = this.data;
    if (draft) wx.navigateTo({ url: `/pages/write/write?official_id=${draft.officialId}` });
  },
  toDirectory() {
    wx.switchTab({ url: "/pages/directory/directory" });
  },
  toLookup() {
    wx.navigateTo({ url: "/pages/lookup/lookup" });
  },
});

/** The appeal that was begun and not handed in, in words. */
function unfinished() {
  const draft = drafts.kept();
  if (!draft || !drafts.hasWords(draft)) return null;
  return {
    title: draft.title || draft.body.split("\n")[0],
    invitation: draft.sent ? "还没有提交成功，点此继续提交" : "有一份没写完的诉求",
    officialId: draft.officialId,
  };
}

/** How many need the person, on the tab. WeChat refuses while a page without tabs is in front. @param {number} count */
function tellTab(count) {
  const fail = () => {};
  if (count) wx.setTabBarBadge({ index: TAB, text: String(count), fail });
  else wx.removeTabBarBadge({ index: TAB, fail });
}
