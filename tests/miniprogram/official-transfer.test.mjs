import assert from "node:assert/strict";
import test from "node:test";
import { network } from "./harness.mjs";
import { handled, losing, end, open, page, refusal, sent } from "./official-views.mjs";

const GET = "GET /api/appeals/p1";
const POST = "POST /api/official/appeals/p1/transfer";
const PAGE = "transfer/transfer?id=p1";

/** OfficialView. */
const official = (id, name, change = {}) => ({
  id,
  roster: "city",
  group: "部门",
  name,
  initial: "Z",
  post: "局长",
  unit: `${name}的单位`,
  duties: ["供水", "排水"],
  phone: "13800000000",
  duty_phone: null,
  email: null,
  wechat_id: null,
  projects: [],
  figures: null,
  ...change,
});
const SELF = official("o1", "周文清");
const OTHER = official("o2", "李水生");
const API = {
  [GET]: handled({ title: "停水", body: "三天没有水了。" }),
  "POST /api/officials/suggest": {
    items: [
      { ...SELF, matching_duty: "供水" },
      { ...OTHER, matching_duty: "供水和节水" },
    ],
    next: null,
  },
  "GET /api/officials": { items: [SELF, OTHER, official("o3", "赵供电")], next: null },
  "GET /api/official/inbox": page([]),
};
const transfers = (at) => sent(at, "POST", "/api/official/appeals/p1/transfer");
async function choose(at, reason = "供水归水务局管") {
  await at.tapText("李水生");
  if (reason) await at.type("textarea", reason);
}

test("it says first that this is once in a lifetime, and suggests by what was written, never the same official", async () => {
  const at = await open(PAGE, API);
  assert.match(at.text(), /每件诉求只能转办一次。.*期限从头计算，群众会收到通知/);
  assert.deepEqual(sent(at, "POST", "/api/officials/suggest")[0].body, {
    text: "停水\n三天没有水了。",
    roster: "city",
  });
  assert.match(at.text(), /可能归这几位管.*李水生.*供水和节水/);
  assert.ok(!at.text().includes("周文清"));
  await end(at);
});

test("the search asks within the roster, a pause after the last letter, and leaves out the one who has it", async () => {
  const at = await open(PAGE, API);
  await at.type("input", "供");
  await at.type("input", "供电");
  await at.waitFor(() => /赵供电/.test(at.text()));
  assert.deepEqual(
    sent(at, "GET", "/api/officials").map(({ query }) => query),
    [{ q: "供电", roster: "city" }],
  );
  assert.ok(!at.text().includes("周文清"));
  await end(at);
});

test("a search without a result says what to try, one that failed offers another try", async () => {
  let well = false;
  const at = await open(PAGE, {
    ...API,
    "GET /api/officials": () => (well ? { items: [], next: null } : refusal(422, "填写的内容有误")),
  });
  await at.type("input", "气象");
  await at.waitFor(() => /填写的内容有误/.test(at.text()));
  well = true;
  await at.tapText("再试一次");
  await at.waitFor(() => /没有找到。试试单位或分工里的字/.test(at.text()));
  await end(at);
});

test("it asks for a reason, names who gets it, sends once over a lost line, and leads to the inbox", async () => {
  const answer = losing(handled({ actions: [] }), network);
  const at = await open(PAGE, { ...API, [POST]: () => answer() });
  await choose(at, "");
  await at.tapText("转办", "button");
  assert.match(at.text(), /! 请写明为什么转办/);
  await at.type("textarea", " 供水归水务局管 ");
  await at.tapText("转办", "button");
  assert.match(at.dialog, /转给李水生？.*李水生的单位 局长。每件诉求只能转办一次/);
  await at.choose("转办");
  assert.match(at.text(), /正在转办……/);
  await at.waitFor(() => at.stack.at(-1) === "official/pages/inbox/inbox");
  assert.deepEqual(transfers(at)[1].body, { official_id: "o2", reason: "供水归水务局管" });
  assert.equal(transfers(at)[0].headers["idempotency-key"], transfers(at)[1].headers["idempotency-key"]);
  assert.equal(at.stack.length, 1);
  await at.waitFor(() => at.toasts.some(({ title }) => title === "已转给李水生"));
  await end(at);
});

test("thinking again sends nothing; another one can be chosen", async () => {
  const at = await open(PAGE, { ...API, [POST]: handled() });
  await choose(at);
  await at.tapText("转办", "button");
  await at.choose("再想想");
  assert.equal(transfers(at).length, 0);
  await at.tapText("换一位");
  assert.match(at.text(), /可能归这几位管/);
  await end(at);
});

test("a refusal shows its sentence and keeps what was written", async () => {
  const words = "每件诉求只能转办一次，请直接办理或申请延期";
  let gets = 0;
  const at = await open(PAGE, {
    ...API,
    [GET]: () => ((gets += 1), handled({ actions: gets === 1 ? ["transfer"] : ["answer"] })),
    [POST]: refusal(409, words),
  });
  await choose(at);
  await at.tapText("转办", "button");
  await at.choose("转办");
  await at.waitFor(() => /这件诉求现在不能转办/.test(at.text()));
  assert.equal(at.q("textarea").querySelector("textarea").value, "供水归水务局管");
  await end(at);
});

test("the sentence of a refusal that leaves the transfer open stands above the button", async () => {
  const words = "不能把诉求交给它所反映的人";
  const at = await open(PAGE, { ...API, [POST]: refusal(409, words) });
  await choose(at);
  await at.tapText("转办", "button");
  await at.choose("转办");
  await at.waitFor(() => at.text(".bar").includes(words));
  await end(at);
});

test("suggestions that fail do not stand in the way", async () => {
  const at = await open(PAGE, { ...API, "POST /api/officials/suggest": refusal(500, "没能完成这次操作") });
  await at.waitFor(() => /转给谁/.test(at.text()));
  assert.ok(!at.text().includes("没能完成这次操作"));
  await end(at);
});
