// Calls that ask the person, or reach out of the mini-program.
import assert from "node:assert/strict";
import test from "node:test";
import { mount, network } from "../miniprogram/harness.mjs";
import { SOUND, variant } from "./variant.mjs";

const open = (options = {}) => mount("pages/form/form", { program: SOUND, ...options });
const failure = (promise) =>
  promise.then(
    () => assert.fail("it did not fail"),
    (error) => ({ ...error }),
  );
const base = "https://api.example.com";

test("toasts, loading notes and questions", async () => {
  const m = await open();
  await m.wx.showToast({ title: "已保存" });
  await m.wx.showLoading({ title: "请稍候" });
  await m.wx.hideLoading();
  assert.deepEqual(m.toasts, [
    { title: "已保存", icon: "success" },
    { title: "请稍候", icon: "loading" },
  ]);
  const asked = m.wx.showModal({ title: "改名", editable: true, placeholderText: "新名" });
  await m.settle();
  await m.write("甲");
  await m.choose("确定");
  const { confirm, cancel, content } = await asked;
  assert.deepEqual([confirm, cancel, content], [true, false, "甲"]);
  const refused = m.wx.showModal({ content: "删除？" });
  await m.settle();
  await m.choose("取消");
  assert.equal((await refused).cancel, true);
  assert.match((await failure(m.wx.showModal({ confirmText: "我已经知道了" }))).errMsg, /confirmText length/);
  m.close();
});

test("an action sheet has at most six items and can be given up", async () => {
  const m = await open();
  const chosen = m.wx.showActionSheet({ itemList: ["甲", "乙"] });
  await m.settle();
  await m.choose("乙");
  assert.equal((await chosen).tapIndex, 1);
  const left = failure(m.wx.showActionSheet({ itemList: ["甲"] }));
  await m.settle();
  await m.choose("取消");
  assert.equal((await left).errMsg, "showActionSheet:fail cancel");
  assert.match((await failure(m.wx.showActionSheet({ itemList: [..."一二三四五六七"] }))).errMsg, /larger than 6/);
  m.close();
});

test("logging in asks the sandbox for a code", async () => {
  const m = await open({ persona: "official-3" });
  assert.equal((await m.wx.login()).code, "login-official-3");
  assert.deepEqual(
    m.sandboxCalls.map(({ path, body }) => [path, body]),
    [
      ["/__sandbox__/personas", { name: "official-3" }],
      ["/__sandbox__/code", { persona: "official-3" }],
    ],
  );
  m.close();
  const lost = await open({ api: { "POST /__sandbox__/code": network() } });
  assert.match((await failure(lost.wx.login())).errMsg, /^login:fail/);
  lost.close();
});

test("subscribing is asked only right after a tap, and WeChat knows of the consent first", async () => {
  const m = await open({ api: { "GET /__sandbox__/templates": { items: [{ id: "t-1", title: "诉求进度通知" }] } } });
  await m.pause(1100);
  const refused = await failure(m.wx.requestSubscribeMessage({ tmplIds: ["t-1"] }));
  assert.equal(refused.errMsg, "requestSubscribeMessage:fail can only be invoked by user TAP gesture.");
  await m.tap(".subscribe");
  assert.match(m.dialog, /诉求进度通知.*t-2/);
  m.window.document.querySelector(".pv-subscribe input[value='t-2']").checked = false;
  await m.choose("允许");
  assert.equal(m.page.data.subscribed, "accept reject");
  const consents = m.sandboxCalls.filter(({ path }) => path === "/__sandbox__/consent").map(({ body }) => body);
  assert.deepEqual(consents, [{ openid: "openid-resident-1", template_id: "t-1", result: "accept", times: 1 }]);
  await m.tap(".subscribe");
  await m.choose("拒绝");
  assert.equal(m.page.data.subscribed, "reject reject");
  assert.equal((await failure(m.wx.requestSubscribeMessage({ tmplIds: [] }))).errCode, 10001);
  m.close();
});

test("the phone number button gives a code, after the privacy terms", async () => {
  const m = await open({ agreed: false });
  await m.tap(".phone");
  assert.match(m.dialog, /隐私/);
  await m.choose("拒绝");
  assert.match(m.page.data.phone, /^getPhoneNumber:fail privacy/);
  await m.tap(".phone");
  await m.choose("同意");
  assert.equal(m.page.data.phone, "phone-resident-1");
  assert.equal(m.window.localStorage.getItem("privacy:resident-1"), "agreed");
  await m.tap(".phone");
  assert.equal(m.dialog, "", "asked once");
  m.close();
});

