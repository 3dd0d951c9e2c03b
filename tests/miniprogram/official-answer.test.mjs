import assert from "node:assert/strict";
import test from "node:test";
import { network } from "./harness.mjs";
import { NOW, PROGRAM, assigned, handled, end, open, page, refusal, sent } from "./official-views.mjs";

const GET = "GET /api/appeals/p1";
const POST = "POST /api/official/appeals/p1/answer";
const PAGE = "answer/answer?id=p1";
const LONG = "您好！和平路东段的路灯已于今天上午全部修好，晚上正常亮灯。";
const ANSWERED = handled({ state: "answered", state_label: "已答复", actions: [] });

const answers = (at) => sent(at, "POST", "/api/official/appeals/p1/answer");
const textarea = (at) => at.q("textarea").querySelector("textarea");
const stored = (at, name) => {
  const kept = at.window.localStorage.getItem(`phone:resident-1:1:${name}`);
  return kept && JSON.parse(kept).data;
};
/** Writes an answer that is fit to be sent. */
async function write(at, text = LONG) {
  await at.tapText("已解决", "choices *");
  await at.type("textarea", text);
}

test("what the resident asked stands on top and unfolds", async () => {
  const body = "路灯不亮。".repeat(40);
  const photos = [{ id: "f1", url: "https://city.example.gov.cn/f1.jpg" }];
  const at = await open(PAGE, { [GET]: handled({ body, photos, place: "和平路东段" }) });
  assert.match(at.text("appeal-words"), /路灯不亮。.*展开全文/);
  assert.equal(at.all("photo-row image").length, 0);
  await at.tapText("展开全文");
  assert.equal(at.all("photo-row image").length, 1);
  assert.match(at.text("appeal-words"), /地点：和平路东段收起/);
  await end(at);
});

test("nobody says that it is solved without choosing it, nor answers with nothing", async () => {
  const at = await open(PAGE, { [GET]: handled() });
  await at.tapText("发送答复");
  assert.match(at.text(), /! 请选一项.*! 请写下给群众的答复/);
  assert.equal(at.dialog, "");
  assert.equal(answers(at).length, 0);
  await end(at);
});

test("an answer goes out after a question, and leads back to the appeal with a word", async () => {
  let gets = 0;
  const at = await open(PAGE, { [GET]: () => ((gets += 1), gets === 1 ? handled() : ANSWERED), [POST]: ANSWERED });
  await write(at);
  await at.waitFor(() => stored(at, "answer:p1"));
  await at.tapText("发送答复");
  assert.match(at.dialog, /答复发出后不能修改，群众会收到通知并评价/);
  await at.choose("再改改");
  assert.equal(answers(at).length, 0);
  await at.tapText("发送答复");
  await at.choose("发出");
  await at.waitFor(() => at.toasts.some(({ title }) => title === "答复已送达群众"));
  assert.deepEqual(answers(at)[0].body, { text: LONG, outcome: "solved", photos: [] });
  assert.equal(at.stack.at(-1), "official/pages/appeal/appeal?id=p1");
  assert.match(at.text(), /已答复/);
  assert.equal(stored(at, "answer:p1"), null);
  await end(at);
});

test("opened from the appeal's page, it goes back to that page, which shows the answer", async () => {
  let answered = false;
  const at = await open("appeal/appeal?id=p1", {
    [GET]: () => (answered ? ANSWERED : handled()),
    [POST]: () => ((answered = true), ANSWERED),
  });
  await at.tapText("答复", "button");
  await write(at);
  await at.tapText("发送答复");
  await at.choose("发出");
  await at.waitFor(() => at.stack.length === 1);
  await at.waitFor(() => /已答复/.test(at.text()));
  await end(at);
});

