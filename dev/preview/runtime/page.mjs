// One open page: its component, its box on the screen, and the moments of its life.
import { h } from "./elements.mjs";
import { parseUrl } from "./address.mjs";
import { Failure } from "./wx/calls.mjs";

const REACH_BOTTOM = 50;

/** An open page. `config` is its JSON over the window's. */
export class Page {
  #faults;
  #root;

  constructor(url, config, { createPage, faults }) {
    const { path, search, query } = parseUrl(url);
    this.route = path;
    this.search = search;
    this.config = config;
    this.title = config.navigationBarTitleText ?? "";
    this.#faults = faults;
    this.scroller = h("div", { className: "pv-scroll" });
    this.box = h("section", { className: "pv-page" }, this.scroller);
    this.box.dataset.page = path;
    this.#root = createPage(`/${url}`);
    this.instance = this.#root.get();
    this.instance.route = path;
    this.instance.options = query;
  }

  get url() {
    return this.search ? `${this.route}?${this.search}` : this.route;
  }

  /** Puts the page into `pages` and begins its life. */
  open(pages) {
    const place = document.createElement("div");
    this.scroller.append(place);
    pages.append(this.box);
    this.#root.attach(this.scroller, place);
    this.#watchScrolling();
    this.call("onLoad", this.instance.options);
    this.show();
    setTimeout(() => this.box.isConnected && this.call("onReady"));
  }

  show() {
    this.call("onShow");
    this.#root.getComponent().triggerPageLifetime("show", []);
  }

  hide() {
    this.call("onHide");
    this.#root.getComponent().triggerPageLifetime("hide", []);
  }

  close() {
    this.call("onUnload");
    this.#root.release();
    this.box.remove();
  }

  /** Calls a handler of the page if it has one. */
  call(name, ...values) {
    const handler = this.instance[name];
    if (handler) this.#faults.guard(() => handler.call(this.instance, ...values));
  }

  scrollTo({ scrollTop, selector, offsetTop = 0, duration = 300 }) {
    let top = scrollTop;
    if (selector) {
      const target = this.scroller.querySelector(selector);
      if (!target) throw new Failure(`selector "${selector}" is not found`);
      top = this.scroller.scrollTop + target.getBoundingClientRect().top + offsetTop;
    }
    if (top !== undefined) this.scroller.scrollTo?.({ top, behavior: duration ? "smooth" : "instant" });
  }

  #watchScrolling() {
    const distance = this.config.onReachBottomDistance ?? REACH_BOTTOM;
    let atBottom = false;
    const scrolled = () => {
      const { scrollTop, clientHeight, scrollHeight } = this.scroller;
      this.call("onPageScroll", { scrollTop });
      const near = scrollTop + clientHeight >= scrollHeight - distance;
      if (near && !atBottom) this.call("onReachBottom");
      atBottom = near;
    };
    this.scroller.addEventListener("scroll", scrolled, { passive: true });
  }
}
