// WXML: loops need keys, expressions are simple, handlers exist.
import path from "node:path";
import { readExpressions } from "../compile/markup.mjs";

const EVENT = /^(?:capture-)?(?:mut-)?(?:bind|catch):?([a-z]\w*)$/i;
const CALL = /(?<![\w$.])([A-Za-z_$][\w$]*)(?:\.[\w$]+)*\s*\(/g;
/** The template compiler takes these, WeChat's older one may not. */
const UNKNOWN_SYNTAX = /\?\?|\btypeof\b|\binstanceof\b/;

export function checkMarkup(program, sources, problems) {
  for (const [name, { text, tags }] of sources) {
    if (!tags) continue;
    const file = path.join(program.root, name);
    checkLoops(file, tags, problems);
    checkExpressions(file, text, tags, problems);
  }
  for (const name of program.components.keys()) checkHandlers(program.root, name, sources, problems);
}

function checkLoops(file, tags, problems) {
  for (const { line, name, attributes } of tags) {
    const has = (wanted) => attributes.some((attribute) => attribute.name === wanted);
    if (has("wx:for") && !has("wx:key")) problems.add(file, line, `<${name}> has wx:for without wx:key`);
  }
}

/** Only functions of a WXS module can be called. */
function checkExpressions(file, text, tags, problems) {
  const scripts = tags.filter((tag) => tag.name === "wxs");
  const modules = scripts.map((tag) => tag.attributes.find(({ name }) => name === "module")?.value);
  for (const { code, line } of readExpressions(text)) {
    const bare = code.replace(/'[^']*'|"[^"]*"/g, "''");
    for (const [, root] of bare.matchAll(CALL)) {
      if (!modules.includes(root))
        problems.add(file, line, `{{${code.trim()}}} calls a method; compute it in the script`);
    }
    const [operator] = UNKNOWN_SYNTAX.exec(bare) ?? [];
    if (operator) problems.add(file, line, `{{${code.trim()}}} has ${operator}, which WXML does not know`);
  }
}

/** Every handler a template names stands in the component's script, or in one that it requires. */
function checkHandlers(root, component, sources, problems) {
  const defined = new Set();
  visit(sources, `${component}.js`, ({ script }) => script?.defines.forEach((name) => defined.add(name)));
  visit(sources, `${component}.wxml`, ({ tags = [] }, name) => {
    for (const { name: tag, attributes } of tags) {
      for (const { name: attribute, value, line } of attributes) {
        if (!EVENT.test(attribute) || !value || value.includes("{{") || defined.has(value)) continue;
        problems.add(path.join(root, name), line, `<${tag} ${attribute}="${value}">: ${component}.js has no ${value}`);
      }
    }
  });
}

/** Calls `see` for a source and for all it uses, each once. */
function visit(sources, first, see) {
  const seen = new Set();
  const waiting = [first];
  while (waiting.length) {
    const name = waiting.pop();
    const source = sources.get(name);
    if (!source || seen.has(name)) continue;
    seen.add(name);
    see(source, name);
    waiting.push(...source.uses.map(({ file }) => file));
  }
}
