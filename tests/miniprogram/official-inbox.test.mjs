import assert from "node:assert/strict";
import test from "node:test";
import { network, reply } from "./harness.mjs";
import { NOW, handled, handler, listed, losing, end, open, page, post, refusal, sent } from "./official-views.mjs";

const LIST = "GET /api/official/inbox";
const INBOX = "inbox/inbox";

const LATE = listed({
  id: "late",
  title: "逾期的",
  urgency: "late",
  overdue: true,
  left: "已逾期 2 天（11月18日 18:00 到期）",
});
const TODAY = listed({ id: "today", title: "今天的", urgency: "today", left: "还剩 3 小时（11月20日 18:00 前）" });
const SOON = listed({ id: "soon", title: "明天的", urgency: "soon" });
const LATER = listed({ id: "later", title: "以后的", urgency: "later" });
const ALL = page([LATE, TODAY, SOON, LATER, listed({ id: "paused", title: "等补充的", urgency: null, left: "" })]);

const buttons = (at) => at.all("button").map((button) => button.textContent.trim());
const actions = (at, action) => sent(at, "POST", `/api/official/appeals/late/${action}`);

test("the sections stand by urgency, with their counts, in words and not by colour alone", async () => {
  const at = await open(INBOX, { [LIST]: ALL });
  const words =
    /待办 5.*!已逾期1 件.*逾期的.*今天到期1 件.*今天的.*下一工作日到期1 件.*明天的.*以后到期2 件.*以后的.*等补充的/;
  assert.match(at.text(), words);
  await end(at);
});

test("a cell tells title, first line, kind, state and deadline, and offers only what the server allows", async () => {
  const waiting = listed({ actions: ["log_contact"], body: "东段路灯不亮。\n第二行" });
  const at = await open(INBOX, { [LIST]: page([waiting]) });
  for (const words of ["路灯不亮", "东段路灯不亮。", "求助", "办理中", "还剩 2 个工作日"]) {
    assert.ok(at.text("appeal-card").includes(words), words);
  }
  assert.ok(!at.text().includes("第二行"));
  assert.deepEqual(buttons(at), ["联系"]);
  await end(at);
});

test("only who acts for several posts reads to which an appeal was given", async () => {
  const one = await open(INBOX, { [LIST]: page([listed()]) });
  assert.ok(!one.text().includes("交给"));
  await end(one);
  const two = handler([post(), post({ official_id: "o2", role: "staff", post: "县长" })]);
  const several = await open(INBOX, { [LIST]: page([listed()]) }, { me: two });
  assert.match(several.text("appeal-card"), /交给 教育局 局长 周文清/);
  assert.match(several.text(), /局长、县长（代办）/);
  await end(several);
});

test("what the phone remembers shows at once, and stays with a word when the refresh fails", async () => {
  const first = await open(INBOX, { [LIST]: ALL });
  const kept = { "1:inbox": JSON.parse(first.window.localStorage.getItem("phone:resident-1:1:inbox")).data };
  await end(first);
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  const at = await open(INBOX, { [LIST]: () => held }, { storage: kept });
  assert.match(at.text(), /逾期的/);
  answer(refusal(503, "系统暂时繁忙，请稍后重试"));
  await at.waitFor(() => /系统暂时繁忙，请稍后重试。下面是上次看到的内容/.test(at.text()));
  assert.match(at.text(), /逾期的/);
  await end(at);
});

test("without network the remembered inbox shows under the banner alone", async () => {
  const kept = {
    "1:inbox": {
      value: {
        sections: [{ value: "late", title: "已逾期", tone: "late", sign: "!", items: [] }],
        count: 1,
        more: false,
      },
    },
  };
  const at = await open(INBOX, {}, { storage: kept, online: false });
  await at.pause(1700);
  assert.match(at.text(), /现在没有网络/);
  assert.match(at.text(), /已逾期/);
  assert.ok(!at.text().includes("下面是上次看到的内容"));
  await end(at);
});

test("a first opening that fails offers another try", async () => {
  let well = false;
  const at = await open(INBOX, { [LIST]: () => (well ? ALL : refusal(500, "没能完成这次操作，请稍后重试")) });
  await at.waitFor(() => /没能完成这次操作/.test(at.text()));
  well = true;
  await at.tapText("再试一次");
  await at.waitFor(() => /逾期的/.test(at.text()));
  await end(at);
});

