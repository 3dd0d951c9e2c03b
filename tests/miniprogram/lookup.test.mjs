import assert from "node:assert/strict";
import test from "node:test";
import { answered, opened, refusal, sent } from "./appeal-views.mjs";
import { network } from "./harness.mjs";

const LOOKUP = "POST /api/appeals/lookup";
const open = (t, api) => opened(t, "pages/lookup/lookup", api);

/** Fills in and asks. */
async function find(at, code = "20261120-7k4m2p", tail = "8000") {
  await at.type("#code", code);
  await at.type("#tail", tail);
  await at.tap("#find");
}

const field = (at, id) => at.q(id).querySelector("input").value;

test("code and the last four digits find an appeal, read only, without login", async (t) => {
  const found = answered({ actions: [], phone: "138****8000" });
  const at = await open(t, { [LOOKUP]: found });
  await find(at, " 20261120-7k4m2p ");
  const [request] = sent(at, "POST", "/api/appeals/lookup");
  assert.deepEqual(request.body, { code: "20261120-7k4m2p", phone_tail: "8000" });
  assert.equal(request.headers.authorization, undefined);
  for (const words of ["已答复", "路灯不亮", "评价期限", "路灯已经修好。", "办理过程", "138****8000", "这里只能查看"])
    assert.ok(at.text().includes(words), words);
  assert.equal(at.byText("撤回"), null);
  assert.equal(at.byText("评价答复"), null);
});

test("what is found without login is not kept on the phone", async (t) => {
  const at = await open(t, { [LOOKUP]: answered({ actions: [] }) });
  await find(at);
  assert.equal(at.wx.getStorageSync("1:appeals"), "");
});

test("empty fields are told beside them and nothing is asked", async (t) => {
  const at = await open(t);
  await at.tap("#find");
  assert.ok(at.byText("请填写编号"));
  assert.ok(at.byText("请填写 4 位数字"));
  assert.equal(sent(at, "POST", "/api/appeals/lookup").length, 0);
  await at.type("#tail", "12");
  await at.tap("#find");
  assert.ok(at.byText("请填写 4 位数字"));
});

test("what the server says of a field stands beside it", async (t) => {
  const at = await open(t, {
    [LOOKUP]: refusal(422, "填写的内容有误，请按提示修改", { fields: { code: ["至少 4 个字"] } }),
  });
  await find(at, "abc");
  assert.match(at.text(".error"), /至少 4 个字/);
  assert.equal(at.byText("请按提示修改"), null);
});

test("a wrong code keeps what was typed, and says so in the server's words", async (t) => {
  const at = await open(t, { [LOOKUP]: refusal(404, "没有找到这件诉求，请核对后再试") });
  await find(at, "20261120-AAAAAA");
  assert.ok(at.byText("没有找到这件诉求，请核对后再试"));
  assert.equal(field(at, "#code"), "20261120-AAAAAA");
  assert.equal(field(at, "#tail"), "8000");
});

test("a lock-out is told in the server's words, and not asked again by itself", async (t) => {
  const at = await open(t, { [LOOKUP]: refusal(429, "输错次数过多，请 15 分钟后再试") });
  await find(at);
  assert.ok(at.byText("输错次数过多，请 15 分钟后再试"));
  assert.equal(sent(at, "POST", "/api/appeals/lookup").length, 1);
});

test("a lost connection keeps what was typed", async (t) => {
  const at = await open(t, { [LOOKUP]: network });
  await find(at);
  assert.ok(at.byText("网络不稳"));
  assert.equal(field(at, "#code"), "20261120-7k4m2p");
});

test("while it looks, the button says so and asks once", async (t) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const at = await open(t, { [LOOKUP]: () => held });
  await find(at);
  assert.match(at.text("#find"), /正在查询……/);
  await at.tap("#find");
  release(answered({ actions: [] }));
  await at.waitFor(() => at.q("head-card"), "the appeal");
  assert.equal(sent(at, "POST", "/api/appeals/lookup").length, 1);
});
