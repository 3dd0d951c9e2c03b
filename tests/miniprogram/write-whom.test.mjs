import assert from "node:assert/strict";
import test from "node:test";
import { GONE, GU, ROSTER, kept, refusal } from "./directory-views.mjs";
import { network } from "./harness.mjs";
import { SUBMIT, TAKEN, draftOf, left, open, pause, submit, submitted, words, write } from "./write-views.mjs";

test("another official is found by the text or by a search, and the draft stays", async () => {
  const api = {
    "POST /api/officials/suggest": { items: [{ ...GU, matching_duty: "学校招生" }], next: null },
    "GET /api/officials": { items: [GU], next: null },
  };
  const at = await open(api);
  await write(at, "孩子上学学区怎么划分");
  await at.blur("#field-body textarea");
  await at.tapText("换一位");
  assert.match(at.text("official-picker"), /按您写的内容，可能归他们管.*顾青禾.*分工：学校招生/);
  await at.type("official-picker input", "gqh");
  await pause(at, 300);
  await at.tap("official-picker official-cell .cell");
  assert.match(at.text("#field-official"), /写给.*顾青禾/);
  assert.equal(words(at), "孩子上学学区怎么划分");
  await submit(at);
  assert.equal(submitted(at)[0].body.official_id, "bz-2");
  at.close();
});

test("a missed call comes along, and stays behind when somebody else is written to", async () => {
  const call = "?official_id=bz-1&call_id=c1";
  const at = await open({}, {}, call);
  await write(at, "没打通");
  await submit(at);
  assert.equal(submitted(at)[0].body.call_id, "c1");
  at.close();

  const other = await open({ "POST /api/officials/suggest": { items: [GU], next: null } }, {}, call);
  await write(other, "没打通电话");
  await other.blur("#field-body textarea");
  await other.tapText("换一位");
  await other.tap("official-picker official-cell .cell");
  assert.equal(other.byText("由没有打通的电话转来"), null);
  await submit(other);
  assert.ok(!("call_id" in submitted(other)[0].body));
  other.close();
});

test("a call that has its appeal already is told, and let go of", async () => {
  let first = true;
  const used = refusal(409, "call_has_appeal", "这次未接通的电话已经转成诉求，请在“我的”里查看");
  const at = await open({ [SUBMIT]: () => (first ? used : TAKEN) }, {}, "?official_id=bz-1&call_id=c1");
  await write(at, "没打通");
  await submit(at);
  assert.match(at.text(), /这次未接通的电话已经转成诉求/);
  first = false;
  await submit(at);
  assert.ok(!("call_id" in submitted(at)[1].body));
  at.close();
});

test("an official who is published no more is told, and the words stay for another one", async () => {
  const at = await open({ "GET /api/officials/:id": refusal(404, "no_such_official", GONE) });
  assert.match(at.text("#field-official"), /不再公布.*您写的内容还在/);
  assert.ok(at.byText("选择写给哪位负责同志", "button"));
  at.close();
  const later = await open({ [SUBMIT]: refusal(404, "no_such_official", GONE) });
  await write(later, "停水");
  await submit(later);
  assert.match(later.text("#field-official"), /! 这位负责同志的联系方式已不再公布/);
  assert.equal(words(later), "停水");
  later.close();
});

test("an appeal about the official says that the official will not see it", async () => {
  const at = await open();
  await at.tap("switch");
  assert.match(at.text(), /提交后先由督查部门审核，魏崇岭看不到/);
  at.close();
});

test("somebody else whom the appeal is about is named by a search, kept with the draft, and can be taken back", async () => {
  const at = await open({ "GET /api/officials": { items: [GU], next: null } });
  const name = async () => {
    await at.tap("about-other button");
    await at.type("about-other official-picker input", "gqh");
    await pause(at, 300);
    await at.tap("about-other official-picker official-cell .cell");
  };
  await write(at, "顾青禾收了开发商的东西");
  await name();
  assert.match(at.text("about-other"), /反映的是.*顾青禾/);
  assert.match(at.text(), /提交后先由督查部门审核，顾青禾看不到/);
  await at.tapText("去掉");
  assert.doesNotMatch(at.text(), /督查部门审核，/);
  await name();
  await at.tap("switch");
  assert.match(at.text(), /督查部门审核，魏崇岭和顾青禾看不到/);
  await pause(at);
  assert.equal(draftOf(at).aboutOther.id, "bz-2");
  await submit(at);
  const [{ body }] = submitted(at);
  assert.deepEqual([body.official_id, body.about_official, body.about_official_id], ["bz-1", true, "bz-2"]);
  at.close();
});

test("a restored draft still names whom it is about; who is unknown to the roster is said beside, and nothing is lost", async () => {
  const aboutOther = { id: "bz-2", name: "顾青禾", post: "局长", unit: "市教育局", roster: ROSTER.slug };
  const gone = refusal(404, "no_such_official", "这位负责同志的联系方式已不再公布", { field: "about_official_id" });
  const at = await open({ [SUBMIT]: gone }, left({ aboutOther }));
  assert.match(at.text("about-other"), /反映的是.*顾青禾/);
  await submit(at);
  assert.match(at.text("#field-about_official_id"), /顾青禾.*指明的这位负责同志不在这份名录里/);
  assert.equal(submitted(at)[0].body.about_official_id, "bz-2");
  assert.equal(words(at), "上次写的内容");
  at.close();
});

test("a draft shows to whom it goes, also where neither phone nor server can say", async () => {
  const first = await open();
  await write(first, "停水");
  await pause(first);
  const draft = draftOf(first);
  first.close();
  assert.deepEqual([draft.addressee.name, draft.addressee.roster], ["魏崇岭", ROSTER.slug]);
  const storage = kept({ session: "token", draft: { run: "earlier", draft } });
  const at = await open({ "GET /api/officials/:id": network() }, { storage, online: false }, "");
  assert.match(at.text("addressee"), /写给魏崇岭市委书记/);
  at.close();
});

test("nothing is sent to somebody whom the page does not show; the network brings the name", async () => {
  const at = await open({}, { storage: kept({ session: "token", program: {} }), online: false });
  await write(at, "停水");
  await at.tap("#submit");
  assert.match(at.text("#field-official"), /还没有查到这位负责同志/);
  assert.equal(submitted(at).length, 0);
  await at.goOnline();
  await at.waitFor(() => /写给魏崇岭/.test(at.text("addressee")));
  await submit(at);
  await at.waitFor(() => submitted(at).length);
  at.unanswered.length = 0;
  at.window.close();
});
