import assert from "node:assert/strict";
import test from "node:test";
import { BASE, GONE, GU, ME, ROSTER, SEEN, directory, kept, official, refusal, sent } from "./directory-views.mjs";
import { mount, network, reply } from "./harness.mjs";

const SUBMIT = "POST /api/appeals";
const TAKEN = reply(201, {
  id: "p9",
  code: "20261120-AAAAAA",
  state: "assigned",
  state_label: "待联系",
  kind: "request",
  kind_label: "求助",
  title: "停水",
  body: "停水",
  official: null,
  submitted_at: "2026-11-20T02:00:00Z",
  due_at: null,
  overdue: false,
  urgency: null,
  left: "",
  last: "提交",
  actions: [],
  part: "resident",
  roster: ROSTER.slug,
  photos: [],
  place: "",
  phone: "",
  about_official: false,
  visibility: "private",
  organisation: null,
  source: "",
  call_id: null,
  deadlines: [],
  timeline: [],
  answers: [],
  ratings: [],
  reminders: 0,
  urgings: 0,
});
const open = (api = {}, more = {}, query = "?official_id=bz-1") =>
  mount(`pages/write/write${query}`, {
    api: { ...BASE, "GET /api/appeals/:id": TAKEN.body, [SUBMIT]: TAKEN, ...api },
    storage: kept(SEEN),
    ...more,
  });
const fieldOf = (at, id, tag = "input") => at.q(`#field-${id} ${tag}`).querySelector(tag);
const words = (at) => fieldOf(at, "body", "textarea").value;
const write = (at, text) => at.type("#field-body textarea", text);
const button = (at) => at.q("#submit");
/** Taps the button, and says what WeChat asks about messages. */
async function submit(at, consent = "允许") {
  await at.tap("#submit");
  await at.waitFor(() => at.dialog);
  await at.choose(consent);
}
const submitted = (at) => sent(at, "POST", "/api/appeals");
const keyOf = ({ headers }) => headers["idempotency-key"];
const draftOf = (at) => (at.wx.getStorageSync("1:draft").value ?? { draft: null }).draft;
const pause = (at, ms = 550) => at.pause(ms).then(at.settle);

const DRAFT = {
  key: "key-1",
  sent: false,
  officialId: "bz-1",
  kind: "complaint",
  title: "窗口",
  body: "上次写的内容",
  photos: [],
  place: "政务大厅",
  phone: "13800001234",
  aboutOfficial: false,
  visibility: "public",
  callId: "",
};
const left = (more = {}) => ({ storage: kept({ ...SEEN, draft: { run: "earlier", draft: { ...DRAFT, ...more } } }) });

test("the page says to whom, what is promised, and gives an example that changes with the kind", async () => {
  const at = await open();
  assert.match(at.text("#field-official"), /写给.*魏崇岭.*市委书记 · 中共亳州市委/);
  assert.match(at.text(), /提交后 3 天内有人联系您/);
  const first = fieldOf(at, "body", "textarea").placeholder;
  await at.tapText("投诉", ".title");
  assert.notEqual(fieldOf(at, "body", "textarea").placeholder, first);
  assert.equal(at.q(".choice.chosen .title").textContent, "投诉");
  at.close();
});

test("all that was written is sent, with a key, and the new appeal opens in place of the page", async () => {
  const at = await open();
  await at.tapText("建议", ".title");
  await write(at, "  放学时人车混在一起。加一条斑马线  ");
  await at.type("#field-title input", " 斑马线 ");
  await at.type("#field-place input", "人民路小学");
  await at.type("#field-phone input", "13800001234");
  await at.tapText("同意公开答复");
  await at.tap("switch");
  await submit(at);
  const [request] = submitted(at);
  assert.deepEqual(request.body, {
    official_id: "bz-1",
    kind: "suggestion",
    title: "斑马线",
    body: "放学时人车混在一起。加一条斑马线",
    photos: [],
    place: "人民路小学",
    phone: "13800001234",
    about_official: true,
    visibility: "public",
    source: "",
  });
  assert.ok(keyOf(request));
  assert.deepEqual(at.stack, ["pages/appeal/appeal?id=p9&new=1"]);
  assert.equal(draftOf(at), null);
  at.close();
});

