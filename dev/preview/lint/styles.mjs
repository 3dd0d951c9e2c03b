// WXSS of components: WeChat matches only class names there.
import fs from "node:fs";
import path from "node:path";
import postcss from "postcss";
import parseSelector from "postcss-selector-parser";

const FORBIDDEN = { tag: "tag", id: "id", attribute: "attribute", universal: "*" };

export function checkStyles(program, problems) {
  for (const [name, { isPage, json }] of program.components) {
    const file = path.join(program.root, `${name}.wxss`);
    if ((isPage && !json.component) || !fs.existsSync(file)) continue;
    checkSheet(file, problems);
  }
}

function checkSheet(file, problems) {
  let sheet;
  try {
    sheet = postcss.parse(fs.readFileSync(file, "utf8"), { from: file });
  } catch {
    return; // compiling the styles has told already
  }
  sheet.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
    parseSelector((selectors) => {
      selectors.walk((node) => {
        if (!(node.type in FORBIDDEN)) return;
        const what = `${FORBIDDEN[node.type]} selector "${String(node).trim()}"`;
        problems.add(file, rule.source.start.line, `a component may not use the ${what}`);
      });
    }).processSync(rule.selector);
  });
}
