// Small mini-programs for tests: the sound one, with something changed.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const SOUND = fileURLToPath(new URL("./fixtures/sound", import.meta.url));

/**
 * A copy of the sound mini-program with `changes` by file: a text is the new content, null removes the file, a function
 * makes the new content from the old. The copy goes when the test ends.
 */
export function variant(test, changes) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "mini-program-"));
  test.after(() => fs.rmSync(root, { recursive: true }));
  fs.cpSync(SOUND, root, { recursive: true });
  for (const [name, change] of Object.entries(changes)) {
    const file = path.join(root, name);
    if (change === null) fs.rmSync(file);
    else {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, typeof change === "function" ? change(fs.readFileSync(file, "utf8")) : change);
    }
  }
  return root;
}
