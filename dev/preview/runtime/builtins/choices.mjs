// Switches, radio buttons and check boxes.
import { h, setAttribute } from "../elements.mjs";
import { makePressable, send } from "./define.mjs";

const choiceProps = { checked: Boolean, disabled: Boolean, color: String };

/** Shows the state to the eye and to assistive technology. */
const choiceObservers = {
  checked(checked) {
    this.$$.setAttribute("aria-checked", String(Boolean(checked)));
  },
  disabled(disabled) {
    setAttribute(this.$$, "aria-disabled", disabled ? "true" : "");
  },
  color(color) {
    if (color) this.$$.style.setProperty("--chosen", color);
  },
};

function group(item, many) {
  return () => ({
    props: { name: String },
    created(element) {
      const items = () => [...element.querySelectorAll(`wx-${item}`)].map((one) => one.__wxElement);
      const chosen = () => items().filter((one) => one.data.checked);
      const value = () => (many ? chosen().map((one) => one.data.value) : (chosen()[0]?.data.value ?? ""));
      if (!many) element.setAttribute("role", "radiogroup");
      element.group = {
        chose: (one) => {
          if (!many) for (const other of chosen()) if (other !== one) other.setData({ checked: false });
          send(this, "change", { value: value() });
        },
      };
      element.field = {
        name: () => this.data.name,
        value,
        reset: () => items().forEach((one) => one.setData({ checked: false })),
      };
    },
  });
}

function item(role, many) {
  return () => ({
    props: { ...choiceProps, value: String },
    created(element) {
      makePressable(element, role);
      element.prepend(h("i"));
      this.activate = () => {
        if (this.data.disabled || (!many && this.data.checked)) return;
        this.setData({ checked: !this.data.checked });
        element.closest(`wx-${role}-group`)?.group.chose(this);
      };
      this.addListener("tap", () => this.activate());
    },
    observers: choiceObservers,
  });
}

export const choices = {
  "radio-group": group("radio", false),
  radio: item("radio", false),
  "checkbox-group": group("checkbox", true),
  checkbox: item("checkbox", true),
  switch: () => ({
    leaf: true,
    props: { ...choiceProps, name: String, type: String },
    created(element) {
      makePressable(element, "switch");
      element.append(h("i"));
      this.activate = () => {
        if (this.data.disabled) return;
        this.setData({ checked: !this.data.checked });
        send(this, "change", { value: this.data.checked });
      };
      this.addListener("tap", () => this.activate());
      element.field = {
        name: () => this.data.name,
        value: () => Boolean(this.data.checked),
        reset: () => this.setData({ checked: false }),
      };
    },
    observers: choiceObservers,
  }),
};
