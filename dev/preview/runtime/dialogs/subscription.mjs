// The sheet that asks whether messages may be sent.
import { h } from "../elements.mjs";
import { action, ask } from "./layer.mjs";

/** `templates` are `{id, title}`; resolves the ids that were allowed. */
export function askSubscription(over, templates) {
  return ask(
    over,
    "pv-sheet pv-subscribe",
    "订阅消息",
    (answer) => {
      const boxes = templates.map(({ id, title }) => {
        const box = h("input", { type: "checkbox", checked: true, value: id });
        return { box, row: h("label", {}, h("span", {}, title), box) };
      });
      const allowed = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
      return [
        h("h2", {}, "申请发送一次以下消息"),
        ...boxes.map(({ row }) => row),
        h(
          "footer",
          {},
          action("拒绝", () => answer([]), "pv-cancel"),
          action("允许", () => answer(allowed()), "pv-confirm"),
        ),
      ];
    },
    [],
  );
}
