import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { build } from "../../dev/preview/build.mjs";
import { SOUND, variant } from "./variant.mjs";

async function built(t, changes = {}, options = {}) {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), "preview-"));
  t.after(() => fs.rmSync(out, { recursive: true }));
  const root = Object.keys(changes).length ? variant(t, changes) : SOUND;
  const summary = await build(root, out, options);
  return { out, summary, read: (name) => fs.readFileSync(path.join(out, name), "utf8") };
}

/** What building the changed mini-program complains of, without the directory. */
async function complaints(t, changes) {
  const root = variant(t, changes);
  const error = await build(root, path.join(root, "..", "never")).then(
    () => assert.fail("it was built"),
    (problem) => problem,
  );
  assert.equal(error.name, "BuildError", error.stack);
  return error.problems.map((problem) =>
    problem.slice(problem.indexOf(path.basename(root)) + path.basename(root).length + 1),
  );
}

test("writes a page, a script, a style sheet and the pictures", async (t) => {
  const { summary, read, out } = await built(t);
  assert.deepEqual(summary, { pages: 5, components: 1 });
  assert.match(read("index.html"), /<script src="app.js" defer>/);
  assert.match(read("app.js"), /api\.example\.com/);
  assert.ok(fs.existsSync(path.join(out, "package/assets/dot.png")));
});

test("takes the addresses of the API from the mini-program, or from the caller", async (t) => {
  const { read } = await built(t, {}, { apiBases: ["https://elsewhere.example.com"] });
  assert.match(read("app.js"), /elsewhere\.example\.com/);
});

test("a failed build leaves the last one in place", async (t) => {
  const { out } = await built(t);
  const root = variant(t, { "pages/home/home.wxml": "<div></div>" });
  await assert.rejects(build(root, out), /unknown tag <div>/);
  assert.ok(fs.existsSync(path.join(out, "app.js")));
});

test("units, tags, imports and themes of style sheets", async (t) => {
  const { read } = await built(t, {
    "pages/home/home.wxss": `.a > view { width: calc(100vw - 20rpx); height: 50vh; margin: -1.5rpx 2rem }
.b { padding-bottom: env(safe-area-inset-bottom); background: url("data:image/png;base64,20rpx4rem") }
@media (prefers-color-scheme: dark) and (min-width: 300px) { .a { color: white } }
@keyframes turn { from { left: 10rpx } }`,
  });
  const css = read("app.css");
  const home = ':where([data-page="pages/home/home"])';
  assert.ok(css.includes(`${home} .a > wx-view {`), css.slice(-900));
  assert.ok(css.includes("width: calc(100cqw - calc(20 * var(--rpx)))"));
  assert.ok(css.includes("height: 50cqh"));
  assert.ok(css.includes("margin: calc(-1.5 * var(--rpx)) calc(2 * var(--rem))"));
  assert.ok(css.includes("padding-bottom: var(--safe-bottom)"));
  assert.ok(css.includes("base64,20rpx4rem"), "text inside url() stays");
  assert.ok(css.includes("@media (min-width: 300px)"));
  assert.ok(css.includes(':where([data-theme="dark"] [data-page="pages/home/home"]) .a'));
  assert.ok(css.includes("from { left: calc(10 * var(--rpx)) }"));
  assert.ok(css.includes(':where([data-theme="dark"] #phone-pages) wx-page'), "app.wxss is for the phone only");
});

