// <input> and <textarea>.
import { h, setAttribute } from "../elements.mjs";
import { translateUnits } from "../units.mjs";
import { scopedClasses, send } from "./define.mjs";

const KEYBOARDS = { number: "numeric", digit: "decimal", idcard: "text", nickname: "text" };

const props = {
  value: String,
  name: String,
  disabled: Boolean,
  focus: Boolean,
  autoFocus: Boolean,
  maxlength: { type: Number, value: 140 },
  placeholder: String,
  placeholderClass: String,
  placeholderStyle: String,
  confirmType: String,
  confirmHold: Boolean,
  cursor: { type: Number, value: -1 },
  cursorSpacing: null,
  cursorColor: String,
  selectionStart: { type: Number, value: -1 },
  selectionEnd: { type: Number, value: -1 },
  adjustPosition: null,
  adjustKeyboardTo: null,
  holdKeyboard: null,
  alwaysEmbed: null,
  type: { type: String, value: "text" },
  password: Boolean,
  autoHeight: Boolean,
  fixed: Boolean,
  showConfirmBar: null,
  disableDefaultPadding: null,
};

function textField(tag) {
  return () => ({
    leaf: true,
    props,
    created(element) {
      // The hint is drawn apart because it may carry a class of its own; as generated content it is no text of the page.
      this.hint = h("div", { className: "pv-hint", "aria-hidden": "true" });
      this.native = document.createElement(tag);
      element.append(this.hint, this.native);
      this.activate = () => this.native.focus();
      this.grow = () => grow(this);
      listen(this);
      element.field = {
        name: () => this.data.name,
        value: () => this.native.value,
        reset: () => write(this, ""),
      };
    },
    observers: {
      value(value) {
        if (this.native.value !== String(value ?? "")) this.native.value = value ?? "";
        showHint(this);
        this.grow();
      },
      "placeholder, placeholderClass, placeholderStyle"(text, className, style) {
        this.native.placeholder = text ?? "";
        this.hint.dataset.text = text ?? "";
        this.hint.className = ["pv-hint", ...scopedClasses(this, className)].join(" ");
        this.hint.style.cssText = translateUnits(style ?? "");
      },
      "disabled, maxlength, ariaLabel"(disabled, maxlength, label) {
        this.native.disabled = Boolean(disabled);
        setAttribute(this.native, "maxlength", maxlength >= 0 ? maxlength : "");
        setAttribute(this.native, "aria-label", label);
      },
      "type, password, confirmType"(type, password, confirmType) {
        if (tag === "input") this.native.type = password ? "password" : "text";
        this.native.inputMode = KEYBOARDS[type] ?? "text";
        setAttribute(this.native, "enterkeyhint", confirmType);
      },
      autoHeight(auto) {
        setAttribute(this.$$, "auto-height", Boolean(auto));
        setTimeout(this.grow);
      },
      "focus, autoFocus"(focus, autoFocus) {
        if (focus || autoFocus) setTimeout(() => focusAt(this));
        else if (document.activeElement === this.native) this.native.blur();
      },
    },
  });
}

function listen(component) {
  const { native } = component;
  const typed = () => {
    write(component, native.value);
    send(component, "input", { value: native.value, cursor: native.selectionEnd, keyCode: 0 });
  };
  // Half a syllable of Chinese is no input yet.
  native.addEventListener("input", (event) => event.isComposing || typed());
  native.addEventListener("compositionend", typed);
  native.addEventListener("focus", () => send(component, "focus", { value: native.value, height: 0 }));
  native.addEventListener("blur", () => {
    send(component, "blur", { value: native.value, cursor: native.selectionEnd });
  });
  native.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const { confirmType, confirmHold } = component.data;
    if (native.tagName === "TEXTAREA" && (!confirmType || confirmType === "return")) return;
    event.preventDefault();
    send(component, "confirm", { value: native.value });
    if (!confirmHold) native.blur();
  });
}

function write(component, value) {
  component.native.value = value;
  component.setData({ value });
  showHint(component);
  component.grow();
}

function showHint(component) {
  component.hint.hidden = Boolean(component.native.value);
}

function grow({ native, data }) {
  if (!data.autoHeight) return;
  native.style.height = "auto";
  if (native.scrollHeight) native.style.height = `${native.scrollHeight}px`;
}

function focusAt({ native, data }) {
  native.focus({ preventScroll: data.adjustPosition === false });
  const start = data.selectionStart >= 0 ? data.selectionStart : data.cursor;
  if (start >= 0) native.setSelectionRange(start, data.selectionEnd >= 0 ? data.selectionEnd : start);
}

export const textFields = { input: textField("input"), textarea: textField("textarea") };
