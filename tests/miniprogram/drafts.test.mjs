import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test, { beforeEach } from "node:test";

// The services themselves, on a phone that is nothing but a storage.
const require = createRequire(import.meta.url);
const stored = new Map();
let full = false;
globalThis.wx = {
  getStorageSync: (name) => stored.get(name) ?? "",
  setStorageSync: (name, value) => {
    if (full) throw new Error("exceed storage max size");
    stored.set(name, structuredClone(value));
  },
  removeStorageSync: (name) => stored.delete(name),
  getAppBaseInfo: () => ({}),
};
const drafts = require("../../miniprogram/services/drafts.js");
const submission = require("../../miniprogram/services/submission.js");
const { Failure } = require("../../miniprogram/core/failure.js");

const NOBODY = { officialId: "", callId: "", body: "" };
const draft = (more = {}) => ({ ...drafts.blank(), officialId: "a", body: "停水", ...more });
/** As if the mini-program had been started anew since the draft was kept. */
const restart = () => {
  const kept = stored.get("1:draft");
  kept.value.run = "an earlier run";
};

beforeEach(() => {
  stored.clear();
  full = false;
  drafts.takeOffered();
});

test("a draft that is kept is found again as it was, until it is discarded", () => {
  const one = draft({ photos: [{ path: "p", key: "k", id: "", url: "" }] });
  assert.equal(drafts.keep(one), true);
  assert.deepEqual(drafts.kept(), one);
  drafts.discard();
  assert.equal(drafts.kept(), null);
});

test("a phone without room says that nothing was kept", () => {
  full = true;
  assert.equal(drafts.keep(draft()), false);
});

test("every draft has a key of its own, for life", () => {
  assert.notEqual(drafts.blank().key, drafts.blank().key);
});

test("after a restart only the uploaded pictures are there, and are shown from the server", () => {
  const photos = [
    { path: "tmp1", key: "1", id: "x", url: "https://x" },
    { path: "tmp2", key: "2", id: "", url: "" },
  ];
  drafts.keep(draft({ photos }));
  restart();
  const { draft: found, restored, lost } = drafts.open(NOBODY);
  assert.deepEqual(found.photos, [{ path: "", key: "1", id: "x", url: "https://x" }]);
  assert.deepEqual([restored, lost], [true, 1]);
});

test("a draft of nothing but lost pictures still says that they are lost", () => {
  drafts.keep(draft({ body: "", photos: [{ path: "tmp", key: "1", id: "", url: "" }] }));
  restart();
  assert.equal(drafts.open(NOBODY).lost, 1);
});

test("a draft without words, or none, gives a new one for whom it is wished", () => {
  for (const one of [null, draft({ body: "  ", title: "" })]) {
    if (one) drafts.keep(one);
    const opened = drafts.open({ officialId: "b", callId: "c", body: "带来的话" });
    assert.equal(opened.restored, false);
    assert.equal(opened.left, null);
    const { officialId, callId, body } = opened.draft;
    assert.deepEqual([officialId, callId, body], ["b", "c", "带来的话"]);
  }
});

test("a draft to the same official, or to nobody yet, is gone on with; a missed call joins it", () => {
  drafts.keep(draft());
  assert.equal(drafts.open(NOBODY).draft.officialId, "a");
  const joined = drafts.open({ officialId: "a", callId: "c", body: "" });
  assert.deepEqual([joined.restored, joined.draft.callId, joined.draft.body], [true, "c", "停水"]);
  drafts.keep(draft({ officialId: "" }));
  assert.equal(drafts.open({ ...NOBODY, officialId: "b" }).draft.officialId, "b");
});

test("a draft to somebody else, or with other words than those brought along, is left for the person to decide", () => {
  drafts.keep(draft());
  const other = drafts.open({ ...NOBODY, officialId: "b" });
  assert.equal(other.left.body, "停水");
  assert.deepEqual([other.draft.officialId, other.draft.body], ["b", ""]);
  assert.equal(drafts.open({ officialId: "a", callId: "", body: "别的话" }).left.body, "停水");
  assert.equal(drafts.open({ officialId: "a", callId: "", body: "停水" }).left, null);
});

test("a draft that may have arrived keeps its words and its call", () => {
  drafts.keep(draft({ sent: true, body: "" }));
  const { draft: found, restored } = drafts.open({ officialId: "a", callId: "c", body: "" });
  assert.deepEqual([restored, found.callId], [true, ""]);
});

