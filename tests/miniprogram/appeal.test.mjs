import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import {
  BASE,
  PROGRAM_KNOWN,
  answered,
  deadline,
  detail,
  entry,
  opened,
  refusal,
  sent,
  summary,
} from "./appeal-views.mjs";
import { network } from "./harness.mjs";

const { viewAppeal } = createRequire(import.meta.url)("../../miniprogram/services/appeal-view.js");
const ONE = "GET /api/appeals/p1";
const open = (t, appeal, api = {}, more = {}) =>
  opened(t, "pages/appeal/appeal?id=p1", { [ONE]: appeal, ...api }, { storage: PROGRAM_KNOWN, ...more });

test("the head answers first: state, code, what comes next, until when", async (t) => {
  const at = await open(t, detail());
  const head = at.text("head-card");
  for (const words of [
    "办理中",
    "求助",
    "路灯不亮",
    "20261120-7K4M2P",
    "负责同志正在办理",
    "答复期限",
    "还剩 2 个工作日（11月24日 18:00 前）",
  ])
    assert.ok(head.includes(words), words);
});

test("a deadline explains itself on demand", async (t) => {
  const at = await open(t, detail());
  assert.equal(at.byText("次日起算"), null);
  await at.tapText("期限是怎么算的？");
  assert.ok(at.byText("11月20日提交，次日起算，跳过周末 2 天，共 3 个工作日"));
});

test("a deadline that has passed is marked by a sign", async (t) => {
  const at = await open(t, detail({ deadlines: [deadline({ overdue: true, urgency: "late", left: "已逾期 2 天" })] }));
  assert.match(at.text("deadline-lines"), /! 已逾期 2 天/);
});

test("the follow-up's deadline is the resident's own: to rate", async (t) => {
  const at = await open(t, answered());
  assert.match(at.text("deadline-lines"), /评价期限/);
});

test("the code can be copied", async (t) => {
  const at = await open(t, detail());
  const copied = [];
  const clipboard = { writeText: async (text) => copied.push(text) };
  Object.defineProperty(at.window.navigator, "clipboard", { value: clipboard });
  await at.tapText("复制");
  assert.deepEqual(copied, ["20261120-7K4M2P"]);
});

test("only what the server offers can be done", async (t) => {
  const at = await open(t, detail({ actions: [] }));
  for (const id of ["#rate", "#urge", "#supplement", "#reopen", "#withdraw"]) assert.equal(at.q(id), null, id);
});

test("after submission the page says that it arrived, the code, and what comes now", async (t) => {
  const at = await opened(t, "pages/appeal/appeal?id=p1&new=1", { [ONE]: detail({ phone: "13800138000" }) });
  const card = at.text("received-card");
  for (const words of ["已经提交", "20261120-7K4M2P", "手机号后四位", "接下来", "系统会自动提醒和催办"])
    assert.ok(card.includes(words), words);
});

test("messages can be asked for right after submission", async (t) => {
  const at = await opened(
    t,
    "pages/appeal/appeal?id=p1&new=1",
    { [ONE]: detail(), "POST /api/subscriptions": { left: { tp: 1 } } },
    { storage: PROGRAM_KNOWN },
  );
  await at.tapText("有进展时通知我");
  await at.choose("允许");
  await at.waitFor(() => at.text("received-card").includes("有进展会在微信里告诉您"), "the thanks");
  const [request] = sent(at, "POST", "/api/subscriptions");
  assert.deepEqual(Object.keys(request.body.results).sort(), ["ta", "tp", "ts"]);
});

test("an ordinary visit has no such card", async (t) => {
  const at = await open(t, detail());
  assert.equal(at.q("received-card"), null);
});

test("the answer is highlighted above the story, with who, and what it means", async (t) => {
  const at = await open(t, answered());
  const card = at.text("answer-card");
  for (const words of ["答复", "已解决", "路灯已经修好。", "周文清", "今天 10:20"])
    assert.ok(card.includes(words), words);
  assert.ok(at.text().indexOf("路灯已经修好。") < at.text().indexOf("办理过程"));
  assert.ok(!at.text("entry-list").includes("路灯已经修好。"), "not told twice");
});

