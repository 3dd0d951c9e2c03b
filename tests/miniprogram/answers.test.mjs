import assert from "node:assert/strict";
import test from "node:test";
import { opened, page, refusal, sent } from "./appeal-views.mjs";
import { network } from "./harness.mjs";

const LIST = "GET /api/public/appeals";
const FIGURES = "GET /api/public/figures";
const CHOSEN = { "1:roster": { value: "city" } };
const open = (t, api, storage = {}) => opened(t, "pages/answers/answers", api, { storage: { ...CHOSEN, ...storage } });

/** PublishedView. */
const published = (change = {}) => ({
  code: "20261101-AAAAAA",
  kind: "suggestion",
  kind_label: "建议",
  title: "加斑马线",
  body: "学校门口没有斑马线。",
  answer: "已经划好。",
  official: { id: "o1", name: "周文清", post: "局长", unit: "教育局" },
  published_at: "2026-11-18T02:00:00.000Z",
  ...change,
});

const RATES = {
  response: "按时联系",
  on_time: "按时答复",
  raw_on_time: "按原期限答复",
  resolution: "评价已解决",
  partly: "评价部分解决",
  satisfaction: "评价满意",
  participation: "群众参评",
  connection: "电话接通",
  in_person: "接通后本人接听",
  call_back: "未接来电一个工作日内回拨",
};

/** OfficialFiguresView; `known` are the names of the figures with cases enough. */
function figuresOf(name, known = [], change = {}) {
  const figures = Object.fromEntries(
    Object.entries(RATES).map(([key, label]) => {
      const text = known.includes(key) ? `${label} 94%（近 90 天 52 件）` : `${label} 数据积累中（近 90 天 3 件）`;
      return [key, { rate: known.includes(key) ? 0.94 : null, cases: 3, text }];
    }),
  );
  const first_response = { median_minutes: null, cases: 3, text: "首次联系 数据积累中（按工作时间，近 90 天 3 件）" };
  return {
    id: name,
    roster: "city",
    group: "市直",
    name,
    post: "局长",
    unit: "教育局",
    figures: { days: 90, ...figures, first_response },
    ...change,
  };
}

test("a published answer says what was asked, what was answered, by whom and when", async (t) => {
  const at = await open(t, { [LIST]: page([published()]) });
  for (const words of ["建议", "加斑马线", "学校门口没有斑马线。", "已经划好。", "周文清 · 教育局", "11月18日"])
    assert.ok(at.text("published-card").includes(words), words);
  assert.equal(sent(at, "GET", "/api/public/appeals")[0].query.roster, "city");
  assert.equal(sent(at, "GET", "/api/public/appeals")[0].headers.authorization, undefined);
});

test("a long question is folded until it is tapped, a short one is not", async (t) => {
  const at = await open(t, {
    [LIST]: page([published({ body: "很长的问题。".repeat(20) }), published({ id: "2" })]),
  });
  assert.equal(at.all("published-card .two-lines").length, 1);
  assert.equal(at.all("published-card .fold").length, 1);
  await at.tapText("看完整的问题");
  assert.equal(at.all("published-card .two-lines").length, 0);
  assert.ok(at.byText("收起"));
});

test("searching looks through what is loaded, and says how many", async (t) => {
  const items = [
    published(),
    published({ id: "2", title: "路灯", body: "路灯不亮", answer: "修好了", official: null }),
  ];
  const at = await open(t, { [LIST]: page(items, "n") });
  await at.type("#search", "路灯 修好");
  assert.equal(at.all("published-card").length, 1);
  assert.ok(at.byText("在已经加载的 2 条里找到 1 条，下面可以继续加载"));
  await at.type("#search", "周文清");
  assert.match(at.text("published-card"), /加斑马线/);
  await at.type("#search", "没有的");
  assert.ok(at.byText("没有找到“没有的”"));
  await at.tapText("清除");
  assert.equal(at.all("published-card").length, 2);
});

test("the next page comes at the end of the list", async (t) => {
  const pages = { "": page([published()], "n"), n: page([published({ id: "2", title: "第二条" })]) };
  const at = await open(t, { [LIST]: ({ query }) => pages[query.cursor] });
  await at.reachBottom();
  assert.match(at.text(), /加斑马线.*第二条/);
  await at.reachBottom();
  assert.equal(sent(at, "GET", "/api/public/appeals").length, 2);
});

test("without any answer the page says when there will be some", async (t) => {
  const at = await open(t, { [LIST]: page([]) });
  assert.ok(at.byText("还没有公开的答复"));
});

