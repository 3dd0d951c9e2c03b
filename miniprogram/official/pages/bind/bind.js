// @ts-check
const { sentenceOf } = require("../../../core/failure");
const inbox = require("../../../services/inbox");
const me = require("../../../services/me");
const { invitationIn, invitationOf } = require("../../services/invitations");

const NO_INVITATION = "没有读到邀请码，请核对后再试";

Page({
  data: {
    invitation: "",
    typed: "",
    error: "",
    binding: false,
    bound: false,
    posts: /** @type {any[]} */ ([]),
    follows: true,
    /** Staff are chosen by name for duty, so who has given none is asked for it. */
    asksName: false,
    name: "",
    nameError: "",
    saving: false,
  },

  /** @param {Record<string, string | undefined>} query */
  onLoad(query) {
    this.setData({ invitation: invitationOf(query), posts: viewPosts(me.posts()) });
  },

  async scan() {
    try {
      const { result } = await wx.scanCode({ scanType: ["qrCode"] });
      this.use(result);
    } catch {
      // the person closed the scanner
    }
  },

  /** @param {WechatMiniprogram.Input} event */
  type({ detail }) {
    this.setData({ typed: detail.value.trim(), error: "" });
  },

  take() {
    this.use(this.data.typed);
  },

  /** @param {string} text */
  use(text) {
    const invitation = invitationIn(text);
    this.setData({ invitation, error: invitation ? "" : NO_INVITATION });
  },

  change() {
    this.setData({ invitation: "", error: "" });
  },

  async bindMe() {
    if (this.data.binding) return;
    this.setData({ binding: true, error: "" });
    try {
      const known = me.keep(await inbox.bind(this.data.invitation));
      const posts = viewPosts(known.posts);
      const asksName = !known.name && posts.some(({ staff }) => staff);
      this.setData({ bound: true, posts, asksName, follows: known.follows_official_account });
    } catch (error) {
      this.setData({ error: sentenceOf(error) });
    }
    this.setData({ binding: false });
  },

  /** @param {WechatMiniprogram.Input} event */
  typeName({ detail }) {
    this.setData({ name: detail.value.trim(), nameError: "" });
  },

  async saveName() {
    if (this.data.saving || !this.data.name) return;
    this.setData({ saving: true });
    try {
      await me.update({ name: this.data.name });
      this.setData({ asksName: false });
      wx.showToast({ title: "已保存", icon: "none" });
    } catch (error) {
      this.setData({ nameError: sentenceOf(error) });
    }
    this.setData({ saving: false });
  },

  openInbox() {
    wx.redirectTo({ url: "/official/pages/inbox/inbox" });
  },
});

/** @param {any[]} posts */
function viewPosts(posts) {
  return posts.map((post) => ({ ...post, staff: post.role === "staff" }));
}
