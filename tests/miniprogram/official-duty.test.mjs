import assert from "node:assert/strict";
import test from "node:test";
import { network } from "./harness.mjs";
import { handler, losing, end, open, post, refusal, sent } from "./official-views.mjs";

const PATH = "/api/official/duty/o1";
const PAGE = "duty/duty";
const STAFF = [
  { account_id: "s1", name: "张小燕" },
  { account_id: "s2", name: "" },
];
const item = (account_id, first, last) => ({ account_id, first, last });
const PAST = item("s2", "2026-11-10", "2026-11-10");
const NOWADAYS = item("s1", "2026-11-19", "2026-11-21");
const calendar = (...items) => ({ items, staff: STAFF });
const saves = (at) => sent(at, "POST", PATH);

test("the calendar says who hears today, who on which days, and what is over", async () => {
  const at = await open(PAGE, { [`GET ${PATH}`]: calendar(PAST, NOWADAYS) });
  assert.match(at.text(), /期限照常计算，诉求仍由您负责/);
  assert.match(at.text(), /今天的消息发给：张小燕.*工作人员 211月10日已结束.*张小燕11月19日 至 11月21日● 今天在值班/);
  await end(at);
});

test("a duty is added to those that stand, by person and days; the last day follows the first", async () => {
  const added = item("s2", "2026-11-25", "2026-11-26");
  const answer = losing(calendar(NOWADAYS, added), network);
  const at = await open(PAGE, { [`GET ${PATH}`]: calendar(NOWADAYS), [`POST ${PATH}`]: () => answer() });
  await at.tapText("安排值班", "button");
  const [who, first, last] = at.all(".panel picker");
  await at.pick(who, "工作人员 2");
  await at.pick(first, "2026-11-25");
  assert.match(at.text(".panel"), /第一天11月25日.*最后一天11月25日/);
  await at.pick(last, "2026-11-26");
  await at.tapText("保存");
  assert.match(at.text(".panel"), /正在保存……/);
  await at.waitFor(() => /工作人员 211月25日 至 11月26日/.test(at.text()));
  assert.deepEqual(saves(at)[1].body, { items: [NOWADAYS, added] });
  assert.equal(saves(at)[0].headers["idempotency-key"], saves(at)[1].headers["idempotency-key"]);
  await end(at);
});

test("days that overlap or run backwards are refused beside the field before anything is sent", async () => {
  const at = await open(PAGE, { [`GET ${PATH}`]: calendar(NOWADAYS) });
  await at.tapText("安排值班", "button");
  await at.tapText("保存");
  assert.match(at.text(".panel .error"), /11月19日 至 11月21日已经安排了张小燕，日期不能重叠/);
  const [, first, last] = at.all(".panel picker");
  await at.pick(first, "2026-11-26");
  await at.pick(last, "2026-11-25");
  await at.tapText("保存");
  assert.match(at.text(".panel .error"), /最后一天不能早于第一天/);
  assert.equal(saves(at).length, 0);
  await end(at);
});

test("the server's refusal stands beside the field, and what was chosen stays", async () => {
  const words = "值班安排有误：只能安排已绑定的工作人员，起止日期不能颠倒或重叠";
  const at = await open(PAGE, { [`GET ${PATH}`]: calendar(), [`POST ${PATH}`]: refusal(422, words) });
  await at.tapText("安排值班", "button");
  await at.tapText("保存");
  await at.waitFor(() => at.text(".panel .error").includes(words));
  await end(at);
});

test("a duty is taken away after a question that names it", async () => {
  const at = await open(PAGE, { [`GET ${PATH}`]: calendar(PAST, NOWADAYS), [`POST ${PATH}`]: calendar(PAST) });
  const [, remove] = at.all("button").filter((button) => button.textContent.trim() === "去掉");
  await at.tap(remove);
  assert.match(at.dialog, /张小燕，11月19日 至 11月21日/);
  await at.choose("去掉");
  await at.waitFor(() => /今天的消息发给：您本人/.test(at.text()));
  assert.deepEqual(saves(at)[0].body, { items: [PAST] });
  await end(at);
});

test("staff see the calendar and cannot change it", async () => {
  const at = await open(PAGE, { [`GET ${PATH}`]: calendar(NOWADAYS) }, { me: handler([post({ role: "staff" })]) });
  assert.match(at.text(), /值班由周文清本人安排，您可以查看/);
  assert.match(at.text(), /11月19日 至 11月21日/);
  assert.equal(at.all("button").length, 0);
  await end(at);
});

test("without staff it explains how they get bound; with staff and no duty it invites", async () => {
  const none = await open(PAGE, { [`GET ${PATH}`]: { items: [], staff: [] } });
  assert.match(none.text(), /还没有工作人员.*开邀请码，对方扫码绑定后，就可以安排值班/);
  assert.ok(!none.byText("安排值班", "button"));
  await end(none);
  const free = await open(PAGE, { [`GET ${PATH}`]: calendar() });
  assert.match(free.text(), /还没有安排值班.*出差、开会的日子/);
  await end(free);
});

test("several posts each have their calendar", async () => {
  const me = handler([post(), post({ official_id: "o2", role: "staff", post: "县长", name: "王县" })]);
  const at = await open(
    PAGE,
    { [`GET ${PATH}`]: calendar(NOWADAYS), "GET /api/official/duty/o2": { items: [], staff: STAFF } },
    { me },
  );
  await at.tapText("教育局 县长");
  await at.waitFor(() => /值班由王县本人安排/.test(at.text()));
  assert.match(at.text(), /今天的消息发给：王县/);
  await end(at);
});

test("a failed loading offers another try", async () => {
  let well = false;
  const at = await open(PAGE, {
    [`GET ${PATH}`]: () => (well ? calendar(NOWADAYS) : refusal(500, "没能完成这次操作")),
  });
  await at.waitFor(() => /没能完成这次操作/.test(at.text()));
  well = true;
  await at.tapText("再试一次");
  await at.waitFor(() => /张小燕/.test(at.text()));
  await end(at);
});
