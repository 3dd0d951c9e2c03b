// The parts of a mini-program: which pages app.json names, and which components those use.
import fs from "node:fs";
import path from "node:path";
import { lineAt, lineOf, readJson } from "./problems.mjs";

/**
 * Reads a mini-program from its directory.
 *
 * Paths of pages and components are as in app.json: relative to the root, without extension. `components` maps every
 * page and component to `{json, isPage}`, with `json.usingComponents` resolved to absolute code paths. What cannot be
 * resolved is added to `problems`.
 */
export function readProgram(root, problems) {
  const appFile = path.join(root, "app.json");
  const { value: app, text } = readJson(appFile, problems);
  if (!fs.existsSync(path.join(root, "app.js"))) problems.add(path.join(root, "app.js"), 1, "the file is missing");
  const packages = app.subPackages ?? app.subpackages ?? [];
  const pages = [...(app.pages ?? [])];
  const waiting = pages.map((page) => [page, true, appFile, lineOf(text, `"${page}"`)]);
  for (const pack of packages) {
    const begin = Math.max(0, text.indexOf(`"${pack.root}"`));
    for (const page of pack.pages) {
      const name = path.posix.join(pack.root, page);
      pages.push(name);
      waiting.push([name, true, appFile, lineAt(text, Math.max(begin, text.indexOf(`"${page}"`, begin)))]);
    }
  }
  if (!pages.length && text) problems.add(appFile, 1, "names no page");
  for (const tab of app.tabBar?.list ?? []) {
    if (!(app.pages ?? []).includes(tab.pagePath)) {
      problems.add(appFile, lineOf(text, `"${tab.pagePath}"`), `tab "${tab.pagePath}" is no page of the main package`);
    }
  }

  const components = new Map();
  const resolveUsing = (owner, json, file, source) => {
    const using = {};
    for (const [tag, reference] of Object.entries(json.usingComponents ?? {})) {
      const line = lineOf(source, `"${tag}"`);
      const target = resolveReference(root, owner, reference);
      if (!target) problems.add(file, line, `component "${tag}" is not found: ${reference}`);
      else {
        using[tag] = `/${target}`;
        waiting.push([target, false, file, line]);
      }
    }
    return using;
  };
  const everywhere = resolveUsing("app", app, appFile, text);

  while (waiting.length) {
    const [name, isPage, askedBy, line] = waiting.shift();
    if (components.has(name)) continue;
    const base = path.join(root, name);
    const missing = [".js", ".wxml"].filter((end) => !fs.existsSync(base + end));
    if (missing.length === 2) {
      problems.add(askedBy, line, `${isPage ? "page" : "component"} "${name}" does not exist`);
      continue;
    }
    for (const end of missing) problems.add(base + end, 1, "the file is missing");
    const hasJson = fs.existsSync(`${base}.json`);
    const { value: json, text: source } = hasJson ? readJson(`${base}.json`, problems) : { value: {}, text: "" };
    if (!isPage && json.component !== true) problems.add(`${base}.json`, 1, 'a component needs "component": true');
    const own = resolveUsing(name, json, `${base}.json`, source);
    components.set(name, { isPage, json: { ...json, usingComponents: { ...everywhere, ...own } } });
  }
  return { root, app, packages, pages, components, theme: readTheme(root, app, problems) };
}

/** The component that `reference` names when `owner` uses it, or null; packages and plugins are not supported. */
function resolveReference(root, owner, reference) {
  if (typeof reference !== "string" || reference.includes("://")) return null;
  const target = codePath(owner, reference);
  return fs.existsSync(path.join(root, `${target}.json`)) ? target : null;
}

/** A reference from one code file to another, as a path from the root: "/x" is absolute, anything else relative. */
export function codePath(from, reference) {
  if (reference.startsWith("/")) return path.posix.normalize(reference.slice(1));
  return path.posix.join(path.posix.dirname(from), reference);
}

function readTheme(root, app, problems) {
  const wanted = JSON.stringify([app.window ?? {}, app.tabBar ?? {}]).match(/"@\w+"/g) ?? [];
  if (!app.themeLocation && !wanted.length) return { light: {}, dark: {} };
  const file = path.join(root, app.themeLocation ?? "theme.json");
  const { value } = readJson(file, problems);
  const theme = { light: value.light ?? {}, dark: value.dark ?? {} };
  for (const quoted of new Set(wanted)) {
    const name = quoted.slice(2, -1);
    for (const mode of ["light", "dark"]) {
      if (!(name in theme[mode])) problems.add(file, 1, `"${name}" is not set for ${mode}`);
    }
  }
  return theme;
}
