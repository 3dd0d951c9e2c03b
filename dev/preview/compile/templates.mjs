// WXML and WXS to JavaScript, by WeChat's own template compiler.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { codePath } from "./program.mjs";
import { LANGUAGE_TAGS, readTags } from "./markup.mjs";

const { TmplGroup } = createRequire(import.meta.url)("glass-easel-template-compiler");

/** Templates of the built-in tags: those that show what stands inside them, and those that draw themselves. */
export const SLOT_TEMPLATE = "builtin/slot";
export const EMPTY_TEMPLATE = "builtin/empty";

/** The source of an object that maps every template's path to its compiled form. */
export function compileTemplates(program, builtinTags, problems) {
  const group = new TmplGroup();
  const files = new Map();
  for (const name of program.components.keys()) addTemplate(group, program.root, name, files, problems);
  for (const [name, component] of program.components) {
    checkTags(program, name, component, new Set([...LANGUAGE_TAGS, ...builtinTags]), files, problems);
  }
  group.addTmpl(SLOT_TEMPLATE, "<slot/>");
  group.addTmpl(EMPTY_TEMPLATE, "");
  const code = group.getTmplGenObjectGroups();
  group.free();
  return code;
}

/** Compiles one template and all it imports; `files` remembers what each one contains and imports. */
function addTemplate(group, root, name, files, problems, askedBy = null) {
  if (files.has(name)) return;
  const file = path.join(root, `${name}.wxml`);
  files.set(name, { tags: [], imports: [] });
  if (!fs.existsSync(file)) {
    if (askedBy) problems.add(askedBy, 1, `template "${name}" is not found`);
    return;
  }
  const source = fs.readFileSync(file, "utf8");
  for (const fault of group.addTmpl(name, source) ?? []) {
    problems.add(file, fault.startLine + 1, `column ${fault.startColumn + 1}: ${fault.message}`);
  }
  for (const module of group.getInlineScriptModuleNames(name)) {
    group.setInlineScript(name, module, asWxs(group.getInlineScript(name, module)));
  }
  const imports = group.getDirectDependencies(name);
  files.set(name, { tags: readTags(source), imports });
  for (const one of imports) addTemplate(group, root, one, files, problems, file);
  const scripts = new Set();
  for (const one of group.getScriptDependencies(name)) {
    addScript(group, root, one.replace(/\.wxs$/, ""), scripts, problems, file);
  }
}

function addScript(group, root, name, seen, problems, askedBy) {
  if (seen.has(name)) return;
  seen.add(name);
  const file = path.join(root, `${name}.wxs`);
  if (!fs.existsSync(file)) {
    problems.add(askedBy, 1, `script "${name}.wxs" is not found`);
    return;
  }
  const source = asWxs(fs.readFileSync(file, "utf8"));
  // The compiler asks for a script under the name as it was written, with and without its ending.
  group.addScript(name, source);
  group.addScript(`${name}.wxs`, source);
  for (const found of source.matchAll(/require\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    addScript(group, root, codePath(name, found[1]).replace(/\.wxs$/, ""), seen, problems, file);
  }
}

/** In WXS `x.constructor` is a string such as "Array"; the runtime's `wxsConstructor` answers it. */
function asWxs(source) {
  return source.replace(/([\w$]+(?:\.[\w$]+|\[[^\]]+\])*)\.constructor\b/g, "wxsConstructor($1)");
}

/** A tag in an imported template is looked up where the template is used, so each user is checked for itself. */
function checkTags(program, name, component, known, files, problems) {
  const seen = new Set();
  const visit = (template) => {
    if (seen.has(template) || !files.has(template)) return;
    seen.add(template);
    const { tags, imports } = files.get(template);
    for (const tag of tags) {
      if (known.has(tag.name) || tag.name in component.json.usingComponents) continue;
      const user = template === name ? "" : ` (used by ${name})`;
      problems.add(path.join(program.root, `${template}.wxml`), tag.line, `unknown tag <${tag.name}>${user}`);
    }
    imports.forEach(visit);
  };
  visit(name);
}
