import assert from "node:assert/strict";
import test from "node:test";
import { PROGRAM_KNOWN, answered, awaiting, detail, entry, opened, refusal, sent } from "./appeal-views.mjs";
import { reply } from "./harness.mjs";

const AWAITING = awaiting();
const open = (t, appeal, api = {}, more = {}) =>
  opened(
    t,
    "pages/appeal/appeal?id=p1",
    { "GET /api/appeals/p1": appeal, ...api },
    { storage: PROGRAM_KNOWN, ...more },
  );

/** UrgingView: heard at once, a little before the tests look. */
const urged = (change = {}) => ({
  at: "2026-11-20T02:20:00.000Z",
  again_at: "2026-11-21T02:20:00.000Z",
  messages: 2,
  heard_from: null,
  ...change,
});

test("the official's question stands on top, in the page and in the sheet", async (t) => {
  const at = await open(t, AWAITING);
  assert.match(at.text("head-card"), /负责同志想了解是几号楼？请在11月27日 18:00 前补充/);
  await at.tap("#supplement");
  assert.match(at.text("supplement-sheet"), /负责同志想了解是几号楼？/);
});

test("a supplement sends text and pictures, and shows the appeal afterwards", async (t) => {
  const after = detail({
    timeline: [entry({ number: 3, deed: "supplement", label: "补充情况", text: "三号楼" }), entry()],
  });
  const at = await open(
    t,
    AWAITING,
    {
      "POST /api/uploads": reply(201, { id: "photo1", url: "https://x/1" }),
      "POST /api/appeals/p1/supplement": after,
      "POST /api/subscriptions": { left: {} },
    },
    { photos: [{ name: "a.jpg" }] },
  );
  await at.tap("#supplement");
  await at.type("#supplement-text", " 三号楼 ");
  await at.tap("photo-picker .add");
  await at.waitFor(() => sent(at, "POST", "/api/uploads").length, "the upload");
  await at.settle();
  await at.tap("#send-supplement");
  await at.choose("拒绝");
  await at.waitFor(() => at.byText("已经补充，负责同志会看到"), "the word that it arrived");
  const [request] = sent(at, "POST", "/api/appeals/p1/supplement");
  assert.deepEqual(request.body, { text: "三号楼", photos: ["photo1"] });
  assert.match(at.text("entry-list"), /三号楼/);
  assert.equal(at.q("#supplement-text"), null, "the sheet is closed");
});

test("an empty supplement is not sent", async (t) => {
  const at = await open(t, AWAITING);
  await at.tap("#supplement");
  await at.tap("#send-supplement");
  assert.ok(at.byText("请写几句再提交"));
  assert.equal(sent(at, "POST", "/api/appeals/p1/supplement").length, 0);
});

test("a picture that did not arrive is not left out in silence", async (t) => {
  const at = await open(
    t,
    AWAITING,
    { "POST /api/uploads": refusal(422, "这张图片无法使用") },
    { photos: [{ name: "a.jpg" }] },
  );
  await at.tap("#supplement");
  await at.type("#supplement-text", "三号楼");
  await at.tap("photo-picker .add");
  await at.waitFor(() => at.byText("这张图片无法使用"), "the failed upload");
  await at.tap("#send-supplement");
  assert.ok(at.byText("有图片还没有传完"));
  assert.equal(sent(at, "POST", "/api/appeals/p1/supplement").length, 0);
});