const AGREEING = {
  "constants/privacy.js": null,
  "pages/second/second.wxml":
    '<view wx:if="{{asked}}">{{asked}}<button id="yes" open-type="agreePrivacyAuthorization" bind:agreeprivacyauthorization="agree" /><view id="no" bind:tap="refuse" /><view id="cheat" bind:tap="agree" /></view>',
  "pages/second/second.js": `Page({ data: { asked: "" },
    onLoad() { wx.onNeedPrivacyAuthorization((resolve, { referrer }) => { this.settle = resolve; this.setData({ asked: referrer }); }); },
    agree() { this.settle({ event: "agree", buttonId: "yes" }); }, refuse() { this.settle({ event: "disagree" }); } });`,
};

test("the mini-program may ask for the consent itself, but cannot give it", async (t) => {
  const program = variant(t, AGREEING);
  const m = await mount("pages/second/second", { program, agreed: false });
  assert.equal((await m.wx.getPrivacySetting()).needAuthorization, true);
  const scan = async (button) => {
    const copied = m.wx.setClipboardData({ data: "x" }).then(
      () => "ok",
      ({ errMsg, errno }) => `${errMsg} ${errno}`,
    );
    await m.settle();
    assert.match(m.text(), /setClipboardData/);
    await m.tap(button);
    return copied;
  };
  const denied = "setClipboardData:fail privacy permission is not authorized 104";
  assert.equal(await scan("#no"), denied);
  assert.equal(await scan("#cheat"), denied, "the button was not tapped");
  assert.equal(await scan("#yes"), "ok");
  assert.equal((await m.wx.getPrivacySetting()).needAuthorization, false);
  m.close();
});

test("calls, contacts, codes and places", async () => {
  const m = await open();
  const answer = async (promise, text, written) => {
    await m.settle();
    if (written) await m.write(written);
    await m.choose(text);
    return promise;
  };
  await answer(m.wx.makePhoneCall({ phoneNumber: "12345" }), "呼叫 12345");
  const left = await answer(failure(m.wx.makePhoneCall({ phoneNumber: "12345" })), "取消");
  assert.equal(left.errMsg, "makePhoneCall:fail cancel");
  await answer(m.wx.addPhoneContact({ firstName: "甲", mobilePhoneNumber: "1" }), "创建新联系人");
  assert.equal((await answer(m.wx.scanCode(), "确定", "code-1")).result, "code-1");
  const place = m.wx.chooseLocation();
  await m.settle();
  const [first] = m.window.document.querySelectorAll(".pv-option");
  await m.choose(first.textContent);
  assert.ok((await place).name && (await place).latitude);
  await m.wx.setClipboardData({ data: "x" });
  assert.equal(m.toasts.at(-1).title, "内容已复制");
  m.close();
});

test("pictures are shown large, beginning with the chosen one", async () => {
  const m = await open();
  await m.wx.previewImage({ urls: ["https://api.example.com/media/1.jpg", "/assets/dot.png"], current: 1 });
  const shown = [...m.window.document.querySelectorAll(".pv-pictures img")].map((one) => one.getAttribute("src"));
  assert.deepEqual(shown, ["/media/1.jpg", "package/assets/dot.png"]);
  m.window.document.querySelector(".pv-pictures").click();
  assert.equal(m.window.document.querySelector(".pv-pictures"), null);
  m.close();
});

test("choosing pictures can be given up", async () => {
  const m = await open({ photos: [] });
  assert.equal((await failure(m.wx.chooseMedia({ count: 1, mediaType: ["image"] }))).errMsg, "chooseMedia:fail cancel");
  m.photos([{ name: "a.png" }, { name: "b.png" }, { name: "c.png" }]);
  const { tempFiles } = await m.wx.chooseMedia({ count: 2, mediaType: ["image"] });
  assert.deepEqual(
    [...tempFiles].map(({ tempFilePath }) => tempFilePath),
    ["wxfile://tmp_1.png", "wxfile://tmp_2.png"],
  );
  m.close();
});

test("files are written to the user's directory only, and can be sent", async () => {
  const m = await open();
  const saved = [];
  m.window.URL.createObjectURL = () => "blob:x";
  m.window.URL.revokeObjectURL = () => {};
  m.window.HTMLAnchorElement.prototype.click = function () {
    saved.push(this.download);
  };
  const manager = m.wx.getFileSystemManager();
  const filePath = `${m.wx.env.USER_DATA_PATH}/mine.json`;
  await new Promise((success, fail) => manager.writeFile({ filePath, data: "{}", success, fail }));
  const refused = await new Promise((fail) => manager.writeFile({ filePath: "/etc/x", data: "", fail }));
  assert.match(refused.errMsg, /^writeFile:fail permission denied/);
  await m.wx.shareFileMessage({ filePath, fileName: "我的数据.json" });
  assert.deepEqual(saved, ["mine.json", "我的数据.json"]);
  m.close();
});