test("without a title the text's first sentence is one", async () => {
  const at = await open();
  await write(at, "小区停水三天了。物业一直没人来修");
  await submit(at);
  assert.equal(submitted(at)[0].body.title, "小区停水三天了");
  at.close();
});

test("consent to messages is asked inside the tap, and a no stands in no way", async () => {
  const at = await open();
  await write(at, "停水");
  await at.tap("#submit");
  await at.waitFor(() => at.dialog);
  assert.equal(submitted(at).length, 0);
  await at.choose("拒绝");
  await at.waitFor(() => submitted(at).length);
  assert.equal(at.stack.at(-1), "pages/appeal/appeal?id=p9&new=1");
  at.close();
});

test("the consent is reported, and an appeal does not wait for that", async () => {
  const at = await open({ "POST /api/subscriptions": () => new Promise(() => {}) });
  await write(at, "停水");
  await submit(at);
  await at.waitFor(() => at.stack.at(-1) === "pages/appeal/appeal?id=p9&new=1");
  assert.deepEqual(sent(at, "POST", "/api/subscriptions")[0].body, {
    results: { "t-progress": "accept", "t-answer": "accept", "t-supplement": "accept" },
  });
  at.close();
});

test("nothing is sent without a text or an official, and it says so beside the field", async () => {
  const at = await open({}, {}, "");
  await at.tap("#submit");
  assert.match(at.text("#field-official"), /请选择写给哪位负责同志/);
  assert.match(at.text("#field-body"), /请写一写是什么事/);
  assert.equal(at.dialog, "");
  await write(at, "停水");
  assert.doesNotMatch(at.text("#field-body"), /请写一写/);
  at.close();
});

test("what the server finds wrong stands beside its field, and everything stays", async () => {
  const fields = { phone: ["格式不对", "x"], title: ["最多 60 个字"] };
  const at = await open({ [SUBMIT]: refusal(422, "bad_request", "填写的内容有误，请按提示修改", { fields }) });
  await write(at, "停水");
  await at.type("#field-phone input", "12");
  await submit(at);
  assert.match(at.text("#field-phone"), /! 格式不对/);
  assert.match(at.text("#field-title"), /! 最多 60 个字/);
  assert.match(at.text(), /填写的内容有误/);
  assert.equal(button(at).textContent, "提交");
  await at.type("#field-phone input", "13800001234");
  assert.doesNotMatch(at.text("#field-phone"), /格式不对/);
  assert.equal(draftOf(at).sent, false);
  at.close();
});

test("a rule about one field is told beside that field", async () => {
  const at = await open({ [SUBMIT]: refusal(422, "text_too_long", "内容太长了，请精简后再提交", { field: "body" }) });
  await write(at, "停水");
  await submit(at);
  assert.match(at.text("#field-body"), /! 内容太长了/);
  at.close();
});

test("a submission that nobody answered loses nothing: the same tap sends the same appeal with the same key", async () => {
  let away = true;
  const at = await open({ [SUBMIT]: () => (away ? network() : TAKEN) });
  await write(at, "停水三天了");
  await submit(at);
  assert.equal(button(at).textContent, "正在提交……");
  await at.waitFor(() => at.byText("继续提交", "button"));
  assert.match(at.text(), /网络不稳，内容已保存在手机里，联网后点“继续提交”/);
  assert.equal(words(at), "停水三天了");
  assert.equal(draftOf(at).sent, true);
  away = false;
  await submit(at);
  assert.equal(at.stack.at(-1), "pages/appeal/appeal?id=p9&new=1");
  const requests = submitted(at);
  assert.ok(requests.length >= 2);
  assert.equal(new Set(requests.map(keyOf)).size, 1);
  assert.equal(new Set(requests.map(({ body }) => JSON.stringify(body))).size, 1);
  assert.equal(draftOf(at), null);
  at.close();
});

test("when the network comes back the page offers to go on", async () => {
  const at = await open({ [SUBMIT]: TAKEN }, left({ sent: true }));
  assert.match(at.text(), /上次提交没有收到回音/);
  await at.goOnline(false);
  await at.tap("#submit");
  await at.waitFor(() => at.byText("网络不稳，内容已保存在手机里，联网后点“继续提交”"));
  await at.goOnline();
  assert.match(at.text(), /网络已恢复，内容都在。点“继续提交”就能送出，不会重复/);
  at.close();
});

