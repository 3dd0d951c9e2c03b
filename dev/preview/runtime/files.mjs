// Pictures by their address: of the package, of the API, or chosen on this device.
import { h } from "./elements.mjs";

const KEPT = /^(data:|blob:|https?:\/\/tmp\/)/;

/** The files of one session; `toServer(address)` makes an address of the API one of this server. */
export function createFiles(toServer) {
  const chosen = new Map();
  return {
    /** Keeps a chosen file and gives its temporary path, as WeChat's are. */
    keep(file) {
      const ending = /\.\w+$/.exec(file.name)?.[0] ?? "";
      const path = `wxfile://tmp_${chosen.size + 1}${ending}`;
      chosen.set(path, { file, address: URL.createObjectURL?.(file) ?? "data:," });
      return path;
    },
    /** Lets the person choose up to `count` pictures; none when the choice was given up. */
    pick: (count) =>
      new Promise((resolve) => {
        const input = h("input", { type: "file", accept: "image/*", multiple: count > 1 });
        input.addEventListener("change", () => resolve([...input.files]));
        input.addEventListener("cancel", () => resolve([]));
        input.click();
      }),
    /** The file behind a temporary path, or undefined. */
    find: (path) => chosen.get(path)?.file,
    /** Where the browser finds a picture that `owner` (a page or component) names. */
    addressOf(src, owner = "") {
      if (chosen.has(src)) return chosen.get(src).address;
      if (KEPT.test(src)) return src;
      if (/^https?:/.test(src)) return toServer(src) ?? src;
      const { pathname } = new URL(src, `http://package/${owner}`);
      return `package${pathname}`;
    },
  };
}