test("an answer by staff is labelled, one that cannot solve says so", async (t) => {
  const [answer] = answered().answers;
  const at = await open(t, answered({ answers: [{ ...answer, on_behalf: true, outcome: "explained" }] }));
  assert.match(at.text("answer-card"), /说明原因/);
  assert.match(at.text("answer-card"), /周文清（代办）/);
});

test("a rating belongs to the answer it was given for", async (t) => {
  const first = answered().answers[0];
  const second = { ...first, text: "再次修好。", at: "2026-11-20T02:28:00.000Z" };
  const rating = {
    resolution: "unresolved",
    satisfaction: "dissatisfied",
    comment: "还是不亮",
    at: "2026-11-20T02:25:00.000Z",
  };
  const twice = await open(t, answered({ answers: [first, second], ratings: [rating] }));
  assert.match(twice.text("answer-card"), /再次修好。/);
  assert.doesNotMatch(twice.text("answer-card"), /您的评价/);
  const once = await open(t, answered({ answers: [first], ratings: [rating] }));
  assert.match(once.text("answer-card"), /您的评价：未解决，不满意还是不亮/);
});

test("after reopening the old answer is called what it is", async (t) => {
  const reopened = entry({ number: 3, at: "2026-11-20T02:25:00.000Z", deed: "reopen", label: "重办" });
  const { timeline } = answered();
  const at = await open(t, answered({ state: "in_progress", actions: [], timeline: [reopened, ...timeline] }));
  assert.match(at.text("answer-card"), /上次的答复/);
  assert.doesNotMatch((await open(t, answered())).text("answer-card"), /上次/);
});

test("every answer has the rating that was given before the next one", () => {
  const at = (minute) => `2026-11-20T02:${minute}:00.000Z`;
  const [answer] = answered().answers;
  const rating = { resolution: "unresolved", satisfaction: "dissatisfied", comment: "" };
  const { answers } = viewAppeal(
    answered({
      answers: [
        { ...answer, at: at("10") },
        { ...answer, at: at("12") },
        { ...answer, at: at("14") },
      ],
      ratings: [
        { ...rating, at: at("11") },
        { ...rating, at: at("15") },
      ],
    }),
  );
  assert.deepEqual(
    answers.map((one) => one.rating && one.rating.at),
    [at("15"), null, at("11")],
  );
});

test("what was written, where, and who sees it", async (t) => {
  const at = await open(
    t,
    detail({
      place: "和平路 12 号",
      phone: "13800138000",
      visibility: "public",
      organisation: { name: "亳州药业", credit_code: "x" },
    }),
  );
  for (const words of ["和平路东段晚上路灯不亮。", "和平路 12 号", "13800138000", "同意公开答复", "亳州药业"])
    assert.ok(at.text("words-card").includes(words), words);
});

test("whose hands it is in leads to the official's page", async (t) => {
  const at = await open(t, detail());
  await at.tapText("教育局 · 局长");
  assert.equal(at.stack.at(-1), "pages/official/official?id=o1");
});

test("a resident who complains of an official reads that he does not see it", async (t) => {
  const at = await open(t, detail({ about_official: true }));
  assert.ok(at.byText("看不到这件诉求"));
});

test("reminders are counted apart: the system's and one's own", async (t) => {
  const urged = entry({ number: 2, deed: "urge", label: "催办", outcome: "answer urge" });
  const bySystem = entry({ number: 3, deed: "urge", label: "催办", by: "system", outcome: "answer urge" });
  const at = await open(t, detail({ reminders: 2, urgings: 2, timeline: [bySystem, urged, entry()] }));
  assert.ok(at.byText("系统已提醒 2 次、催办 1 次，您已催办 1 次"));
});

