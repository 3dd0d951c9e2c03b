// What WeChat's framework complains of: values of the wrong kind, lists that are none, updates inside updates.
import assert from "node:assert/strict";
import test from "node:test";
import { BASE, SEEN, kept } from "./directory-views.mjs";
import { mount } from "./harness.mjs";
import { handled, listed, open, page } from "./official-views.mjs";

const quiet = (at) => {
  assert.deepEqual([...at.warnings], []);
  at.unanswered.length = 0;
  at.close();
};
const resident = (route, values = SEEN) => mount(route, { api: BASE, storage: kept(values) });

test("the framework has nothing to say about the directory, first seen or known", async () => {
  quiet(await resident("pages/directory/directory", {}));
  quiet(await resident("pages/directory/directory"));
});

test("nor about writing", async () => {
  const at = await resident("pages/write/write?official_id=bz-1");
  await at.type("#field-body textarea", "停水三天了，一直没有人来修。");
  await at.blur("#field-body textarea");
  quiet(at);
});

test("nor about an official's pages", async () => {
  const appeal = { "GET /api/appeals/:id": handled() };
  quiet(await open("appeal/appeal?id=p1", appeal));
  quiet(await open("answer/answer?id=p1", appeal));
  quiet(await open("inbox/inbox", { "GET /api/official/inbox": page([listed()]) }));
});
