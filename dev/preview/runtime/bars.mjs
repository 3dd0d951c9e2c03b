// The navigation bar and the tab bar, in the colours of app.json and theme.json.
import { h } from "./elements.mjs";
import { Failure } from "./wx/calls.mjs";

const TEXT_COLORS = { black: "#000000", white: "#ffffff" };
const BORDER_COLORS = { black: "rgba(0, 0, 0, 0.1)", white: "rgba(255, 255, 255, 0.1)" };

/** `back()`, `home()`, `menu()` and `openTab(index)` are what the bars' buttons do. */
export function createBars({ app, theme }, screen, settings, router, { back, home, menu, openTab }) {
  const backButton = h("button", { type: "button", id: "phone-back", "aria-label": "返回" });
  const homeButton = h("button", { type: "button", id: "phone-home", "aria-label": "返回首页" });
  const title = h("h1", { id: "phone-title" });
  const more = h("button", { type: "button", "aria-label": "更多" }, h("i"));
  const capsule = h("div", { id: "phone-capsule" }, more, h("span", { "aria-hidden": "true" }, h("i")));
  screen.nav.append(backButton, homeButton, title, capsule);
  backButton.addEventListener("click", back);
  homeButton.addEventListener("click", home);
  more.addEventListener("click", menu);

  const tabBar = app.tabBar ?? { list: [] };
  const tabs = tabBar.list.map((tab, index) => {
    const icon = tab.iconPath ? h("img", { alt: "" }) : null;
    const button = h(
      "button",
      { type: "button", role: "tab" },
      icon,
      h("span", {}, tab.text),
      h("b", { hidden: true }),
    );
    button.addEventListener("click", () => openTab(index));
    return button;
  });
  screen.tabs.setAttribute("role", "tablist");
  screen.tabs.append(...tabs);

  /** A value of app.json; "@name" is looked up in theme.json. */
  const themed = (value) => (value?.startsWith("@") ? theme[settings.theme.value][value.slice(1)] : value);

  const paint = () => {
    const page = router.top;
    if (!page) return;
    const { config } = page;
    document.title = `${page.title || "直通车"} · 预览`;
    title.textContent = page.title;
    const text = TEXT_COLORS[themed(config.navigationBarTextStyle)] ?? TEXT_COLORS.white;
    const ground = themed(config.navigationBarBackgroundColor) ?? "#000000";
    for (const bar of [screen.nav, screen.status]) Object.assign(bar.style, { color: text, background: ground });
    screen.phone.toggleAttribute("data-custom-nav", config.navigationStyle === "custom");
    const isTab = router.isTab(page.route);
    backButton.hidden = router.stack.length < 2;
    homeButton.hidden = router.stack.length > 1 || isTab || page.route === router.home;
    page.box.toggleAttribute("data-tab", isTab);
    page.box.style.setProperty("--pull-ground", themed(config.backgroundColor) ?? "transparent");
    page.box.dataset.pullText = themed(config.backgroundTextStyle) ?? "dark";
    screen.tabs.hidden = !isTab;
    screen.tabs.style.background = themed(tabBar.backgroundColor) ?? "";
    screen.tabs.style.borderColor = BORDER_COLORS[themed(tabBar.borderStyle)] ?? BORDER_COLORS.black;
    tabBar.list.forEach((tab, index) => {
      const chosen = tab.pagePath === page.route;
      const button = tabs[index];
      button.setAttribute("aria-selected", String(chosen));
      button.style.color = themed(chosen ? tabBar.selectedColor : tabBar.color) ?? "";
      const icon = themed((chosen && tab.selectedIconPath) || tab.iconPath);
      if (icon) button.querySelector("img").src = `package/${icon}`;
    });
  };
  settings.theme.listen(paint);

  return {
    paint,
    setTitle(text) {
      router.top.title = String(text ?? "");
      paint();
    },
    setBadge(index, text) {
      const badge = tabs[index]?.querySelector("b");
      if (!badge) throw new Failure(`tabbar item not found: ${index}`);
      badge.textContent = text;
      badge.hidden = !text;
    },
  };
}