test("why it was turned down stands above the story", async (t) => {
  const reject = entry({
    number: 2,
    deed: "reject",
    label: "不予受理",
    by: "supervisor",
    text: "属法院管辖\n请到法院诉讼服务中心",
  });
  const at = await open(
    t,
    detail({ state: "rejected", state_label: "不予受理", actions: [], deadlines: [], timeline: [reject, entry()] }),
  );
  const words = at.text();
  assert.ok(words.indexOf("属法院管辖") >= 0 && words.indexOf("属法院管辖") < words.indexOf("办理过程"));
});

test("a long story is shortened until somebody wants all of it", async (t) => {
  const timeline = [8, 7, 6, 5, 4, 3, 2, 1].map((number) => entry({ number, deed: "sign", label: `第${number}步` }));
  const at = await open(t, detail({ timeline }));
  assert.equal(at.byText("第2步"), null);
  await at.tapText("看全部 8 条");
  assert.ok(at.byText("第2步"));
  assert.equal(at.byText("看全部"), null);
});

test("who handles it is sent to the official's side", async (t) => {
  const at = await open(t, detail({ part: "superior", actions: [] }), { "GET /api/me": BASE["POST /api/session"].me });
  assert.equal(at.stack.at(-1), "official/pages/appeal/appeal?id=p1");
});

test("what somebody handles is not kept on the phone, one's own is", async (t) => {
  const handled = await open(t, detail({ part: "official", actions: [] }));
  assert.equal(handled.wx.getStorageSync("1:appeals"), "");
  const own = await open(t, detail());
  assert.equal(own.wx.getStorageSync("1:appeals").value[0].id, "p1");
});

test("an appeal that is not there says so and leads back", async (t) => {
  const at = await open(t, refusal(404, "没有找到这件诉求，请核对后再试"), {
    "GET /api/appeals": { items: [], next: null },
  });
  assert.ok(at.byText("没有找到这件诉求，请核对后再试"));
  await at.tapText("回到我的诉求");
  assert.equal(at.route, "pages/mine/mine");
});

test("without network the phone shows what it remembers", async (t) => {
  const storage = { "1:appeals": { value: [detail({ title: "记得的" })] } };
  const at = await open(t, network, {}, { storage });
  assert.match(at.text("head-card"), /记得的/);
});

test("a first load that fails says why and can be tried again", async (t) => {
  let working = false;
  const at = await open(t, () => (working ? detail() : refusal(403, "您的身份不能进行这项操作")));
  assert.ok(at.byText("您的身份不能进行这项操作"));
  working = true;
  await at.tapText("再试一次");
  assert.match(at.text("head-card"), /路灯不亮/);
});

test("coming back and pulling down look again", async (t) => {
  const at = await open(t, detail());
  await at.leaveAndReturn();
  await at.pullDown();
  assert.equal(sent(at, "GET", "/api/appeals/p1").length, 3);
});

test("the phone remembers ten appeals at most", async (t) => {
  const many = Array.from({ length: 10 }, (_, index) => detail({ ...summary(), id: `old${index}` }));
  const at = await open(t, detail(), {}, { storage: { "1:appeals": { value: many } } });
  const kept = at.wx.getStorageSync("1:appeals").value.map(({ id }) => id);
  assert.equal(kept.length, 10);
  assert.equal(kept[0], "p1");
});

test("the head says what was promised, with its hour, and that it is listed for supervision", async (t) => {
  const promise = deadline({ kind: "promise", label: "承诺期限", left: "还剩 25 小时（11月21日 12:00 前）" });
  const shown = detail({ deadlines: [promise], supervised: true });
  const at = await opened(t, "pages/appeal/appeal?id=p1", { "GET /api/appeals/:id": shown });
  assert.match(at.text("head-card"), /承诺联系您（这不是答复）还剩 25 小时（11月21日 12:00 前）/);
  assert.match(at.text("head-card"), /已列入督办/);
});
