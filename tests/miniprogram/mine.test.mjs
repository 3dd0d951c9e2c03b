import assert from "node:assert/strict";
import test from "node:test";
import { ME, opened, page, refusal, sent, summary } from "./appeal-views.mjs";
import { network } from "./harness.mjs";

const LIST = "GET /api/appeals";
const open = (t, api, more = {}) => opened(t, "pages/mine/mine", api, more);

const WAITING = summary({
  id: "w",
  title: "要补充的",
  state: "awaiting_resident",
  state_label: "待补充",
  actions: ["supplement", "withdraw"],
});
const ANSWERED = summary({
  id: "a",
  title: "有答复的",
  state: "answered",
  state_label: "已答复",
  actions: ["rate", "reopen"],
});
const ENDED = (id) =>
  summary({ id, title: `办完的${id}`, state: "concluded", state_label: "已办结", actions: [], left: "", due_at: null });

test("what needs the person stands first, then what is running, then what has ended", async (t) => {
  const at = await open(t, { [LIST]: page([ENDED("e"), summary({ id: "r", title: "在办的" }), WAITING, ANSWERED]) });
  const order = ["需要您处理", "要补充的", "有答复的", "办理中", "在办的", "已结束", "办完的e"];
  const places = order.map((words) => at.text().indexOf(words));
  assert.ok(places.every((place) => place >= 0));
  assert.deepEqual(
    places,
    [...places].sort((one, other) => one - other),
  );
});

test("a card says state, deadline and last event in words", async (t) => {
  const at = await open(t, { [LIST]: page([summary()]) });
  for (const words of [
    "办理中",
    "求助",
    "路灯不亮",
    "周文清",
    "答复：还剩 2 个工作日（11月24日 18:00 前）",
    "最近进展：签收",
  ])
    assert.ok(at.text("appeal-card").includes(words), words);
});

test("what is late says so by a sign, not by colour alone, and what can be done", async (t) => {
  const late = summary({
    overdue: true,
    urgency: "late",
    left: "已逾期 2 天（11月18日 18:00 到期）",
    actions: ["urge"],
  });
  const at = await open(t, { [LIST]: page([late]) });
  assert.match(at.text("appeal-card"), /! 答复：已逾期 2 天/);
  assert.match(at.text("appeal-card"), /催办/);
});

test("a merged appeal that can be rated needs the person, an answered one that was rated does not", async (t) => {
  const merged = summary({
    id: "m",
    title: "并单的",
    state: "merged",
    state_label: "已并单",
    actions: ["rate"],
    left: "",
  });
  const rated = summary({ id: "x", title: "评过的", state: "answered", state_label: "已答复", actions: ["reopen"] });
  const at = await open(t, { [LIST]: page([rated, merged]) });
  assert.match(at.text(), /需要您处理.*并单的.*办理中.*评过的/);
  assert.match(at.text(), /重办：还剩/);
});

test("the tab tells how many need the person", async (t) => {
  const at = await open(t, { [LIST]: page([WAITING, ANSWERED, summary()]) });
  const tabs = [...at.window.document.querySelectorAll("#phone-tabs [role=tab]")];
  assert.match(tabs[1].textContent, /2/);
});

test("many that have ended are folded until somebody wants them", async (t) => {
  const at = await open(t, { [LIST]: page(["1", "2", "3", "4", "5"].map(ENDED)) });
  assert.equal(at.all("appeal-card").length, 3);
  await at.tapText("还有 2 件已结束，展开");
  assert.equal(at.all("appeal-card").length, 5);
  assert.equal(at.byText("展开"), null);
});

test("a tap opens the appeal", async (t) => {
  const at = await open(t, { [LIST]: page([summary()]), "GET /api/appeals/p1": refusal(404, "没有找到") });
  await at.tapText("路灯不亮");
  assert.equal(at.stack.at(-1), "pages/appeal/appeal?id=p1");
});

