// The built-in tags.
import assert from "node:assert/strict";
import test from "node:test";
import { mount } from "../miniprogram/harness.mjs";
import { SOUND, variant } from "./variant.mjs";

const open = (options = {}) => mount("pages/form/form", { program: SOUND, ...options });

/** A page made of the given template and the fields of its Page({...}). */
async function page(t, template, script = "") {
  const changes = { "pages/second/second.wxml": template, "pages/second/second.js": `Page({ ${script} });` };
  return mount("pages/second/second", { program: variant(t, changes) });
}

test("a form collects its named fields", async () => {
  const m = await open();
  await m.type("#name", "张三");
  await m.type("textarea", "第一行");
  await m.tap("#bad");
  await m.tap("#red");
  await m.tap("#blue");
  await m.tap("#red");
  await m.tap("#agree");
  await m.pick(".kind", "求助");
  await m.pick(".day", "2026-11-20");
  await m.tap(".submit");
  const expected = {
    name: "张三",
    text: "第一行",
    mood: "bad",
    colors: ["blue"],
    agree: true,
    kind: 1,
    day: "2026-11-20",
  };
  assert.deepEqual(m.data.sent, expected);
  m.close();
});

test("a form resets its fields", async (t) => {
  const template = `<form bind:reset="onReset"><input name="a" value="x" /><switch name="b" checked /><button form-type="reset" id="r">清空</button></form>`;
  const m = await page(t, template, "onReset() { this.done = true; }");
  await m.tap("#r");
  assert.ok(m.page.done);
  assert.equal(m.q("input").field.value(), "");
  assert.equal(m.q("switch").getAttribute("aria-checked"), "false");
  m.close();
});

test("a label taps what it names, or what it holds", async (t) => {
  const m = await page(
    t,
    '<label for="far" id="a">远</label><switch id="far" /><label id="b"><switch id="near" />近</label>',
  );
  await m.tap("#a");
  assert.equal(m.q("#far").getAttribute("aria-checked"), "true");
  await m.tap("#b");
  assert.equal(m.q("#near").getAttribute("aria-checked"), "true");
  await m.tap("#near");
  assert.equal(m.q("#near").getAttribute("aria-checked"), "false", "once for a tap inside");
  m.close();
});

test("choices speak to assistive technology", async () => {
  const m = await open();
  const state = (selector) => [m.q(selector).getAttribute("role"), m.q(selector).getAttribute("aria-checked")];
  assert.deepEqual(state("#good"), ["radio", "true"]);
  assert.deepEqual(state("#red"), ["checkbox", "false"]);
  assert.deepEqual(state("#agree"), ["switch", "false"]);
  await m.tap("#bad");
  assert.deepEqual(state("#good"), ["radio", "false"]);
  m.close();
});

test("aria attributes, hidden and roles reach the document", async (t) => {
  const m = await page(
    t,
    '<view id="a" aria-role="status" aria-label="名" aria-live="polite" aria-expanded="{{false}}" hidden>x</view><view id="b" role="heading">y</view>',
  );
  const a = m.q("#a");
  assert.equal(a.getAttribute("role"), "status");
  assert.equal(a.getAttribute("aria-label"), "名");
  assert.equal(a.getAttribute("aria-live"), "polite");
  assert.equal(a.getAttribute("aria-expanded"), "false");
  assert.ok(a.hasAttribute("data-hidden"));
  assert.equal(m.q("#b").getAttribute("role"), "heading");
  m.close();
});

test("hover-class holds while pressed, with the component's own name", async () => {
  const api = { "GET /api/items": { items: [{ id: 1, state: "办结" }] } };
  const m = await mount("pages/home/home", { program: SOUND, api });
  const tag = m.q("state-tag .tag");
  tag.dispatchEvent(new m.window.PointerEvent("pointerdown", { bubbles: true }));
  assert.match(tag.className, /^c\w+--tag c\w+--tag-pressed$/);
  tag.dispatchEvent(new m.window.PointerEvent("pointerup", { bubbles: true }));
  await m.waitFor(() => !/pressed/.test(tag.className));
  m.close();
});

