// The privacy notice names exactly what the code uses.
import path from "node:path";
import { PRIVACY_SCOPE } from "../runtime/wx/privacy-scope.mjs";

const NOTICE = "constants/privacy.js";
const LIST = "PRIVACY_APIS";
/** Calls that app.json must name, too. */
const IN_APP_JSON = ["chooseLocation"];

export function checkPrivacy(program, sources, problems) {
  const used = new Map();
  for (const [name, { script, tags = [] }] of sources) {
    if (name === NOTICE) continue;
    const mentions = [
      ...(script?.api ?? []),
      ...(script?.strings ?? []).filter(({ value }) => value === "getPhoneNumber"),
      ...tags.flatMap(({ attributes }) => attributes.filter((one) => one.name === "open-type").flatMap(openTypes)),
    ];
    for (const { value, line } of mentions) {
      if (PRIVACY_SCOPE.includes(value) && !used.has(value)) used.set(value, { name, line });
    }
  }
  const declared = sources.get(NOTICE)?.script.lists.get(LIST) ?? [];
  for (const [api, { name, line }] of used) {
    const file = path.join(program.root, name);
    if (!declared.some(({ value }) => value === api)) {
      problems.add(file, line, `${api} is used but not declared in ${NOTICE}`);
    }
    if (IN_APP_JSON.includes(api) && !program.app.requiredPrivateInfos?.includes(api)) {
      problems.add(file, line, `${api} is used but app.json does not name it in requiredPrivateInfos`);
    }
  }
  for (const { value, line } of declared) {
    if (!used.has(value)) problems.add(path.join(program.root, NOTICE), line, `${value} is declared but not used`);
  }
}

function openTypes({ value, line }) {
  return (value.match(/\w+/g) ?? []).map((word) => ({ value: word, line }));
}
