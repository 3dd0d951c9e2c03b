// Builds the preview: node dev/preview/build.mjs [miniprogram] [var/preview] [--watch]
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { listFiles } from "./compile/list-files.mjs";
import { BuildError, Problems } from "./compile/problems.mjs";
import { readProgram } from "./compile/program.mjs";
import { bundleScripts } from "./compile/scripts.mjs";
import { compileStyles, isolationOf, styleScopes } from "./compile/styles.mjs";
import { compileTemplates } from "./compile/templates.mjs";
import { BUILTIN_TAGS } from "./runtime/builtins/index.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const STYLES = ["builtins", "buttons", "controls", "phone", "pages", "dialogs", "sheets", "frame", "panel"];
const PICTURE = /\.(png|jpe?g|gif|svg|webp)$/i;

/**
 * Builds the mini-program in `root` into `out`: index.html, app.js, app.css and its pictures under package/.
 *
 * `apiBases` are the addresses that become requests to the preview's own server; by default those that
 * constants/config.js names. Throws BuildError, and leaves `out` as it was, when something is wrong.
 */
export async function build(root, out, { apiBases } = {}) {
  root = path.resolve(root);
  const problems = new Problems();
  const program = readProgram(root, problems);
  const scopes = styleScopes(program);
  const templates = compileTemplates(program, BUILTIN_TAGS, problems);
  const styles = compileStyles(program, scopes, problems);
  problems.raise();
  const entry = entryScript(program, scopes, templates, apiBases ?? readApiBases(root));
  const files = await bundleScripts(root, entry, HERE, problems);
  problems.raise();
  const own = STYLES.map((name) => fs.readFileSync(path.join(HERE, "styles", `${name}.css`), "utf8"));
  files.set("app.css", [...own, styles].join("\n"));
  files.set("index.html", fs.readFileSync(path.join(HERE, "index.html")));
  for (const picture of listFiles(root).filter((name) => PICTURE.test(name))) {
    files.set(`package/${picture}`, fs.readFileSync(path.join(root, picture)));
  }
  fs.rmSync(out, { recursive: true, force: true });
  for (const [name, contents] of files) {
    fs.mkdirSync(path.dirname(path.join(out, name)), { recursive: true });
    fs.writeFileSync(path.join(out, name), contents);
  }
  return { pages: program.pages.length, components: program.components.size - program.pages.length };
}

/** The script that hands the compiled mini-program to the runtime. */
function entryScript({ root, app, theme, pages, components }, scopes, templates, apiBases) {
  const load = (name) => `() => require(${JSON.stringify(path.join(root, `${name}.js`))})`;
  const parts = [...components].map(([name, { json, isPage }]) => {
    const config = { ...json, component: !isPage || Boolean(json.component) };
    if (isPage) config.styleIsolation = isolationOf({ json, isPage });
    const fields = `config: ${JSON.stringify(config)}, scope: ${JSON.stringify(scopes.get(name))}, load: ${load(name)}`;
    return `${JSON.stringify(name)}: { ${fields} }`;
  });
  return `
    import { start } from "./runtime/main.mjs";
    start({
      app: ${JSON.stringify(app)},
      theme: ${JSON.stringify(theme)},
      pages: ${JSON.stringify(pages)},
      apiBases: ${JSON.stringify(apiBases)},
      templates: ${templates},
      loadApp: ${load("app")},
      components: { ${parts.join(",\n")} },
    });`;
}

function readApiBases(root) {
  const file = path.join(root, "constants", "config.js");
  if (!fs.existsSync(file)) return [];
  const text = fs.readFileSync(file, "utf8");
  return [...text.matchAll(/["'`](https?:\/\/[^"'`\s]+)["'`]/g)].map((found) => found[1].replace(/\/$/, ""));
}

async function report(root, out) {
  const begun = performance.now();
  try {
    const { pages, components } = await build(root, out);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`${out}: ${pages} pages, ${components} components in ${seconds} s`);
    return true;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { watch: { type: "boolean" } } });
  const [root = "miniprogram", out = "var/preview"] = positionals;
  const built = await report(root, out);
  if (values.watch) {
    let timer;
    fs.watch(root, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => report(root, out), 100);
    });
  } else if (!built) process.exitCode = 1;
}
