import assert from "node:assert/strict";
import test from "node:test";
import { opened, page, refusal, sent } from "./appeal-views.mjs";
import { ROSTER, official as officialView } from "./directory-views.mjs";
import { network } from "./harness.mjs";

const LIST = "GET /api/calls";
const open = (t, api, more) => opened(t, "pages/calls/calls", api, more);

/** CallView. */
const call = (change = {}) => ({
  id: "c1",
  official_id: "o1",
  outcome: "in_person",
  at: "2026-11-20T01:00:00.000Z",
  may_become_appeal: false,
  returned: null,
  returned_at: null,
  answers_call_id: null,
  appeal_id: null,
  ...change,
});
const OFFICIAL = officialView({ id: "o1", name: "周文清", post: "局长", unit: "教育局" });
const ZHOU = { "GET /api/officials/o1": OFFICIAL };

test("a call says how it went, with whom and when", async (t) => {
  const at = await open(t, { [LIST]: page([call()]), ...ZHOU });
  assert.match(at.text(".card"), /本人接听今天 09:00周文清 · 局长/);
  assert.equal(at.byText("回拨"), null);
  assert.equal(at.byText("转为诉求"), null);
});

test("a missed call says what became of it", async (t) => {
  const missed = (id, more) => call({ id, outcome: "no_answer", ...more });
  const back = "2026-11-20T02:00:00.000Z";
  const at = await open(t, {
    [LIST]: page([
      missed("1", { returned: true, returned_at: back }),
      missed("2", { returned: false, returned_at: back }),
      missed("3"),
    ]),
    ...ZHOU,
  });
  const [soon, late, not] = at.all(".card").map((card) => card.textContent);
  assert.match(soon, /一个工作日内已回拨（今天 10:00）/);
  assert.match(late, /已回拨，但超过了一个工作日/);
  assert.match(not, /还没有回拨/);
});

test("a missed call becomes an appeal in one tap", async (t) => {
  const at = await open(t, { [LIST]: page([call({ outcome: "busy", may_become_appeal: true })]), ...ZHOU });
  await at.tapText("转为诉求");
  assert.equal(at.stack.at(-1), "pages/write/write?official_id=o1&call_id=c1");
});

test("one that became an appeal leads to it", async (t) => {
  const at = await open(t, { [LIST]: page([call({ outcome: "busy", appeal_id: "p1" })]), ...ZHOU });
  await at.tapText("已转为诉求，查看");
  assert.equal(at.stack.at(-1), "pages/appeal/appeal?id=p1");
});

test("names come from the directory on the phone, without asking", async (t) => {
  const directory = { roster: ROSTER, groups: [{ name: "市直", officials: [OFFICIAL] }] };
  const storage = {
    "1:roster": { value: ROSTER.slug },
    [`1:directory:${ROSTER.slug}`]: { value: { etag: "e", directory } },
  };
  const at = await open(t, { [LIST]: page([call()]) }, { storage });
  assert.ok(at.byText("周文清 · 局长"));
});

test("an official who is not published any more does not break the list", async (t) => {
  const at = await open(t, {
    [LIST]: page([call({ may_become_appeal: true, outcome: "busy" })]),
    "GET /api/officials/o1": refusal(404, "这位负责同志的联系方式已不再公布"),
  });
  assert.ok(at.byText("这位负责同志已不在名录里"));
  assert.equal(at.byText("转为诉求"), null);
});

test("the next page comes at the end of the list", async (t) => {
  const pages = { "": page([call({ id: "1" })], "n"), n: page([call({ id: "2", outcome: "text_reply" })]) };
  const at = await open(t, { [LIST]: ({ query }) => pages[query.cursor], ...ZHOU });
  assert.equal(at.all(".card").length, 1);
  await at.reachBottom();
  assert.equal(at.all(".card").length, 2);
  await at.reachBottom();
  assert.equal(sent(at, "GET", "/api/calls").length, 2);
});

test("without calls the page invites", async (t) => {
  const at = await open(t, { [LIST]: page([]) });
  assert.ok(at.byText("还没有通话记录"));
  await at.tapText("去名录看看");
  assert.equal(at.route, "pages/directory/directory");
});

test("without network the phone shows what it remembers, with today's words", async (t) => {
  const storage = { "1:calls": { value: [{ ...call(), label: "本人接听", when: "昨天 09:00", official: OFFICIAL }] } };
  const at = await open(t, { [LIST]: network }, { storage });
  assert.match(at.text(".card"), /周文清/);
  assert.match(at.text(".card"), /今天 09:00/);
});

test("a first load that fails can be tried again, a pulled refresh asks again", async (t) => {
  let working = false;
  const at = await open(t, { [LIST]: () => (working ? page([call()]) : refusal(422, "列表位置已失效")), ...ZHOU });
  assert.ok(at.byText("列表位置已失效"));
  working = true;
  await at.tapText("再试一次");
  assert.ok(at.byText("本人接听"));
  await at.pullDown();
  assert.equal(sent(at, "GET", "/api/calls").length, 3);
});