test("a crash while sending leaves a draft that is sent again with its key", async () => {
  const at = await open({ [SUBMIT]: () => new Promise(() => {}) });
  await write(at, "停水三天了");
  await submit(at);
  await at.waitFor(() => submitted(at).length);
  const { key, sent: wasSent, body } = draftOf(at);
  assert.equal(wasSent, true);
  assert.equal(keyOf(submitted(at)[0]), key);
  at.window.close();

  const again = await open({}, left({ ...DRAFT, key, body, sent: true, kind: "request" }));
  assert.equal(button(again).textContent, "继续提交");
  await submit(again);
  assert.equal(keyOf(submitted(again)[0]), key);
  again.close();
});

test("an attempt that had arrived with other words is explained, and leads to my appeals", async () => {
  const reused = refusal(409, "key_reused", "请求标识已用于另一次提交，请重新提交");
  const api = { [SUBMIT]: reused, "GET /api/appeals": { items: [], next: null } };
  const at = await open(api, left({ sent: true }));
  await submit(at);
  await at.waitFor(() => at.dialog.includes("刚才那份已经提交成功"));
  await at.choose("去看看");
  assert.equal(at.route, "pages/mine/mine");
  assert.equal(draftOf(at), null);
  at.close();
});

test("or its new words go on as another appeal, with a key of its own", async () => {
  let first = true;
  const reused = refusal(409, "key_reused", "请求标识已用于另一次提交，请重新提交");
  const at = await open({ [SUBMIT]: () => (first ? reused : TAKEN) }, left({ sent: true }));
  await submit(at);
  await at.waitFor(() => at.dialog.includes("刚才那份已经提交成功"));
  await at.choose("留在这里");
  assert.equal(words(at), "上次写的内容");
  assert.equal(button(at).textContent, "提交");
  first = false;
  await submit(at);
  const [one, other] = submitted(at);
  assert.notEqual(keyOf(one), keyOf(other));
  at.close();
});

test("a second tap while it is under way sends nothing", async () => {
  const at = await open({ [SUBMIT]: () => new Promise(() => {}) }, { storage: kept({ ...SEEN, program: {} }) });
  await write(at, "停水");
  at.page.submit(); // two taps before the screen has changed
  at.page.submit();
  await at.waitFor(() => submitted(at).length);
  await at.settle();
  assert.equal(submitted(at).length, 1);
  at.window.close();
});

test("while it is under way the button says so and does nothing", async () => {
  const at = await open({ [SUBMIT]: () => new Promise(() => {}) });
  await write(at, "停水");
  await submit(at);
  await at.waitFor(() => submitted(at).length);
  await at.tap("#submit");
  assert.equal(submitted(at).length, 1);
  assert.equal(at.dialog, "");
  at.window.close();
});

test("the draft is kept while typing, said once, and restored with all its fields", async () => {
  const at = await open();
  await write(at, "停水");
  assert.equal(at.byText("草稿已保存"), null);
  await pause(at);
  assert.ok(at.byText("草稿已保存"));
  assert.equal(draftOf(at).body, "停水");
  at.close();

  const again = await open({}, left());
  assert.match(again.text(), /上次没写完的内容还在/);
  assert.equal(words(again), "上次写的内容");
  assert.equal(fieldOf(again, "title").value, "窗口");
  assert.equal(fieldOf(again, "place").value, "政务大厅");
  assert.equal(fieldOf(again, "phone").value, "13800001234");
  assert.equal(again.q("#field-kind .chosen .title").textContent, "投诉");
  assert.equal(again.q("#field-visibility .chosen .title").textContent, "同意公开答复");
  again.close();
});

test("leaving the page keeps what was typed a moment ago", async () => {
  const at = await open({}, {}, "?official_id=bz-1");
  await write(at, "刚写的");
  await at.leaveAndReturn();
  assert.equal(draftOf(at).body, "刚写的");
  at.close();
});

