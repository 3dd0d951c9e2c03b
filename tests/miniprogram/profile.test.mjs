import assert from "node:assert/strict";
import test from "node:test";
import { ME, opened, refusal, sent } from "./appeal-views.mjs";

const KNOWN = { ...ME, name: "老李", phone: "13800138000" };
const COMPANY = { name: "亳州药业", credit_code: "91340000MA2XXXXXXX" };
const open = (t, api = {}, me = KNOWN) =>
  opened(t, "pages/profile/profile", api, { storage: { "1:me": { value: me } } });
const field = (at, id) => at.q(id).querySelector("input").value;
const patches = (at) => sent(at, "PATCH", "/api/me");

test("what is known stands in the fields", async (t) => {
  const at = await open(t, {}, { ...KNOWN, organisation: COMPANY });
  assert.equal(field(at, "#name"), "老李");
  assert.equal(field(at, "#phone-number"), "13800138000");
  assert.equal(field(at, "#organisation"), "亳州药业");
  assert.equal(field(at, "#credit-code"), "91340000MA2XXXXXXX");
});

test("name and phone are saved, and remembered", async (t) => {
  const at = await open(t, { "PATCH /api/me": ({ body }) => ({ ...KNOWN, ...body }) });
  await at.type("#name", " 李秀英 ");
  await at.type("#phone-number", "13900139000");
  await at.tap("#save");
  assert.deepEqual(patches(at)[0].body, { name: "李秀英", phone: "13900139000" });
  assert.ok(at.toasts.some(({ title }) => title === "已保存"));
  assert.equal(at.wx.getStorageSync("1:me").value.name, "李秀英");
});

test("an enterprise is saved with its code in capitals", async (t) => {
  const at = await open(t, { "PATCH /api/me": ({ body }) => ({ ...KNOWN, ...body }) });
  assert.equal(at.q("#leave"), null);
  await at.type("#organisation", "亳州药业");
  await at.type("#credit-code", "91340000ma2xxxxxxx");
  await at.tap("#save");
  assert.deepEqual(patches(at)[0].body.organisation, COMPANY);
  assert.ok(at.q("#leave"));
});

test("half an enterprise is sent too, so that the server says what is missing", async (t) => {
  const wrong = { "organisation.credit_code": ["至少 18 个字"] };
  const at = await open(t, { "PATCH /api/me": refusal(422, "填写的内容有误，请按提示修改", { fields: wrong }) });
  await at.type("#organisation", "亳州药业");
  await at.tap("#save");
  assert.deepEqual(patches(at)[0].body.organisation, { name: "亳州药业", credit_code: "" });
  assert.match(at.text(".error"), /至少 18 个字/);
  assert.equal(at.byText("请按提示修改"), null);
  assert.equal(field(at, "#organisation"), "亳州药业");
});

test("a rule that names its field is told beside it", async (t) => {
  const words = "统一社会信用代码不正确，请对照营业执照填写 18 位代码";
  const at = await open(t, { "PATCH /api/me": refusal(422, words, { field: "organisation.credit_code" }) });
  await at.type("#credit-code", "91340000MA2XXXXXXX");
  await at.tap("#save");
  assert.match(at.text(".error"), /对照营业执照/);
  await at.type("#credit-code", "9");
  assert.equal(at.q(".error"), null, "gone once something is typed");
});

test("any other failure stands over the button, and the same tap repeats under the same key", async (t) => {
  let away = true;
  const at = await open(t, { "PATCH /api/me": () => (away ? refusal(429, "操作太频繁，请稍等片刻再试") : KNOWN) });
  await at.tap("#save");
  assert.match(at.text(".failure"), /操作太频繁/);
  away = false;
  await at.tap("#save");
  assert.equal(new Set(patches(at).map(({ headers }) => headers["idempotency-key"])).size, 1);
  assert.equal(at.q(".failure"), null);
});

test("no enterprise any more is asked about, then said to the server", async (t) => {
  const at = await open(t, { "PATCH /api/me": KNOWN }, { ...KNOWN, organisation: COMPANY });
  await at.tap("#leave");
  assert.match(at.dialog, /以后写的诉求不带企业名称/);
  await at.choose("取消");
  assert.equal(patches(at).length, 0);
  await at.tap("#leave");
  await at.choose("不再使用");
  await at.waitFor(() => at.q("#leave") === null, "no enterprise");
  assert.deepEqual(patches(at)[0].body, { organisation: null });
  assert.equal(field(at, "#organisation"), "");
});

test("WeChat's number is filled in, and saved only with the rest", async (t) => {
  const at = await open(t, { "POST /api/me/phone": { phone: "13700137000" } }, { ...KNOWN, phone: "" });
  await at.tap("#take-phone");
  if (at.dialog) await at.choose("允许");
  await at.waitFor(() => field(at, "#phone-number") === "13700137000", "the number");
  assert.deepEqual(sent(at, "POST", "/api/me/phone")[0].body, { code: "phone-resident-1" });
  assert.equal(patches(at).length, 0);
});

test("a number that WeChat does not give is told beside the field", async (t) => {
  const at = await open(t, { "POST /api/me/phone": refusal(422, "这次手机号授权已经用过，请再点一次") });
  await at.tap("#take-phone");
  if (at.dialog) await at.choose("允许");
  await at.waitFor(() => at.byText("这次手机号授权已经用过，请再点一次"), "the sentence");
});

test("on a phone that knows nobody the profile is loaded", async (t) => {
  const at = await opened(t, "pages/profile/profile", { "GET /api/me": KNOWN });
  assert.equal(field(at, "#name"), "老李");
});
