import assert from "node:assert/strict";
import test from "node:test";
import { SEEN, kept, refusal, sent } from "./directory-views.mjs";
import { network } from "./harness.mjs";
import {
  DRAFT,
  SUBMIT,
  TAKEN,
  button,
  draftOf,
  keyOf,
  left,
  open,
  submit,
  submitted,
  words,
  write,
} from "./write-views.mjs";

test("a submission that nobody answered loses nothing: the same tap sends the same appeal with the same key", async () => {
  let away = true;
  const at = await open({ [SUBMIT]: () => (away ? network() : TAKEN) });
  await write(at, "停水三天了");
  await submit(at);
  assert.equal(button(at).textContent, "正在提交……");
  await at.waitFor(() => at.byText("继续提交", "button"));
  assert.match(at.text(), /网络不稳，内容已保存在手机里，联网后点“继续提交”/);
  assert.equal(words(at), "停水三天了");
  assert.equal(draftOf(at).sent, true);
  away = false;
  await submit(at);
  assert.equal(at.stack.at(-1), "pages/appeal/appeal?id=p9&new=1");
  const requests = submitted(at);
  assert.ok(requests.length >= 2);
  assert.equal(new Set(requests.map(keyOf)).size, 1);
  assert.equal(new Set(requests.map(({ body }) => JSON.stringify(body))).size, 1);
  assert.equal(draftOf(at), null);
  at.close();
});

test("when the network comes back the page offers to go on", async () => {
  const at = await open({ [SUBMIT]: TAKEN }, left({ sent: true }));
  assert.match(at.text(), /上次提交没有收到回音/);
  await at.goOnline(false);
  await at.tap("#submit");
  await at.waitFor(() => at.byText("网络不稳，内容已保存在手机里，联网后点“继续提交”"));
  await at.goOnline();
  assert.match(at.text(), /网络已恢复，内容都在。点“继续提交”就能送出，不会重复/);
  at.close();
});

test("a crash while sending leaves a draft that is sent again with its key", async () => {
  const at = await open({ [SUBMIT]: () => new Promise(() => {}) });
  await write(at, "停水三天了");
  await submit(at);
  await at.waitFor(() => submitted(at).length);
  const { key, sent: wasSent, body } = draftOf(at);
  assert.equal(wasSent, true);
  assert.equal(keyOf(submitted(at)[0]), key);
  at.window.close();

  const again = await open({}, left({ ...DRAFT, key, body, sent: true, kind: "request" }));
  assert.equal(button(again).textContent, "继续提交");
  await submit(again);
  assert.equal(keyOf(submitted(again)[0]), key);
  again.close();
});

test("an attempt that had arrived with other words is explained, and leads to my appeals", async () => {
  const reused = refusal(409, "key_reused", "请求标识已用于另一次提交，请重新提交");
  const api = { [SUBMIT]: reused, "GET /api/appeals": { items: [], next: null } };
  const at = await open(api, left({ sent: true }));
  await submit(at);
  await at.waitFor(() => at.dialog.includes("刚才那份已经提交成功"));
  await at.choose("去看看");
  assert.equal(at.route, "pages/mine/mine");
  assert.equal(draftOf(at), null);
  at.close();
});

test("or its new words go on as another appeal, with a key of its own", async () => {
  let first = true;
  const reused = refusal(409, "key_reused", "请求标识已用于另一次提交，请重新提交");
  const at = await open({ [SUBMIT]: () => (first ? reused : TAKEN) }, left({ sent: true }));
  await submit(at);
  await at.waitFor(() => at.dialog.includes("刚才那份已经提交成功"));
  await at.choose("留在这里");
  assert.equal(words(at), "上次写的内容");
  assert.equal(button(at).textContent, "提交");
  first = false;
  await submit(at);
  const [one, other] = submitted(at);
  assert.notEqual(keyOf(one), keyOf(other));
  at.close();
});

test("a second tap while it is under way sends nothing", async () => {
  const at = await open({ [SUBMIT]: () => new Promise(() => {}) }, { storage: kept({ ...SEEN, program: {} }) });
  await write(at, "停水");
  at.page.submit(); // two taps before the screen has changed
  at.page.submit();
  await at.waitFor(() => submitted(at).length);
  await at.settle();
  assert.equal(submitted(at).length, 1);
  at.window.close();
});

test("while it is under way the button says so and does nothing", async () => {
  const at = await open({ [SUBMIT]: () => new Promise(() => {}) });
  await write(at, "停水");
  await submit(at);
  await at.waitFor(() => submitted(at).length);
  await at.tap("#submit");
  assert.equal(submitted(at).length, 1);
  assert.equal(at.dialog, "");
  at.window.close();
});

/** A submission that the test answers when it likes. */
function holding() {
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  return { api: { [SUBMIT]: () => held }, answer };
}

test("who has left the page meanwhile is told, and stays where they are", async () => {
  const { api, answer } = holding();
  const at = await open({ ...api, "GET /api/appeals": { items: [], next: null } }, {}, "?official_id=bz-1");
  at.wx.navigateTo({ url: "/pages/write/write?official_id=bz-1" });
  await at.settle();
  await write(at, "停水");
  await submit(at);
  await at.waitFor(() => submitted(at).length);
  await at.back();
  const before = at.stack.join();
  answer(TAKEN);
  await at.waitFor(() => at.toasts.some(({ title }) => title === "诉求已经提交，在“我的诉求”里"));
  assert.equal(at.stack.join(), before);
  at.close();
});

test("who has left a submission that then fails is told, and finds it as one that was sent", async () => {
  const { api, answer } = holding();
  const at = await open(api);
  at.wx.navigateTo({ url: "/pages/write/write?official_id=bz-1" });
  await at.settle();
  await write(at, "停水");
  await submit(at);
  await at.waitFor(() => submitted(at).length);
  assert.equal(draftOf(at).sent, true);
  await at.leaveAndReturn();
  assert.equal(draftOf(at).sent, true, "putting the phone away does not forget that it is under way");
  await at.back();
  assert.equal(draftOf(at).sent, true, "nor does leaving the page");
  answer(refusal(422, "text_too_long", "内容太长了"));
  await at.waitFor(() => at.toasts.some(({ title }) => /没有提交成功/.test(title)));
  assert.equal(at.dialog, "");
  at.close();
});
