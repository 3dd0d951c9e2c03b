import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import { entry } from "./appeal-views.mjs";

const require = createRequire(import.meta.url);
const { viewEntry } = require("../../miniprogram/services/timeline.js");
const view = (change, part = "resident") => viewEntry(entry(change), part);

test("the resident reads 您, the official does not", () => {
  assert.equal(view({}).who, "您");
  assert.equal(view({}, "official").who, "群众");
});

test("staff are always labelled 代办", () => {
  assert.equal(view({ by: "staff", name: "周文清", on_behalf: true }).who, "周文清（代办）");
  assert.equal(view({ by: "official", name: "周文清" }).who, "周文清");
});

test("a quick reply is shown as what it is, with its promise", () => {
  const promised = view({ deed: "quick_reply", label: "快捷回复", due_at: new Date(Date.now() + 60000).toISOString() });
  assert.match(promised.note, /^承诺.* 前联系您（这不是答复）$/);
  assert.equal(view({ deed: "quick_reply", label: "快捷回复" }).note, "已看到诉求（这不是答复）");
  assert.notEqual(promised.tone, "good");
});

test("a rung says which clock it is about", () => {
  const rung = (deed, outcome) => view({ deed, label: "提醒", outcome, by: "system" }).title;
  assert.equal(rung("remind", "contact remind_half"), "提醒：联系期限已过半");
  assert.equal(rung("remind", "answer remind_last"), "提醒：答复期限只剩一个工作日");
  assert.equal(rung("urge", "answer urge"), "催办：答复期限已过");
  assert.equal(rung("supervise", "contact supervise"), "联系逾期仍未办理，已列入督办");
  assert.equal(rung("promise_broken", "promise promise_broken"), "承诺联系的时间已过");
});

test("an outcome is said in words", () => {
  const title = (deed, outcome, more = {}) => view({ deed, label: "？", outcome, ...more }).title;
  assert.equal(title("contact", "no_answer"), "联系：无人接听");
  assert.equal(title("rate", "partly fairly"), "评价：部分解决，基本满意");
  assert.equal(title("answer", "explained"), "答复：说明原因");
  assert.equal(title("extend", "5"), "同意延期 5 个工作日");
  assert.equal(title("refuse_extension", "5"), "不同意延期 5 个工作日");
  assert.equal(title("reopen", ""), "要求重办");
  assert.equal(title("reopen", "", { by: "supervisor" }), "重新办理");
  assert.equal(title("assign", "", { official: { name: "周文清" } }), "交给周文清办理");
});

test("what is not known yet is called as the server calls it", () => {
  assert.equal(view({ deed: "something_new", label: "新的动作" }).title, "新的动作");
  assert.equal(view({ deed: "contact", label: "联系", outcome: "by_pigeon" }).title, "联系");
});
