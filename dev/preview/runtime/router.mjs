// The stack of pages and the ways between them, with WeChat's rules.
import { parseUrl, readHash, resolveUrl, writeHash } from "./address.mjs";
import { createChannel } from "./channel.mjs";
import { Page } from "./page.mjs";
import { Failure } from "./wx/calls.mjs";

const MOST_PAGES = 10;

/** Pages of a program; `changed()` is called whenever another page is on top. */
export class Router {
  #program;
  #screen;
  #faults;
  #changed = () => {};
  #createPage = null;
  #tabs = new Map();
  stack = [];

  constructor(program, screen, faults) {
    this.#program = program;
    this.#screen = screen;
    this.#faults = faults;
  }

  /** Opens the first page, and follows the browser's address from then on. */
  begin(createPage, changed) {
    this.#createPage = createPage;
    this.#changed = changed;
    this.#open(this.firstUrl());
    addEventListener("hashchange", () => {
      const url = readHash();
      if (url === this.top.url || !this.#isPage(url)) return;
      this.#faults.guard(() => this.reLaunch({ url: `/${url}` }));
    });
  }

  get top() {
    return this.stack.at(-1);
  }

  get home() {
    return this.#program.pages[0];
  }

  get tabPaths() {
    return (this.#program.app.tabBar?.list ?? []).map((tab) => tab.pagePath);
  }

  isTab(url) {
    return this.tabPaths.includes(parseUrl(url).path);
  }

  /** The page that the browser's address names, or the home page. */
  firstUrl() {
    return this.#isPage(readHash()) ? readHash() : this.home;
  }

  navigateTo({ url, events }) {
    const target = this.#target(url);
    if (this.isTab(target)) throw new Failure("can not navigateTo a tabbar page");
    if (this.stack.length >= MOST_PAGES) throw new Failure(`webview count limit exceed: ${MOST_PAGES}`);
    const { opener, opened } = createChannel(events);
    this.top.hide();
    this.#open(target, opened);
    return { eventChannel: opener };
  }

  redirectTo({ url }) {
    const target = this.#target(url);
    if (this.isTab(target)) throw new Failure("can not redirectTo a tabbar page");
    this.#close(this.stack.pop());
    this.#open(target);
  }

  navigateBack({ delta = 1 } = {}) {
    if (this.stack.length < 2) throw new Failure("cannot navigate back at first page.");
    for (let left = delta; left > 0 && this.stack.length > 1; left -= 1) this.#close(this.stack.pop());
    this.#show();
  }

  switchTab({ url }) {
    const target = parseUrl(this.#target(url)).path;
    if (!this.isTab(target)) throw new Failure("can not switch to no-tabBar page");
    if (this.top.route === target) return;
    const tabBelow = this.stack.length > 1;
    while (this.stack.length > 1) this.#close(this.stack.pop());
    const [base] = this.stack.splice(0);
    if (base.route === target) {
      this.stack.push(base);
      this.#show();
      return;
    }
    if (!this.isTab(base.route)) this.#close(base);
    else if (!tabBelow) base.hide();
    const kept = this.#tabs.get(target);
    if (!kept) this.#open(target);
    else {
      this.stack.push(kept);
      this.#show();
    }
  }

  reLaunch({ url }) {
    const target = this.#target(url);
    for (const page of new Set([...this.stack.reverse(), ...this.#tabs.values()])) this.#close(page);
    this.stack = [];
    this.#open(target);
  }

  #open(url, channel = createChannel().opened) {
    const { path } = parseUrl(url);
    const { config } = this.#program.components[path];
    const window = this.#program.app.window ?? {};
    const page = new Page(url, { ...window, ...config }, { createPage: this.#createPage, faults: this.#faults });
    page.instance.getOpenerEventChannel = () => channel;
    this.stack.push(page);
    if (this.isTab(path)) this.#tabs.set(path, page);
    this.#arrange();
    page.open(this.#screen.pages);
  }

  #show() {
    this.#arrange();
    this.top.show();
  }

  #close(page) {
    page.close();
    this.#tabs.delete(page.route);
  }

  #arrange() {
    for (const page of [...this.stack, ...this.#tabs.values()]) page.box.hidden = page !== this.top;
    writeHash(this.top.url);
    this.#changed();
  }

  #target(url) {
    if (typeof url !== "string" || !url) throw new Failure("parameter error: parameter.url should be String");
    const target = resolveUrl(url, this.top.route);
    if (!this.#isPage(target)) throw new Failure(`page "${parseUrl(target).path}" is not found`);
    return target;
  }

  #isPage(url) {
    return this.#program.pages.includes(parseUrl(url).path);
  }
}