test("an empty inbox says how news comes", async () => {
  const at = await open(INBOX, { [LIST]: page([]) });
  assert.match(at.text(), /现在没有待办.*新的诉求会通过服务号通知您。/);
  await end(at);
});

test("who is not bound any more is led to binding, and nothing remembered stays", async () => {
  const kept = { "1:inbox": { value: { sections: [], count: 1, more: false } } };
  const at = await open(INBOX, { [LIST]: refusal(403, "您的身份不能进行这项操作") }, { storage: kept });
  await at.tapText("去绑定");
  assert.equal(at.route, "official/pages/bind/bind");
  assert.equal(at.window.localStorage.getItem("phone:resident-1:1:inbox"), null);
  await end(at);
});

test("all pages of what is open are loaded; done ones come page by page, without a running clock", async () => {
  const done = (id) =>
    listed({ id, title: `办完的${id}`, state: "answered", state_label: "已答复", actions: [], last: "评价" });
  const at = await open(INBOX, {
    [LIST]: ({ query }) => {
      if (query.filter === "open") return query.cursor ? page([LATER]) : page([LATE], "c1");
      return query.cursor ? page([done(2)]) : page([done(1)], "d1");
    },
  });
  assert.match(at.text(), /待办 2/);
  await at.tapText("已办");
  assert.match(at.text(), /办完的1.*最近进展：评价/);
  assert.ok(!at.text().includes("还剩"));
  await at.reachBottom();
  assert.match(at.text(), /办完的1.*办完的2.*没有更多了/);
  await end(at);
});

test("a quick reply sends words and promise once, says that it is no answer, and keeps its key over a lost line", async () => {
  const act = losing(handled({ id: "late" }), network);
  const at = await open(INBOX, { [LIST]: ALL, "POST /api/official/appeals/late/quick_reply": () => act() });
  await at.tapText("快捷回复");
  assert.match(at.text("quick-reply-sheet"), /这不是答复，只是先回个话。到了承诺的时间，系统会提醒您/);
  await at.tapText("自己写");
  await at.tapText("发送快捷回复");
  assert.match(at.text("quick-reply-sheet"), /请选一句话，或者自己写一句/);
  await at.tapText("正在开会，会后联系您");
  await at.tapText("发送快捷回复"); // by the end of today, the likeliest promise, is chosen already
  assert.match(at.text("quick-reply-sheet"), /正在发送……/);
  await at.waitFor(() => at.toasts.some(({ title }) => title === "已发给群众"));
  const [first, second] = actions(at, "quick_reply");
  assert.deepEqual(second.body, { template: "meeting", promised_at: "2026-11-20T10:00:00.000Z" });
  assert.equal(first.headers["idempotency-key"], second.headers["idempotency-key"]);
  assert.equal(at.all("quick-reply-sheet .panel").length, 0);
  await end(at);
});

test("only promises that are still ahead are offered, another time can be set, own words are sent as text", async () => {
  const api = { [LIST]: ALL, "POST /api/official/appeals/late/quick_reply": handled({ id: "late" }) };
  const at = await open(INBOX, api, { now: "2026-11-20T10:30:00.000Z" });
  await at.tapText("快捷回复");
  assert.match(at.text("quick-reply-sheet"), /1 小时内今天 19:30 前✓明天 12:00 前其他时间3 天以内/);
  await at.tapText("自己写");
  await at.type("quick-reply-sheet textarea", " 我在外地，回来联系您 ");
  await at.tapText("其他时间");
  await at.tapText("发送快捷回复");
  assert.match(at.text("quick-reply-sheet"), /请选择承诺什么时候联系群众/);
  const [day, hour] = at.all("quick-reply-sheet picker");
  await at.pick(day, "2026-11-20");
  await at.pick(hour, "09:00");
  await at.tapText("发送快捷回复");
  assert.match(at.text("quick-reply-sheet"), /承诺的时间已经过了，请另选一个/);
  await at.pick(day, "2026-11-22");
  await at.tapText("发送快捷回复");
  await at.waitFor(() => actions(at, "quick_reply").length);
  assert.deepEqual(actions(at, "quick_reply")[0].body, {
    text: "我在外地，回来联系您",
    promised_at: "2026-11-22T01:00:00.000Z",
  });
  await end(at);
});