test("a page that is only looked at leaves no draft", async () => {
  const at = await open();
  await at.tapText("投诉", ".title");
  await pause(at);
  assert.equal(draftOf(at), null);
  at.close();
});

test("a restored draft can be emptied, after a question", async () => {
  const at = await open({}, left());
  await at.tapText("清空", "button");
  assert.match(at.dialog, /清空后找不回来/);
  await at.choose("清空");
  assert.equal(words(at), "");
  assert.equal(fieldOf(at, "place").value, "");
  assert.equal(draftOf(at), null);
  assert.match(at.text("#field-official"), /魏崇岭/);
  await write(at, "新的");
  await submit(at);
  assert.notEqual(keyOf(submitted(at)[0]), "key-1");
  at.close();
});

test("a draft to somebody else is asked about: gone on with, carried over, or dropped; until then it stays", async () => {
  const other = { officialId: "bz-2" };
  const at = await open({}, left(other));
  assert.match(at.text("left-sheet"), /上次有一份没写完.*写给顾青禾.*窗口/);
  await at.leaveAndReturn();
  assert.equal(draftOf(at).body, "上次写的内容");
  await at.tapText("继续写上次的");
  assert.match(at.text("#field-official"), /顾青禾/);
  assert.equal(words(at), "上次写的内容");
  at.close();

  const carried = await open({}, left(other));
  await carried.tapText("把上次的内容改写给魏崇岭");
  assert.match(carried.text("#field-official"), /魏崇岭/);
  assert.equal(words(carried), "上次写的内容");
  assert.equal(draftOf(carried).officialId, "bz-1");
  carried.close();

  const dropped = await open({}, left(other));
  await dropped.tapText("不要上次的了，写新的");
  assert.equal(words(dropped), "");
  assert.match(dropped.text("#field-official"), /魏崇岭/);
  assert.equal(draftOf(dropped), null);
  dropped.close();
});

test("one that may have arrived is to be finished first, and its words are given to nobody else", async () => {
  const at = await open({}, left({ officialId: "bz-2", sent: true }));
  assert.match(at.text("left-sheet"), /可能已经送到/);
  assert.equal(at.byText("把上次的内容改写给"), null);
  await at.tapText("先把上次的提交完");
  assert.equal(button(at).textContent, "继续提交");
  at.close();
});

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

test("without network the page is written on all the same", async () => {
  const at = await open(
    { "GET /api/officials/:id": network() },
    { storage: kept({ session: "token" }), online: false },
  );
  await write(at, "停水");
  await pause(at);
  assert.equal(draftOf(at).body, "停水");
  at.close();
});

test("similar ones are hinted at after a pause: my own running ones and published answers", async () => {
  const own = { ...TAKEN.body, title: "我的停水诉求", official: { name: "魏崇岭" } };
  const answer = { id: "A", title: "别处的停水", answer: "已抢修完", official: null };
  const at = await open({ "POST /api/appeals/similar": { items: [own], next: null, published: [answer] } });
  await write(at, "小区停水三天了，没人来修");
  await at.blur("#field-body textarea");
  assert.deepEqual(sent(at, "POST", "/api/appeals/similar")[0].body, {
    official_id: "bz-1",
    title: "",
    body: "小区停水三天了，没人来修",
  });
  assert.match(at.text("similar"), /您有相似的诉求正在办理.*我的停水诉求.*待联系.*别处的停水/);
  assert.equal(at.byText("已抢修完"), null);
  await at.tapText("别处的停水");
  assert.ok(at.byText("已抢修完"));
  await submit(at);
  assert.equal(submitted(at).length, 1);
  at.close();
});

test("a short text is not looked up, and a failed look-up is no matter", async () => {
  const at = await open({ "POST /api/appeals/similar": refusal(404, "x", "没有") });
  await write(at, "停水");
  await at.blur("#field-body textarea");
  assert.equal(sent(at, "POST", "/api/appeals/similar").length, 0);
  await write(at, "小区停水三天了，没人来修");
  await at.blur("#field-body textarea");
  assert.equal(sent(at, "POST", "/api/appeals/similar").length, 1);
  assert.deepEqual(at.toasts, []);
  at.close();
});

