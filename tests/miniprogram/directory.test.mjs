import assert from "node:assert/strict";
import test from "node:test";
import {
  BASE,
  FIGURES,
  GU,
  OTHER,
  ROSTER,
  SEEN,
  directory,
  kept,
  official,
  refusal,
  sent,
} from "./directory-views.mjs";
import { mount, network, reply } from "./harness.mjs";

const LIST = "GET /api/rosters";
const DIRECTORY = "GET /api/rosters/:slug/directory";
const SEARCH = "GET /api/officials";
const open = (api = {}, more = {}, query = "") =>
  mount(`pages/directory/directory${query}`, { api: { ...BASE, ...api }, ...more });
/** Each roster's own directory. */
const bySlug = ({ params: { slug } }) =>
  slug === ROSTER.slug ? BASE[DIRECTORY] : reply(200, directory([official({ name: "林一舟" })], OTHER));
const names = (at) => at.all("official-cell .strong").map((one) => one.textContent);
const pause = (at) => at.pause(300).then(at.settle);

test("the first visit opens the default roster with its promise, groups and counts", async () => {
  const at = await open({ [LIST]: { items: [OTHER, ROSTER], next: null } });
  assert.match(at.text(), /亳州市领导干部公开电话.*3 天内联系您。/);
  assert.match(at.text(".groups"), /市领导1\s?市直部门1/);
  assert.deepEqual(names(at), ["魏崇岭"]);
  assert.match(at.text("official-cell"), /市委书记.*中共亳州市委.*主持市委全面工作、党的建设/);
  at.close();
});

test("a tap on a group shows its officials", async () => {
  const at = await open();
  await at.tapText("市直部门", ".group");
  assert.deepEqual(names(at), ["顾青禾"]);
  at.close();
});

test("where no roster is the default the person chooses, and the choice is kept", async () => {
  const api = {
    [LIST]: { items: [OTHER, ROSTER], next: null },
    "GET /api/program": { ...(await BASE["GET /api/program"]), default_roster: null },
  };
  const at = await open(api);
  assert.match(at.text(), /请选择要看的名录/);
  assert.equal(sent(at, "GET", "/api/rosters/shenzhen/directory").length, 0);
  await at.tapText("深圳市公开电话和微信");
  assert.equal(sent(at, "GET", "/api/rosters/shenzhen/directory").length, 1);
  assert.equal(at.wx.getStorageSync("1:roster").value, "shenzhen");
  at.close();
});

test("another roster is chosen from a sheet; with one there is nothing to choose", async () => {
  const api = {
    [LIST]: { items: [ROSTER, OTHER], next: null },
    [DIRECTORY]: bySlug,
  };
  const at = await open(api);
  await at.tapText("换名录");
  assert.match(at.text("sheet"), /亳州市.*✓ 正在看.*深圳市/);
  await at.tapText("深圳市公开电话和微信");
  assert.deepEqual(names(at), ["林一舟"]);
  at.close();
  const one = await open();
  assert.equal(one.byText("换名录"), null);
  one.close();
});

test("a roster that is published no more gives way to the default one and leaves the phone", async () => {
  const storage = kept({
    ...SEEN,
    roster: "old",
    "directory:old": { etag: "x", directory: directory([GU], { ...ROSTER, slug: "old" }) },
  });
  const at = await open({}, { storage });
  await at.settle();
  assert.deepEqual(names(at), ["魏崇岭"]);
  assert.equal(at.wx.getStorageSync("1:directory:old"), "");
  at.close();
});

test("what the phone remembers is shown at once, and asked about with its tag", async () => {
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  const at = await open({ [DIRECTORY]: () => held }, { storage: kept(SEEN) });
  assert.deepEqual(names(at), ["魏崇岭"]);
  await at.waitFor(() => sent(at, "GET", "/api/rosters/bozhou-81/directory").length);
  assert.equal(sent(at, "GET", "/api/rosters/bozhou-81/directory")[0].headers["if-none-match"], '"e0"');
  answer(reply(200, directory([official({ name: "邵文渊" })]), { ETag: '"e1"' }));
  await at.settle();
  assert.deepEqual(names(at), ["邵文渊"]);
  assert.equal(at.wx.getStorageSync("1:directory:bozhou-81").value.etag, '"e1"');
  at.close();
});

