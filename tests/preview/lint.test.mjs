import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { lint } from "../../dev/preview/lint.mjs";
import { SOUND, variant } from "./variant.mjs";

/** What the linter says of the changed mini-program, without the directory. */
function findings(t, changes) {
  const root = variant(t, changes);
  const name = path.basename(root);
  return lint(root).map((one) => one.slice(one.indexOf(name) + name.length + 1));
}

const add = (text) => (old) => `${old}\n${text}`;
const page = (template) => ({ "pages/second/second.wxml": template });

test("finds nothing in a sound mini-program", () => {
  assert.deepEqual(lint(SOUND), []);
});

const RULES = [
  ["unknown tags", page("<view />\n<div>x</div>"), ["pages/second/second.wxml:2: unknown tag <div>"]],
  [
    "wx:for without wx:key",
    page('<view wx:for="{{a}}">x</view>'),
    ["pages/second/second.wxml:1: <view> has wx:for without wx:key"],
  ],
  [
    "method calls",
    page("<view>{{ a.b(1) }}</view>"),
    ["pages/second/second.wxml:1: {{a.b(1)}} calls a method; compute it in the script"],
  ],
  [
    "method calls in attributes",
    page('<view\n  class="{{list.length ? list.join(1) : 0}}"/>'),
    ["pages/second/second.wxml:2: {{list.length ? list.join(1) : 0}} calls a method; compute it in the script"],
  ],
  ["brackets in texts are no calls", page("<view>{{'（' + a + ' f(x) ' + b}}</view>"), []],
  [
    "functions of a module are no methods",
    page('<wxs module="m">module.exports = { f: function () {} };</wxs><view>{{m.f(1)}}</view>'),
    [],
  ],
  [
    "syntax WXML does not know",
    page("<view>{{a ?? b}}</view>"),
    ["pages/second/second.wxml:1: {{a ?? b}} has ??, which WXML does not know"],
  ],
  [
    "a handler that is not there",
    page(
      '<view bindtap="nothing" />\n<view capture-catch:touchstart="nor" catch:tap="onTabItemTap" bind:tap="{{dynamic}}" />',
    ),
    [
      'pages/second/second.wxml:1: <view bindtap="nothing">: pages/second/second.js has no nothing',
      'pages/second/second.wxml:2: <view capture-catch:touchstart="nor">: pages/second/second.js has no nor',
    ],
  ],
  [
    "a handler of an imported template",
    { "templates/row.wxml": '<template name="row"><text bind:tap="gone" /></template>' },
    ['templates/row.wxml:1: <text bind:tap="gone">: pages/home/home.js has no gone'],
  ],
  [
    "a handler from a shared module is there",
    {
      "core/shared.js": "module.exports = { shared() {} };",
      "pages/second/second.js": 'Page({ ...require("../../core/shared"), onTabItemTap() {} });',
      "pages/second/second.wxml": '<view bind:tap="shared" />',
    },
    [],
  ],
  [
    "calls that were never tried",
    {
      "pages/second/second.js":
        'wx.getLocation();\nconst { request, saveFile } = wx;\nwx["vibrateLong"]();\n// wx.getUserInfo()\nPage({});',
    },
    [
      "pages/second/second.js:1: wx.getLocation is not among the calls this project uses",
      "pages/second/second.js:2: wx.saveFile is not among the calls this project uses",
      "pages/second/second.js:3: wx.vibrateLong is not among the calls this project uses",
    ],
  ],
  [
    "packages and absolute paths",
    {
      "pages/second/second.js":
        'require("lodash");\nrequire("/core/api");\nrequire(name);\nrequire("./no");\nPage({});',
    },
    [
      'pages/second/second.js:1: require("lodash") names a package; there are none',
      'pages/second/second.js:2: require("/core/api") is absolute; write a relative path',
      "pages/second/second.js:3: require() needs a text that is known beforehand",
      'pages/second/second.js:4: require("./no") finds no file',
    ],
  ],
  [
    "addresses of no page",
    {
      ...page('<navigator url="/pages/nowhere/nowhere?id={{id}}" />'),
      "pages/second/second.js":
        "Page({ go(id) { wx.navigateTo({ url: `/pages/gone/gone?id=${id}` }); wx.navigateTo({ url: `/pages/${id}` }); } });",
    },
    [
      'pages/second/second.js:1: "/pages/gone/gone" is no page',
      'pages/second/second.wxml:1: "/pages/nowhere/nowhere" is no page',
    ],
  ],
  [
    "privacy calls that are not declared",
    { "constants/privacy.js": 'module.exports = { PRIVACY_APIS: ["chooseMedia"] };' },
    ["pages/form/form.wxml:24: getPhoneNumber is used but not declared in constants/privacy.js"],
  ],
  [
    "privacy calls that are declared in vain",
    { "constants/privacy.js": 'const PRIVACY_APIS = ["chooseMedia", "getPhoneNumber",\n"setClipboardData"];' },
    ["constants/privacy.js:2: setClipboardData is declared but not used"],
  ],
  [
    "privacy calls that app.json must name",
    {
      "constants/privacy.js": 'const PRIVACY_APIS = ["chooseMedia", "getPhoneNumber", "chooseLocation"];',
      "pages/second/second.js": "Page({ place() { wx.chooseLocation(); } });",
    },
    ["pages/second/second.js:1: chooseLocation is used but app.json does not name it in requiredPrivateInfos"],
  ],
  [
    "files nothing leads to",
    { "core/old.js": "", "pages/old/old.wxml": "", "assets/old.png": "x", "styles/old.wxss": "" },
    [
      "assets/old.png:1: no page shows this picture",
      "core/old.js:1: nothing leads here from app.json",
      "pages/old/old.wxml:1: nothing leads here from app.json",
      "styles/old.wxss:1: nothing leads here from app.json",
    ],
  ],
  ["a page without JSON", { "pages/second/second.json": null }, ["pages/second/second.json:1: a page needs this file"]],
  ["a page without script", { "pages/second/second.js": null }, ["pages/second/second.js:1: the file is missing"]],
  [
    "large pictures",
    { "assets/dot.png": "x".repeat(40 * 1024) },
    ["assets/dot.png:1: a picture of 40960 bytes; below 40960 it loads well"],
  ],
  [
    "a large main package",
    { "core/api.js": add(`// ${"x".repeat(1024 * 1024)}`) },
    [/^app\.json:1: the main package has \d+ bytes; 1048576 is the limit$/],
  ],
  [
    "a large subpackage",
    { "sub/pages/extra/extra.js": `Page({}); // ${"x".repeat(1024 * 1024)}` },
    [/^app\.json:1: subpackage "sub" has \d+ bytes; 1048576 is the limit$/],
  ],
  [
    "what belongs to a subpackage",
    {
      "sub/core.js": "",
      "sub/pages/extra/extra.js": 'require("../../core");\nrequire("../../../core/api");\nPage({});',
      "pages/second/second.js": 'require("../../sub/core");\nPage({});',
    },
    ['pages/second/second.js:1: "sub/core.js" belongs to another package'],
  ],
  [
    "selectors in components",
    { "components/tag/tag.wxss": ".tag {}\n.tag > view, #id {}\n[hidden] {}\n@keyframes a { from { top: 0 } }" },
    [
      'components/tag/tag.wxss:2: a component may not use the id selector "#id"',
      'components/tag/tag.wxss:2: a component may not use the tag selector "view"',
      'components/tag/tag.wxss:3: a component may not use the attribute selector "[hidden]"',
    ],
  ],
  ["selectors in pages are free", { "pages/second/second.wxss": "view #id {}" }, []],
  ["styles that do not parse", { "components/tag/tag.wxss": ".tag {" }, ["components/tag/tag.wxss:1: Unclosed block"]],
];

for (const [rule, changes, expected] of RULES) {
  test(rule, (t) => {
    const found = findings(t, changes);
    assert.equal(found.length, expected.length, found.join("\n"));
    expected.forEach((one, index) => {
      if (one instanceof RegExp) assert.match(found[index], one);
      else assert.equal(found[index], one);
    });
  });
}
