// Errors of the mini-program: told on the console and on the screen, so that nobody overlooks one.
import { h } from "./elements.mjs";

/** `report(error)` tells an error, `errors` keeps them all; `screen` is where the strip with the message appears. */
export function createFaults(screen) {
  const errors = [];
  const listeners = new Set();
  const report = (error) => {
    errors.push(error);
    console.error(error);
    const text = error instanceof Error ? error.message : String(error?.errMsg ?? error);
    screen.querySelector(".pv-fault")?.remove();
    const strip = h("button", { className: "pv-fault", type: "button", role: "alert" }, `小程序出错：${text}`);
    strip.addEventListener("click", () => strip.remove());
    screen.append(strip);
    for (const listener of listeners) listener(text);
  };
  addEventListener("error", (event) => event.error && report(event.error));
  addEventListener("unhandledrejection", (event) => report(event.reason));
  return {
    errors,
    report,
    /** Hears the text of every error, as App.onError does. */
    listen: (listener) => listeners.add(listener),
    /** Runs a piece of the mini-program; an error is told and does not go on. */
    guard(work, ...values) {
      try {
        const answer = work(...values);
        if (typeof answer?.then === "function") answer.then(undefined, report);
        return answer;
      } catch (error) {
        report(error);
        return undefined;
      }
    },
  };
}