test("a model goes in with one tap and brings its outcome; the models fit the outcome", async () => {
  const at = await open(PAGE, { [GET]: handled(), [POST]: ANSWERED });
  await at.tapText("列入计划");
  assert.equal(textarea(at).value, PROGRAM.answer_templates[1].text);
  assert.ok(!at.text().includes("办好了"));
  assert.match(at.text(), /! 还有 2 处“……”没有换成实际情况/);
  await at.tapText("发送答复");
  assert.match(at.dialog, /还有 2 处“……”没有换成实际情况/);
  await at.choose("仍然发出");
  await at.waitFor(() => answers(at).length);
  assert.equal(answers(at)[0].body.outcome, "explained");
  await end(at);
});

test("own words are not replaced by a model unasked, another model is", async () => {
  const at = await open(PAGE, { [GET]: handled() });
  await at.tapText("办好了");
  assert.equal(at.dialog, "");
  await at.type("textarea", LONG);
  await at.tapText("办好了");
  assert.match(at.dialog, /您已经写了答复/);
  await at.choose("保留我的");
  assert.equal(textarea(at).value, LONG);
  await at.tapText("办好了");
  await at.choose("换成范文");
  assert.equal(textarea(at).value, PROGRAM.answer_templates[0].text);
  await end(at);
});

test("it warns of short words, and of words that were sent before, but does not forbid them", async () => {
  const earlier = { text: "已修好", outcome: "solved", name: "周文清", on_behalf: false, at: NOW, photos: [] };
  const storage = { "1:last-answer": { value: LONG } };
  const at = await open(PAGE, { [GET]: handled({ answers: [earlier] }), [POST]: ANSWERED }, { storage });
  await write(at, "已修好");
  assert.match(at.text(), /! 只有 3 个字，群众可能看不明白.*! 和上一次给这件诉求的答复一模一样/);
  await at.type("textarea", LONG);
  assert.match(at.text(), /! 和您上一次发出的答复一模一样/);
  assert.ok(!at.text().includes("只有"));
  await at.tapText("发送答复");
  await at.choose("仍然发出");
  await at.waitFor(() => answers(at).length);
  await end(at);
});

test("what was sent is remembered, so that the next same answer is noticed", async () => {
  const at = await open(PAGE, { [GET]: handled(), [POST]: ANSWERED });
  await write(at);
  await at.tapText("发送答复");
  await at.choose("发出");
  await at.waitFor(() => answers(at).length);
  assert.equal(stored(at, "last-answer").value, LONG);
  await end(at);
});

test("the counter counts, the draft is kept while writing and when the page is left, and comes back", async () => {
  const at = await open(PAGE, { [GET]: handled() });
  await write(at);
  assert.ok(at.text().includes(`${LONG.length}/2000 字`));
  await at.waitFor(() => /草稿已保存/.test(at.text()));
  const kept = stored(at, "answer:p1");
  assert.deepEqual(kept.value, { text: LONG, outcome: "solved", photos: [] });
  await end(at);
  const again = await open(PAGE, { [GET]: handled() }, { storage: { "1:answer:p1": kept } });
  assert.equal(textarea(again).value, LONG);
  assert.match(again.text(), /已恢复上次的草稿/);
  await again.type("textarea", `${LONG}谢谢！`);
  await again.leaveAndReturn();
  assert.equal(stored(again, "answer:p1").value.text, `${LONG}谢谢！`);
  await end(again);
});

test("a lost connection loses nothing: the same tap sends the same request with the same key", async () => {
  let well = false;
  const at = await open(PAGE, { [GET]: handled(), [POST]: () => (well ? ANSWERED : network()) });
  await write(at);
  await at.tapText("发送答复");
  await at.choose("发出");
  await at.pause(1700);
  await at.waitFor(() => /! 网络不稳/.test(at.text()));
  assert.equal(textarea(at).value, LONG);
  well = true;
  await at.tapText("发送答复");
  await at.choose("发出");
  await at.waitFor(() => at.toasts.some(({ title }) => title === "答复已送达群众"));
  assert.equal(new Set(answers(at).map(({ headers }) => headers["idempotency-key"])).size, 1);
  assert.equal(new Set(answers(at).map(({ body }) => JSON.stringify(body))).size, 1);
  await end(at);
});

