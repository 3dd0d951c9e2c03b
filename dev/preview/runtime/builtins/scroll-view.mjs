// <scroll-view>.
import { setAttribute } from "../elements.mjs";
import { send } from "./define.mjs";

export const scrollView = () => ({
  props: {
    scrollX: Boolean,
    scrollY: Boolean,
    scrollTop: null,
    scrollLeft: null,
    scrollIntoView: String,
    scrollIntoViewOffset: null,
    scrollWithAnimation: Boolean,
    upperThreshold: { type: Number, value: 50 },
    lowerThreshold: { type: Number, value: 50 },
    enhanced: Boolean,
    showScrollbar: { type: Boolean, value: true },
    bounces: null,
    enableFlex: Boolean,
    enablePassive: null,
    enableBackToTop: Boolean,
    pagingEnabled: null,
    fastDeceleration: null,
    scrollAnchoring: null,
    type: String,
  },
  created(element) {
    let atEnd = false;
    let atStart = true;
    const scrolled = () => {
      const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = element;
      send(this, "scroll", { scrollTop, scrollLeft, scrollHeight, scrollWidth, deltaX: 0, deltaY: 0 });
      const [at, size, total] = this.data.scrollY
        ? [scrollTop, clientHeight, scrollHeight]
        : [scrollLeft, clientWidth, scrollWidth];
      const nearEnd = at + size >= total - this.data.lowerThreshold;
      const nearStart = at <= this.data.upperThreshold;
      if (nearEnd && !atEnd) send(this, "scrolltolower", { direction: this.data.scrollY ? "bottom" : "right" });
      if (nearStart && !atStart) send(this, "scrolltoupper", { direction: this.data.scrollY ? "top" : "left" });
      atEnd = nearEnd;
      atStart = nearStart;
    };
    element.addEventListener("scroll", scrolled, { passive: true });
  },
  observers: {
    "scrollX, scrollY, showScrollbar, enableFlex"(x, y, bar, flex) {
      setAttribute(this.$$, "scroll-x", Boolean(x));
      setAttribute(this.$$, "scroll-y", Boolean(y));
      setAttribute(this.$$, "data-bare", bar === false);
      setAttribute(this.$$, "data-flex", Boolean(flex));
    },
    "scrollTop, scrollLeft"(top, left) {
      if (isSet(top) || isSet(left)) setTimeout(() => scrollTo(this, { top: number(top), left: number(left) }));
    },
    scrollIntoView(id) {
      if (id) setTimeout(() => showInside(this, id));
    },
  },
});

/** Scrolls the view alone; the browser's own scrollIntoView would move the page around it, too. */
function showInside(component, id) {
  const target = component.$$.querySelector(`#${CSS.escape(id)}`);
  if (!target) return;
  const from = component.$$.getBoundingClientRect();
  const to = target.getBoundingClientRect();
  const offset = Number(component.data.scrollIntoViewOffset) || 0;
  const { scrollTop, scrollLeft } = component.$$;
  scrollTo(component, {
    top: component.data.scrollY ? scrollTop + to.top - from.top + offset : undefined,
    left: component.data.scrollX ? scrollLeft + to.left - from.left + offset : undefined,
  });
}

function scrollTo(component, place) {
  const { $$: element, data } = component;
  element.scrollTo?.({ ...place, behavior: data.scrollWithAnimation ? "smooth" : "instant" });
}

function isSet(value) {
  return value !== null && value !== undefined && value !== "";
}

function number(value) {
  return isSet(value) ? parseFloat(value) || 0 : undefined;
}
