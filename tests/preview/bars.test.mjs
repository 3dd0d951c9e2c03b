// The bars around the pages, and what the page sets of its frame.
import assert from "node:assert/strict";
import test from "node:test";
import { mount } from "../miniprogram/harness.mjs";
import { SOUND, variant } from "./variant.mjs";

const items = [{ id: 7, title: "路灯", at: 1763600000000, note: "注", state: "办结" }];
const api = { "GET /api/items": { items } };
const open = (route, options = {}) => mount(route, { program: SOUND, api, ...options });

test("the way home from a page that was opened by a link", async () => {
  const m = await open("pages/detail/detail?id=1");
  const button = (id) => m.window.document.getElementById(id);
  assert.ok(button("phone-back").hidden);
  assert.ok(!button("phone-home").hidden);
  button("phone-home").click();
  await m.settle();
  assert.equal(m.route, "pages/home/home");
  assert.ok(button("phone-home").hidden);
  m.close();
});

test("bars follow theme.json and the theme", async () => {
  const m = await open("pages/home/home");
  const nav = m.window.document.getElementById("phone-nav");
  const tab = m.window.document.querySelectorAll("[role=tab]")[1];
  assert.equal(nav.style.background, "rgb(255, 255, 255)");
  assert.equal(nav.style.color, "rgb(0, 0, 0)");
  await m.chooseTheme("dark");
  assert.equal(nav.style.background, "rgb(27, 31, 36)");
  assert.equal(nav.style.color, "rgb(255, 255, 255)");
  assert.equal(tab.style.color, "rgb(169, 177, 187)");
  assert.equal(tab.querySelector("img").getAttribute("src"), "package/assets/dot.png");
  assert.equal(m.wx.getAppBaseInfo().theme, "dark");
  m.close();
});

test("without darkmode the mini-program stays light", async (t) => {
  const program = variant(t, { "app.json": (text) => text.replace('"darkmode": true', '"darkmode": false') });
  const m = await open("pages/home/home", { program, theme: "dark" });
  assert.equal(m.wx.getAppBaseInfo().theme, "light");
  m.close();
});

test("badges and titles", async () => {
  const m = await open("pages/home/home");
  const badge = () => m.window.document.querySelectorAll("[role=tab] b")[1];
  await m.wx.setTabBarBadge({ index: 1, text: "3" });
  assert.equal(badge().textContent, "3");
  assert.ok(!badge().hidden);
  await m.wx.removeTabBarBadge({ index: 1 });
  assert.ok(badge().hidden);
  await assert.rejects(m.wx.setTabBarBadge({ index: 9, text: "3" }), {
    errMsg: "setTabBarBadge:fail tabbar item not found: 9",
  });
  await m.wx.setNavigationBarTitle({ title: "新标题" });
  assert.equal(m.title, "新标题");
  m.close();
});

test("page-meta sets the page's style and the size of rem", async () => {
  const m = await open("pages/home/home");
  const { document } = m.window;
  assert.equal(document.querySelector("wx-page").style.color, "rgb(1, 2, 3)");
  assert.equal(document.querySelector(".pv-page").style.getPropertyValue("--rem"), "20px");
  m.close();
});