test("while it is sent the button says so and takes no second tap", async () => {
  let answer;
  const at = await open(PAGE, { [GET]: handled(), [POST]: () => new Promise((resolve) => (answer = resolve)) });
  await write(at);
  await at.tapText("发送答复");
  await at.choose("发出");
  assert.match(at.text(), /正在发送……/);
  await at.tapText("正在发送……");
  assert.equal(answers(at).length, 1);
  answer(ANSWERED);
  await at.waitFor(() => at.stack.at(-1) === "official/pages/appeal/appeal?id=p1");
  await at.settle();
  await end(at);
});

test("what the server finds wrong with the text stands beside it", async () => {
  const wrong = refusal(422, "填写的内容有误，请按提示修改", { fields: { text: ["最多 2000 个字"] } });
  const at = await open(PAGE, { [GET]: handled(), [POST]: wrong });
  await write(at);
  await at.tapText("发送答复");
  await at.choose("发出");
  await at.waitFor(() => /! 最多 2000 个字/.test(at.text("field .error")));
  await end(at);
});

test("when the appeal can no longer be answered, the page says so and keeps the words", async () => {
  let gets = 0;
  const words = "诉求的状态已经变化，不能这样操作，请刷新后查看";
  const withdrawn = handled({ state: "withdrawn", state_label: "已撤回", actions: [] });
  const at = await open(PAGE, {
    [GET]: () => ((gets += 1), gets === 1 ? handled() : withdrawn),
    [POST]: refusal(409, words),
  });
  await write(at);
  await at.tapText("发送答复");
  await at.choose("发出");
  await at.waitFor(() => /现在不能答复：群众已撤回，您不用再办。写下的内容仍保存在手机里/.test(at.text()));
  assert.equal(textarea(at).value, LONG);
  assert.ok(!at.text().includes("发送答复"));
  await end(at);
  const early = await open(PAGE, { [GET]: assigned() });
  assert.match(early.text(), /现在不能答复：请先联系群众/);
  await end(early);
});

test("photos go with the answer, and one that is not up yet holds it back", async () => {
  let well = false;
  const at = await open(
    PAGE,
    {
      [GET]: handled(),
      [POST]: ANSWERED,
      "POST /api/uploads": () =>
        well
          ? { status: 201, body: { id: "f9", url: "https://city.example.gov.cn/f9.jpg" } }
          : refusal(422, "这张图片无法使用"),
    },
    { photos: [{ name: "lamp.jpg" }] },
  );
  await write(at);
  await at.tap("photo-picker .add");
  await at.waitFor(() => /这张图片无法使用/.test(at.text()));
  await at.tapText("发送答复");
  assert.match(at.text(), /! 有照片还没有传完/);
  well = true;
  await at.tapText("重传");
  await at.waitFor(() => !/这张图片无法使用/.test(at.text()));
  await at.tapText("发送答复");
  await at.choose("发出");
  await at.waitFor(() => answers(at).length);
  assert.deepEqual(answers(at)[0].body.photos, ["f9"]);
  await end(at);
});

test("staff read that the answer will be marked", async () => {
  const at = await open(PAGE, { [GET]: handled({ part: "staff" }) });
  assert.match(at.text(), /您以工作人员身份代办，答复会标明“代办”/);
  await end(at);
});

test("opened before the mini-program has heard its models, it shows them when they come", async () => {
  const at = await open(
    PAGE,
    { [GET]: handled() },
    { storage: { "1:program": { value: { templates: {}, quick_replies: [], answer_templates: [] } } } },
  );
  await at.waitFor(() => /办好了/.test(at.text()));
  await end(at);
});

test("a first loading that fails offers another try", async () => {
  let well = false;
  const at = await open(PAGE, {
    [GET]: () => (well ? handled() : refusal(500, "没能完成这次操作")),
    "GET /api/official/inbox": page([]),
  });
  await at.waitFor(() => /没能完成这次操作/.test(at.text()));
  well = true;
  await at.tapText("再试一次");
  await at.waitFor(() => /办得怎么样/.test(at.text()));
  await end(at);
});