test("a contact shows the phone, says what counts, records the outcome and leads on to the answer", async () => {
  const at = await open(INBOX, {
    [LIST]: ALL,
    "GET /api/appeals/late": handled({ id: "late" }),
    "POST /api/official/appeals/late/log_contact": handled({ id: "late" }),
  });
  await at.tap(at.all("button").find((button) => button.textContent.trim() === "联系"));
  assert.match(at.text("contact-sheet"), /13812345678.*通了电话.*和群众本人说上了话.*无人接听.*记录在案，不算已联系/);
  await at.tapText("记下联系结果");
  assert.match(at.text("contact-sheet"), /请选择联系的结果/);
  await at.tapText("通了电话");
  await at.type("contact-sheet textarea", "约好明天去看");
  await at.tapText("记下联系结果");
  await at.waitFor(() => /联系已完成/.test(at.text()));
  assert.deepEqual(actions(at, "log_contact")[0].body, { outcome: "in_person", note: "约好明天去看" });
  await at.tapText("现在写答复");
  assert.equal(at.stack.at(-1), "official/pages/answer/answer?id=late");
  await end(at);
});

test("an attempt that reached nobody is recorded and does not lead on; a lost one keeps what was chosen", async () => {
  let tries = 0;
  const at = await open(INBOX, {
    [LIST]: ALL,
    "GET /api/appeals/late": handled({ id: "late", phone: "" }),
    "POST /api/official/appeals/late/log_contact": () => {
      tries += 1;
      return tries === 1 ? refusal(422, "填写的内容有误") : handled({ id: "late" });
    },
  });
  await at.tap(at.all("button").find((button) => button.textContent.trim() === "联系"));
  assert.match(at.text("contact-sheet"), /群众没有留电话/);
  await at.tapText("无人接听");
  await at.tapText("记下联系结果");
  await at.waitFor(() => /填写的内容有误/.test(at.text()));
  await at.tapText("记下联系结果");
  await at.waitFor(() => at.toasts.some(({ title }) => title === "已记下，不算已联系"));
  assert.equal(actions(at, "log_contact")[1].body.outcome, "no_answer");
  assert.ok(!at.text().includes("现在写答复"));
  await end(at);
});

test("a call to somebody who left no number says which number it was", async () => {
  const at = await open(INBOX, {
    [LIST]: ALL,
    "GET /api/appeals/late": handled({ id: "late", phone: "" }),
    "POST /api/official/appeals/late/log_contact": handled({ id: "late" }),
  });
  await at.tap(at.all("button").find((button) => button.textContent.trim() === "联系"));
  await at.tapText("通了电话");
  await at.tapText("记下联系结果");
  assert.match(at.text("contact-sheet"), /写明打的是哪个号码/);
  assert.equal(actions(at, "log_contact").length, 0);
  await at.type("contact-sheet textarea", "打了正文里留的座机");
  await at.tapText("记下联系结果");
  await at.waitFor(() => actions(at, "log_contact").length === 1);
  assert.deepEqual(actions(at, "log_contact")[0].body, { outcome: "in_person", note: "打了正文里留的座机" });
  await end(at);
});

test("a refusal because the appeal has changed shows its sentence and loads the inbox anew", async () => {
  const at = await open(INBOX, {
    [LIST]: ALL,
    "GET /api/appeals/late": handled({ id: "late" }),
    "POST /api/official/appeals/late/log_contact": refusal(409, "诉求的状态已经变化，不能这样操作，请刷新后查看"),
  });
  await at.tap(at.all("button").find((button) => button.textContent.trim() === "联系"));
  await at.tapText("占线");
  const before = sent(at, "GET", "/api/official/inbox").length;
  await at.tapText("记下联系结果");
  await at.waitFor(() => /诉求的状态已经变化/.test(at.text("contact-sheet")));
  assert.equal(sent(at, "GET", "/api/official/inbox").length, before + 1);
  await end(at);
});

test("who does not follow the Official Account is offered messages, until refused", async () => {
  const me = handler([post()], { follows_official_account: false });
  const api = { [LIST]: ALL, "POST /api/subscriptions": reply(200, { left: { tt: 1 } }) };
  const at = await open(INBOX, api, { me });
  assert.match(at.text(), /没关注服务号，也能收到提醒/);
  await at.tapText("不用");
  assert.ok(!at.text().includes("没关注服务号"));
  const kept = { "1:todo-offer": JSON.parse(at.window.localStorage.getItem("phone:resident-1:1:todo-offer")).data };
  await end(at);
  const again = await open(INBOX, api, { me, storage: kept });
  assert.ok(!again.text().includes("没关注服务号"));
  await end(again);
  const follows = await open(INBOX, { [LIST]: ALL });
  assert.ok(!follows.text().includes("没关注服务号"));
  await end(follows);
});

