// Files: none too many, none too large, none across packages.
import fs from "node:fs";
import path from "node:path";
import { listFiles } from "../compile/list-files.mjs";
import { TOOL_FILES } from "./sources.mjs";

const PACKAGE_LIMIT = 1024 * 1024;
const PICTURE_LIMIT = 40 * 1024;
const CODE = /\.(js|json|wxml|wxss|wxs)$/;
const PICTURE = /\.(png|jpe?g|gif|svg|webp)$/i;

/** Missing JSON, files nothing leads to, and pictures that are too large. */
export function checkFiles(program, sources, problems) {
  for (const [name, { isPage }] of program.components) {
    const file = path.join(program.root, `${name}.json`);
    if (!fs.existsSync(file)) problems.add(file, 1, `a ${isPage ? "page" : "component"} needs this file`);
  }
  const texts = [...sources.values()].map(({ text }) => text);
  for (const name of listFiles(program.root)) {
    const file = path.join(program.root, name);
    if (CODE.test(name) && !sources.has(name) && !TOOL_FILES.includes(name)) {
      problems.add(file, 1, "nothing leads here from app.json");
    }
    if (!PICTURE.test(name)) continue;
    const size = fs.statSync(file).size;
    if (size >= PICTURE_LIMIT)
      problems.add(file, 1, `a picture of ${size} bytes; below ${PICTURE_LIMIT} it loads well`);
    if (!texts.some((text) => text.includes(path.basename(name)))) problems.add(file, 1, "no page shows this picture");
  }
  for (const [name, { uses }] of sources) {
    for (const { file, line } of uses) {
      if (mayUse(program, name, file)) continue;
      problems.add(path.join(program.root, name), line, `"${file}" belongs to another package`);
    }
  }
}

/** The size of each package; WeChat allows 2 MB, and half of it is plenty. */
export function checkPackages(program, problems) {
  const sizes = new Map();
  for (const name of listFiles(program.root)) {
    if (TOOL_FILES.includes(name)) continue;
    const owner = packageOf(program, name);
    sizes.set(owner, (sizes.get(owner) ?? 0) + fs.statSync(path.join(program.root, name)).size);
  }
  for (const [owner, size] of sizes) {
    if (size < PACKAGE_LIMIT) continue;
    const title = owner ? `subpackage "${owner}"` : "the main package";
    problems.add(path.join(program.root, "app.json"), 1, `${title} has ${size} bytes; ${PACKAGE_LIMIT} is the limit`);
  }
}

/** A subpackage is loaded later: it may use the main package and itself, and only itself may use it. */
function mayUse(program, from, to) {
  const owner = packageOf(program, to);
  return owner === "" || owner === packageOf(program, from);
}

function packageOf(program, name) {
  const roots = program.packages.map(({ root }) => root.replace(/\/$/, ""));
  return roots.find((root) => name.startsWith(`${root}/`)) ?? "";
}
