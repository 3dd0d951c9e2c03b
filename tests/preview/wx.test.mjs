// The wx object.
import assert from "node:assert/strict";
import test from "node:test";
import { mount, network, reply } from "../miniprogram/harness.mjs";
import { SOUND } from "./variant.mjs";

const open = (options = {}) => mount("pages/form/form", { program: SOUND, ...options });
const failure = (promise) =>
  promise.then(
    () => assert.fail("it did not fail"),
    (error) => ({ ...error }),
  );
const base = "https://api.example.com";

test("callbacks come later and in order; without them there is a promise", async () => {
  const m = await open();
  const heard = [];
  const answer = m.wx.getNetworkType({
    success: ({ networkType }) => heard.push(networkType),
    complete: ({ errMsg }) => heard.push(errMsg),
  });
  assert.equal(answer, undefined);
  assert.deepEqual(heard, []);
  await m.settle();
  assert.deepEqual(heard, ["wifi", "getNetworkType:ok"]);
  assert.equal((await m.wx.getNetworkType()).networkType, "wifi");
  m.close();
});

test("an error in a callback is an error of the mini-program", async () => {
  const m = await open();
  m.wx.hideToast({
    success() {
      throw new Error("mine");
    },
  });
  await m.settle();
  assert.equal(m.errors.length, 1);
  assert.throws(() => m.close(), /mine/);
});

test("what is not there throws, and nothing can be put there", async () => {
  const m = await open();
  assert.throws(() => m.wx.getLocation, /wx\.getLocation is not part of this preview/);
  assert.throws(() => {
    m.wx.extra = 1;
  }, /cannot be set/);
  assert.equal(m.wx.canIUse("getLocation"), false);
  assert.equal(m.wx.canIUse("request"), true);
  assert.equal(m.wx.then, undefined);
  m.close();
});

test("storage belongs to one person's phone", async () => {
  const m = await open({ storage: { token: "t" } });
  assert.equal(m.wx.getStorageSync("token"), "t");
  assert.equal(m.wx.getStorageSync("nothing"), "");
  m.wx.setStorageSync("draft", { a: [1] });
  assert.equal(m.wx.getStorageSync("draft").a[0], 1);
  assert.deepEqual([...m.wx.getStorageInfoSync().keys], ["token", "draft"]);
  assert.equal(m.window.localStorage.getItem("phone:resident-1:draft"), '{"data":{"a":[1]}}');
  m.window.localStorage.setItem("phone:resident-10:draft", "x");
  m.wx.removeStorageSync("token");
  m.wx.clearStorageSync();
  assert.deepEqual([...m.wx.getStorageInfoSync().keys], []);
  assert.equal(m.window.localStorage.getItem("phone:resident-10:draft"), "x", "another phone is left alone");
  assert.throws(() => m.wx.setStorageSync("large", "x".repeat(1024 * 1024)), /exceed storage item max length/);
  m.close();
});

test("requests: queries, forms, JSON, text and headers", async () => {
  const echo = ({ query, body, headers }) => ({ query, body, headers });
  const m = await open({ api: { "GET /api/x": echo, "POST /api/x": echo, "GET /api/text": reply(200, "no json") } });
  const ask = (options) => new Promise((success, fail) => m.wx.request({ success, fail, ...options }));
  const { data } = await ask({
    url: `${base}/api/x?a=1`,
    data: { b: "二", c: undefined },
    header: { Cookie: "c", "X-A": 1 },
  });
  assert.deepEqual({ ...data.query }, { a: "1", b: "二" });
  assert.equal(data.headers["x-a"], "1");
  assert.equal(data.headers.cookie, undefined);
  assert.equal(data.headers["content-type"], "application/json");
  assert.equal((await ask({ url: `${base}/api/x`, method: "POST", data: { a: 1 } })).data.body.a, 1);
  const header = { "content-type": "application/x-www-form-urlencoded" };
  assert.equal(
    (await ask({ url: `${base}/api/x`, method: "POST", data: { a: 1, b: "&" }, header })).data.body,
    "a=1&b=%26",
  );
  assert.equal((await ask({ url: `${base}/api/text` })).data, "no json");
  m.close();
});

