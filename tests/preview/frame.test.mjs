// The panel beside the phone.
import assert from "node:assert/strict";
import test from "node:test";
import { mount } from "../miniprogram/harness.mjs";
import { SOUND } from "./variant.mjs";

const people = [
  { persona: "official-1", label: "负责同志 1", group: "负责同志", about: "张三 局长 · 司法局" },
  { persona: "resident-1", label: "群众 1", group: "群众", about: "" },
  { persona: "tester", label: "tester", group: "其他人", about: "" },
];
const api = {
  "GET /api/items": { items: [] },
  "GET /__sandbox__/personas": { items: people },
  "GET /__sandbox__/clock": { offset: 0, now: "2026-11-20T02:30:00.000Z" },
  "POST /__sandbox__/clock/advance": { offset: 3600, now: "2026-11-20T03:30:00.000Z" },
  "GET /preview.json": { message_box: "http://127.0.0.1:8001" },
};

async function wide(options = {}) {
  const m = await mount("pages/home/home", { program: SOUND, api, wide: true, ...options });
  const panel = m.window.document.getElementById("panel");
  const button = (text) => [...panel.querySelectorAll("button")].find((one) => one.textContent === text);
  const press = async (text) => {
    button(text).click();
    await m.settle();
  };
  return { m, panel, button, press };
}

test("a narrow window shows the phone alone, and asks for nothing", async () => {
  const m = await mount("pages/home/home", { program: SOUND, api });
  assert.equal(m.window.document.getElementById("panel"), null);
  assert.deepEqual(m.sandboxCalls, []);
  m.close();
});

test("people stand in groups, residents first, and are found by what they are", async () => {
  const { m, panel } = await wide();
  const groups = [...panel.querySelectorAll("[role=group] h3")].map((one) => one.textContent);
  assert.deepEqual(groups, ["群众", "负责同志", "其他人"]);
  assert.equal(panel.querySelector("[aria-current]").textContent, "群众 1");
  const official = [...panel.querySelectorAll(".pv-people a")].find((one) => one.textContent.includes("张三"));
  const address = new URL(official.href);
  assert.equal(address.searchParams.get("persona"), "official-1");
  assert.equal(address.hash, "", "another person begins at the home page");
  const find = panel.querySelector("input[type=search]");
  find.value = "司法";
  find.dispatchEvent(new m.window.Event("input"));
  const shown = [...panel.querySelectorAll(".pv-people a:not([hidden])")].map((one) => one.dataset.find);
  assert.deepEqual(shown, ["负责同志 1 张三 局长 · 司法局 official-1"]);
  m.close();
});

test("the demo's time moves forward, and the page is taken up again", async () => {
  const { m, panel, press } = await wide();
  assert.match(panel.querySelector(".pv-time").textContent, /10:30.*2026年11月20日/);
  await press("1 小时");
  assert.match(panel.querySelector(".pv-time").textContent, /11:30/);
  assert.deepEqual(m.sandboxCalls.at(-1).body, { seconds: 3600 });
  assert.equal(m.page.shown, 2);
  m.close();
});

test("at an hour when no message goes out it says so, and leads to the next working morning", async () => {
  const night = { offset: 0, now: "2026-11-20T15:30:00.000Z", quiet: true, next_morning: 207000 };
  const { m, panel, press } = await wide({ api: { ...api, "GET /__sandbox__/clock": night } });
  assert.match(panel.textContent, /现在是免打扰时间/);
  await press("到下个工作日 9:00");
  assert.deepEqual(m.sandboxCalls.at(-1).body, { seconds: 207000 });
  assert.doesNotMatch(panel.textContent, /现在是免打扰时间/);
  m.close();
});

test("a clock that does not answer says so", async () => {
  const { m, panel, press } = await wide({
    api: { ...api, "POST /__sandbox__/clock/advance": { status: 502, body: {} } },
  });
  await press("1 天");
  assert.match(panel.textContent, /时间没有改变/);
  m.close();
});

test("theme and network are switched, and show how they are", async () => {
  const { m, button, press } = await wide();
  await press("深色");
  assert.equal(m.wx.getAppBaseInfo().theme, "dark");
  assert.equal(button("深色").getAttribute("aria-pressed"), "true");
  assert.equal(m.window.sessionStorage.getItem("preview:theme"), "dark", "this tab only");
  await press("断网");
  assert.equal((await m.wx.getNetworkType()).networkType, "none");
  await press("断网");
  assert.equal(button("断网").getAttribute("aria-pressed"), "false");
  await press("下拉刷新");
  assert.equal(m.page.data.refreshed, 1);
  m.close();
});

test("the message box is opened for the same person", async () => {
  const { m, panel } = await wide({ persona: "official-1" });
  const link = panel.querySelector("a[target=box]");
  assert.equal(link.href, "http://127.0.0.1:8001/?persona=official-1");
  assert.ok(!link.hidden);
  m.close();
});

test("the person stands in the address, and is remembered by the tab", async () => {
  const { m } = await wide({ persona: "official-1" });
  assert.equal(m.window.location.search, "?persona=official-1");
  assert.equal(m.window.sessionStorage.getItem("preview:persona"), "official-1");
  m.close();
});
