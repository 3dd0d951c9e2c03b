// One dialog over the phone: a mask, and something on it that is asked for an answer.
import { h } from "../elements.mjs";

/**
 * Opens a dialog and resolves with what `build(answer)`'s element hands to `answer`.
 *
 * Tapping the mask answers `dismissed`; without it, the mask does nothing.
 */
export function ask(over, className, label, build, dismissed = undefined) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const answer = (value) => {
      layer.remove();
      before?.focus?.({ preventScroll: true });
      resolve(value);
    };
    const mask = h("div", { className: "pv-mask" });
    const body = h("div", { className, role: "dialog", "aria-modal": "true", tabIndex: -1 });
    if (label) body.setAttribute("aria-label", label);
    body.append(...build(answer).filter(Boolean));
    const dismiss = () => dismissed !== undefined && answer(dismissed);
    mask.addEventListener("click", dismiss);
    const layer = h("div", { className: "pv-layer" }, mask, body);
    layer.addEventListener("keydown", (event) => event.key === "Escape" && dismiss());
    over.append(layer);
    body.focus({ preventScroll: true });
  });
}

/** A button that does one thing. */
export function action(text, run, className = "") {
  const button = h("button", { type: "button", className }, text);
  button.addEventListener("click", run);
  return button;
}