test("requests fail as WeChat's do", async () => {
  const m = await open({ api: { "GET /api/lost": network(), "GET /api/slow": () => new Promise(() => {}) } });
  const ask = (url) => new Promise((resolve, reject) => m.wx.request({ url, success: resolve, fail: reject }));
  assert.deepEqual(await failure(ask(`${base}/api/lost`)), {
    errMsg: "request:fail net::ERR_CONNECTION_REFUSED",
    errno: 600001,
  });
  assert.equal((await failure(ask("https://elsewhere.example.com/"))).errno, 600002);
  await m.goOnline(false);
  assert.match((await failure(ask(`${base}/api/lost`))).errMsg, /ERR_INTERNET_DISCONNECTED/);
  await m.goOnline();
  const given = new Promise((resolve) => {
    const task = m.wx.request({ url: `${base}/api/slow`, fail: resolve });
    setTimeout(() => task.abort(), 10);
  });
  assert.equal((await given).errMsg, "request:fail abort");
  const early = new Promise((resolve) => m.wx.request({ url: `${base}/api/slow`, fail: resolve }).abort());
  assert.equal((await early).errMsg, "request:fail abort");
  m.close();
});

test("uploads send one file with its fields, tell the progress, and give text back", async () => {
  const m = await open({
    api: { "POST /api/uploads": reply(201, { id: "p1" }) },
    photos: [{ name: "a.jpg", bytes: "1234" }],
  });
  await m.tap(".photo");
  const progress = [];
  const result = await new Promise((success, fail) => {
    const options = {
      url: `${base}/api/uploads`,
      filePath: m.page.data.photos[0],
      name: "file",
      formData: { kind: "x" },
    };
    const task = m.wx.uploadFile({ ...options, header: { Authorization: "Bearer t" }, success, fail });
    task.onProgressUpdate(({ progress: percent }) => progress.push(percent));
  });
  assert.equal(result.statusCode, 201);
  assert.equal(result.data, '{"id":"p1"}');
  assert.deepEqual(progress, [100]);
  const { body, headers } = m.calls[0];
  assert.deepEqual(body, { kind: "x", file: { name: "a.jpg", type: "image/jpeg", size: 4 } });
  assert.equal(headers.authorization, "Bearer t");
  const missing = new Promise((fail) =>
    m.wx.uploadFile({ url: `${base}/api/uploads`, filePath: "wxfile://no", name: "f", fail }),
  );
  assert.match((await missing).errMsg, /file not found/);
  m.close();
});

test("the network's state is told when it changes", async () => {
  const m = await open();
  const heard = [];
  const listener = ({ isConnected, networkType }) => heard.push(`${isConnected} ${networkType}`);
  m.wx.onNetworkStatusChange(listener);
  await m.goOnline(false);
  await m.goOnline();
  m.wx.offNetworkStatusChange(listener);
  await m.goOnline(false);
  assert.deepEqual(heard, ["false none", "true wifi"]);
  m.close();
  const other = await open({ online: false });
  assert.equal((await other.wx.getNetworkType()).networkType, "none");
  other.close();
});

test("the theme is told when it changes", async () => {
  const m = await open();
  const heard = [];
  m.wx.onThemeChange(({ theme }) => heard.push(theme));
  await m.chooseTheme("dark");
  m.wx.offThemeChange();
  await m.chooseTheme("light");
  assert.deepEqual(heard, ["dark"]);
  m.close();
});

test("large text is a setting of the phone", async () => {
  const m = await open({ largeText: true });
  assert.equal(m.wx.getAppBaseInfo().fontSizeScaleFactor, 1.35);
  m.close();
});

test("measuring elements", async () => {
  const m = await open();
  const rect = await new Promise((resolve) =>
    m.wx.createSelectorQuery().select("#name").boundingClientRect(resolve).exec(),
  );
  assert.equal(typeof rect.width, "number");
  await assert.rejects(m.wx.pageScrollTo({ selector: "#nothing" }), { errMsg: /not found/ });
  await m.wx.pageScrollTo({ scrollTop: 0 });
  m.close();
});
