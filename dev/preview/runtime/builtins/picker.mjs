// <picker>: one of a list, a date or a time.
import { makePressable, send } from "./define.mjs";

export const picker = ({ dialogs }) => ({
  props: {
    mode: { type: String, value: "selector" },
    headerText: String,
    range: Array,
    rangeKey: String,
    value: null,
    start: String,
    end: String,
    fields: String,
    disabled: Boolean,
    name: String,
  },
  created(element) {
    makePressable(element, "button");
    this.addListener("tap", async () => {
      if (this.data.disabled) return;
      const value = await dialogs.pick(questionOf(this.data));
      if (value === null) {
        send(this, "cancel");
        return;
      }
      this.setData({ value });
      send(this, "change", { value: this.data.mode === "selector" ? String(value) : value });
    });
    element.field = {
      name: () => this.data.name,
      value: () => this.data.value,
      reset: () => this.setData({ value: this.data.mode === "selector" ? 0 : "" }),
    };
  },
});

function questionOf({ mode, headerText, range, rangeKey, value, start, end, fields }) {
  const title = headerText;
  if (mode === "date" || mode === "time") return { mode, title, value: value ?? "", start, end, fields };
  if (mode !== "selector") throw new Error(`<picker mode="${mode}"> is not supported`);
  const options = (range ?? []).map((option) => String(rangeKey ? option?.[rangeKey] : option));
  return { mode, title, options, value: Number(value) || 0 };
}
