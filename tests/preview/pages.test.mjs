// Pages, their lives and the bars around them.
import assert from "node:assert/strict";
import test from "node:test";
import { mount, network, reply } from "../miniprogram/harness.mjs";
import { SOUND, variant } from "./variant.mjs";

const items = [{ id: 7, title: "路灯", at: 1763600000000, note: "注", state: "办结" }];
const api = { "GET /api/items": { items } };
const open = (route, options = {}) => mount(route, { program: SOUND, api, ...options });

test("templates, WXS, components and slots are drawn", async () => {
  const m = await open("pages/home/home");
  assert.equal(m.text("#count"), "共 1 条，Array");
  assert.equal(m.text(".item"), "1. 路灯2025年11月注办结！");
  assert.equal(m.title, "首页");
  m.close();
});

test("an event of a component is caught inside it, a tap on the rest goes on", async () => {
  const m = await open("pages/home/home");
  await m.tap("state-tag .tag");
  assert.equal(m.page.data.pressed, "办结");
  assert.equal(m.route, "pages/home/home");
  await m.tap(".title");
  assert.equal(m.route, "pages/detail/detail");
  m.close();
});

test("a query reaches onLoad as it was written", async () => {
  const m = await open("pages/detail/detail?id=a=b&q=%E7%94%B2");
  assert.deepEqual({ ...m.page.options }, { id: "a=b", q: "%E7%94%B2" });
  assert.equal(m.window.location.hash, "#/pages/detail/detail?id=a=b&q=%E7%94%B2");
  m.close();
});

test("the page that opens and the page that is opened talk to each other", async () => {
  const m = await open("pages/home/home");
  await m.tap(".item");
  assert.equal(m.text(".hello"), "from home");
  await m.back();
  assert.equal(m.page.data.opened, "7");
  assert.equal(m.page.shown, 2, "onShow again");
  assert.equal(m.window.getApp().closed, "7", "onUnload");
  m.close();
});

test("tab pages stay alive, other pages do not", async () => {
  const m = await open("pages/home/home");
  const home = m.page;
  await m.tab("第二页");
  assert.equal(m.text(), "第二页 1详情分包");
  await m.tap(".go");
  assert.deepEqual(m.stack, ["pages/second/second", "pages/detail/detail?id=9"]);
  await m.wx.switchTab({ url: "/pages/home/home" });
  assert.equal(m.page, home);
  assert.equal(m.window.getApp().closed, "9");
  m.close();
});

test("WeChat's rules for moving between pages", async () => {
  const m = await open("pages/home/home");
  const fails = async (call, options) =>
    (
      await m.wx[call](options).then(
        () => assert.fail(call),
        (error) => error,
      )
    ).errMsg;
  assert.equal(
    await fails("navigateTo", { url: "/pages/second/second" }),
    "navigateTo:fail can not navigateTo a tabbar page",
  );
  assert.equal(
    await fails("redirectTo", { url: "/pages/second/second" }),
    "redirectTo:fail can not redirectTo a tabbar page",
  );
  assert.equal(
    await fails("switchTab", { url: "/pages/detail/detail" }),
    "switchTab:fail can not switch to no-tabBar page",
  );
  assert.equal(await fails("navigateTo", { url: "/pages/no/no" }), 'navigateTo:fail page "pages/no/no" is not found');
  assert.equal(await fails("navigateBack", {}), "navigateBack:fail cannot navigate back at first page.");
  for (let depth = 1; depth < 10; depth += 1) await m.wx.navigateTo({ url: "../detail/detail?id=1" });
  assert.match(await fails("navigateTo", { url: "/pages/detail/detail" }), /webview count limit exceed/);
  await m.wx.navigateBack({ delta: 8 });
  assert.equal(m.stack.length, 2);
  await m.wx.redirectTo({ url: "/sub/pages/extra/extra" });
  assert.deepEqual(m.stack, ["pages/home/home", "sub/pages/extra/extra"]);
  await m.wx.reLaunch({ url: "/pages/form/form" });
  assert.deepEqual(m.stack, ["pages/form/form"]);
  m.close();
});

test("a link into the same window opens its page", async () => {
  const m = await open("pages/home/home");
  m.window.location.hash = "#/pages/detail/detail?id=3";
  await m.waitFor(() => m.route === "pages/detail/detail");
  m.window.location.hash = "#/pages/unknown/unknown";
  await m.settle();
  assert.equal(m.route, "pages/detail/detail");
  m.close();
});

test("an address of no page opens the home page", async () => {
  const m = await open("pages/unknown/unknown");
  assert.equal(m.route, "pages/home/home");
  m.close();
});