const PICTURES = { photos: [{ name: "a.jpg" }, { name: "b.jpg" }] };

test("pictures are uploaded as they are chosen and go along", async () => {
  let number = 0;
  const upload = () => reply(201, { id: `ph${(number += 1)}`, url: `https://x/ph${number}` });
  const at = await open({ "POST /api/uploads": upload }, PICTURES);
  await write(at, "停水");
  await at.tap(".add");
  await at.waitFor(() => at.all(".picture").length === 2 && !at.q(".photo .veil"));
  await pause(at);
  assert.equal(draftOf(at).photos.length, 2);
  await submit(at);
  assert.deepEqual([...submitted(at)[0].body.photos], ["ph1", "ph2"]);
  const keys = sent(at, "POST", "/api/uploads").map(keyOf);
  assert.equal(new Set(keys).size, 2);
  at.close();
});

test("one that failed is said, tried again with its key, or taken away before the appeal goes", async () => {
  let away = true;
  const upload = () => (away ? refusal(422, "bad_photo", "这张图片无法使用") : reply(201, { id: "ph1", url: "u" }));
  const at = await open({ "POST /api/uploads": upload }, { photos: [{ name: "a.jpg" }] });
  await write(at, "停水");
  await at.tap(".add");
  await at.waitFor(() => at.byText("第 1 张：这张图片无法使用"));
  await at.tap("#submit");
  assert.match(at.text("#field-photos"), /还有 1 张照片没有传上去/);
  assert.equal(at.dialog, "");
  away = false;
  await at.tapText("重传");
  await at.waitFor(() => !at.q(".photo .veil"));
  assert.equal(new Set(sent(at, "POST", "/api/uploads").map(keyOf)).size, 1);
  await at.tap(".remove");
  await submit(at);
  assert.deepEqual([...submitted(at)[0].body.photos], []);
  at.close();
});

test("pictures of an earlier run: the uploaded ones are there, the others are said to be lost", async () => {
  const photos = [
    { path: "wxfile://a", key: "1", id: "ph1", url: "https://x/ph1" },
    { path: "wxfile://b", key: "2", id: "", url: "" },
  ];
  const at = await open({}, left({ photos }));
  assert.match(at.text(), /有 1 张照片没有传完，请重新选/);
  assert.equal(at.all(".picture").length, 1);
  await submit(at);
  assert.deepEqual([...submitted(at)[0].body.photos], ["ph1"]);
  at.close();
});

test("a picture that the server does not have any more has to go up again", async () => {
  const photos = [{ path: "wxfile://a", key: "1", id: "ph1", url: "https://x/ph1" }];
  const unknown = refusal(422, "unknown_photo", "有图片没有上传成功，请重新上传后再提交", { photos: ["ph1"] });
  const at = await open({ [SUBMIT]: unknown }, left({ photos }));
  await submit(at);
  assert.match(at.text("#field-photos"), /! 有图片没有上传成功/);
  assert.equal(at.all(".picture").length, 0);
  at.close();
});

test("the place can be chosen on the map, the phone be WeChat's", async () => {
  const at = await open({ "POST /api/me/phone": { phone: "13900005678" } });
  await at.tapText("地图选点");
  await at.choose("人民公园（光明路与建安路交口）");
  assert.equal(fieldOf(at, "place").value, "光明路与建安路交口 人民公园");
  await at.tapText("用微信手机号");
  await at.waitFor(() => at.dialog || fieldOf(at, "phone").value);
  if (at.dialog) await at.choose("允许");
  await at.waitFor(() => fieldOf(at, "phone").value === "13900005678");
  await write(at, "停水");
  await submit(at);
  assert.equal(submitted(at)[0].body.phone, "13900005678");
  at.close();
});

test("the phone of the profile stands in a new appeal", async () => {
  const at = await open({}, { storage: kept({ ...SEEN, me: { ...ME, phone: "13700009999" } }) });
  assert.equal(fieldOf(at, "phone").value, "13700009999");
  at.close();
});

test("an appeal about the official says that the official will not see it", async () => {
  const at = await open();
  await at.tap("switch");
  assert.match(at.text(), /提交后先由督查部门审核，魏崇岭看不到/);
  at.close();
});

