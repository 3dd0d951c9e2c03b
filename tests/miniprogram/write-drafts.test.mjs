import assert from "node:assert/strict";
import test from "node:test";
import { button, draftOf, fieldOf, keyOf, left, open, pause, submit, submitted, words, write } from "./write-views.mjs";

test("the draft is kept while typing, said once, and restored with all its fields", async () => {
  const at = await open();
  await write(at, "停水");
  assert.equal(at.byText("草稿已保存"), null);
  await pause(at);
  assert.ok(at.byText("草稿已保存"));
  assert.equal(draftOf(at).body, "停水");
  at.close();

  const again = await open({}, left());
  assert.match(again.text(), /上次没写完的内容还在/);
  assert.equal(words(again), "上次写的内容");
  assert.equal(fieldOf(again, "title").value, "窗口");
  assert.equal(fieldOf(again, "place").value, "政务大厅");
  assert.equal(fieldOf(again, "phone").value, "13800001234");
  assert.equal(again.q("#field-kind .chosen .title").textContent, "投诉");
  assert.equal(again.q("#field-visibility .chosen .title").textContent, "同意公开答复");
  again.close();
});

test("leaving the page keeps what was typed a moment ago", async () => {
  const at = await open({}, {}, "?official_id=bz-1");
  await write(at, "刚写的");
  await at.leaveAndReturn();
  assert.equal(draftOf(at).body, "刚写的");
  at.close();
});

test("a page that is only looked at leaves no draft", async () => {
  const at = await open();
  await at.tapText("投诉", ".title");
  await pause(at);
  assert.equal(draftOf(at), null);
  at.close();
});

test("a restored draft can be emptied, after a question", async () => {
  const at = await open({}, left());
  await at.tapText("清空", "button");
  assert.match(at.dialog, /清空后找不回来/);
  await at.choose("清空");
  assert.equal(words(at), "");
  assert.equal(fieldOf(at, "place").value, "");
  assert.equal(draftOf(at), null);
  assert.match(at.text("#field-official"), /魏崇岭/);
  await write(at, "新的");
  await submit(at);
  assert.notEqual(keyOf(submitted(at)[0]), "key-1");
  at.close();
});

test("a draft to somebody else is asked about: gone on with, carried over, or dropped; until then it stays", async () => {
  const other = { officialId: "bz-2" };
  const at = await open({}, left(other));
  assert.match(at.text("left-sheet"), /上次有一份没写完.*写给顾青禾.*窗口/);
  await at.leaveAndReturn();
  assert.equal(draftOf(at).body, "上次写的内容");
  await at.tapText("继续写上次的");
  assert.match(at.text("#field-official"), /顾青禾/);
  assert.equal(words(at), "上次写的内容");
  at.close();

  const carried = await open({}, left(other));
  await carried.tapText("把上次的内容改写给魏崇岭");
  assert.match(carried.text("#field-official"), /魏崇岭/);
  assert.equal(words(carried), "上次写的内容");
  assert.equal(draftOf(carried).officialId, "bz-1");
  carried.close();

  const dropped = await open({}, left(other));
  await dropped.tapText("不要上次的了，写新的");
  assert.equal(words(dropped), "");
  assert.match(dropped.text("#field-official"), /魏崇岭/);
  assert.equal(draftOf(dropped), null);
  dropped.close();
});

test("one that may have arrived is to be finished first, and its words are given to nobody else", async () => {
  const at = await open({}, left({ officialId: "bz-2", sent: true }));
  assert.match(at.text("left-sheet"), /可能已经送到/);
  assert.equal(at.byText("把上次的内容改写给"), null);
  await at.tapText("先把上次的提交完");
  assert.equal(button(at).textContent, "继续提交");
  at.close();
});
