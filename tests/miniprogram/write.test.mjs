import assert from "node:assert/strict";
import test from "node:test";
import { ME, ROSTER, SEEN, kept, official, refusal, sent } from "./directory-views.mjs";
import { network } from "./harness.mjs";
import {
  SUBMIT,
  TAKEN,
  button,
  draftOf,
  fieldOf,
  keyOf,
  open,
  pause,
  submit,
  submitted,
  write,
} from "./write-views.mjs";

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