const withRoster = (change) => ({ storage: kept({ ...SEEN, rosters: [{ ...ROSTER, ...change }] }) });

test("a line for enterprises asks for the enterprise before anything is sent", async () => {
  const at = await open({ "GET /api/me": ME }, withRoster({ audience: "enterprise" }));
  await write(at, "用电");
  await at.tap("#submit");
  assert.equal(submitted(at).length, 0);
  assert.match(at.text(), /这条专线面向企业/);
  await at.tapText("去填写");
  assert.match(at.route, /^pages\/profile\/profile/);
  at.errors.length = 0;
  at.unanswered.length = 0;
  at.close();
  const organisation = { name: "某公司", credit_code: "91340000000000000X" };
  const storage = { ...withRoster({ audience: "enterprise" }).storage, ...kept({ me: { ...ME, organisation } }) };
  const named = await open({}, { storage });
  assert.equal(named.byText("这条专线面向企业"), null);
  named.close();
  const newPhone = await open({ "GET /api/me": { ...ME, organisation } }, withRoster({ audience: "enterprise" }));
  assert.equal(newPhone.byText("这条专线面向企业"), null);
  newPhone.close();
});

test("a campaign that is over takes no appeal, and says so", async () => {
  const campaign = { open: false, notice: "这条专线的受理期已结束" };
  const person = { ...official(), open_now: true, opens_next: null, courtesy_now: null, campaign };
  const at = await open({ "GET /api/officials/:id": person });
  assert.match(at.text(), /这条专线的受理期已结束/);
  assert.ok(button(at).hasAttribute("disabled"));
  at.close();
});

test("the poster that brought the person goes along with an appeal to its roster", async () => {
  const source = { roster: ROSTER.slug, source: "东门菜场", until: Date.now() + 1e9 };
  const at = await open({}, { storage: kept({ ...SEEN, source }) });
  await write(at, "停水");
  await submit(at);
  assert.equal(submitted(at)[0].body.source, "东门菜场");
  at.close();
  const elsewhere = await open({}, { storage: kept({ ...SEEN, source: { ...source, roster: "shenzhen" } }) });
  await write(elsewhere, "停水");
  await submit(elsewhere);
  assert.equal(submitted(elsewhere)[0].body.source, "");
  elsewhere.close();
  const old = await open({}, { storage: kept({ ...SEEN, source: { ...source, until: Date.now() - 1 } }) });
  await write(old, "停水");
  await submit(old);
  assert.equal(submitted(old)[0].body.source, "");
  old.close();
});

/** A submission that the test answers when it likes. */
function holding() {
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  return { api: { [SUBMIT]: () => held }, answer };
}

test("who has left the page meanwhile is told, and stays where they are", async () => {
  const { api, answer } = holding();
  const at = await open({ ...api, "GET /api/appeals": { items: [], next: null } }, {}, "?official_id=bz-1");
  at.wx.navigateTo({ url: "/pages/write/write?official_id=bz-1" });
  await at.settle();
  await write(at, "停水");
  await submit(at);
  await at.waitFor(() => submitted(at).length);
  await at.back();
  const before = at.stack.join();
  answer(TAKEN);
  await at.waitFor(() => at.toasts.some(({ title }) => title === "诉求已经提交，在“我的诉求”里"));
  assert.equal(at.stack.join(), before);
  at.close();
});

test("who has left a submission that then fails is told, and finds it as one that was sent", async () => {
  const { api, answer } = holding();
  const at = await open(api);
  at.wx.navigateTo({ url: "/pages/write/write?official_id=bz-1" });
  await at.settle();
  await write(at, "停水");
  await submit(at);
  await at.waitFor(() => submitted(at).length);
  assert.equal(draftOf(at).sent, true);
  await at.leaveAndReturn();
  assert.equal(draftOf(at).sent, true, "putting the phone away does not forget that it is under way");
  await at.back();
  assert.equal(draftOf(at).sent, true, "nor does leaving the page");
  answer(refusal(422, "text_too_long", "内容太长了"));
  await at.waitFor(() => at.toasts.some(({ title }) => /没有提交成功/.test(title)));
  assert.equal(at.dialog, "");
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
