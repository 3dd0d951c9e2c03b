// Tags that mostly show what stands inside them.
import { h } from "../elements.mjs";
import { translateUnits } from "../units.mjs";

export const containers = {
  view: () => ({}),

  text: () => ({ props: { selectable: Boolean, userSelect: Boolean, space: String, decode: Boolean } }),

  // In WeChat its content moves out to the page; here it stays, which differs only under a transformed parent.
  "root-portal": () => ({ props: { enable: { type: Boolean, value: true } } }),

  "page-meta": () => ({
    props: { pageStyle: String, rootFontSize: String, pageFontSize: String, backgroundColor: String },
    observers: {
      "pageStyle, pageFontSize, backgroundColor"(style, fontSize, background) {
        const page = this.$$.closest("wx-page");
        if (!page) return;
        page.style.cssText = translateUnits(style ?? "");
        if (fontSize && fontSize !== "system") page.style.fontSize = translateUnits(fontSize);
        if (background) page.style.backgroundColor = background;
      },
      rootFontSize(size) {
        const box = this.$$.closest(".pv-page");
        if (box && size && size !== "system") box.style.setProperty("--rem", translateUnits(size));
      },
    },
  }),

  progress: () => ({
    leaf: true,
    props: {
      percent: Number,
      showInfo: Boolean,
      strokeWidth: { type: null, value: 6 },
      color: String,
      activeColor: String,
      backgroundColor: String,
      borderRadius: null,
      fontSize: null,
      active: Boolean,
      activeMode: String,
      duration: null,
    },
    created(element) {
      element.setAttribute("role", "progressbar");
      this.bar = h("b", {}, h("i"));
      this.info = h("span");
      element.append(this.bar, this.info);
    },
    observers: {
      "percent, showInfo"(percent, showInfo) {
        const shown = Math.min(100, Math.max(0, Number(percent) || 0));
        this.bar.firstChild.style.width = `${shown}%`;
        this.info.textContent = showInfo ? `${shown}%` : "";
        this.$$.setAttribute("aria-valuenow", String(shown));
      },
      "strokeWidth, activeColor, color, backgroundColor, borderRadius"(width, active, color, background, radius) {
        this.bar.style.height = length(width);
        this.bar.firstChild.style.background = active || color || "";
        this.bar.style.background = background || "";
        this.bar.style.borderRadius = length(radius);
      },
    },
  }),
};

function length(value) {
  if (value === null || value === undefined || value === "") return "";
  return /^[\d.]+$/.test(String(value)) ? `${value}px` : translateUnits(String(value));
}