test("a text is handed over once", () => {
  drafts.offer("停水");
  assert.equal(drafts.takeOffered(), "停水");
  assert.equal(drafts.takeOffered(), "");
});

test("the title is what was written, else the first sentence, not too long", () => {
  assert.equal(drafts.titleOf(draft({ title: " 停水 " }), 30), "停水");
  assert.equal(drafts.titleOf(draft({ body: "\n 停水三天。没人来" }), 30), "停水三天");
  assert.equal(drafts.titleOf(draft({ body: "停水吗？怎么办" }), 30), "停水吗");
  assert.equal(drafts.titleOf(draft({ body: "一".repeat(50) }), 30).length, 30);
  assert.equal(drafts.titleOf(draft({ body: "。。。停水" }), 30), "停水");
  assert.equal(drafts.titleOf(draft({ body: "？？？" }), 30), "？？？");
});

test("an unfinished answer and an unfinished question are kept apart from it", () => {
  drafts.keepAnswer("p1", { text: "已修", outcome: "solved" });
  drafts.keepQuestion("停水找谁");
  assert.equal(drafts.kept(), null);
  assert.deepEqual(drafts.keptAnswer("p1"), { text: "已修", outcome: "solved", photos: [] });
  assert.deepEqual(drafts.keptAnswer("p2"), { text: "", outcome: "solved", photos: [] });
  drafts.discardAnswer("p1");
  assert.equal(drafts.keptAnswer("p1").text, "");
  assert.equal(drafts.keptQuestion(), "停水找谁");
});

test("after a restart an unfinished answer too has only its uploaded pictures", () => {
  const photos = [
    { path: "tmp1", key: "1", id: "x", url: "u" },
    { path: "tmp2", key: "2", id: "", url: "" },
  ];
  drafts.keepAnswer("p1", { text: "已修", outcome: "solved", photos });
  assert.deepEqual(drafts.keptAnswer("p1").photos, photos);
  for (const photo of stored.get("1:answer:p1").value.photos) photo.run = "an earlier run";
  assert.deepEqual(drafts.keptAnswer("p1").photos, [{ path: "", key: "1", id: "x", url: "u" }]);
});

const lost = new Failure("lost", "网络不稳");
const refused = (code, detail = {}, status = 422) => new Failure("refused", "不行", { status, code, detail });

test("after a lost submission the draft is one that may have arrived; after a refusal it is not", () => {
  assert.equal(submission.after(lost, draft()).sent, true);
  assert.equal(submission.after(new Failure("away", "忙"), draft()).sent, true);
  assert.equal(submission.after(refused("bad_request"), draft({ sent: true })).sent, false);
  assert.equal(submission.after(new TypeError("ours"), draft({ sent: true })).sent, false);
});

test("a call that no appeal can come from is let go of, any other refusal leaves it", () => {
  for (const code of ["no_such_call", "call_not_missed", "call_has_appeal"]) {
    assert.equal(submission.after(refused(code, {}, 409), draft({ callId: "c" })).callId, "");
  }
  assert.equal(submission.after(refused("roster_closed", {}, 409), draft({ callId: "c" })).callId, "c");
});

test("a picture that the server lacks goes up again under a new key, or is dropped when the phone lacks it too", () => {
  const here = { path: "p", key: "1", id: "x", url: "u" };
  const away = { path: "", key: "2", id: "y", url: "u" };
  const fine = { path: "", key: "3", id: "z", url: "u" };
  const failure = refused("unknown_photo", { photos: ["x", "y"] });
  const { photos } = submission.after(failure, draft({ photos: [here, away, fine] }));
  assert.equal(photos.length, 2);
  assert.deepEqual([photos[0].id, photos[0].path, photos[1]], ["", "p", fine]);
  assert.notEqual(photos[0].key, "1");
});

test("what is wrong is told by field, whatever form it comes in", () => {
  assert.deepEqual(submission.fieldsOf(refused("bad_request", { fields: { phone: ["格式不对"] } })), {
    phone: "格式不对",
  });
  assert.deepEqual(submission.fieldsOf(refused("text_missing", { field: "body" })), { body: "不行" });
  assert.deepEqual(submission.fieldsOf(refused("unknown_photo", { photos: ["x"] })), { photos: "不行" });
  assert.deepEqual(submission.fieldsOf(refused("no_such_official", {}, 404)), { official: "不行" });
  assert.deepEqual(submission.fieldsOf(refused("roster_closed", {}, 409)), {});
});