test("an unchanged directory stays as it is", async () => {
  const at = await open({ [DIRECTORY]: reply(304) }, { storage: kept(SEEN) });
  assert.deepEqual(names(at), ["魏崇岭"]);
  const set = at.page.setData;
  const changes = [];
  at.page.setData = (change, ...more) => {
    changes.push(...Object.keys(change));
    set.call(at.page, change, ...more);
  };
  await at.pullDown();
  assert.ok(changes.length && !changes.includes("sections"), "the list is not drawn again");
  assert.equal(at.byText("没能更新"), null);
  at.close();
});

test("a refresh that fails keeps what is shown and says so; nothing to show is a page of its own with another try", async () => {
  const away = refusal(500, "failed", "没能完成这次操作，请稍后重试");
  const at = await open({ [LIST]: away }, { storage: kept(SEEN) });
  await at.waitFor(() => at.byText("没能更新名录"));
  assert.deepEqual(names(at), ["魏崇岭"]);
  at.close();

  let fails = true;
  const empty = await open({ [LIST]: () => (fails ? refusal(404, "x", "名录暂时打不开") : BASE[LIST]) });
  assert.match(empty.text(), /名录暂时打不开/);
  fails = false;
  await empty.tapText("再试一次");
  assert.deepEqual(names(empty), ["魏崇岭"]);
  empty.close();
});

test("without any roster the page says so", async () => {
  const at = await open({ [LIST]: { items: [], next: null } });
  assert.match(at.text(), /还没有公布名录/);
  at.close();
});

test("what holds at this hour stands above the list: a closed campaign, closed lines, a courtesy hint", async () => {
  const roster = {
    ...ROSTER,
    opens_next: "现在无人接听。11月23日 8:00 恢复",
    courtesy_now: "现在是深夜",
    campaign: { topic: "疫情", open: false, notice: "这条专线的受理期已结束" },
  };
  const at = await open({ [DIRECTORY]: reply(200, directory([official()], roster)) });
  assert.deepEqual(
    at.all(".notice").map((one) => one.textContent),
    ["这条专线的受理期已结束", "现在无人接听。11月23日 8:00 恢复", "现在是深夜"],
  );
  at.close();
});

test("a figure is shown once enough cases stand behind it", async () => {
  const people = [
    official({ figures: FIGURES }),
    official({ id: "b", figures: { ...FIGURES, on_time: { rate: null, cases: 2, text: "x" } } }),
    official({ id: "c" }),
  ];
  const at = await open({ [DIRECTORY]: reply(200, directory(people)) });
  const [first, second, third] = at.all("official-cell").map((one) => one.textContent);
  assert.match(first, /按时答复 94%（近 90 天 52 件）/);
  assert.match(second, /按时联系 90%/);
  assert.doesNotMatch(third, /%|积累/);
  at.close();
});

test("search waits for a pause, asks the server about the roster, and its answer replaces the list", async () => {
  const at = await open({ [SEARCH]: { items: [GU], next: null } });
  await at.type("input", "g");
  await at.type("input", "gqh");
  await pause(at);
  assert.deepEqual(
    sent(at, "GET", "/api/officials").map(({ query }) => query),
    [{ q: "gqh", roster: "bozhou-81" }],
  );
  assert.deepEqual(names(at), ["顾青禾"]);
  await at.tapText("清除");
  assert.deepEqual(names(at), ["魏崇岭"]);
  assert.equal(at.q("input").querySelector("input").value, "");
  at.close();
});

test("an answer that comes late does not replace a newer one", async () => {
  const answers = {};
  const at = await open({ [SEARCH]: ({ query }) => new Promise((resolve) => (answers[query.q] = resolve)) });
  await at.type("input", "一");
  await at.pause(300);
  await at.type("input", "二");
  await at.pause(300);
  answers["二"]({ items: [GU], next: null });
  await at.settle();
  answers["一"]({ items: [official()], next: null });
  await at.settle();
  assert.deepEqual(names(at), ["顾青禾"]);
  at.close();
});

