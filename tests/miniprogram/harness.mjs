// Mounts a page of the built mini-program, the same bundle a browser runs, in jsdom.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { answering } from "./answers.mjs";
import { scriptOf } from "./bundle.mjs";
import { createHands } from "./hands.mjs";
import { openWindow } from "./window.mjs";

export { network, reply } from "./answers.mjs";

const MINIPROGRAM = fileURLToPath(new URL("../../miniprogram", import.meta.url));
const PATIENCE_MS = 5000;
/** Turns of the event loop, not milliseconds: on a busy machine a turn takes longer, and does as much. */
const SETTLE_TURNS = 100;
/** Phones in China show China's time. */
process.env.TZ = "Asia/Shanghai";

/**
 * Opens the page `route` ("pages/appeal/appeal?id=1") as `persona`.
 *
 * `api` answers requests (see answers.mjs), `storage` is what the phone has stored, `photos` are the pictures chosen at
 * the next chooseMedia (`{name, type?, bytes?}`), `now` is the phone's time, `agreed: false` means that the privacy
 * terms were not yet agreed to, `program` is another mini-program's directory, and `wide` a window with room for the
 * panel. What comes back are the eyes and hands of hands.mjs, and what stands below.
 *
 * End with `close()`, which fails when the mini-program had an error or a request had no answer; a test that expects
 * errors empties `errors` first.
 */
export async function mount(route, options = {}) {
  const { api = {}, persona = "resident-1", photos = [], now, program = MINIPROGRAM, wide = false } = options;
  const script = await scriptOf(program);
  const warnings = [];
  const url = `http://127.0.0.1:8002/?persona=${encodeURIComponent(persona)}#/${route}`;
  const { window, run } = openWindow(url, { warnings, now, wide });
  remember(window, persona, options);

  const calls = [];
  const sandboxCalls = [];
  const unanswered = [];
  let underway = 0;
  window.XMLHttpRequest = answering(
    window,
    { ...sandboxAnswers(persona), ...api },
    {
      seen: (request) => (request.path.startsWith("/__sandbox__/") ? sandboxCalls : calls).push(request),
      unanswered: (request) => unanswered.push(`${request.method} ${request.path}`),
      moved: (step) => {
        underway += step;
      },
    },
  );
  run(script);
  const preview = window.__preview;
  let chosen = photos;
  preview.files.pick = async (count) => chosen.slice(0, count).map((photo) => fileOf(window, photo));

  const pause = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  /** Waits until nothing is under way any more; an answer that a test holds back is not waited for. */
  const settle = async () => {
    for (let turn = 0, quiet = 0; quiet < 4 && turn < SETTLE_TURNS; turn += 1) {
      await pause(1);
      quiet = underway ? 0 : quiet + 1;
    }
  };
  const hands = createHands(window, preview, settle);
  const mounted = Object.defineProperties(
    hands,
    Object.getOwnPropertyDescriptors({
      window,
      wx: preview.wx,
      /** Requests of the mini-program, oldest first: `{method, url, path, query, headers, body}`. */
      calls,
      sandboxCalls,
      unanswered,
      warnings,
      errors: preview.errors,
      /** `{title, icon}` of every toast and loading note so far. */
      get toasts() {
        return Array.from(preview.toasts, (toast) => ({ ...toast }));
      },
      get page() {
        return preview.page;
      },
      /** A copy of the page's data, fit for assert.deepEqual (what the window makes has classes of its own). */
      get data() {
        return JSON.parse(JSON.stringify(preview.page.data));
      },
      get route() {
        return preview.route;
      },
      /** Addresses from the first page to the top one. */
      get stack() {
        return Array.from(preview.stack, (page) => page.url);
      },
      /** Other pictures for the next chooseMedia. */
      photos: (files) => {
        chosen = files;
      },
      pause,
      settle,
      /** Resolves with the first true value of `condition`; fails after five seconds. */
      async waitFor(condition, what = condition) {
        const end = Date.now() + PATIENCE_MS;
        for (;;) {
          let failure;
          try {
            const value = condition();
            if (value) return value;
          } catch (error) {
            failure = error;
          }
          if (Date.now() > end) throw failure ?? new Error(`waited in vain for ${what}; shown: ${hands.text()}`);
          await pause(5);
        }
      },
      close() {
        const errors = Array.from(preview.errors, (error) => error?.stack ?? error?.errMsg ?? String(error));
        window.close();
        if (errors.length) assert.fail(`errors in the mini-program: ${errors.join("\n")}`);
        assert.deepEqual(unanswered, [], "requests without an answer");
      },
    }),
  );
  await settle();
  return mounted;
}

/** Puts into the window what the phone and the person's earlier choices left there. */
function remember({ localStorage, sessionStorage }, persona, options) {
  const { storage = {}, agreed = true, online = true, largeText = false, theme = "" } = options;
  for (const [key, data] of Object.entries(storage)) {
    localStorage.setItem(`phone:${persona}:${key}`, JSON.stringify({ data }));
  }
  if (agreed) localStorage.setItem(`privacy:${persona}`, "agreed");
  if (largeText) sessionStorage.setItem("preview:large-text", "yes");
  if (!online) sessionStorage.setItem("preview:offline", "yes");
  sessionStorage.setItem("preview:theme", theme);
}

function sandboxAnswers(persona) {
  return {
    "POST /__sandbox__/code": { code: `login-${persona}` },
    "POST /__sandbox__/phone_code": { code: `phone-${persona}` },
    "POST /__sandbox__/personas": { persona, mp_openid: `openid-${persona}` },
    "GET /__sandbox__/templates": { items: [] },
    "POST /__sandbox__/consent": { remaining: 1 },
  };
}

function fileOf(window, { name, type = "image/jpeg", bytes = "x" }) {
  return new window.File([bytes], name, { type });
}
