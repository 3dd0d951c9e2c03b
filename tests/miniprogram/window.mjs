// A browser window for the built mini-program, made of jsdom.
import { after } from "node:test";
import { JSDOM, VirtualConsole } from "jsdom";

/** A window that nobody closed, as after a failed test, would keep the process alive with its timers. */
const open = new Set();
after(() => open.forEach((window) => window.close()));

/**
 * A window at `url`, and `run(script)`, which runs a compiled script in it. Warnings of its console go to `warnings`; `now` is its time (any Date takes), `wide` gives it room
 * for the panel.
 */
export function openWindow(url, { warnings, now, wide }) {
  const console = new VirtualConsole();
  console.on("warn", (...values) => warnings.push(values.join(" ")));
  console.on("jsdomError", (error) => warnings.push(error.message));
  const options = { url, runScripts: "outside-only", pretendToBeVisual: true, virtualConsole: console };
  const dom = new JSDOM("<!doctype html><body></body>", options);
  const { window } = dom;
  open.add(window);
  fillGaps(window, wide);
  if (now !== undefined) setTime(window, now);
  return { window, run: (script) => script.runInContext(dom.getInternalVMContext()) };
}

/** What browsers have and jsdom has not. */
function fillGaps(window, wide) {
  window.CSS ??= {};
  window.CSS.escape ??= (text) => text.replace(/[^\w-]/g, "\\$&");
  window.matchMedia = (query) => ({
    matches: wide && query.includes("min-width"),
    addEventListener() {},
    removeEventListener() {},
  });
  window.DOMRect ??= class {
    constructor(x, y, width, height) {
      Object.assign(this, { x, y, width, height, left: x, top: y, right: x + width, bottom: y + height });
    }
  };
}

/** From now on it is `now` in the window, and time goes on from there. */
function setTime(window, now) {
  const shift = new Date(now).getTime() - Date.now();
  window.eval(`{
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...values) {
        if (values.length) super(...values);
        else super(Real.now() + ${shift});
      }
      static now() {
        return Real.now() + ${shift};
      }
    };
  }`);
}
