// The short note in the middle of the screen; "loading" is one that stays.
import { h } from "../elements.mjs";

const SIGNS = { success: "✓", error: "!", loading: "" };
/** WeChat cuts a title beside a sign after seven Chinese characters. */
const SIGNED_LENGTH = 7;

export function createToast(over) {
  const shown = [];
  let layer = null;
  let timer = 0;
  const hide = () => {
    clearTimeout(timer);
    layer?.remove();
    layer = null;
  };
  return {
    /** Everything shown so far: `{title, icon}`. */
    shown,
    hide,
    show({ title = "", icon = "success", duration = 1500, mask = false }) {
      hide();
      shown.push({ title: String(title), icon });
      const signed = icon in SIGNS;
      const text = signed ? [...String(title)].slice(0, SIGNED_LENGTH).join("") : String(title);
      const sign = signed ? h("i", { className: `pv-sign-${icon}`, "aria-hidden": "true" }, SIGNS[icon]) : null;
      const body = h("div", { className: "pv-toast", role: "status" }, sign, h("span", {}, text));
      layer = h("div", { className: `pv-layer ${mask ? "" : "pv-open"}` }, body);
      over.append(layer);
      if (duration !== Infinity) timer = setTimeout(hide, duration);
    },
  };
}
