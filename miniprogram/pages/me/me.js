// @ts-check
const { loadInto } = require("../../core/loading");
const preferences = require("../../core/preferences");
const account = require("../../services/me");
const program = require("../../services/program");

Page({
  data: {
    load: "loading",
    error: "",
    me: /** @type {any} */ (null),
    large: false,
    asking: false,
  },

  onLoad() {
    const known = account.known();
    if (known) this.setData({ load: "ready", me: known });
  },
  onShow() {
    this.setData({ large: preferences.isLarge() });
    this.reload();
  },

  reload() {
    return loadInto(this, async () => this.setData({ load: "ready", me: await account.refresh() }));
  },

  /** Straight from the tap, as WeChat demands. */
  async receiveMessages() {
    if (this.data.asking) return;
    this.setData({ asking: true });
    const agreed = await program.subscribe("progress", "answer", "supplement");
    this.setData({ asking: false });
    if (agreed) wx.showToast({ title: "好的，下次有进展会告诉您", icon: "none", duration: 3000 });
    else await offerSetting();
  },
  /** @param {WechatMiniprogram.SwitchChange} event */
  switchLarge({ detail }) {
    preferences.setLarge(detail.value);
    this.setData({ large: detail.value });
  },

  /** @param {WechatMiniprogram.CustomEvent} event */
  go({ currentTarget }) {
    wx.navigateTo({ url: currentTarget.dataset.url });
  },
});

/** Somebody who once ticked “不再询问” is not asked any more; only WeChat's own setting changes that. */
async function offerSetting() {
  const { confirm } = await wx.showModal({
    title: "没有打开消息",
    content: "需要时可以再点一次。如果点了没有反应，请在设置的“订阅消息”里打开。",
    confirmText: "去设置",
    cancelText: "知道了",
  });
  if (confirm) wx.openSetting({ withSubscriptions: true, fail() {} });
}
