import assert from "node:assert/strict";
import test from "node:test";
import { BASE, FIGURES, GONE, ROSTER, SEEN, kept, official, refusal, sent } from "./directory-views.mjs";
import { mount, network, reply } from "./harness.mjs";

const PERSON = "GET /api/officials/:id";
const HOURS = { open_now: true, opens_next: null, courtesy_now: null, campaign: null };
const FULL = {
  ...official({
    duty_phone: "0558-0000101",
    email: "wei@example.gov.cn",
    wechat_id: "wei-gov",
    projects: ["高铁新城"],
  }),
  ...HOURS,
};
const open = (api = {}, more = {}, query = "") =>
  mount(`pages/official/official?id=bz-1${query}`, { api: { ...BASE, ...api }, ...more });
const CALL = {
  id: "c1",
  official_id: "bz-1",
  outcome: "no_answer",
  at: "2026-11-20T02:00:00Z",
  may_become_appeal: true,
  returned: null,
  returned_at: null,
  answers_call_id: null,
  appeal_id: null,
};
const NOW = "2026-11-20T03:00:00Z";

test("the page says who it is, for what, and every way to reach the person", async () => {
  const at = await open({ [PERSON]: FULL });
  assert.match(at.text(".person"), /魏崇岭.*市委书记.*中共亳州市委.*市领导/);
  assert.match(at.text(), /分工.*主持市委全面工作.*党的建设.*联系的项目.*高铁新城/);
  assert.deepEqual(
    at.all(".contact").map((one) => one.textContent.replace(/\s+/g, " ").trim()),
    ["公开电话154 3267 2225拨打", "值班电话0558-0000101拨打", "电子邮箱wei@example.gov.cn复制", "微信号wei-gov复制"],
  );
  at.close();
});

test("a tap calls, copies, or keeps the contact in the phone", async () => {
  const at = await open({ [PERSON]: FULL });
  await at.tap(at.all(".contact button")[2]);
  assert.equal(at.toasts.at(-1).title, "内容已复制");
  await at.tapText("存入手机通讯录");
  assert.match(at.dialog, /魏崇岭 15432672225/);
  await at.choose("创建新联系人");
  await at.tap(at.all(".contact button")[0]);
  await at.tapText("154 3267 2225", ".digits");
  assert.match(at.dialog, /呼叫 15432672225/);
  await at.choose("取消");
  at.close();
});

test("what holds at this hour stands on the page and before a call", async () => {
  const at = await open({ [PERSON]: { ...FULL, courtesy_now: "现在是深夜", opens_next: "现在无人接听" } });
  assert.match(at.text(), /现在无人接听.*现在是深夜/);
  await at.tapText("拨打", ".foot button");
  assert.match(at.text("call-sheet"), /现在无人接听.*现在是深夜/);
  at.close();
});

test("known figures stand with their cases, without any the page says that they are gathered", async () => {
  const at = await open({ [PERSON]: { ...FULL, figures: FIGURES } });
  assert.match(at.text("figure-lines"), /按时联系 90%（近 90 天 50 件）.*按时答复 94%/);
  assert.doesNotMatch(at.text("figure-lines"), /积累/);
  at.close();
  const none = await open({ [PERSON]: FULL });
  assert.match(none.text(), /办理情况.*数据积累中/);
  none.close();
});

test("the outcome of a call is recorded once chosen and confirmed; a missed one becomes an appeal in one tap", async () => {
  const at = await open({ "POST /api/calls": reply(201, CALL) }, { now: NOW });
  assert.equal(at.all(".choice").length, 6);
  await at.tapText("无人接听", ".title");
  assert.equal(sent(at, "POST", "/api/calls").length, 0);
  await at.tapText("记下这次结果");
  assert.deepEqual(sent(at, "POST", "/api/calls")[0].body, { official_id: "bz-1", outcome: "no_answer" });
  assert.match(at.text("#outcomes"), /已记下：无人接听/);
  await at.tapText("没打通？改为提交诉求");
  assert.equal(at.stack.at(-1), "pages/write/write?official_id=bz-1&call_id=c1");
  assert.match(at.text(), /由没有打通的电话转来/);
  at.close();
});

test("a call that went through offers no appeal, and another one can be recorded", async () => {
  const at = await open({ "POST /api/calls": reply(201, { ...CALL, outcome: "in_person", may_become_appeal: false }) });
  await at.tapText("本人接听", ".title");
  await at.tapText("记下这次结果");
  assert.match(at.text(), /已记下：本人接听/);
  assert.equal(at.byText("改为提交诉求"), null);
  await at.tapText("再记一次通话");
  assert.equal(at.byText("记下这次结果"), null);
  assert.equal(at.all(".choice").length, 6);
  at.close();
});

test("a recording that is lost stays chosen, and the same tap sends the same call", async () => {
  let away = true;
  const at = await open({ "POST /api/calls": () => (away ? refusal(503, "away", "系统暂时繁忙") : reply(201, CALL)) });
  await at.tapText("无人接听", ".title");
  await at.tapText("记下这次结果");
  await at.waitFor(() => at.byText("! 系统暂时繁忙"));
  away = false;
  await at.tapText("记下这次结果");
  assert.match(at.text(), /已记下/);
  const keys = sent(at, "POST", "/api/calls").map(({ headers }) => headers["idempotency-key"]);
  assert.equal(new Set(keys).size, 1);
  at.close();
});

