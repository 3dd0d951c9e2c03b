// @ts-check
const { fieldsOf, sentenceOf } = require("../../core/failure");
const appeals = require("../../services/appeals");

Page({
  data: {
    code: "",
    tail: "",
    busy: false,
    error: "",
    errors: /** @type {Record<string, string>} */ ({}),
    appeal: /** @type {any} */ (null),
  },

  /** @param {{ code?: string }} query */
  onLoad({ code = "" }) {
    this.setData({ code });
  },
  /** @param {WechatMiniprogram.Input} event */
  typeCode({ detail }) {
    this.setData({ code: detail.value, errors: {}, error: "" });
  },
  /** @param {WechatMiniprogram.Input} event */
  typeTail({ detail }) {
    this.setData({ tail: detail.value, errors: {}, error: "" });
  },

  async find() {
    if (this.data.busy) return;
    const { code, tail } = this.data;
    const errors = missing(code, tail);
    this.setData({ errors, error: "" });
    if (Object.keys(errors).length) return;
    this.setData({ busy: true, appeal: null });
    wx.hideKeyboard({ fail() {} });
    try {
      this.setData({ appeal: await appeals.lookUp(code.trim(), tail) });
    } catch (error) {
      const fields = fieldsOf(error);
      this.setData({ errors: fields, error: Object.keys(fields).length ? "" : sentenceOf(error) });
    }
    this.setData({ busy: false });
  },
});

/** What has to be filled in before it is worth asking. @param {string} code @param {string} tail */
function missing(code, tail) {
  /** @type {Record<string, string>} */
  const errors = {};
  if (!code.trim()) errors.code = "请填写编号";
  if (!/^\d{4}$/.test(tail)) errors.phone_tail = "请填写 4 位数字";
  return errors;
}
