import assert from "node:assert/strict";
import test from "node:test";
import { network } from "./harness.mjs";
import {
  NOW,
  assigned,
  deadline,
  entry,
  handled,
  handler,
  listed,
  losing,
  end,
  open,
  page,
  post,
  refusal,
  sent,
} from "./official-views.mjs";

const GET = "GET /api/appeals/p1";
const PAGE = "appeal/appeal?id=p1";
const ACT = "/api/official/appeals/p1";
const acts = (at, action) => sent(at, "POST", `${ACT}/${action}`);
const tools = (at) =>
  at
    .all("button")
    .map((button) => button.textContent.trim())
    .filter((words) => words !== "拨打");
const others = async (at) => {
  await at.tapText("更多");
  return at.text(".panel");
};

test("the page tells state, deadlines, what the resident wrote, and who it is", async () => {
  const appeal = handled({
    body: "路灯不亮。\n请修一修。",
    place: "和平路东段",
    visibility: "public",
    organisation: { name: "和平路小卖部", credit_code: "91341600MA2ABCDE1X" },
    photos: [{ id: "f1", url: "https://city.example.gov.cn/f1.jpg" }],
    deadlines: [
      deadline({ kind: "contact", label: "联系期限", overdue: true, left: "已逾期 2 天（11月18日 18:00 到期）" }),
    ],
  });
  const at = await open(PAGE, { [GET]: appeal });
  for (const words of [
    "办理中",
    "求助 · 20261120-7K4M2P",
    "联系期限",
    "! 已逾期 2 天",
    "请修一修。",
    "地点：和平路东段",
    "和平路小卖部",
    "91341600MA2ABCDE1X",
    "13812345678",
    "同意公开答复",
    "请在期限内答复群众",
  ])
    assert.ok(at.text().includes(words), words);
  assert.equal(at.all("photo-row image").length, 1);
  await end(at);
});

test("earlier answers stand with their ratings, and the story with deeds of people", async () => {
  const answer = { text: "已经修好。", outcome: "solved", name: "周文清", on_behalf: true, at: NOW, photos: [] };
  const rating = { resolution: "unresolved", satisfaction: "dissatisfied", comment: "又坏了", at: NOW };
  const promise = {
    deed: "quick_reply",
    label: "快捷回复",
    by: "official",
    name: "周文清",
    text: "在开会",
    due_at: NOW,
  };
  const at = await open(PAGE, {
    [GET]: handled({
      answers: [answer],
      ratings: [rating],
      timeline: [entry(promise), entry({ number: 0, deed: "urge", label: "催办" })],
    }),
  });
  assert.match(at.text(), /答复：已解决.*已经修好。.*周文清（代办）.*群众评价：未解决，不满意.*又坏了/);
  assert.match(at.text(), /承诺今天 10:30 前联系群众（这不是答复）/);
  assert.match(at.text(), /! 群众催办 1 次/);
  await end(at);
});

test("the tools are those that the server allows, the rest behind 更多 with what each means", async () => {
  const fresh = await open(PAGE, { [GET]: assigned() });
  assert.deepEqual(tools(fresh), ["签收", "联系", "更多"]);
  assert.match(await others(fresh), /快捷回复.*转办.*退回/);
  await end(fresh);
  const running = await open(PAGE, { [GET]: handled() });
  assert.deepEqual(tools(running), ["联系", "答复", "更多"]);
  assert.match(await others(running), /快捷回复.*请群众补充.*申请延期.*转办/);
  await end(running);
  const answered = await open(PAGE, { [GET]: handled({ state: "answered", state_label: "已答复", actions: [] }) });
  assert.deepEqual(tools(answered), []);
  await end(answered);
});

test("signing takes one tap, shows that it works, and changes what can be done", async () => {
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  const at = await open(PAGE, { [GET]: assigned(), [`POST ${ACT}/sign`]: () => held });
  await at.tapText("签收", "button");
  assert.match(at.text(), /正在签收……/);
  await at.tapText("正在签收……");
  assert.equal(acts(at, "sign").length, 1);
  answer(handled());
  await at.waitFor(() => tools(at).includes("答复"));
  assert.deepEqual(acts(at, "sign")[0].body, {});
  await end(at);
});

test("a refusal shows the server's sentence and loads the appeal as it is now", async () => {
  const words = "刚刚有人更新了这件诉求，您的操作没有生效，请刷新后再试";
  let gets = 0;
  const at = await open(PAGE, {
    [GET]: () => ((gets += 1), gets === 1 ? assigned() : handled()),
    [`POST ${ACT}/sign`]: refusal(409, words),
  });
  await at.tapText("签收", "button");
  await at.waitFor(() => at.text().includes(words));
  assert.deepEqual(tools(at), ["联系", "答复", "更多"]);
  await end(at);
});