test("a second tap while a recording is under way sends nothing", async () => {
  const at = await open({ "POST /api/calls": () => new Promise(() => {}) });
  await at.tapText("占线", ".title");
  at.page.record(); // two taps before the screen has changed
  at.page.record();
  await at.settle();
  assert.match(at.text(), /正在记下/);
  await at.tapText("正在记下", "button");
  assert.equal(sent(at, "POST", "/api/calls").length, 1);
  at.window.close();
});

test("my earlier calls to this official say whether they were returned", async () => {
  const returned = { ...CALL, id: "c2", returned: true, returned_at: "2026-11-20T08:00:00Z", may_become_appeal: false };
  const used = { ...CALL, id: "c3", may_become_appeal: false, appeal_id: "p9" };
  const items = [CALL, returned, used, { ...CALL, id: "c4" }];
  const at = await open({ "GET /api/calls": { items, next: null } }, { now: NOW });
  const made = at.all(".made").map((one) => one.textContent.replace(/\s+/g, " ").trim());
  assert.deepEqual(made, [
    "今天 10:00 无人接听还没有回拨转为诉求",
    "今天 10:00 无人接听一个工作日内已回拨",
    "今天 10:00 无人接听还没有回拨看诉求",
  ]);
  assert.equal(sent(at, "GET", "/api/calls")[0].query.official_id, "bz-1");
  await at.tapText("转为诉求");
  assert.equal(at.stack.at(-1), "pages/write/write?official_id=bz-1&call_id=c1");
  at.close();
});

test("calls and answers that cannot be read leave the page whole", async () => {
  const no = refusal(403, "x", "不行");
  const at = await open({ "GET /api/calls": no, "GET /api/public/appeals": no });
  assert.match(at.text(), /魏崇岭/);
  assert.deepEqual(at.toasts, []);
  at.close();
});

test("a few published answers, asked for by the official", async () => {
  const answer = (code, id) => ({
    id: code,
    kind: "request",
    kind_label: "求助",
    title: `问题${code}`,
    body: "停水",
    answer: "已修好",
    official: { id, name: "魏崇岭", post: "市委书记", unit: "市委" },
    published_at: "2026-11-20T02:00:00Z",
  });
  const items = ["A", "B", "C", "D"].map((code) => answer(code, "bz-1"));
  const at = await open({ "GET /api/public/appeals": { items, next: null } });
  assert.equal(at.all("published-card").length, 3);
  assert.match(at.text("published-card"), /问题A/);
  assert.equal(sent(at, "GET", "/api/public/appeals")[0].query.official, "bz-1");
  at.close();
});

test("the star keeps the official at hand, and takes the person out again", async () => {
  const at = await open();
  await at.tapText("☆ 设为常用");
  assert.deepEqual([...at.wx.getStorageSync("1:favourites").value], ["bz-1"]);
  await at.tapText("★ 常用");
  assert.deepEqual([...at.wx.getStorageSync("1:favourites").value], []);
  at.close();
});

test("one who is published no more is not shown, is forgotten by the phone, and there is a way back", async () => {
  const storage = kept({ ...SEEN, favourites: ["bz-1"] });
  const at = await open({ [PERSON]: refusal(404, "no_such_official", GONE) }, { storage });
  assert.match(at.text(), /这位负责同志的联系方式已不再公布/);
  assert.doesNotMatch(at.text(), /魏崇岭|154/);
  assert.equal(at.q(".foot"), null);
  assert.deepEqual([...at.wx.getStorageSync("1:favourites").value], []);
  const { groups } = at.wx.getStorageSync("1:directory:bozhou-81").value.directory;
  assert.ok(!groups.flatMap(({ officials }) => officials).some(({ id }) => id === "bz-1"));
  await at.tapText("回到名录");
  assert.match(at.route, /^pages\/directory/);
  at.close();
});

test("who leaves office while the page is open is gone with the next refresh", async () => {
  let left = false;
  const at = await open({ [PERSON]: () => (left ? refusal(404, "no_such_official", GONE) : FULL) });
  assert.match(at.text(), /魏崇岭/);
  left = true;
  await at.pullDown();
  assert.doesNotMatch(at.text(), /魏崇岭/);
  at.close();
});

test("before the server has answered nothing is shown; when nobody answers, the phone's copy as what it is", async () => {
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  const at = await open({ [PERSON]: () => held }, { storage: kept(SEEN) });
  assert.doesNotMatch(at.text(), /魏崇岭/);
  answer(refusal(503, "away", "忙", {}));
  await at.waitFor(() => at.byText("看到的是手机里上次的内容"));
  assert.match(at.text(), /魏崇岭/);
  at.close();
});

test("without network and without a copy the page says so, and tries again", async () => {
  let away = true;
  const lost = await open({ [PERSON]: () => (away ? network() : FULL) });
  await lost.waitFor(() => lost.byText("网络不稳"));
  away = false;
  await lost.tapText("再试一次", "button");
  assert.match(lost.text(), /魏崇岭/);
  lost.close();
});

test("the bar at the foot leads to the appeal, and the page can be shared", async () => {
  const at = await open();
  assert.equal(at.page.onShareAppMessage().path, "/pages/official/official?id=bz-1");
  await at.tapText("写诉求", ".foot button");
  assert.equal(at.stack.at(-1), "pages/write/write?official_id=bz-1");
  at.close();
});
