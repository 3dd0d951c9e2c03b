// @ts-check
const { sentenceOf } = require("../../../core/failure");
const inbox = require("../../../services/inbox");
const me = require("../../../services/me");
const { FIGURE_GROUPS } = require("../../constants/figures");
const { staleness } = require("../../services/staleness");

Page({
  data: { load: "loading", error: "", stale: "", posts: /** @type {any[]} */ ([]) },

  onLoad() {
    return this.refresh();
  },

  async onPullDownRefresh() {
    await this.refresh();
    wx.stopPullDownRefresh();
  },

  retry() {
    this.setData({ load: "loading" });
    return this.refresh();
  },

  async refresh() {
    try {
      const { posts } = await me.refresh();
      const found = await Promise.all(posts.map(figuresOf));
      this.setData({ posts: found, load: "ready", stale: "" });
    } catch (error) {
      if (this.data.load === "ready") this.setData({ stale: staleness(error) });
      else this.setData({ load: "failed", error: sentenceOf(error) });
    }
  },
});

/** A post with its figures in groups; none while it is not published. @param {any} post */
async function figuresOf(post) {
  const found = await inbox.figures(post.official_id);
  return { ...post, groups: found ? FIGURE_GROUPS.map((group) => grouped(group, found.lines)) : [] };
}

/** @param {typeof FIGURE_GROUPS[number]} group @param {{ name: string }[]} lines */
function grouped({ title, figures }, lines) {
  return { title, lines: figures.map(({ name, how }) => ({ ...lines.find((line) => line.name === name), how })) };
}
