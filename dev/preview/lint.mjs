// What WeChat would refuse or punish: node dev/preview/lint.mjs [miniprogram]
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Problems } from "./compile/problems.mjs";
import { readProgram } from "./compile/program.mjs";
import { compileStyles, styleScopes } from "./compile/styles.mjs";
import { compileTemplates } from "./compile/templates.mjs";
import { checkFiles, checkPackages } from "./lint/files.mjs";
import { checkMarkup } from "./lint/markup.mjs";
import { checkPrivacy } from "./lint/privacy.mjs";
import { checkScripts } from "./lint/scripts.mjs";
import { readSources } from "./lint/sources.mjs";
import { checkStyles } from "./lint/styles.mjs";
import { BUILTIN_TAGS } from "./runtime/builtins/index.mjs";

/** Everything wrong with the mini-program in `root`, as `file:line: message`, sorted. */
export function lint(root) {
  root = path.resolve(root);
  const problems = new Problems();
  const program = readProgram(root, problems);
  compileTemplates(program, BUILTIN_TAGS, problems);
  compileStyles(program, styleScopes(program), problems);
  const sources = readSources(program, problems);
  checkFiles(program, sources, problems);
  checkPackages(program, problems);
  checkMarkup(program, sources, problems);
  checkScripts(program, sources, problems);
  checkPrivacy(program, sources, problems);
  checkStyles(program, problems);
  return problems.list.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = lint(process.argv[2] ?? "miniprogram");
  for (const one of found) console.log(one);
  if (found.length) {
    console.log(`${found.length} problems`);
    process.exitCode = 1;
  }
}
