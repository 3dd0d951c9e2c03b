// The built mini-program, built once for all test processes and again only when a source has changed.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { listFiles } from "../../dev/preview/compile/list-files.mjs";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const BUILDS = path.join(PROJECT, "var", "preview-test");
const OLD_MS = 3600_000;

/** By root: what this process has asked for already. */
const scripts = new Map();

/** The compiled script of the mini-program in `root`, to be run in the context of a window. */
export function scriptOf(root) {
  if (!scripts.has(root)) scripts.set(root, readScript(root));
  return scripts.get(root);
}

async function readScript(root) {
  const file = path.join(await bundleOf(root), "app.js");
  return new Script(fs.readFileSync(file, "utf8"), { filename: file });
}

/** The directory with the build of the mini-program in `root`. */
async function bundleOf(root) {
  const out = path.join(BUILDS, digestOf([root, path.join(PROJECT, "dev", "preview")]));
  if (fs.existsSync(out)) {
    fs.utimesSync(out, new Date(), new Date());
    return out;
  }
  // Test files run in processes of their own: each may build, and the first to put its build in place wins.
  const own = `${out}.${process.pid}`;
  const { build } = await import("../../dev/preview/build.mjs"); // only now: it brings the compilers with it
  await build(root, own);
  try {
    fs.renameSync(own, out);
  } catch (error) {
    if (!["EEXIST", "ENOTEMPTY"].includes(error.code)) throw error;
    fs.rmSync(own, { recursive: true });
  }
  removeOld();
  return out;
}

function digestOf(directories) {
  const digest = createHash("sha256").update(fs.readFileSync(path.join(PROJECT, "package-lock.json")));
  for (const directory of directories) {
    for (const name of listFiles(directory)) {
      digest.update(`${name}\0`).update(fs.readFileSync(path.join(directory, name)));
    }
  }
  return digest.digest("hex").slice(0, 16);
}

function removeOld() {
  for (const name of fs.readdirSync(BUILDS)) {
    const directory = path.join(BUILDS, name);
    const age = Date.now() - (fs.statSync(directory, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > OLD_MS) fs.rmSync(directory, { recursive: true, force: true });
  }
}