test("calling from the page leads straight to how it went", async () => {
  const at = await open(PAGE, { [GET]: handled(), [`POST ${ACT}/log_contact`]: handled() });
  await at.tapText("拨打");
  await at.choose("呼叫 13812345678");
  await at.waitFor(() => at.all("contact-sheet .panel").length);
  await at.tapText("群众回电");
  await at.tapText("记下联系结果");
  await at.waitFor(() => /联系已完成/.test(at.text()));
  assert.deepEqual(acts(at, "log_contact")[0].body, { outcome: "called_back" });
  await end(at);
});

test("a supplement explains itself, needs words, and survives a lost connection with one key", async () => {
  const answer = losing(
    handled({ state: "awaiting_resident", state_label: "待补充", actions: ["log_contact"] }),
    network,
  );
  const at = await open(PAGE, { [GET]: handled(), [`POST ${ACT}/request_supplement`]: () => answer() });
  await others(at);
  await at.tapText("请群众补充");
  assert.match(at.text("deed-sheet"), /答复期限暂停，最多 5 个工作日.*只能请群众补充一次/);
  await at.tapText("发给群众");
  assert.match(at.text("deed-sheet"), /! 请写几句/);
  await at.type("deed-sheet textarea", " 是哪一盏灯？ ");
  await at.tapText("发给群众");
  await at.waitFor(() => at.toasts.some(({ title }) => title === "已请群众补充"));
  const [first, second] = acts(at, "request_supplement");
  assert.deepEqual(second.body, { question: "是哪一盏灯？" });
  assert.equal(first.headers["idempotency-key"], second.headers["idempotency-key"]);
  assert.match(at.text(), /待补充.*已请群众补充，答复期限暂停/);
  await end(at);
});

test("an extension asks for workdays within the limit and a reason, and shows what is wrong beside the field", async () => {
  let tries = 0;
  const at = await open(PAGE, {
    [GET]: handled(),
    [`POST ${ACT}/request_extension`]: () => {
      tries += 1;
      return tries === 1
        ? refusal(422, "填写的内容有误，请按提示修改", { fields: { reason: ["最多 2000 个字"] } })
        : handled();
    },
  });
  await others(at);
  await at.tapText("申请延期");
  assert.match(at.text("deed-sheet"), /由督查部门决定.*群众会看到延长的天数和原因/);
  await at.pick("deed-sheet picker", "10 个工作日");
  await at.type("deed-sheet textarea", "材料三天后到货");
  await at.tapText("提交申请");
  await at.waitFor(() => /! 最多 2000 个字/.test(at.text("deed-sheet")));
  await at.tapText("提交申请");
  await at.waitFor(() => tries === 2);
  assert.deepEqual(acts(at, "request_extension")[1].body, { reason: "材料三天后到货", workdays: 10 });
  await end(at);
});

test("the head says what became of a request for more time, a refusal with its reason", async () => {
  const extension = { wish: "asked", workdays: 5, reason: "材料未到", refusal: "", asked_at: NOW, decided_at: null };
  const words = {
    asked: /申请延期中，等督查部门决定（5 个工作日）/,
    granted: /已同意延期 5 个工作日/,
    refused: /未同意延期，按原期限办理：材料已到货/,
  };
  for (const [wish, said] of Object.entries(words)) {
    const at = await open(PAGE, { [GET]: handled({ extension: { ...extension, wish, refusal: "材料已到货" } }) });
    assert.match(at.text(), said);
    await end(at);
  }
  const none = await open(PAGE, { [GET]: handled({ extension: null }) });
  assert.doesNotMatch(none.text(), /延期中|同意延期/);
  await end(none);
});

test("what was written in a sheet is there again after the page was left", async () => {
  const first = await open(PAGE, { [GET]: handled() });
  await others(first);
  await first.tapText("申请延期");
  await first.type("deed-sheet textarea", "材料三天后到货");
  const kept = JSON.parse(first.window.localStorage.getItem("phone:resident-1:1:words:request_extension:p1")).data;
  await end(first);
  const again = await open(PAGE, { [GET]: handled() }, { storage: { "1:words:request_extension:p1": kept } });
  await others(again);
  await again.tapText("申请延期");
  assert.equal(again.q("deed-sheet textarea").querySelector("textarea").value, "材料三天后到货");
  await end(again);
});

test("handing back leaves the appeal and leads to the inbox; too late, it says so", async () => {
  const words = "超过一个工作日不能退回，请办理或转办";
  let tries = 0;
  const at = await open(PAGE, {
    [GET]: assigned(),
    "GET /api/official/inbox": page([]),
    [`POST ${ACT}/hand_back`]: () => (
      (tries += 1),
      tries === 1 ? refusal(409, words) : assigned({ state: "submitted", actions: [] })
    ),
  });
  await others(at);
  await at.tapText("退回");
  assert.match(at.text("deed-sheet"), /一个工作日内可以退回/);
  await at.type("deed-sheet textarea", "供水归水务局");
  await at.tap("deed-sheet button");
  await at.waitFor(() => at.text("deed-sheet").includes(words));
  await at.tap("deed-sheet button");
  await at.waitFor(() => at.stack.at(-1) === "official/pages/inbox/inbox");
  assert.deepEqual(acts(at, "hand_back")[1].body, { reason: "供水归水务局" });
  assert.equal(at.stack.length, 1);
  await end(at);
});