test("a supplement lost on the way keeps its words, and the next tap repeats it under the same key", async (t) => {
  let away = true;
  const at = await open(t, AWAITING, {
    "POST /api/appeals/p1/supplement": () =>
      away ? refusal(503, "系统暂时繁忙，您的内容没有丢失，请稍后重试", {}) : detail(),
    "POST /api/subscriptions": { left: {} },
  });
  await at.tap("#supplement");
  await at.type("#supplement-text", "三号楼");
  await at.tap("#send-supplement");
  await at.waitFor(() => at.byText("您的内容没有丢失"), "the failure");
  assert.equal(
    at.q("#supplement-text textarea")?.value ?? at.q("#supplement-text").querySelector("textarea").value,
    "三号楼",
  );
  away = false;
  await at.tap("#send-supplement");
  await at.waitFor(() => at.byText("已经补充"), "the success");
  const keys = new Set(sent(at, "POST", "/api/appeals/p1/supplement").map(({ headers }) => headers["idempotency-key"]));
  assert.equal(keys.size, 1);
});

test("an unsent supplement survives leaving the page", async (t) => {
  const at = await open(t, AWAITING);
  await at.tap("#supplement");
  await at.type("#supplement-text", "写了一半");
  assert.equal(at.wx.getStorageSync("1:words:supplement:p1").value, "写了一半");
  const again = await open(t, AWAITING, {}, { storage: { "1:words:supplement:p1": { value: "写了一半" } } });
  await again.tap("#supplement");
  assert.equal(again.q("#supplement-text").querySelector("textarea").value, "写了一半");
});

test("urging says that it was done; the button works once at a time", async (t) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const late = detail({ actions: ["urge"], overdue: true });
  const at = await open(t, late, {
    "POST /api/appeals/p1/urge": () => held.then(() => detail({ urgings: 1, urging: urged() })),
  });
  await at.tap("#urge");
  assert.match(at.text("#urge"), /正在催办……/);
  await at.tap("#urge");
  release();
  await at.waitFor(() => at.byText("已经催办，负责同志会收到提醒"), "the word that it was done");
  assert.equal(sent(at, "POST", "/api/appeals/p1/urge").length, 1);
});

test("an urging in quiet hours says when it is heard, one that was spoken already says so", async (t) => {
  const answers = {
    "POST /api/appeals/p1/urge": detail({ urging: urged({ heard_from: "2026-11-21T00:00:00.000Z" }) }),
  };
  const at = await open(t, detail({ actions: ["urge"], overdue: true }), answers);
  await at.tap("#urge");
  await at.waitFor(() => at.byText("提醒将在明天 08:00 后送达负责同志"), "when it is heard");
  answers["POST /api/appeals/p1/urge"] = detail({ urging: urged({ messages: 0 }) });
  const again = await open(t, detail({ actions: ["urge"], overdue: true }), answers);
  await again.tap("#urge");
  await again.waitFor(() => again.byText("系统之前已经催办过负责同志"), "that nobody is written to anew");
});

test("who has urged within a day reads when it is possible again, and has no button", async (t) => {
  const late = detail({ actions: ["urge"], overdue: true, urging: urged() });
  const at = await open(t, late);
  assert.equal(at.q("#urge"), null);
  assert.ok(at.byText("您已经催办过，明天 10:20 以后可以再催"));
});

test("urging asks for messages from the same tap, and is sent whatever the person answers", async (t) => {
  const at = await open(t, detail({ actions: ["urge"] }), { "POST /api/appeals/p1/urge": detail() });
  await at.tap("#urge");
  assert.ok(at.dialog, "WeChat asks for consent");
  assert.equal(sent(at, "POST", "/api/appeals/p1/urge").length, 1);
  await at.choose("拒绝");
});

test("a second urging within a day is told in the server's words", async (t) => {
  const at = await open(t, detail({ actions: ["urge"] }), {
    "POST /api/appeals/p1/urge": refusal(409, "24 小时内已经催办过了，请稍后再催", {}, "urged_today"),
  });
  await at.tap("#urge");
  assert.ok(at.byText("24 小时内已经催办过了，请稍后再催"));
});

test("a rating needs both answers, each missed beside its question", async (t) => {
  const at = await open(t, answered());
  await at.tap("#rate");
  await at.tapText("解决了一部分");
  await at.tap("#send-rating");
  assert.equal(at.all("rate-sheet .error").length, 1);
  assert.equal(sent(at, "POST", "/api/appeals/p1/rate").length, 0);
  await at.tapText("基本满意");
  assert.equal(at.all("rate-sheet .error").length, 0);
});

