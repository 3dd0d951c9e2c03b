import assert from "node:assert/strict";
import test from "node:test";
import { network } from "./harness.mjs";
import { handler, losing, end, open, page, post, refusal, sent } from "./official-views.mjs";

const BIND = "POST /api/official/bind";
const CODE = "ToH9AS7wXI2U99RP2IQOR0tOs07TU8D5cGfegIUMybw";
const NOBODY = handler([]);
const bound = (change = {}, me = {}) => handler([post(change)], me);
const bind = (query, api = {}, more = {}) => open(`bind/bind${query}`, { ...api }, { me: NOBODY, ...more });
const bodies = (at) => sent(at, "POST", "/api/official/bind").map(({ body }) => body);

for (const [what, query] of [
  ["a link", `?invitation=${CODE}`],
  ["a mini-program code", `?scene=${encodeURIComponent(`invitation=${CODE}`)}`],
  ["a code that is bare", `?scene=${CODE}`],
  ["an ordinary QR code", `?q=${encodeURIComponent(`https://city.example.gov.cn/bind?invitation=${CODE}`)}`],
]) {
  test(`opened by ${what}, it binds only when the person confirms`, async () => {
    const at = await bind(query, { [BIND]: bound() });
    assert.match(at.text(), /绑定以后.*发到您的服务号.*已读到邀请码/);
    assert.deepEqual(bodies(at), []);
    await at.tapText("确认绑定");
    assert.deepEqual(bodies(at), [{ invitation: CODE }]);
    assert.match(at.text(), /绑定成功.*教育局 局长.*周文清/);
    await end(at);
  });
}

test("afterwards this phone knows the posts, and the inbox opens", async () => {
  const at = await bind(`?invitation=${CODE}`, { [BIND]: bound(), "GET /api/official/inbox": page([]) });
  await at.tapText("确认绑定");
  const kept = JSON.parse(at.window.localStorage.getItem("phone:resident-1:1:me")).data.value;
  assert.deepEqual(kept.posts, [post()]);
  await at.tapText("进入收件箱");
  assert.equal(at.stack.at(-1), "official/pages/inbox/inbox");
  await end(at);
});

test("who does not follow the Official Account is reminded to", async () => {
  const at = await bind(`?invitation=${CODE}`, { [BIND]: bound({}, { follows_official_account: false }) });
  await at.tapText("确认绑定");
  assert.match(at.text(), /还差一步：关注服务号/);
  await end(at);
  const follower = await bind(`?invitation=${CODE}`, { [BIND]: bound() });
  await follower.tapText("确认绑定");
  assert.ok(!follower.text().includes("关注服务号"));
  await end(follower);
});

test("staff are shown as such, and asked for the name by which they are put on duty", async () => {
  const me = bound({ role: "staff" });
  const at = await bind(`?invitation=${CODE}`, { [BIND]: me, "PATCH /api/me": { ...me, name: "张小燕" } });
  await at.tapText("确认绑定");
  assert.match(at.text(), /周文清 的工作人员（代办）/);
  await at.type("input", "张小燕");
  await at.tapText("保存姓名");
  assert.deepEqual(sent(at, "PATCH", "/api/me")[0].body, { name: "张小燕" });
  assert.ok(!at.text().includes("您怎么称呼"));
  await end(at);
});

test("the server's sentence about a used invitation is shown, and another one can be tried", async () => {
  const words = "这个邀请码已被使用，请向管理员索取新的邀请码";
  const at = await bind(`?invitation=${CODE}`, { [BIND]: refusal(409, words) });
  await at.tapText("确认绑定");
  assert.ok(at.text().includes(words));
  await at.tapText("换一个");
  assert.match(at.text(), /扫一扫邀请码/);
  assert.ok(!at.text().includes(words));
  await end(at);
});

test("a lost connection is repeated with the same key", async () => {
  const answer = losing(bound(), network);
  const at = await bind(`?invitation=${CODE}`, { [BIND]: () => answer() });
  await at.tapText("确认绑定");
  assert.match(at.text(), /正在绑定……/);
  await at.waitFor(() => /绑定成功/.test(at.text()));
  const keys = sent(at, "POST", "/api/official/bind").map(({ headers }) => headers["idempotency-key"]);
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  await end(at);
});

test("a typed code is taken out of whatever was pasted; nonsense is refused with a word", async () => {
  const at = await bind("", { [BIND]: bound() });
  await at.type("input", "你好 世界");
  await at.tapText("使用这个邀请码");
  assert.match(at.text(), /没有读到邀请码，请核对后再试/);
  await at.type("input", ` https://city.example.gov.cn/?a=1&invitation=${CODE} `);
  await at.tapText("使用这个邀请码");
  await at.tapText("确认绑定");
  assert.deepEqual(bodies(at), [{ invitation: CODE }]);
  await end(at);
});

for (const typed of [
  "k7mp2qxw94tn",
  " K7MP 2QXW 94TN ",
  "K7MP－2QXW－94TN",
  "Ｋ７ＭＰ２ＱＸＷ９４ＴＮ",
  "K7MP-2QXW-94TN",
]) {
  test(`a code from a sheet may be typed as ${typed}`, async () => {
    const at = await bind("", { [BIND]: bound() });
    await at.type("input", typed);
    await at.tapText("使用这个邀请码");
    assert.match(at.text(), /已读到邀请码 ?K7MP-2QXW-94TN/, "to be compared with the sheet");
    await at.tapText("确认绑定");
    assert.deepEqual(bodies(at), [{ invitation: "K7MP-2QXW-94TN" }]);
    await end(at);
  });
}

test("a mini-program code's scene carries it too", async () => {
  const at = await bind("?scene=K7MP2QXW94TN", { [BIND]: bound() });
  await at.tapText("确认绑定");
  assert.deepEqual(bodies(at), [{ invitation: "K7MP-2QXW-94TN" }]);
  await end(at);
});

test("a scanned code is read; closing the scanner changes nothing", async () => {
  const at = await bind("", { [BIND]: bound() });
  await at.tapText("扫一扫邀请码");
  await at.write(CODE);
  await at.choose("确定");
  assert.match(at.text(), /已读到邀请码/);
  await end(at);
  const closed = await bind("");
  await closed.tapText("扫一扫邀请码");
  await closed.choose("取消");
  assert.match(closed.text(), /扫一扫邀请码/);
  assert.ok(!closed.text().includes("没有读到"));
  await end(closed);
});

test("who is bound already sees to what", async () => {
  const at = await open("bind/bind", {});
  assert.match(at.text(), /已经可以办理：.*教育局 局长 周文清/);
  await end(at);
});
