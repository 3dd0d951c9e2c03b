// The sheet of <picker>.
import { h } from "../elements.mjs";
import { action, ask } from "./layer.mjs";

/** Resolves the chosen index, or the date or time as text; null when nothing was chosen. */
export function askPicker(over, question) {
  return ask(
    over,
    "pv-sheet pv-picker",
    question.title || "请选择",
    (answer) => {
      const wheel = question.mode === "selector" ? listOf(question) : fieldOf(question);
      const head = h(
        "header",
        {},
        action("取消", () => answer(null), "pv-cancel"),
        h("span", {}, question.title ?? ""),
        action("确定", () => wheel.isValid() && answer(wheel.value()), "pv-confirm"),
      );
      return [head, wheel.element];
    },
    null,
  );
}

function listOf({ options, value }) {
  let chosen = Math.min(Math.max(0, value), Math.max(0, options.length - 1));
  const buttons = options.map((option, index) => action(option, () => choose(index), "pv-option"));
  const choose = (index) => {
    chosen = index;
    buttons.forEach((button, at) => button.setAttribute("aria-selected", String(at === index)));
  };
  buttons.forEach((button) => button.setAttribute("role", "option"));
  choose(chosen);
  const element = h("div", { className: "pv-wheel", role: "listbox" }, ...buttons);
  setTimeout(() => buttons[chosen]?.scrollIntoView?.({ block: "center" }));
  return { element, isValid: () => options.length > 0, value: () => chosen };
}

function fieldOf({ mode, value, start, end, fields, title }) {
  const type = mode === "time" ? "time" : fields === "month" ? "month" : "date";
  const properties = { type, value, min: start ?? "", max: end ?? "", required: true, "aria-label": title || "时间" };
  const element = h("input", properties);
  return { element, isValid: () => element.reportValidity(), value: () => element.value };
}
