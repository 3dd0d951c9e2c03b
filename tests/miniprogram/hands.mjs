// What a person sees on the phone and does with it.
import assert from "node:assert/strict";
import parseSelector from "postcss-selector-parser";

/**
 * Eyes and hands for a mounted mini-program. `settle()` waits for what an act brings about.
 *
 * Selectors are as in WXML: tags without prefix, class names as written, also those inside components.
 */
export function createHands(window, preview, settle) {
  const { document } = window;
  const top = () => document.querySelector(".pv-page:not([hidden])");
  const all = (selector) => [...top().querySelectorAll(translate(selector, preview.scopes))];
  const find = (target) => {
    const found = typeof target === "string" ? all(target)[0] : target;
    assert.ok(found, `nothing on ${preview.route} is ${target}; it shows: ${clean(top())}`);
    return found;
  };
  const field = (target) => {
    const found = find(target);
    return found.matches("input, textarea") ? found : found.querySelector("input, textarea");
  };
  const click = async (element) => {
    const place = { bubbles: true, cancelable: true, clientX: 1, clientY: 1 };
    for (const type of ["pointerdown", "pointerup"]) element.dispatchEvent(new window.PointerEvent(type, place));
    element.dispatchEvent(new window.MouseEvent("click", place));
    await settle();
  };
  /** The dialog of WeChat's that is open; sheets the mini-program draws itself belong to the page. */
  const dialog = () => [...document.querySelectorAll("#phone-over [role=dialog]")].at(-1);
  const choose = async (text) => {
    const button = [...(dialog()?.querySelectorAll("button") ?? [])].find((one) => clean(one) === text);
    assert.ok(button, `no dialog offers "${text}"; there is: ${clean(dialog())}`);
    await click(button);
  };
  /** The innermost element on the page whose text contains `text`, or null. */
  const byText = (text, selector = "*") => {
    const holders = all(selector).filter((one) => clean(one).includes(text));
    return holders.find((one) => !holders.some((other) => other !== one && one.contains(other))) ?? null;
  };

  return {
    /** The text of an element or of the whole page, white space made single. */
    text: (selector) => clean(selector ? find(selector) : top()),
    q: (selector) => all(selector)[0] ?? null,
    all,
    byText,
    tap: async (target) => click(find(target)),
    async tapText(text, selector) {
      const found = byText(text, selector);
      assert.ok(found, `"${text}" is not on ${preview.route}; it shows: ${clean(top())}`);
      await click(found);
    },
    async type(target, value) {
      const native = field(target);
      native.focus();
      native.value = value;
      native.dispatchEvent(new window.Event("input", { bubbles: true }));
      await settle();
    },
    async blur(target) {
      field(target).blur();
      await settle();
    },
    /** Chooses in a <picker>: an option by its index or text, or a date or time as text. */
    async pick(target, value) {
      await click(find(target));
      const options = [...dialog().querySelectorAll("[role=option]")];
      if (!options.length) dialog().querySelector("input").value = value;
      else await click(typeof value === "number" ? options[value] : options.find((one) => one.textContent === value));
      await choose("确定");
    },
    /** The text of WeChat's open dialog, "" when there is none. */
    get dialog() {
      return clean(dialog());
    },
    /** Taps the button with this text in the open dialog. */
    choose,
    /** Writes into the field of the open dialog. */
    async write(text) {
      dialog().querySelector("input").value = text;
    },
    get title() {
      return document.getElementById("phone-title").textContent;
    },
    /** Taps a tab of the tab bar. */
    async tab(text) {
      const tabs = [...document.querySelectorAll("#phone-tabs [role=tab]")];
      const tab = tabs.find((one) => clean(one.querySelector("span")) === text);
      assert.ok(tab, `there is no tab "${text}"`);
      await click(tab);
    },
    back: async () => click(document.getElementById("phone-back")),
    async pullDown() {
      preview.wx.startPullDownRefresh();
      await settle();
    },
    async reachBottom() {
      preview.stack.at(-1).call("onReachBottom");
      await settle();
    },
    /** Puts the mini-program away and comes back to it. */
    async leaveAndReturn() {
      for (const hidden of [true, false]) {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new window.Event("visibilitychange"));
      }
      await settle();
    },
    async goOnline(yes = true) {
      preview.settings.goOffline(!yes);
      await settle();
    },
    async chooseTheme(name) {
      preview.settings.chooseTheme(name);
      await settle();
    },
  };
}

function clean(element) {
  return (element?.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** ".name" also finds the name with a component's style scope before it, and "button" finds <wx-button>. */
function translate(selector, scopes) {
  return parseSelector((selectors) => {
    selectors.walkTags((tag) => {
      if (!tag.value.startsWith("wx-")) tag.value = `wx-${tag.value}`;
    });
    selectors.walkClasses((one) => {
      const names = [one.value, ...scopes.map((scope) => `${scope}--${one.value}`)];
      one.replaceWith(parseSelector.pseudo({ value: `:is(${names.map((name) => `.${name}`).join()})` }));
    });
  }).processSync(selector);
}