test("transfer opens its page", async () => {
  const at = await open(PAGE, { [GET]: handled(), "POST /api/officials/suggest": { items: [] } });
  await others(at);
  await at.tapText("转办");
  assert.equal(at.stack.at(-1), "official/pages/transfer/transfer?id=p1");
  await end(at);
});

test("staff read that they act for somebody; a superior reads why he sees it, and can do nothing", async () => {
  const staff = await open(PAGE, { [GET]: handled({ part: "staff" }) });
  assert.match(staff.text(), /您以工作人员身份代办，联系和答复都会标明“代办”/);
  await end(staff);
  const superior = await open(PAGE, { [GET]: handled({ part: "superior", actions: [], phone: "138****5678" }) });
  assert.match(superior.text(), /由周文清办理。因为已经逾期，系统告知了您/);
  assert.match(superior.text(), /138\*\*\*\*5678/);
  assert.deepEqual(tools(superior), []);
  assert.ok(!superior.text().includes("拨打"));
  await end(superior);
});

test("who handles an own appeal reads it as a resident", async () => {
  const at = await open(PAGE, { [GET]: handled({ part: "resident", actions: [] }) });
  await at.waitFor(() => at.stack.at(-1) === "pages/appeal/appeal?id=p1");
  await end(at);
});

test("from the remembered inbox the page shows at once what is known of the appeal", async () => {
  const item = {
    ...listed({ title: "路灯不亮" }),
    may: { answer: true },
    group: "running",
    tone: "calm",
    shape: "◑",
    urgencyTone: "calm",
    submittedWhen: "今天 10:00",
    firstLine: "和平路东段晚上路灯不亮。",
  };
  const storage = { "1:inbox": { value: { sections: [{ items: [item] }], count: 1, more: false } } };
  let answer;
  const at = await open(PAGE, { [GET]: () => new Promise((resolve) => (answer = resolve)) }, { storage });
  assert.match(at.text(), /路灯不亮.*还剩 2 个工作日.*和平路东段晚上路灯不亮。/);
  assert.ok(!at.text().includes("群众的电话"));
  answer(handled());
  await at.waitFor(() => /13812345678/.test(at.text()));
  await end(at);
});

test("an appeal that is not there any more says so, and a lost connection offers another try", async () => {
  const gone = await open(PAGE, { [GET]: refusal(404, "没有找到这件诉求，请核对后再试") });
  assert.match(gone.text(), /没有找到这件诉求/);
  await end(gone);
  const lost = await open(PAGE, { [GET]: losing(handled(), network) });
  await lost.waitFor(() => /13812345678/.test(lost.text()));
  await end(lost);
});

test("several posts: the page says to which the appeal was given", async () => {
  const me = handler([post(), post({ official_id: "o2", role: "staff" })]);
  const at = await open(PAGE, { [GET]: handled() }, { me });
  assert.match(at.text(), /交给 教育局 局长 周文清/);
  await end(at);
});

test("why it is done again and what was added since stand on top, also in the answer's editor", async () => {
  const timeline = [
    entry({ number: 6, deed: "supplement", label: "补充情况", text: "灯又灭了两盏" }),
    entry({ number: 5, deed: "reopen", label: "重办", text: "灯还是不亮" }),
    entry({ number: 4, deed: "supplement", label: "补充情况", text: "上一轮的" }),
    entry({ number: 1 }),
  ];
  const course = { reopened: true, transferred: false, supplemented: true, urged: 0 };
  const again = handled({ timeline, course });
  for (const route of ["appeal/appeal?id=p1", "answer/answer?id=p1"]) {
    const at = await open(route, { "GET /api/appeals/:id": again });
    assert.match(at.text("news-card"), /群众补充的情况.*灯又灭了两盏.*为什么重新办理.*灯还是不亮/);
    assert.doesNotMatch(at.text("news-card"), /上一轮的/);
    await end(at);
  }
});

test("the running promise stands in the head, as what it is", async () => {
  const promise = deadline({ kind: "promise", label: "承诺期限", left: "还剩 25 小时（11月21日 12:00 前）" });
  const at = await open("appeal/appeal?id=p1", { "GET /api/appeals/:id": handled({ deadlines: [promise] }) });
  assert.match(at.text("deadline-lines"), /承诺联系群众（这不是答复）还剩 25 小时（11月21日 12:00 前）/);
  await end(at);
});