test("where nobody answers, the phone's own directory is searched by name, duty, unit and first letter", async () => {
  const at = await open({ [SEARCH]: network(), ...BASE }, { storage: kept(SEEN), online: false });
  for (const [words, who] of [
    ["青禾", "顾青禾"],
    ["招生", "顾青禾"],
    ["教育局 局长", "顾青禾"],
    ["w", "魏崇岭"],
  ]) {
    await at.type("input", words);
    await pause(at);
    assert.deepEqual(names(at), [who], words);
  }
  assert.match(at.text(), /在手机里的名录中查到/);
  assert.equal(sent(at, "GET", "/api/officials").length, 0);
  at.errors.length = 0;
  at.close();
});

test("nothing found invites to tell the matter, and takes the words along", async () => {
  const at = await open({ [SEARCH]: { items: [], next: null } });
  await at.type("input", "飞碟");
  await pause(at);
  assert.match(at.text(), /没有找到“飞碟”/);
  await at.tapText("不知道找谁？说说您的事", "button");
  assert.equal(decodeURIComponent(at.stack.at(-1)), "pages/suggest/suggest?text=飞碟");
  assert.equal(at.q("textarea").querySelector("textarea").value, "飞碟");
  at.close();
});

const MANY = ["周", "安", "李", "林"].flatMap((surname, index) =>
  Array.from({ length: 5 }, (_, number) =>
    official({ id: `${index}-${number}`, name: `${surname}${number}`, initial: "ZALL"[index] }),
  ),
);

test("a long group has letters: one sorts the list by surname, and the roster's order comes back with a tap", async () => {
  const at = await open({ [DIRECTORY]: reply(200, directory(MANY)) });
  assert.equal(names(at)[0], "周0");
  assert.deepEqual(
    at.all(".initial").map((one) => one.textContent),
    ["A", "L", "Z"],
  );
  await at.tapText("L", ".initial");
  assert.match(at.text(), /现在按姓氏 A 到 Z 排列/);
  assert.deepEqual([names(at)[0], names(at)[5], names(at)[15]], ["安0", "李0", "周0"]);
  assert.deepEqual(
    at.all(".letter").map((one) => one.id),
    ["letter-A", "letter-L", "letter-Z"],
  );
  await at.tapText("按名录顺序");
  assert.equal(names(at)[0], "周0");
  at.close();
});

test("a short group has none; with large text they are keys above the list, folded until wanted", async () => {
  const short = await open();
  assert.equal(short.q("letters"), null);
  short.close();
  const large = await open({ [DIRECTORY]: reply(200, directory(MANY)) }, { largeText: true });
  assert.equal(large.all(".key").length, 0);
  await large.tapText("按姓氏找");
  assert.equal(large.all(".key").length, 3);
  assert.equal(large.q(".strip"), null);
  large.close();
});

test("favourites are the first group, and appear as soon as one is added", async () => {
  const at = await open({}, { storage: kept({ ...SEEN, favourites: ["bz-2", "unknown"] }) });
  assert.match(at.text(".groups"), /^常用1/);
  assert.deepEqual(names(at), ["顾青禾"]);
  at.close();

  const none = await open();
  assert.equal(none.byText("常用"), null);
  await none.tap("official-cell .cell");
  await none.tapText("☆ 设为常用");
  await none.back();
  assert.match(none.text(".groups"), /^常用1/);
  assert.deepEqual(names(none), ["魏崇岭"]);
  none.close();
});

test("a call is asked about with its number and what holds now, and leads to its outcome", async () => {
  const roster = { ...ROSTER, courtesy_now: "现在是深夜，急事请拨值班电话" };
  const people = [official({ duty_phone: "0558-0000101" })];
  const at = await open({ [DIRECTORY]: reply(200, directory(people, roster)) });
  await at.tapText("拨打", ".act");
  assert.match(at.text("call-sheet"), /魏崇岭.*现在是深夜.*拨打 ?154 3267 2225.*拨打值班电话 ?0558-0000101/);
  await at.tapText("154 3267 2225");
  assert.match(at.dialog, /呼叫 15432672225/);
  await at.choose("呼叫 15432672225");
  await at.tapText("说说结果", "button");
  assert.equal(at.stack.at(-1), "pages/official/official?id=bz-1&section=outcomes");
  at.close();
});

