// Every file of a mini-program that app.json leads to, and what each of them refers to.
import fs from "node:fs";
import path from "node:path";
import { lineAt, lineOf } from "../compile/problems.mjs";
import { codePath } from "../compile/program.mjs";
import { readTags } from "../compile/markup.mjs";
import { readScript } from "./script.mjs";

/** Where reading begins; the privacy list is read by people and by the linter only. */
const ROOTS = ["app.js", "app.json", "app.wxss", "theme.json", "sitemap.json", "constants/privacy.js"];
/** Files of the project that only its tools read. */
export const TOOL_FILES = ["project.config.json", "project.private.config.json", "jsconfig.json", "tsconfig.json"];

/**
 * Reads what can be reached: a map from a file's path (relative to the root) to
 * `{text, uses: [{file, line}], script?, tags?}`.
 */
export function readSources(program, problems) {
  const sources = new Map();
  const waiting = ROOTS.filter((name) => fs.existsSync(path.join(program.root, name)));
  const components = componentUses(program);
  for (const name of program.components.keys()) {
    for (const end of ["js", "json", "wxml", "wxss"]) {
      if (fs.existsSync(path.join(program.root, `${name}.${end}`))) waiting.push(`${name}.${end}`);
    }
  }
  while (waiting.length) {
    const name = waiting.shift();
    if (sources.has(name)) continue;
    const source = readSource(program.root, name, problems);
    source.uses.push(...(components.get(name) ?? []));
    sources.set(name, source);
    for (const { file } of source.uses) if (fs.existsSync(path.join(program.root, file))) waiting.push(file);
  }
  return sources;
}

function readSource(root, name, problems) {
  const text = fs.readFileSync(path.join(root, name), "utf8");
  const use = (reference, end, line) => {
    const target = codePath(name, reference);
    return { file: target.endsWith(end) ? target : target + end, line };
  };
  if (name.endsWith(".js")) {
    const script = readScript(text);
    const relative = script.requires.filter(({ value }) => value.startsWith("."));
    return { text, script, uses: relative.map(({ value, line }) => use(value, ".js", line)) };
  }
  if (name.endsWith(".wxml")) {
    const tags = readTags(text);
    const uses = tags.flatMap((tag) => {
      const end = { import: ".wxml", include: ".wxml", wxs: ".wxs" }[tag.name];
      const source = tag.attributes.find((attribute) => attribute.name === "src");
      return end && source ? [use(source.value, end, tag.line)] : [];
    });
    return { text, tags, uses };
  }
  if (name.endsWith(".wxss")) {
    const imports = [...text.matchAll(/@import\s+(?:url\()?\s*['"]([^'"]+)['"]/g)];
    return { text, uses: imports.map((found) => use(found[1], ".wxss", lineAt(text, found.index))) };
  }
  if (name.endsWith(".wxs")) {
    const requires = [...text.matchAll(/require\(\s*['"]([^'"]+)['"]/g)];
    return { text, uses: requires.map((found) => use(found[1], ".wxs", lineAt(text, found.index))) };
  }
  return { text, uses: [] };
}

/** Which JSON file brings in which component. */
function componentUses(program) {
  const uses = new Map();
  for (const [name, { json }] of program.components) {
    const file = `${name}.json`;
    const full = path.join(program.root, file);
    const text = fs.existsSync(full) ? fs.readFileSync(full, "utf8") : "";
    const own = Object.entries(json.usingComponents).filter(([tag]) => text.includes(`"${tag}"`));
    const lines = own.map(([tag, target]) => ({ file: `${target.slice(1)}.js`, line: lineOf(text, `"${tag}"`) }));
    uses.set(file, lines);
  }
  return uses;
}
