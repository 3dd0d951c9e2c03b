// What is wrong with a mini-program, collected so that one build tells everything at once.
import fs from "node:fs";
import path from "node:path";

/** Raised when a mini-program cannot be built; the message lists every problem as `file:line: what`. */
export class BuildError extends Error {
  constructor(problems) {
    super(problems.join("\n"));
    this.name = "BuildError";
    this.problems = problems;
  }
}

/** Problems in the order in which they were found, each told once. */
export class Problems {
  #lines = new Set();

  /** Notes `what` at a line (from 1) of a file. */
  add(file, line, what) {
    this.#lines.add(`${path.relative("", file)}:${line}: ${what}`);
  }

  get list() {
    return [...this.#lines];
  }

  /** Throws a BuildError if there is any. */
  raise() {
    if (this.#lines.size) throw new BuildError(this.list);
  }
}

/** The line (from 1) of a character offset. */
export function lineAt(text, offset) {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** The line (from 1) on which `needle` first stands in `text`; 1 when it does not. */
export function lineOf(text, needle) {
  return lineAt(text, Math.max(0, text.indexOf(needle)));
}

/** A JSON file's value and text; a missing or broken file is a problem and gives `{}`. */
export function readJson(file, problems) {
  if (!fs.existsSync(file)) {
    problems.add(file, 1, "the file is missing");
    return { value: {}, text: "" };
  }
  const text = fs.readFileSync(file, "utf8");
  try {
    return { value: JSON.parse(text), text };
  } catch (error) {
    const offset = Number(/position (\d+)/.exec(error.message)?.[1] ?? 0);
    problems.add(file, lineAt(text, offset), `not valid JSON: ${error.message}`);
    return { value: {}, text };
  }
}