test("a call that was not made asks for no outcome", async () => {
  const at = await open();
  await at.tapText("拨打", ".act");
  await at.tapText("154 3267 2225");
  await at.choose("取消");
  assert.equal(at.byText("说说结果"), null);
  await at.tapText("先不打");
  assert.equal(at.byText("154 3267 2225"), null);
  at.close();
});

test("a cell opens the official, and its other button the appeal", async () => {
  const at = await open();
  await at.tapText("写诉求", ".act");
  assert.equal(at.stack.at(-1), "pages/write/write?official_id=bz-1");
  await at.back();
  await at.tap("official-cell .cell");
  assert.equal(at.stack.at(-1), "pages/official/official?id=bz-1");
  at.close();
});

const SCENE = "GET /api/sources/:scene";
const POSTER = { roster: "shenzhen", source: "东门菜场" };
const BOTH = {
  [LIST]: { items: [ROSTER, OTHER], next: null },
  [DIRECTORY]: bySlug,
  "POST /api/visits": reply(201, {}),
};

test("a poster's code leads to its roster, counts the visit once and is remembered for an appeal", async () => {
  const at = await open({ ...BOTH, [SCENE]: POSTER }, { storage: kept(SEEN) }, "?scene=a%3D7");
  assert.deepEqual(names(at), ["林一舟"]);
  assert.ok(at.calls.some(({ path }) => path === "/api/sources/a%3D7"));
  const visits = sent(at, "POST", "/api/visits");
  assert.deepEqual(
    visits.map(({ body }) => body),
    [POSTER],
  );
  assert.ok(visits[0].headers["idempotency-key"]);
  assert.equal(at.wx.getStorageSync("1:source").value.source, "东门菜场");
  await at.pullDown();
  assert.equal(sent(at, "POST", "/api/visits").length, 1);
  at.close();
});

test("a visit that cannot be counted, and an old poster, stand in nobody's way", async () => {
  const uncounted = { ...BOTH, [SCENE]: POSTER, "POST /api/visits": refusal(404, "x", "没有") };
  const at = await open(uncounted, {}, "?scene=7");
  assert.deepEqual(names(at), ["林一舟"]);
  at.close();
  const old = await open({ ...BOTH, [SCENE]: refusal(404, "x", "没有") }, {}, "?scene=7");
  assert.deepEqual(names(old), ["魏崇岭"]);
  old.close();
});

test("a poster's code that nobody could read is tried again", async () => {
  let away = true;
  const scene = () => (away ? refusal(503, "away", "忙") : POSTER);
  const at = await open({ ...BOTH, [SCENE]: scene }, { storage: kept(SEEN) }, "?scene=7");
  await at.waitFor(() => at.byText("没能更新名录"));
  away = false;
  await at.pullDown();
  assert.deepEqual(names(at), ["林一舟"]);
  at.close();
});

test("a shared page opens the roster that was shared", async () => {
  const at = await open(BOTH, { storage: kept(SEEN) }, "?roster=shenzhen");
  assert.deepEqual(names(at), ["林一舟"]);
  assert.equal(at.page.onShareAppMessage().path, "/pages/directory/directory?roster=shenzhen");
  at.close();
});

test("a hit shows the duty that holds what was looked for, instead of the first ones", async () => {
  const person = official({ duties: ["主持全面工作", "供水、停水抢修"] });
  const at = await open({ "GET /api/officials": { items: [person], next: null } });
  await at.type(".query", "停水");
  await at.waitFor(() => at.q("official-cell .fitting"), "the hit");
  assert.match(at.text("official-cell"), /分工：供水、停水抢修/);
  assert.doesNotMatch(at.text("official-cell"), /主持全面工作/);
  at.close();
});
