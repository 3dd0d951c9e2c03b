// The mini-program's scripts, the runtime and WeChat's framework as one script.
import fs from "node:fs";
import path from "node:path";
import esbuild from "esbuild";

// What WeChat's JavaScript engines do not offer to a mini-program, although a browser does.
const ABSENT = [
  ...["window", "document", "self", "parent", "top", "location", "history", "navigator", "screen"],
  ...["localStorage", "sessionStorage", "indexedDB", "fetch", "XMLHttpRequest", "WebSocket", "EventSource"],
  ...["Headers", "Request", "Response", "FormData", "Blob", "File", "FileReader", "URL", "URLSearchParams"],
  ...["AbortController", "TextEncoder", "TextDecoder", "atob", "btoa", "crypto", "Intl", "Worker", "Image"],
  ...["alert", "confirm", "prompt", "requestAnimationFrame", "structuredClone", "customElements"],
];

/** Bundles `entry` (source text); returns the files by name (`app.js` and its map). */
export async function bundleScripts(root, entry, directory, problems) {
  const rules = {
    name: "mini-program",
    setup(build) {
      build.onResolve({ filter: /./ }, ({ path: wanted, importer, kind }) => {
        if (kind === "entry-point" || !isInside(root, importer)) return undefined;
        if (!/^\.\.?\//.test(wanted)) return { errors: [{ text: refusal(wanted) }] };
        const base = path.resolve(path.dirname(importer), wanted);
        const target = [base, `${base}.js`].find((file) => fs.existsSync(file) && fs.statSync(file).isFile());
        if (target && isInside(root, target)) return { path: target };
        return { errors: [{ text: `module not found: ${wanted}` }] };
      });
      build.onLoad({ filter: /\.js$/ }, ({ path: file }) =>
        isInside(root, file) ? { contents: hideBrowser(fs.readFileSync(file, "utf8")), loader: "js" } : undefined,
      );
    },
  };
  try {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: entry, resolveDir: directory, sourcefile: "entry.mjs" },
      bundle: true,
      format: "iife",
      outfile: "app.js",
      sourcemap: "linked",
      sourceRoot: "preview",
      write: false,
      target: "chrome110",
      charset: "utf8",
      plugins: [rules],
      define: { "process.env.NODE_ENV": '"production"' },
      logLevel: "silent",
    });
    return new Map(outputFiles.map((file) => [path.basename(file.path), file.contents]));
  } catch (error) {
    if (!error.errors) throw error;
    for (const { location, text } of error.errors) {
      problems.add(location ? path.resolve(location.file) : root, location?.line ?? 1, text);
    }
    return new Map();
  }
}

/** The block lets a script use such a name for a variable of its own. */
function hideBrowser(source) {
  const named = ABSENT.filter((name) => new RegExp(`\\b${name}\\b`).test(source));
  return named.length ? `var ${named.join(",")};{${source}\n}` : source;
}

function refusal(wanted) {
  return wanted.startsWith("/")
    ? `require("${wanted}") is absolute; write a relative path`
    : `require("${wanted}") names a package; the mini-program has none`;
}

function isInside(root, file) {
  return file.startsWith(root + path.sep);
}