test("pulling down and reaching the end", async () => {
  const m = await open("pages/home/home");
  await m.pullDown();
  assert.equal(m.page.data.refreshed, 1);
  assert.equal(m.window.document.querySelector(".pv-refreshing"), null, "the sign goes when the page says so");
  await m.reachBottom();
  assert.equal(m.page.data.bottom, 1);
  await m.tab("第二页");
  await assert.rejects(m.wx.startPullDownRefresh(), { errMsg: /not enabled/ });
  m.close();
});

test("forwarding shows the card that the page makes", async () => {
  const m = await open("pages/home/home");
  await m.tap(".share");
  assert.match(m.dialog, /来看看 \/pages\/home\/home/);
  await m.choose("确定");
  assert.equal(m.dialog, "");
  m.close();
});

test("putting the phone away and taking it up again", async () => {
  const m = await open("pages/home/home");
  await m.leaveAndReturn();
  assert.equal(m.page.shown, 2);
  assert.equal(m.window.getApp().shown, 2);
  assert.equal(m.q("state-tag").__wxElement.data.shown, 1, "a component hears of it from when it is there");
  m.close();
});

test("the app learns how it was opened", async () => {
  const m = await open("pages/detail/detail?id=5");
  const { path, query } = m.window.getApp().launched;
  assert.equal(path, "pages/detail/detail");
  assert.deepEqual({ ...query }, { id: "5" });
  await m.wx.navigateTo({ url: "/pages/form/form" });
  assert.equal(m.wx.getLaunchOptionsSync().path, "pages/detail/detail", "wherever one went since");
  m.close();
});

test("an error in a page is told, shown, and given to onError", async () => {
  const m = await open("pages/detail/detail");
  await m.tap(".fail");
  assert.match(String(m.errors[0]), /boom/);
  assert.equal(m.window.getApp().lastError, "boom");
  assert.match(m.window.document.querySelector(".pv-fault").textContent, /boom/);
  assert.throws(() => m.close(), /errors in the mini-program: .*boom/);
});

test("a promise that fails unheard is told as well", async () => {
  const m = await open("pages/home/home", { api: { "GET /api/items": network() } });
  assert.match(m.errors[0].errMsg, /^request:fail/);
  assert.throws(() => m.close(), /request:fail/);
});

test("a request without an answer fails the test", async () => {
  const m = await open("pages/home/home", { api: {} });
  m.errors.length = 0;
  assert.throws(() => m.close(), /requests without an answer/);
});

test("browser objects are out of the mini-program's sight, its own names are not", async (t) => {
  const program = variant(t, {
    "pages/second/second.js": `
const location = "mine";
function fetch() { return "own"; }
Page({ onTabItemTap() {}, onLoad() {
  this.seen = [typeof window, typeof document, typeof localStorage, typeof URL, typeof Intl, location, fetch()];
} });`,
  });
  const m = await open("pages/second/second", { program });
  assert.deepEqual([...m.page.seen], ["undefined", "undefined", "undefined", "undefined", "undefined", "mine", "own"]);
  m.close();
});

test("answers of the table: status, headers, functions with parts of the path, and lost connections", async () => {
  const answers = {
    ...api,
    "GET /api/items/:id": ({ params, query, headers }) => ({ ...params, ...query, tag: headers["x-tag"] }),
    "POST /api/items": ({ body }) => reply(201, body, { "Server-Time": "now" }),
    "GET /api/gone": { status: 404, body: { code: "not_found" } },
    "GET /api/lost": () => {
      throw network();
    },
  };
  const m = await open("pages/home/home", { api: answers });
  const ask = (options) =>
    new Promise((success) =>
      m.wx.request({ ...options, url: `https://api.example.com${options.url}`, success, fail: success }),
    );
  assert.deepEqual(
    { ...(await ask({ url: "/api/items/3", data: { q: "甲" }, header: { "X-Tag": "t" } })).data },
    { id: "3", q: "甲", tag: "t" },
  );
  const created = await ask({ url: "/api/items", method: "POST", data: { a: 1 } });
  assert.equal(created.statusCode, 201);
  assert.equal(created.header["server-time"], "now");
  assert.equal((await ask({ url: "/api/gone" })).statusCode, 404);
  assert.equal((await ask({ url: "/api/lost" })).errno, 600001);
  assert.deepEqual(m.calls.at(-3).body, { a: 1 });
  m.close();
});

test("the phone's time can be chosen", async () => {
  const m = await open("pages/home/home", { now: "2026-02-13T10:00:00+08:00" });
  const { Date: Clock } = m.window;
  assert.equal(new Clock().toISOString().slice(0, 16), "2026-02-13T02:00");
  assert.equal(new Clock(0).getHours(), 8, "phones show China's time");
  m.close();
});