test("allowing messages asks WeChat for the todo template and tells the server", async () => {
  const me = handler([post()], { follows_official_account: false });
  const at = await open(INBOX, { [LIST]: ALL, "POST /api/subscriptions": reply(200, { left: { tt: 1 } }) }, { me });
  await at.tapText("允许提醒");
  await at.choose("允许");
  await at.waitFor(() => sent(at, "POST", "/api/subscriptions").length);
  assert.deepEqual(sent(at, "POST", "/api/subscriptions")[0].body, { results: { tt: "accept" } });
  assert.ok(!at.text().includes("没关注服务号"));
  await end(at);
});

test("pulling down loads again; a cell opens the appeal", async () => {
  const at = await open(INBOX, { [LIST]: ALL, "GET /api/appeals/late": handled({ id: "late" }) });
  await at.pullDown();
  assert.equal(sent(at, "GET", "/api/official/inbox").length, 2);
  await at.tapText("逾期的");
  assert.equal(at.stack.at(-1), "official/pages/appeal/appeal?id=late");
  await end(at);
});

test("a card says how the appeal came and what the resident did since, in words", async () => {
  const course = { reopened: true, transferred: false, supplemented: true, urged: 2 };
  const at = await open(INBOX, {
    [LIST]: page([listed({ course, urgent: true, supervised: true }), listed({ id: "p2" })]),
  });
  const [marked, plain] = at.all("appeal-card");
  assert.deepEqual(
    at.all(".mark").map((mark) => mark.textContent),
    ["紧急", "督办", "重办", "催办 2 次", "已补充"],
  );
  assert.ok(marked.querySelector("[class*=mark]") && !plain.querySelector("[class*=mark]"));
  await end(at);
});

test("a promise stands on the card, and counts where it is nearer than the deadline", async () => {
  const promise = { due_at: "2026-11-20T08:00:00.000Z", urgency: "today" };
  const promised = listed({ id: "promised", title: "答应过的", urgency: "later", promise });
  const at = await open(INBOX, { [LIST]: page([TODAY, LATER, promised]) });
  assert.match(at.text(), /今天到期2 件.*答应过的.*已承诺今天 16:00 前联系群众（这不是答复）.*今天的.*以后到期1 件/);
  assert.deepEqual(buttons(at).slice(0, 3), ["联系", "答复", "再回个话"]);
  await end(at);
});

test("who acts for nobody any more keeps no words about residents on the phone", async () => {
  const begun = { "1:answer:p1": { value: { text: "已查", outcome: "solved" } }, "1:last-answer": { value: "修好了" } };
  const own = { "1:words:supplement:p9": { value: "三号楼" }, "1:words:hand_back:p1": { value: "不归我管" } };
  const at = await open(INBOX, { [LIST]: refusal(403, "您没有绑定办理身份") }, { storage: { ...begun, ...own } });
  const { keys } = at.wx.getStorageInfoSync();
  assert.ok(at.byText("您还没有绑定办理身份"));
  for (const gone of ["1:answer:p1", "1:last-answer", "1:words:hand_back:p1"]) assert.ok(!keys.includes(gone), gone);
  assert.ok(keys.includes("1:words:supplement:p9"), "what this person wrote as a resident stays");
  await end(at);
});

test("words begun long ago are taken off the phone at the start, newer ones stay", async () => {
  const kept = (days) => ({ value: { text: "已查" }, at: Date.parse(NOW) - days * 86400000 });
  const storage = { "1:answer:old": kept(31), "1:answer:new": kept(29), "1:words:supplement:old": kept(31) };
  const at = await open(INBOX, { [LIST]: page([]) }, { storage: { ...storage, "1:answer:unknown": { value: {} } } });
  const { keys } = at.wx.getStorageInfoSync();
  assert.deepEqual([...keys].filter((key) => /answer:|words:/.test(key)).sort(), ["1:answer:new", "1:answer:unknown"]);
  assert.equal(at.wx.getStorageSync("1:answer:unknown").at > 0, true, "its time begins now");
  await end(at);
});