test("a disabled button does nothing, a pressed key does what a tap does", async (t) => {
  const m = await page(
    t,
    '<button id="off" disabled bind:tap="count" form-type="submit" /><button id="on" bind:tap="count" /><view id="v" bind:tap="count" />',
    "n: 0, count() { this.n += 1; }",
  );
  await m.tap("#off");
  assert.equal(m.page.n, 0);
  assert.equal(m.q("#off").tabIndex, -1);
  m.q("#on").dispatchEvent(new m.window.KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  assert.equal(m.page.n, 1);
  m.close();
});

test("touches and long presses", async (t) => {
  const m = await page(
    t,
    '<view id="v" bind:touchstart="note" bind:touchend="note" bind:longpress="note" bind:tap="note" data-a="1" />',
    "seen: [], note(e) { this.seen.push(e.type); this.last = e; }",
  );
  const view = m.q("#v");
  view.dispatchEvent(new m.window.PointerEvent("pointerdown", { bubbles: true, clientX: 5, clientY: 6 }));
  await m.waitFor(() => m.page.seen.includes("longpress"));
  view.dispatchEvent(new m.window.PointerEvent("pointerup", { bubbles: true }));
  await m.tap("#v");
  assert.deepEqual([...m.page.seen], ["touchstart", "longpress", "touchend", "touchstart", "touchend", "tap"]);
  assert.equal(m.page.last.currentTarget.dataset.a, "1");
  assert.equal(m.page.last.changedTouches[0].clientX, 1);
  m.close();
});

test("an input tells what is typed, confirmed, focused and left", async (t) => {
  const m = await page(
    t,
    '<input id="i" value="{{v}}" maxlength="5" placeholder="写" placeholder-class="ph" bind:input="note" bind:focus="note" bind:blur="note" bind:confirm="note" disabled="{{off}}" />',
    "data: { v: '甲', off: false }, seen: [], note({ type, detail }) { this.seen.push(`${type} ${detail.value}`); }",
  );
  const native = m.q("#i").querySelector("input");
  assert.equal(native.value, "甲");
  assert.equal(native.maxLength, 5);
  assert.equal(native.placeholder, "写");
  assert.match(m.q("#i .pv-hint").className, /ph/);
  assert.equal(m.text(), "", "a hint is no text of the page");
  await m.type("#i", "乙");
  native.dispatchEvent(new m.window.KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  assert.deepEqual([...m.page.seen], ["focus 甲", "input 乙", "confirm 乙", "blur 乙"]);
  m.page.setData({ v: "丙", off: true });
  assert.equal(native.value, "丙");
  assert.ok(native.disabled);
  m.close();
});

test("half a syllable is no input", async (t) => {
  const m = await page(
    t,
    '<textarea id="t" bind:input="note" />',
    "seen: [], note({ detail }) { this.seen.push(detail.value); }",
  );
  const native = m.q("#t").querySelector("textarea");
  native.value = "ni";
  native.dispatchEvent(new m.window.InputEvent("input", { isComposing: true, bubbles: true }));
  native.value = "你";
  native.dispatchEvent(new m.window.CompositionEvent("compositionend", { bubbles: true }));
  assert.deepEqual([...m.page.seen], ["你"]);
  m.close();
});

test("model:value keeps data and field alike", async (t) => {
  const m = await page(t, '<input id="i" model:value="{{v}}" />', "data: { v: '' }");
  await m.type("#i", "双向");
  assert.equal(m.page.data.v, "双向");
  m.close();
});

test("a picker can be given up", async (t) => {
  const m = await page(
    t,
    '<picker id="p" range="{{list}}" range-key="name" bind:change="note" bind:cancel="note">x</picker><picker id="time" mode="time" start="08:00" end="20:00" bind:change="note" />',
    "data: { list: [{ name: '甲' }, { name: '乙' }] }, seen: [], note({ type, detail }) { this.seen.push(`${type} ${detail.value}`); }",
  );
  await m.tap("#p");
  await m.choose("取消");
  await m.pick("#p", 1);
  await m.pick("#time", "09:30");
  assert.deepEqual([...m.page.seen], ["cancel undefined", "change 1", "change 09:30"]);
  m.close();
});

test("a picture comes from the package, the API or this device", async (t) => {
  const m = await page(
    t,
    '<image src="/assets/dot.png" /><image src="../dot.png" lazy-load /><image src="https://api.example.com/media/1.jpg" mode="aspectFit" /><image id="e" src="data:," bind:error="note" />',
    "note({ detail }) { this.failed = detail.errMsg; }",
  );
  const sources = m.all("image").map((one) => one.querySelector("img").getAttribute("src"));
  assert.deepEqual(sources, ["package/assets/dot.png", "package/pages/dot.png", "/media/1.jpg", "data:,"]);
  assert.equal(m.all("image")[2].querySelector("img").style.objectFit, "contain");
  m.q("#e").querySelector("img").dispatchEvent(new m.window.Event("error"));
  assert.match(m.page.failed, /failed/);
  m.close();
});

test("a navigator goes the way it names", async (t) => {
  const m = await page(
    t,
    '<navigator id="a" open-type="reLaunch" url="../form/form" /><navigator id="b" url="/pages/no/no" bind:fail="note" />',
    "note({ detail }) { this.failed = detail.errMsg; }",
  );
  await m.tap("#b");
  assert.match(m.page.failed, /not found/);
  await m.tap("#a");
  assert.deepEqual(m.stack, ["pages/form/form"]);
  m.close();
});

test("progress and scroll-view", async () => {
  const m = await open();
  assert.equal(m.text("progress"), "40%");
  assert.equal(m.q("progress").getAttribute("aria-valuenow"), "40");
  const view = m.q("scroll-view");
  assert.ok(view.hasAttribute("scroll-x") && !view.hasAttribute("scroll-y") && view.hasAttribute("data-bare"));
  m.close();
});

test("a scroll-view tells when its end is reached", async (t) => {
  const m = await page(
    t,
    '<scroll-view id="s" scroll-y bind:scrolltolower="note" bind:scroll="note" />',
    "seen: [], note({ type }) { this.seen.push(type); }",
  );
  m.q("#s").dispatchEvent(new m.window.Event("scroll"));
  assert.deepEqual([...m.page.seen], ["scroll", "scrolltolower"]);
  m.close();
});

test("styles in attributes know WeChat's units", async (t) => {
  const m = await page(t, '<view id="v" style="width: {{20}}rpx; height: 10vh">x</view>');
  assert.equal(m.q("#v").style.width, "calc(20 * var(--rpx))");
  m.close();
});

test("what a tag does not have is warned of", async (t) => {
  const m = await page(t, '<view colour="red" />');
  assert.match(m.warnings.join(), /"colour" is not a valid property/);
  m.close();
});
