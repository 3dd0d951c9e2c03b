// How the phone is set, and the way to the message box.
import { action } from "../dialogs/layer.mjs";
import { h } from "../elements.mjs";
import { askJson } from "../http.mjs";
import { section } from "./section.mjs";

export function createSwitches({ settings, router, pull }) {
  const dark = toggle("深色", settings.theme.value === "dark", (on) => settings.chooseTheme(on ? "dark" : "light"));
  const large = toggle("大字", settings.largeText, (on) => {
    settings.chooseLargeText(on);
    location.reload();
  });
  const offline = toggle("断网", !settings.connected.value, (on) => settings.goOffline(on));
  settings.theme.listen((theme) => show(dark, theme === "dark"));
  settings.connected.listen((connected) => show(offline, !connected));

  const refresh = action("下拉刷新", () => pull.start());
  const box = h("a", { target: "box", hidden: true }, "打开微信消息箱");
  const row = h("div", { className: "pv-switches", role: "group", "aria-label": "手机设置" }, large, dark, offline);
  const element = section("手机", row, h("div", { className: "pv-links" }, refresh, box));
  return {
    element,
    async refresh() {
      refresh.disabled = !router.top.config.enablePullDownRefresh;
      if (box.href) return;
      const { message_box: address } = await askJson("GET", "/preview.json");
      box.href = `${address}/?persona=${encodeURIComponent(settings.persona)}`;
      box.hidden = false;
    },
  };
}

function toggle(text, on, change) {
  const button = action(text, () => {
    show(button, button.getAttribute("aria-pressed") !== "true");
    change(button.getAttribute("aria-pressed") === "true");
  });
  show(button, on);
  return button;
}

function show(button, on) {
  button.setAttribute("aria-pressed", String(on));
}