test("a component keeps its styles to itself, unless it shares them", async (t) => {
  const own = (await built(t)).read("app.css");
  assert.match(own, /\[wx-host="?c\d"?\] \{/);
  assert.match(own, /\.c\d--tag \{/);
  const json = '{ "component": true, "styleIsolation": "shared" }';
  const shared = (await built(t, { "components/tag/tag.json": json })).read("app.css");
  assert.match(shared, /\n\.tag \{/);
});

const FAULTS = [
  [
    "an unknown tag",
    { "pages/second/second.wxml": "<view>\n  <video />\n</view>" },
    "pages/second/second.wxml:2: unknown tag <video>",
  ],
  [
    "an unknown tag in an imported template",
    { "templates/row.wxml": '<template name="row"><b>x</b></template>' },
    "templates/row.wxml:1: unknown tag <b> (used by pages/home/home)",
  ],
  [
    "a missing page",
    { "pages/second/second.wxml": null, "pages/second/second.js": null },
    'app.json:2: page "pages/second/second" does not exist',
  ],
  ["a missing script", { "pages/second/second.js": null }, "pages/second/second.js:1: the file is missing"],
  ["a missing template", { "pages/second/second.wxml": null }, "pages/second/second.wxml:1: the file is missing"],
  [
    "a component that does not exist",
    { "pages/second/second.json": '{\n  "usingComponents": {\n    "my-tag": "/components/nothing"\n  }\n}' },
    'pages/second/second.json:3: component "my-tag" is not found: /components/nothing',
  ],
  [
    "a component that is none",
    { "components/tag/tag.json": "{}" },
    'components/tag/tag.json:1: a component needs "component": true',
  ],
  ["broken JSON", { "pages/second/second.json": '{\n  "a": 1,\n}' }, /^pages\/second\/second\.json:\d: not valid JSON/],
  [
    "a tab that is no page",
    { "app.json": (text) => text.replace('"pagePath": "pages/second/second"', '"pagePath": "pages/third/third"') },
    /app\.json:\d+: tab "pages\/third\/third" is no page/,
  ],
  [
    "a colour without a theme",
    { "theme.json": '{ "light": {}, "dark": {} }' },
    'theme.json:1: "navigation" is not set for dark',
  ],
  [
    "a template that does not close",
    { "pages/second/second.wxml": "<view>\n<text>\n</view>" },
    /pages\/second\/second\.wxml:2: column \d+: missing end tag/,
  ],
  [
    "a template import that leads nowhere",
    { "templates/row.wxml": null },
    'pages/home/home.wxml:1: template "templates/row" is not found',
  ],
  [
    "a script import that leads nowhere",
    { "pages/home/format.wxs": null },
    'pages/home/home.wxml:1: script "pages/home/format.wxs" is not found',
  ],
  [
    "a package",
    { "pages/second/second.js": '\nconst _ = require("lodash");' },
    'pages/second/second.js:2: require("lodash") names a package; the mini-program has none',
  ],
  [
    "an absolute require",
    { "pages/second/second.js": 'require("/core/api");' },
    'pages/second/second.js:1: require("/core/api") is absolute; write a relative path',
  ],
  [
    "a module that does not exist",
    { "pages/second/second.js": 'require("./no");' },
    "pages/second/second.js:1: module not found: ./no",
  ],
  [
    "a module outside the mini-program",
    { "pages/second/second.js": 'require("../../../x");' },
    "pages/second/second.js:1: module not found: ../../../x",
  ],
  ["a script that cannot be read", { "pages/second/second.js": "Page({" }, /^pages\/second\/second\.js:\d: /],
  [
    "a style sheet that cannot be read",
    { "pages/second/second.wxss": ".a {\n" },
    "pages/second/second.wxss:1: Unclosed block",
  ],
  [
    "a style import that leads nowhere",
    { "pages/second/second.wxss": '@import "./no.wxss";' },
    'pages/second/second.wxss:1: style sheet not found: "./no.wxss"',
  ],
  [
    "style sheets in a circle",
    { "styles/tokens.wxss": '@import "../app.wxss";' },
    "styles/tokens.wxss:1: style sheets import each other: app.wxss",
  ],
  [
    "a local picture in a style",
    { "pages/second/second.wxss": ".a {\n  background: url(/assets/dot.png);\n}" },
    "pages/second/second.wxss:2: WeChat shows only data: and https: pictures in styles",
  ],
];

for (const [what, changes, expected] of FAULTS) {
  test(`does not build: ${what}`, async (t) => {
    const found = await complaints(t, changes);
    const matches = (one) => (typeof expected === "string" ? one === expected : expected.test(one));
    assert.ok(found.some(matches), found.join("\n"));
  });
}
