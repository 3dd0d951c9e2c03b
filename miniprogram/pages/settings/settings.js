// @ts-check
const { sentenceOf } = require("../../core/failure");
const { isoDay } = require("../../core/dates");
const files = require("../../core/files");
const preferences = require("../../core/preferences");
const account = require("../../services/me");

/** What is stored of a person, and why; docs of the API say the same of each field. */
const STORED = [
  { what: "微信给的用户编号", why: "认出是您，不含微信号和昵称" },
  { what: "您填的姓名、手机号、企业信息", why: "联系您、核对企业身份，存放时加密" },
  { what: "您写的诉求、照片和地点", why: "交给负责同志办理。默认只有办理人员看得到" },
  { what: "您记录的通话结果", why: "计算接通率、回拨率，不公开是谁打的" },
  { what: "这部手机里的草稿和最近看过的内容", why: "没有网络时也能看，注销时一并清除" },
];

Page({
  data: {
    large: false,
    stored: STORED,
    version: "",
    /** Which button is working: export, erase; or none. */
    busy: "",
    error: "",
    erasing: false,
    eraseError: "",
  },

  onLoad() {
    const { version } = wx.getAccountInfoSync().miniProgram;
    this.setData({ large: preferences.isLarge(), version: version || "开发版" });
  },
  /** @param {WechatMiniprogram.SwitchChange} event */
  switchLarge({ detail }) {
    preferences.setLarge(detail.value);
    this.setData({ large: detail.value });
  },
  readContract() {
    wx.openPrivacyContract({
      fail: () => wx.showToast({ title: "暂时打不开，请稍后再试", icon: "none" }),
    });
  },

  async export() {
    if (this.data.busy) return;
    this.setData({ busy: "export", error: "" });
    try {
      const everything = await account.exported();
      await files.handOver(`直通车-我的数据-${isoDay()}.json`, JSON.stringify(everything, null, 2));
    } catch (error) {
      this.setData({ error: sentenceOf(error) });
    }
    this.setData({ busy: "" });
  },

  askErase() {
    this.setData({ erasing: true, eraseError: "" });
  },
  closeErase() {
    this.setData({ erasing: false });
  },
  async erase() {
    if (this.data.busy) return;
    const { confirm } = await wx.showModal({
      title: "确定注销吗？",
      content: "注销后无法恢复，也不能再查看以前的诉求。",
      confirmText: "确定注销",
      cancelText: "再想想",
    });
    if (!confirm) return;
    this.setData({ busy: "erase", eraseError: "" });
    try {
      await account.erase();
      wx.reLaunch({ url: "/pages/directory/directory" });
      wx.showToast({ title: "已注销，个人信息已删除", icon: "none", duration: 3000 });
    } catch (error) {
      this.setData({ eraseError: sentenceOf(error) });
    }
    this.setData({ busy: "" });
  },
});