test("figures stand in the directory's order with their cases, and never as a rank", async (t) => {
  const list = [figuresOf("丙"), figuresOf("甲", ["on_time", "satisfaction"]), figuresOf("乙", ["call_back"])];
  const at = await open(t, { [LIST]: page([]), [FIGURES]: page(list) });
  await at.tapText("办理情况");
  assert.equal(sent(at, "GET", "/api/public/figures")[0].query.roster, "city");
  const [first, second] = at.all("figures-card").map((card) => card.textContent);
  assert.match(first, /甲.*按时答复 94%（近 90 天 52 件）.*评价满意 94%/s);
  assert.doesNotMatch(first, /数据积累中/);
  assert.match(second, /乙.*按时答复 数据积累中/s);
  assert.match(at.text(), /不排名/);
  assert.match(at.text(), /其余 1 位数据积累中/);
  await at.type("#search", "丙");
  assert.match(at.text("figures-card"), /丙.*按时答复 数据积累中（近 90 天 3 件）$/s);
});

test("all figures are shown on demand, and only where there are some", async (t) => {
  const at = await open(t, { [LIST]: page([]), [FIGURES]: page([figuresOf("丙"), figuresOf("甲", ["on_time"])]) });
  await at.tapText("办理情况");
  assert.equal(at.all("figures-card .fold").length, 1);
  await at.tapText("全部数据");
  const lines = at.all("figures-card")[0].textContent;
  for (const label of Object.values(RATES)) assert.ok(lines.includes(label), label);
  assert.match(lines, /首次联系/);
});

test("how figures are counted is explained", async (t) => {
  const at = await open(t, { [LIST]: page([]), [FIGURES]: page([figuresOf("甲")]) });
  await at.tapText("办理情况");
  assert.equal(at.byText("逾期没办的也算在内"), null);
  await at.tapText("这些数字是怎么算的？");
  assert.ok(at.byText("近 90 天里到期的诉求，逾期没办的也算在内"));
});

test("figures are searched by name and unit", async (t) => {
  const list = [figuresOf("甲"), figuresOf("乙", [], { unit: "水务局" })];
  const at = await open(t, { [LIST]: page([]), [FIGURES]: page(list) });
  await at.tapText("办理情况");
  await at.type("#search", "水务");
  assert.match(at.text("figures-card"), /乙/);
  assert.equal(at.all("figures-card").length, 1);
});

test("each part fails for itself and can be tried again", async (t) => {
  let working = false;
  const at = await open(t, {
    [LIST]: page([published()]),
    [FIGURES]: () => (working ? page([figuresOf("甲", ["on_time"])]) : refusal(422, "没有这份名录")),
  });
  await at.tapText("办理情况");
  assert.ok(at.byText("没有这份名录"));
  await at.tapText("公开答复", ".segment");
  assert.ok(at.q("published-card"));
  assert.equal(at.byText("没有这份名录"), null);
  await at.tapText("办理情况");
  working = true;
  await at.tapText("再试一次");
  assert.ok(at.q("figures-card"));
});

test("without network the phone shows what it remembers of this roster", async (t) => {
  const at = await open(t, { [LIST]: network }, { "1:answers:city": { value: [published({ title: "记得的" })] } });
  assert.ok(at.byText("记得的"));
  await at.waitFor(() => at.toasts.length, "the failure in passing");
  assert.ok(at.byText("记得的"));
});

test("another roster brings its own answers", async (t) => {
  const at = await open(t, {
    [LIST]: ({ query }) => page([published({ title: query.roster === "city" ? "本市的" : "别处的" })]),
    "GET /api/me": {},
  });
  assert.ok(at.byText("本市的"));
  at.wx.setStorageSync("1:roster", { value: "other" });
  await at.leaveAndReturn();
  assert.ok(at.byText("别处的"));
  assert.equal(at.byText("本市的"), null);
});

test("a pulled refresh asks again", async (t) => {
  const at = await open(t, { [LIST]: page([published()]) });
  await at.pullDown();
  assert.equal(sent(at, "GET", "/api/public/appeals").length, 2);
});

test("opened by a link, it reads one roster; where only the person can say which, none", async (t) => {
  const roster = { slug: "town", name: "镇", city: "镇", promise: "", audience: "everyone", contact_days: 3 };
  const api = { [LIST]: page([published()]), "GET /api/rosters": page([roster]) };
  const at = await opened(t, "pages/answers/answers", api);
  await at.waitFor(() => at.q("published-card"), "the answers");
  assert.deepEqual(new Set(sent(at, "GET", "/api/public/appeals").map(({ query }) => query.roster)), new Set(["town"]));
  const rosters = page([roster, { ...roster, slug: "city" }]);
  const none = await opened(t, "pages/answers/answers", { ...api, "GET /api/rosters": rosters });
  await none.waitFor(() => none.byText("请先选择要看的名录"), "the question");
  assert.equal(sent(none, "GET", "/api/public/appeals").length, 0);
  const linked = await opened(t, "pages/answers/answers?roster=city", { ...api, "GET /api/rosters": rosters });
  await linked.waitFor(() => linked.q("published-card"), "the answers of the link's roster");
  assert.equal(sent(linked, "GET", "/api/public/appeals")[0].query.roster, "city");
  assert.equal(linked.page.onShareAppMessage().path, "/pages/answers/answers?roster=city");
});
