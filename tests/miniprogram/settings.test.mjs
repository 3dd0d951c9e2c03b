import assert from "node:assert/strict";
import test from "node:test";
import { ME, opened, refusal, sent } from "./appeal-views.mjs";
import { reply } from "./harness.mjs";

const open = (t, api = {}, storage = {}) => opened(t, "pages/settings/settings", api, { storage });
/** The names of the files that the mini-program has left on the phone. */
const filesOf = (at) =>
  new Promise((resolve) => {
    const dirPath = at.wx.env.USER_DATA_PATH;
    at.wx.getFileSystemManager().readdir({ dirPath, success: ({ files }) => resolve([...files]) });
  });
/** An export that was cut off before it was handed on. */
const leaveFile = (at) =>
  new Promise((resolve) => {
    at.window.URL.createObjectURL = () => "";
    const filePath = `${at.wx.env.USER_DATA_PATH}/直通车-我的数据-2026-11-01.json`;
    at.wx.getFileSystemManager().writeFile({ filePath, data: "{}", success: resolve });
  });
const ERASE = "DELETE /api/me";

test("what is stored is said, each with its reason", async (t) => {
  const at = await open(t);
  for (const words of ["微信给的用户编号", "联系您、核对企业身份，存放时加密", "这部手机里的草稿"])
    assert.ok(at.byText(words), words);
  assert.match(at.text(), /版本 /);
});

test("large text is switched here as well", async (t) => {
  const at = await open(t);
  await at.tap("switch");
  assert.equal(at.all(".screen.large").length, 1);
});

test("the export is written to a file and handed over", async (t) => {
  const everything = { me: ME, appeals: [], calls: [], exported_at: "2026-11-20T02:30:00.000Z" };
  const at = await open(t, { "GET /api/me/export": everything });
  const files = [];
  at.window.URL.createObjectURL = (file) => files.push(file);
  at.window.URL.revokeObjectURL = () => {};
  const names = [];
  at.window.HTMLAnchorElement.prototype.click = function () {
    names.push(this.download);
  };
  await at.tapText("导出我的数据");
  await at.waitFor(() => names.length === 2, "the file, written and handed over");
  assert.deepEqual(new Set(names), new Set(["直通车-我的数据-2026-11-20.json"]));
  assert.deepEqual(JSON.parse(await textOf(at, files[0])), everything);
  assert.equal(at.byText("没能完成"), null);
  await at.settle();
  assert.deepEqual(await filesOf(at), [], "the phone keeps no copy");
});

test("an export that fails says why", async (t) => {
  const at = await open(t, { "GET /api/me/export": refusal(429, "操作太频繁，请稍等片刻再试") });
  await at.tapText("导出我的数据");
  assert.ok(at.byText("操作太频繁，请稍等片刻再试"));
  assert.ok(at.byText("导出我的数据"));
});

test("erasing says what goes and what stays, and asks twice", async (t) => {
  const at = await open(t, { [ERASE]: reply(204) });
  await at.tapText("删除个人信息，不再使用");
  for (const words of ["会删除", "诉求里的照片、手机号、地点、企业信息", "会保留", "办理情况的统计数字"])
    assert.ok(at.byText(words), words);
  await at.tap("#erase");
  assert.match(at.dialog, /注销后无法恢复/);
  await at.choose("再想想");
  assert.equal(sent(at, "DELETE", "/api/me").length, 0);
});

test("erasing empties the phone and begins anew", async (t) => {
  const at = await open(
    t,
    { [ERASE]: reply(204) },
    {
      "1:mine": { value: [] },
      "1:me": { value: ME },
      "1:large": { value: true },
    },
  );
  await leaveFile(at);
  await at.tapText("删除个人信息，不再使用");
  await at.tap("#erase");
  await at.choose("确定注销");
  await at.waitFor(() => at.route === "pages/directory/directory", "the first page");
  assert.deepEqual(await filesOf(at), []);
  assert.equal(at.wx.getStorageSync("1:mine"), "");
  assert.equal(at.wx.getStorageSync("1:me"), "");
  assert.equal(at.wx.getStorageSync("1:session"), "");
  assert.equal(at.all(".screen.large").length, 1, "whoever needs large letters keeps them");
  await at.waitFor(() => at.wx.getStorageSync("1:program"), "what every start asks for");
});

test("when it is not possible the server's sentence says why, and nothing is lost", async (t) => {
  const words = "您还有未办结的诉求，请先撤回或等待办结后再注销";
  const at = await open(t, { [ERASE]: refusal(409, words, { appeals: ["x"] }) }, { "1:me": { value: ME } });
  await at.tapText("删除个人信息，不再使用");
  await at.tap("#erase");
  await at.choose("确定注销");
  await at.waitFor(() => at.byText(words), "the sentence");
  assert.equal(at.route, "pages/settings/settings");
  assert.equal(at.wx.getStorageSync("1:me").value.id, ME.id);
});

/** What a file of the page holds. */
function textOf(at, file) {
  return new Promise((resolve) => {
    const reader = new at.window.FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsText(file);
  });
}
