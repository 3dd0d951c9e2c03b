// WXSS to CSS: units, tag names, style isolation and dark rules.
import fs from "node:fs";
import path from "node:path";
import postcss from "postcss";
import parseSelector from "postcss-selector-parser";
import { codePath } from "./program.mjs";
import { translateUnits } from "../runtime/units.mjs";

const THEME_QUERY = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/;

/** The style scope of every page and component: the prefix of its class names. */
export function styleScopes(program) {
  return new Map([...program.components.keys()].map((name, index) => [name, `c${index.toString(36)}`]));
}

/** A component keeps to itself, a page shares its styles, unless its JSON says otherwise. */
export function isolationOf({ json, isPage }) {
  if (json.styleIsolation) return json.styleIsolation;
  return isPage && !json.component ? "shared" : "isolated";
}

/** The style sheet of the whole mini-program. */
export function compileStyles(program, scopes, problems) {
  const sheets = [translate(program.root, "app.wxss", { within: "#phone-pages" }, problems)];
  const rank = ([, component]) => Number(component.isPage);
  for (const [name, component] of [...program.components].sort((a, b) => rank(a) - rank(b))) {
    const scope = scopes.get(name);
    const shared = isolationOf(component) === "shared";
    const options = { host: scope };
    if (!shared) options.prefix = scope;
    else if (component.isPage) options.within = `[data-page="${name}"]`;
    sheets.push(translate(program.root, `${name}.wxss`, options, problems));
  }
  return sheets.join("");
}

/** One WXSS file with its imports; `prefix` goes before class names, `within` limits where the rules hold. */
function translate(root, name, options, problems) {
  if (!fs.existsSync(path.join(root, name))) return "";
  const sheet = readSheet(root, name, [], problems);
  sheet.walkDecls((declaration) => {
    if (/url\((?!\s*['"]?(?:data:|https:))/.test(declaration.value)) {
      const { input, start } = declaration.source;
      problems.add(input.file, start.line, "WeChat shows only data: and https: pictures in styles");
    }
    declaration.value = translateUnits(declaration.value);
  });
  sheet.walkAtRules("media", unwrapTheme);
  sheet.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
    const theme = rule.parent.theme ?? rule.parent.parent?.theme;
    rule.selector = translateSelector(rule.selector, options, theme);
  });
  return `/* ${name} */\n${sheet.toString()}\n`;
}

/** Parses a file and puts the files it imports in their place. */
function readSheet(root, name, above, problems) {
  const file = path.join(root, name);
  let sheet;
  try {
    sheet = postcss.parse(fs.readFileSync(file, "utf8"), { from: file });
  } catch (error) {
    if (error.name !== "CssSyntaxError") throw error;
    problems.add(file, error.line, error.reason);
    return postcss.root();
  }
  sheet.walkAtRules("import", (rule) => {
    const reference = /^(?:url\()?\s*['"]([^'"]+)['"]/.exec(rule.params)?.[1] ?? "";
    const target = codePath(name, reference.endsWith(".wxss") ? reference : `${reference}.wxss`);
    const line = rule.source.start.line;
    if (!reference || !fs.existsSync(path.join(root, target))) {
      problems.add(file, line, `style sheet not found: ${rule.params}`);
      rule.remove();
    } else if (above.includes(target) || target === name) {
      problems.add(file, line, `style sheets import each other: ${target}`);
      rule.remove();
    } else rule.replaceWith(readSheet(root, target, [...above, name], problems).nodes);
  });
  return sheet;
}

/**
 * The theme becomes an attribute of the document, which follows the system unless the reader chose otherwise; so the
 * same rules serve both.
 */
function unwrapTheme(rule) {
  const theme = THEME_QUERY.exec(rule.params)?.[1];
  if (!theme) return;
  const rest = rule.params
    .replace(THEME_QUERY, "")
    .replace(/^\s*and\s+|\s+and\s*$/g, "")
    .trim();
  rule.theme = theme;
  rule.params = rest || "all";
}

function translateSelector(selector, { prefix = "", within = "", host = "" }, theme) {
  return parseSelector((selectors) => {
    selectors.walkTags((tag) => {
      tag.value = `wx-${tag.value}`;
    });
    if (prefix) {
      selectors.walkClasses((name) => {
        name.value = `${prefix}--${name.value}`;
      });
    }
    selectors.walkPseudos((pseudo) => {
      if (pseudo.value !== ":host") return;
      const inner = pseudo.nodes.length ? pseudo.nodes[0].nodes : [];
      pseudo.replaceWith(
        parseSelector.attribute({ attribute: "wx-host", operator: "=", value: host, quoteMark: '"', raws: {} }),
        ...inner,
      );
    });
    // :where() adds no weight, so rules keep the order of strength they have in WeChat.
    selectors.each((one) => {
      const around = [theme && `[data-theme="${theme}"]`, within].filter(Boolean).join(" ");
      if (around) one.prepend(parseSelector.pseudo({ value: `:where(${around}) ` }));
    });
  }).processSync(selector);
}