test("reaching the end brings the next page, and what was there stays", async (t) => {
  const pages = {
    "": page([summary({ id: "1", title: "第一件" })], "c2"),
    c2: page([summary({ id: "2", title: "第二件" })]),
  };
  const at = await open(t, { [LIST]: ({ query }) => pages[query.cursor] });
  assert.ok(!at.text().includes("第二件"));
  await at.reachBottom();
  assert.match(at.text(), /第一件.*第二件/);
  assert.equal(at.byText("更早的诉求"), null);
  await at.reachBottom();
  assert.equal(sent(at, "GET", "/api/appeals").length, 2);
});

test("coming back refreshes as many pages as are shown, a pulled refresh only the first", async (t) => {
  const pages = { "": page([summary({ id: "1" })], "c2"), c2: page([summary({ id: "2" })]) };
  const at = await open(t, { [LIST]: ({ query }) => pages[query.cursor], "GET /api/me": ME });
  await at.reachBottom();
  await at.tab("我");
  await at.tab("我的诉求");
  assert.deepEqual(
    sent(at, "GET", "/api/appeals").map(({ query }) => query.cursor),
    ["", "c2", "", "c2"],
  );
  assert.equal(at.all("appeal-card").length, 2);
  await at.pullDown();
  assert.equal(sent(at, "GET", "/api/appeals").length, 5);
  assert.equal(at.all("appeal-card").length, 1);
});

test("without any appeal the page invites to the directory", async (t) => {
  const at = await open(t, { [LIST]: page([]) });
  assert.match(at.text(), /还没有诉求/);
  assert.match(at.text(), /找到对口的负责同志，写给他。/);
  await at.tapText("去名录看看");
  assert.equal(at.route, "pages/directory/directory");
});

test("a look-up by code is one tap away", async (t) => {
  const at = await open(t, { [LIST]: page([]) });
  await at.tapText("凭编号查询");
  assert.equal(at.route, "pages/lookup/lookup");
});

test("what the phone remembers is shown at once, with today's words, and kept when the network is away", async (t) => {
  const storage = { "1:mine": { value: [summary({ title: "记得的" })] } };
  const at = await open(t, { [LIST]: network }, { storage });
  assert.match(at.text(), /记得的/);
  assert.match(at.text(), /今天 10:00/);
  assert.equal(at.byText("再试一次"), null);
  await at.waitFor(() => at.toasts.length, "the failure told in passing");
  assert.match(at.toasts[0].title, /网络不稳/);
  assert.match(at.text(), /记得的/);
});

test("the first page is remembered for the next time", async (t) => {
  const at = await open(t, { [LIST]: page([summary()]) });
  const kept = at.wx.getStorageSync("1:mine");
  assert.equal(kept.value[0].id, "p1");
});

test("a first load that fails says why and can be tried again", async (t) => {
  let working = false;
  const at = await open(t, {
    [LIST]: () => (working ? page([summary()]) : refusal(422, "列表位置已失效，请刷新列表")),
  });
  assert.match(at.text(), /列表位置已失效，请刷新列表/);
  working = true;
  await at.tapText("再试一次");
  assert.match(at.text(), /路灯不亮/);
});

const DRAFT = {
  key: "k1",
  sent: false,
  officialId: "o7",
  kind: "request",
  title: "",
  body: "停水三天\n没人管",
  photos: [],
  place: "",
  phone: "",
};

test("a draft with words stands on top and leads to writing", async (t) => {
  const at = await open(t, { [LIST]: page([]) }, { storage: { "1:draft": { value: { run: "", draft: DRAFT } } } });
  assert.match(at.text(), /有一份没写完的诉求.*停水三天/);
  await at.tapText("有一份没写完的诉求");
  assert.equal(at.stack.at(-1), "pages/write/write?official_id=o7");
});

test("a draft that was sent without an answer asks to be handed in again", async (t) => {
  const at = await open(
    t,
    { [LIST]: page([]) },
    { storage: { "1:draft": { value: { run: "", draft: { ...DRAFT, sent: true } } } } },
  );
  assert.match(at.text(), /还没有提交成功，点此继续提交/);
});

test("an empty draft is not mentioned", async (t) => {
  const at = await open(
    t,
    { [LIST]: page([]) },
    { storage: { "1:draft": { value: { run: "", draft: { ...DRAFT, body: "" } } } } },
  );
  assert.equal(at.byText("没写完"), null);
});
