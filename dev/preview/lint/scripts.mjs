// Scripts: only calls the preview has tried, only modules of the mini-program, only pages that exist.
import fs from "node:fs";
import path from "node:path";
import { API_NAMES } from "../runtime/wx/index.mjs";

export function checkScripts(program, sources, problems) {
  for (const [name, { script, tags = [] }] of sources) {
    const file = path.join(program.root, name);
    if (script) {
      for (const { value, line } of script.api) {
        if (!API_NAMES.includes(value))
          problems.add(file, line, `wx.${value} is not among the calls this project uses`);
      }
      for (const { value, line } of script.requires) checkRequire(program.root, name, file, value, line, problems);
      for (const { value, line } of script.strings) checkAddress(program, file, value, line, problems);
    }
    for (const { attributes } of tags) {
      for (const { name: attribute, value, line } of attributes) {
        if (attribute === "url") checkAddress(program, file, value.replace("{{", "${"), line, problems);
      }
    }
  }
}

function checkRequire(root, name, file, wanted, line, problems) {
  if (!wanted) problems.add(file, line, "require() needs a text that is known beforehand");
  else if (wanted.startsWith("/")) problems.add(file, line, `require("${wanted}") is absolute; write a relative path`);
  else if (!wanted.startsWith(".")) problems.add(file, line, `require("${wanted}") names a package; there are none`);
  else {
    const target = path.join(root, path.dirname(name), wanted);
    if (!fs.existsSync(target) && !fs.existsSync(`${target}.js`)) {
      problems.add(file, line, `require("${wanted}") finds no file`);
    }
  }
}

/** A text such as "/pages/x/x?id=" is the address of a page; one that goes on before its "?" cannot be judged. */
function checkAddress(program, file, text, line, problems) {
  const roots = ["pages", ...program.packages.map(({ root }) => root.replace(/\/$/, ""))];
  const [address] = text.split("?");
  if (address.includes("${") || !roots.some((root) => address.startsWith(`/${root}/`))) return;
  if (!program.pages.includes(address.slice(1))) problems.add(file, line, `"${address}" is no page`);
}