test("a rating is sent and thanked for", async (t) => {
  const after = detail({ state: "concluded", state_label: "已办结", actions: [], deadlines: [] });
  const at = await open(t, answered(), { "POST /api/appeals/p1/rate": after });
  await at.tap("#rate");
  await at.tapText("解决了", ".title");
  await at.tapText("满意", ".title");
  await at.tapText("还想说几句");
  await at.type("#rate-comment", "办得快");
  await at.tap("#send-rating");
  const [request] = sent(at, "POST", "/api/appeals/p1/rate");
  assert.deepEqual(request.body, { resolution: "resolved", satisfaction: "satisfied", comment: "办得快" });
  assert.ok(at.byText("谢谢您的评价"));
  assert.match(at.text("head-card"), /已办结/);
});

test("who is not content reads that it can be done again", async (t) => {
  const at = await open(t, answered(), { "POST /api/appeals/p1/rate": answered({ actions: ["reopen"] }) });
  await at.tap("#rate");
  await at.tapText("没有解决");
  await at.tapText("不满意");
  await at.tap("#send-rating");
  assert.ok(at.byText("谢谢您如实评价。事情没有办好的话，可以要求重办一次"));
  assert.ok(at.q("#reopen"));
});

test("reopening needs a reason, and what was typed stays when the server says no", async (t) => {
  const at = await open(t, answered({ actions: ["reopen"] }), {
    "POST /api/appeals/p1/reopen": refusal(409, "已经重办过一次", {}, "reopen_used"),
  });
  await at.tap("#reopen");
  await at.tap("#send-reopen");
  assert.ok(at.byText("请说说哪里没有办好"));
  await at.type("#reopen-reason", "灯还是不亮");
  await at.tap("#send-reopen");
  await at.waitFor(() => at.byText("已经重办过一次"), "the refusal");
  assert.equal(at.q("#reopen-reason").querySelector("textarea").value, "灯还是不亮");
  assert.deepEqual(sent(at, "POST", "/api/appeals/p1/reopen")[0].body, { reason: "灯还是不亮" });
  await at.waitFor(() => sent(at, "GET", "/api/appeals/p1").length === 2, "another look, for the page was out of date");
});

test("the server's word on a field is shown in the sheet", async (t) => {
  const at = await open(t, answered({ actions: ["reopen"] }), {
    "POST /api/appeals/p1/reopen": refusal(422, "填写的内容有误", { fields: { reason: ["最多 2000 个字"] } }),
  });
  await at.tap("#reopen");
  await at.type("#reopen-reason", "灯还是不亮");
  await at.tap("#send-reopen");
  assert.ok(at.byText("最多 2000 个字"));
});

test("withdrawing says what happens, and does nothing until it is confirmed", async (t) => {
  const after = detail({ state: "withdrawn", state_label: "已撤回", actions: [], deadlines: [] });
  const at = await open(t, detail(), { "POST /api/appeals/p1/withdraw": after });
  await at.tap("#withdraw");
  assert.match(at.dialog, /撤回后不再办理，也不能恢复/);
  await at.choose("不撤回");
  assert.equal(sent(at, "POST", "/api/appeals/p1/withdraw").length, 0);
  await at.tap("#withdraw");
  await at.choose("撤回");
  await at.waitFor(() => at.byText("以后需要可以再写一件"), "the word that it was done");
  assert.equal(sent(at, "POST", "/api/appeals/p1/withdraw").length, 1);
  await at.tap("#write-again");
  assert.equal(at.stack.at(-1), "pages/write/write?official_id=o1");
  assert.equal(at.q("#field-body textarea").querySelector("textarea").value, "和平路东段晚上路灯不亮。");
});
