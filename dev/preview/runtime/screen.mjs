// The phone on the page: bars, pages and the layer of dialogs.
import { h } from "./elements.mjs";

/** Builds the phone's elements and adds them to the document. */
export function createScreen() {
  const screen = {
    nav: h("header", { id: "phone-nav" }),
    pages: h("main", { id: "phone-pages" }),
    tabs: h("nav", { id: "phone-tabs", "aria-label": "底部导航", hidden: true }),
    over: h("div", { id: "phone-over" }),
  };
  screen.status = h("div", { id: "phone-status", "aria-hidden": "true" }, h("time"), h("span", {}, "5G"));
  screen.phone = h("div", { id: "phone" }, screen.status, screen.nav, screen.pages, screen.tabs, screen.over);
  screen.frame = h("div", { id: "frame" }, screen.phone);
  document.body.replaceChildren(screen.frame);
  return screen;
}

/** A point of the browser's window as a point of the mini-program's, which begins below the navigation bar. */
export function insideOf(pages, { clientX, clientY }) {
  const { left, top } = pages.getBoundingClientRect();
  return { clientX: clientX - left, clientY: clientY - top, pageX: clientX - left, pageY: clientY - top };
}
