// What stands beside the phone on a wide screen: who holds it, what time it is, how it is set.
import { h } from "../elements.mjs";
import { createClock } from "./clock.mjs";
import { createPeople } from "./people.mjs";
import { createSwitches } from "./switches.mjs";

const WIDE = "(min-width: 800px)";
const POLL_MS = 4000;

/** Adds the panel as soon as the window is wide, and keeps it up to date while it can be seen. */
export function createFrame(phone) {
  // Messages in the message box open in the window of this name.
  window.name ||= "preview";
  const wide = matchMedia(WIDE);
  const begin = () => {
    if (!wide.matches) return;
    wide.removeEventListener("change", begin);
    const parts = build(phone);
    const refresh = async () => {
      if (wide.matches && !document.hidden) await Promise.all(parts.map((part) => part.refresh().catch(() => {})));
      setTimeout(refresh, POLL_MS);
    };
    refresh();
  };
  wide.addEventListener("change", begin);
  begin();
}

function build(phone) {
  const parts = [createPeople(phone), createClock(phone), createSwitches(phone)];
  const head = h("header", {}, h("h1", {}, "直通车"), h("p", {}, "在浏览器里试用小程序，微信由本机的演示服务代替。"));
  const panel = h("aside", { id: "panel", "aria-label": "演示控制" }, head, ...parts.map((part) => part.element));
  phone.screen.frame.append(panel);
  return parts;
}
