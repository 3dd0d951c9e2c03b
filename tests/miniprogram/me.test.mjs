import assert from "node:assert/strict";
import test from "node:test";
import { ME, PROGRAM_KNOWN, opened, refusal, sent } from "./appeal-views.mjs";
import { network } from "./harness.mjs";

const open = (t, me, api = {}, storage = {}) =>
  opened(t, "pages/me/me", { "GET /api/me": me, ...api }, { storage: { ...PROGRAM_KNOWN, ...storage } });

test("somebody without a name is a WeChat user, with one is called by it", async (t) => {
  assert.ok((await open(t, ME)).byText("微信用户"));
  const at = await open(t, { ...ME, name: "欧阳春晓", organisation: { name: "亳州药业", credit_code: "x" } });
  assert.match(at.text(".who"), /欧阳春晓亳州药业/);
});

for (const [title, target] of [
  ["身份信息", "pages/profile/profile"],
  ["我的通话记录", "pages/calls/calls"],
  ["凭编号查询", "pages/lookup/lookup"],
  ["设置与隐私", "pages/settings/settings"],
  ["我是负责同志或工作人员", "official/pages/bind/bind"],
])
  test(`${title} leads where it says`, async (t) => {
    const at = await open(t, ME);
    await at.tapText(title);
    assert.equal(at.route, target);
  });

const POST = { official_id: "o1", role: "staff", name: "周文清", post: "局长", unit: "教育局" };

for (const [title, target] of [
  ["收件箱", "official/pages/inbox/inbox"],
  ["办理情况", "official/pages/figures/figures"],
  ["值班安排", "official/pages/duty/duty"],
])
  test(`who acts for a post finds ${title}`, async (t) => {
    const at = await open(t, { ...ME, posts: [POST] });
    assert.ok(at.byText("周文清 · 教育局 · 局长（代办）"));
    assert.equal(at.byText("我是负责同志"), null);
    await at.tapText(title);
    assert.equal(at.route, target);
  });

test("a resident sees no inbox", async (t) => {
  const at = await open(t, ME);
  assert.equal(at.byText("收件箱"), null);
});

test("one tap asks for one message of each kind", async (t) => {
  const at = await open(t, ME, { "POST /api/subscriptions": { left: {} } });
  assert.ok(at.byText("进展、答复、补充各收一条"));
  await at.tapText("接收消息");
  await at.choose("允许");
  await at.waitFor(() => at.toasts.some(({ title }) => title.includes("下次有进展会告诉您")), "the thanks");
  const [request] = sent(at, "POST", "/api/subscriptions");
  assert.deepEqual(request.body.results, { tp: "accept", ta: "accept", ts: "accept" });
});

test("who says no is told where to change that", async (t) => {
  const at = await open(t, ME);
  await at.tapText("接收消息");
  await at.choose("拒绝");
  await at.waitFor(() => at.dialog.includes("订阅消息"), "the way to the settings");
  await at.choose("知道了");
  assert.equal(sent(at, "POST", "/api/subscriptions").length, 0);
});

test("large text is switched here, for all pages and the next start", async (t) => {
  const at = await open(t, ME);
  assert.equal(at.all(".large").length, 0);
  await at.tap("switch");
  assert.equal(at.all(".screen.large").length, 1);
  assert.equal(at.wx.getStorageSync("1:large").value, true);
  await at.tap("switch");
  assert.equal(at.all(".screen.large").length, 0);
});

test("without network the phone shows whom it knows", async (t) => {
  const at = await open(t, network, {}, { "1:me": { value: { ...ME, name: "老李" } } });
  assert.ok(at.byText("老李"));
});

test("a first load that fails says why and can be tried again", async (t) => {
  let working = false;
  const at = await open(t, () => (working ? ME : refusal(403, "该账号存在风险")), {
    "POST /api/session": { token: "t", me: undefined },
  });
  assert.ok(at.byText("该账号存在风险"));
  working = true;
  await at.tapText("再试一次");
  assert.ok(at.byText("微信用户"));
});
