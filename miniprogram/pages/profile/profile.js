// @ts-check
const { fieldsOf, sentenceOf } = require("../../core/failure");
const { loadInto } = require("../../core/loading");
const account = require("../../services/me");

Page({
  data: {
    load: "loading",
    error: "",
    name: "",
    phone: "",
    organisation: "",
    creditCode: "",
    /** Whether this person writes for an enterprise, as the server knows. */
    isEnterprise: false,
    errors: /** @type {Record<string, string>} */ ({}),
    failure: "",
    /** Which button is working: phone, save, leave; or none. */
    busy: "",
  },

  onLoad() {
    const known = account.known();
    if (known) this.show(known);
    else this.reload();
  },
  reload() {
    return loadInto(this, async () => this.show(await account.refresh()));
  },
  /** @param {any} me */
  show({ name, phone, organisation }) {
    const { name: company, credit_code } = organisation || { name: "", credit_code: "" };
    const isEnterprise = Boolean(organisation);
    this.setData({ load: "ready", name, phone, organisation: company, creditCode: credit_code, isEnterprise });
  },

  /** @param {WechatMiniprogram.Input} event */
  type({ currentTarget, detail }) {
    const { field, error } = currentTarget.dataset;
    this.setData({ [field]: detail.value, errors: { ...this.data.errors, [error]: "" }, failure: "" });
  },
  /** @param {WechatMiniprogram.ButtonGetPhoneNumber} event */
  async takePhone({ detail }) {
    if (!detail.code || this.data.busy) return; // the person said no
    this.setData({ busy: "phone", errors: { ...this.data.errors, phone: "" } });
    try {
      this.setData({ phone: await account.phoneOf(detail.code) });
    } catch (error) {
      this.setData({ errors: { ...this.data.errors, phone: sentenceOf(error) } });
    }
    this.setData({ busy: "" });
  },

  save() {
    const { name, phone, organisation, creditCode } = this.data;
    const company = organisation.trim() || creditCode.trim();
    const changes = { name: name.trim(), phone: phone.trim() };
    const given = { name: organisation.trim(), credit_code: creditCode.trim().toUpperCase() };
    return this.update("save", company ? { ...changes, organisation: given } : changes, "已保存");
  },
  async leave() {
    const { confirm } = await wx.showModal({
      title: "不再以企业身份？",
      content: "以后写的诉求不带企业名称。已经提交的不变。",
      confirmText: "不再使用",
    });
    if (confirm) await this.update("leave", { organisation: null }, "已改为个人身份");
  },
  /** @param {string} busy @param {any} changes @param {string} said */
  async update(busy, changes, said) {
    if (this.data.busy) return;
    this.setData({ busy, errors: {}, failure: "" });
    try {
      this.show(await account.update(changes));
      wx.showToast({ title: said, icon: "success" });
    } catch (error) {
      const errors = fieldsOf(error);
      this.setData({ errors, failure: Object.keys(errors).length ? "" : sentenceOf(error) });
    }
    this.setData({ busy: "" });
  },
});
