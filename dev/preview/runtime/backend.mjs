// glass-easel drawing on the DOM, and DOM events as WeChat's events.
import { glassEasel } from "glass-easel-miniprogram-adapter";
import { insideOf } from "./screen.mjs";
import { translateUnits } from "./units.mjs";

const LONG_PRESS_MS = 350;
const STILL_PX = 10;
const PASSED_ON = ["transitionend", "animationstart", "animationiteration", "animationend"];

/** The backend of one phone; `onEvent` must be called once, or no event ever reaches the mini-program. */
export class PhoneBackend extends glassEasel.CurrentWindowBackendContext {
  #pages;

  constructor(pages) {
    super();
    this.#pages = pages;
    this.document = {
      createTextNode: (text) => document.createTextNode(text),
      createDocumentFragment: () => document.createDocumentFragment(),
      createElement: (tag) => this.#createElement(tag),
    };
  }

  #createElement(tag) {
    const element = document.createElement(`wx-${tag.toLowerCase()}`);
    const pages = this.#pages;
    // Styles go through the object model: the page's security policy allows no style attributes.
    element.setAttribute = (name, value) => {
      if (name === "style") element.style.cssText = translateUnits(String(value));
      else Element.prototype.setAttribute.call(element, name, value);
    };
    element.getBoundingClientRect = () => {
      const rect = Element.prototype.getBoundingClientRect.call(element);
      const { left, top } = pages.getBoundingClientRect();
      return new DOMRect(rect.x - left, rect.y - top, rect.width, rect.height);
    };
    return element;
  }

  getWindowWidth() {
    return this.#pages.clientWidth;
  }

  getWindowHeight() {
    return this.#pages.clientHeight;
  }

  getRootNode() {
    return this.#pages;
  }

  /** Nothing to do: built-in tags send their own events, and the DOM's would repeat them without details. */
  setListenerStats() {}

  onEvent(listener) {
    const send = (node, type, event, detail = {}, touches = undefined) => {
      const target = componentAt(node);
      if (!target) return;
      const options = { originalEvent: event, bubbles: true, composed: true, capturePhase: true };
      if (touches) options.extraFields = touches;
      const status = listener(target, type, detail, options);
      if (status === 1 && event.cancelable) event.preventDefault();
    };
    this.#sendTaps(send);
    this.#sendTouches(send);
    for (const type of PASSED_ON) this.#pages.addEventListener(type, (event) => send(event.target, type, event));
  }

  /** A tap is the browser's click, which also comes from the keyboard; a disabled button swallows it. */
  #sendTaps(send) {
    this.#pages.addEventListener("click", (event) => {
      if (event.target.closest("wx-button[disabled]")) return;
      const { pageX: x, pageY: y, ...point } = insideOf(this.#pages, event);
      const touch = [{ identifier: 0, pageX: x, pageY: y, ...point }];
      send(event.target, "tap", event, { x, y }, { touches: touch, changedTouches: touch });
    });
    this.#pages.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      if (event.target.matches("[tabindex]")) {
        event.preventDefault();
        event.target.click();
      }
    });
  }

  /** Touches come from fingers, or from a mouse that plays one. */
  #sendTouches(send) {
    const pages = this.#pages;
    const place = (list) => [...list].map((one) => ({ identifier: one.identifier ?? 0, ...insideOf(pages, one) }));
    for (const type of ["touchstart", "touchmove", "touchend", "touchcancel"]) {
      const pass = (event) => {
        const fields = { touches: place(event.touches), changedTouches: place(event.changedTouches) };
        send(event.target, type, event, {}, fields);
      };
      pages.addEventListener(type, pass, { passive: false });
    }
    let down = null;
    const play = (type, event) => {
      if (event.pointerType === "touch") return;
      const point = place([event]);
      send(down.target, type, event, {}, { touches: type === "touchend" ? [] : point, changedTouches: point });
    };
    pages.addEventListener("pointerdown", (event) => {
      clearTimeout(down?.timer);
      const { target, clientX: x, clientY: y } = event;
      const point = place([event]);
      const hold = () => send(target, "longpress", event, {}, { touches: point, changedTouches: point });
      down = { target, x, y, timer: setTimeout(hold, LONG_PRESS_MS) };
      play("touchstart", event);
    });
    addEventListener("pointermove", (event) => {
      if (!down) return;
      if (Math.hypot(event.clientX - down.x, event.clientY - down.y) > STILL_PX) clearTimeout(down.timer);
      play("touchmove", event);
    });
    for (const type of ["pointerup", "pointercancel"]) {
      addEventListener(type, (event) => {
        if (!down) return;
        clearTimeout(down.timer);
        play(type === "pointerup" ? "touchend" : "touchcancel", event);
        down = null;
      });
    }
  }
}

/** The innermost component or text around a DOM node. */
function componentAt(node) {
  let here = node;
  while (here && !here.__wxElement) here = here.parentNode;
  return here?.__wxElement;
}
