import assert from "node:assert/strict";
import test from "node:test";
import { handler, end, open, post, refusal } from "./official-views.mjs";

const PAGE = "figures/figures";
const RATES = [
  "response",
  "on_time",
  "raw_on_time",
  "resolution",
  "partly",
  "satisfaction",
  "participation",
  "connection",
  "in_person",
  "call_back",
];

/** FiguresView: `text` of every rate is its name, but those that are given. */
const figures = (texts = {}) => ({
  days: 90,
  ...Object.fromEntries(RATES.map((name) => [name, { rate: 0.9, cases: 52, text: texts[name] || name }])),
  first_response: { median_minutes: 90, cases: 52, text: texts.first_response || "first_response" },
});
const of = (id, name, texts) => ({
  id,
  roster: "city",
  group: "部门",
  name,
  post: "局长",
  unit: "教育局",
  figures: figures(texts),
});
const official = {
  id: "o1",
  roster: "city",
  group: "部门",
  name: "周文清",
  initial: "Z",
  post: "局长",
  unit: "教育局",
  duties: [],
  phone: "13800000000",
  duty_phone: null,
  email: null,
  wechat_id: null,
  projects: [],
  figures: null,
  open_now: true,
  opens_next: null,
  courtesy_now: null,
  campaign: null,
};
const API = {
  "GET /api/officials/o1": official,
  "GET /api/public/figures": ({ query }) => {
    assert.equal(query.roster, "city");
    return {
      items: [
        of("o9", "钱同志", { on_time: "按时答复 12%" }),
        of("o1", "周文清", {
          on_time: "按时答复 94%（近 90 天 52 件）",
          first_response: "首次联系 数据积累中（近 90 天 3 件）",
        }),
      ],
      next: null,
    };
  },
};

test("own figures stand with their cases and how they are counted, nothing of others", async () => {
  const at = await open(PAGE, API);
  assert.match(
    at.text(),
    /局长.*联系和答复.*按时答复 94%（近 90 天 52 件）.*答复期限已到的诉求里，期限内答复的.*首次联系 数据积累中/,
  );
  assert.match(at.text(), /群众评价.*没有评价不算满意.*电话.*一个工作日内回拨的/);
  assert.ok(!at.text().includes("12%"));
  assert.ok(!at.text().includes("钱同志"));
  assert.match(at.text(), /不和别人比较，不排名/);
  await end(at);
});

test("every post has its own; one that is not published says so", async () => {
  const me = handler([post(), post({ official_id: "o2", role: "staff", post: "县长", name: "王县" })]);
  const at = await open(
    PAGE,
    { ...API, "GET /api/officials/o2": refusal(404, "这位负责同志的联系方式已不再公布") },
    { me },
  );
  assert.match(at.text(), /按时答复 94%.*县长教育局 · 王县这个岗位现在没有公布，暂时没有数据/);
  await end(at);
});

test("a failed first loading offers another try, a failed refresh keeps what is shown", async () => {
  let well = false;
  const at = await open(PAGE, { ...API, "GET /api/me": () => (well ? handler() : refusal(500, "没能完成这次操作")) });
  await at.waitFor(() => /没能完成这次操作/.test(at.text()));
  well = true;
  await at.tapText("再试一次");
  await at.waitFor(() => /94%/.test(at.text()));
  well = false;
  await at.pullDown();
  await at.waitFor(() => /没能完成这次操作。下面是上次看到的/.test(at.text()));
  assert.match(at.text(), /94%/);
  await end(at);
});

test("who is bound to nothing is told so", async () => {
  const at = await open(PAGE, {}, { me: handler([]) });
  assert.match(at.text(), /您还没有绑定办理身份/);
  await end(at);
});
