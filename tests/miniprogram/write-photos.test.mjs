import assert from "node:assert/strict";
import test from "node:test";
import { refusal, sent } from "./directory-views.mjs";
import { reply } from "./harness.mjs";
import { SUBMIT, draftOf, keyOf, left, open, pause, submit, submitted, write } from "./write-views.mjs";

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
