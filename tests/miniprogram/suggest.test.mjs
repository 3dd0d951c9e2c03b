import assert from "node:assert/strict";
import test from "node:test";
import { BASE, GU, OTHER, PROGRAM, ROSTER, SEEN, kept, official, refusal, sent } from "./directory-views.mjs";
import { mount } from "./harness.mjs";

const SUGGEST = "POST /api/officials/suggest";
const FITS = { items: [{ ...GU, matching_duty: "学校招生、学区划分和入学" }], next: null };
const open = (api = {}, more = {}, query = "") =>
  mount(`pages/suggest/suggest${query}`, { api: { ...BASE, [SUGGEST]: FITS, ...api }, storage: kept(SEEN), ...more });
const text = (at) => at.q("textarea").querySelector("textarea").value;

test("a told matter finds officials in the chosen roster, each with the duty that fits", async () => {
  const at = await open();
  await at.type("textarea", "  孩子明年上学，学区怎么划分  ");
  await at.tapText("找一找");
  assert.deepEqual(sent(at, "POST", "/api/officials/suggest")[0].body, {
    text: "孩子明年上学，学区怎么划分",
    roster: "bozhou-81",
  });
  assert.match(at.text("official-cell"), /顾青禾.*局长.*亳州市教育局.*分工：学校招生、学区划分和入学/);
  at.close();
});

test("the text goes into the appeal", async () => {
  const at = await open();
  await at.type("textarea", "学区怎么划分");
  await at.tapText("找一找");
  await at.tapText("写诉求", ".act");
  assert.equal(at.stack.at(-1), "pages/write/write?official_id=bz-2");
  assert.equal(text(at), "学区怎么划分");
  await at.back();
  assert.equal(text(at), "学区怎么划分");
  at.close();
});

test("without a text nothing is asked", async () => {
  const at = await open();
  await at.tapText("找一找");
  assert.match(at.text(), /请先写一写是什么事/);
  assert.equal(sent(at, "POST", "/api/officials/suggest").length, 0);
  await at.type("textarea", "停水");
  assert.equal(at.byText("请先写一写"), null);
  at.close();
});

test("nothing that fits says so and leads to the directory; the text is kept", async () => {
  const at = await open({ [SUGGEST]: { items: [], next: null } });
  await at.type("textarea", "飞碟");
  await at.tapText("找一找");
  assert.match(at.text(), /没有找到分工对得上的/);
  assert.equal(text(at), "飞碟");
  assert.equal(at.wx.getStorageSync("1:question").value, "飞碟");
  await at.tapText("到名录里找", "button");
  assert.match(at.route, /^pages\/directory/);
  at.close();
  const again = await open({}, { storage: kept({ ...SEEN, question: "飞碟" }) });
  assert.equal(text(again), "飞碟");
  again.close();
});

test("a failure is told beside the text, which stays, and the button works again", async () => {
  let fails = true;
  const at = await open({ [SUGGEST]: () => (fails ? refusal(422, "x", "内容太长了") : FITS) });
  await at.type("textarea", "学区");
  await at.tapText("找一找");
  assert.match(at.text(), /! 内容太长了。您写的话还在/);
  assert.equal(text(at), "学区");
  fails = false;
  await at.tapText("找一找");
  assert.match(at.text(), /顾青禾/);
  assert.equal(at.byText("内容太长了"), null);
  at.close();
});

test("words that come along from a search stand in the field", async () => {
  const at = await open({}, {}, `?text=${encodeURIComponent("停水")}`);
  assert.equal(text(at), "停水");
  at.close();
});

test("a call is asked about here too", async () => {
  const at = await open();
  await at.type("textarea", "学区");
  await at.tapText("找一找");
  await at.tapText("拨打", ".act");
  assert.match(at.text("call-sheet"), /顾青禾.*154 3267 2225/);
  at.close();
});

test("an official of the list opens", async () => {
  const at = await open({ [SUGGEST]: { items: [{ ...official(), matching_duty: "党的建设" }], next: null } });
  await at.type("textarea", "党建");
  await at.tapText("找一找");
  await at.tap("official-cell .cell");
  assert.equal(at.stack.at(-1), "pages/official/official?id=bz-1");
  at.close();
});

test("opened by a link without anything on the phone, it looks in one roster, and says which in its own link", async () => {
  const plain = await open({}, { storage: kept({}) });
  await plain.type("textarea", "学区怎么划分");
  await plain.tapText("找一找");
  assert.equal(sent(plain, "POST", "/api/officials/suggest")[0].body.roster, "bozhou-81");
  plain.close();
  const linked = await open({}, { storage: kept({}) }, "?roster=bozhou-81");
  await linked.type("textarea", "学区怎么划分");
  await linked.tapText("找一找");
  assert.equal(sent(linked, "POST", "/api/officials/suggest")[0].body.roster, "bozhou-81");
  assert.match(linked.page.onShareAppMessage().path, /\?roster=bozhou-81$/);
  linked.close();
});

test("where only the person can say which roster, nobody of all of them is offered", async () => {
  const rosters = { items: [ROSTER, OTHER], next: null };
  const program = { ...PROGRAM, default_roster: null };
  const at = await open({ "GET /api/rosters": rosters, "GET /api/program": program }, { storage: kept({}) });
  await at.type("textarea", "学区怎么划分");
  await at.tapText("找一找");
  assert.match(at.text(), /请先选择要看的名录/);
  assert.equal(sent(at, "POST", "/api/officials/suggest").length, 0);
  at.close();
});
