// The time of the demo, and moving it forward.
import { action } from "../dialogs/layer.mjs";
import { h } from "../elements.mjs";
import { askJson } from "../http.mjs";
import { section } from "./section.mjs";

const STEPS = [
  ["1 小时", 3600],
  ["1 天", 86400],
  ["3 天", 3 * 86400],
];
const BEIJING = { timeZone: "Asia/Shanghai", hourCycle: "h23" };
const DAY = { ...BEIJING, year: "numeric", month: "long", day: "numeric", weekday: "long" };
const TIME = { ...BEIJING, hour: "2-digit", minute: "2-digit" };

export function createClock({ screen, router }) {
  const day = h("span");
  const time = h("strong");
  const note = h("small", { role: "status" });
  let ahead = 0;

  const paint = () => {
    const now = new Date(Date.now() + ahead);
    day.textContent = now.toLocaleDateString("zh-CN", DAY);
    time.textContent = now.toLocaleTimeString("zh-CN", TIME);
    screen.status.querySelector("time").textContent = time.textContent;
  };
  const learn = ({ now }) => {
    ahead = new Date(now).getTime() - Date.now();
    paint();
  };
  const advance = async (seconds, button) => {
    button.disabled = true;
    try {
      learn(await askJson("POST", "/__sandbox__/clock/advance", { seconds }));
      note.textContent = "";
      // Time has passed, so the phone was put away and is taken up again.
      router.top.hide();
      router.top.show();
    } catch {
      note.textContent = "没有成功，时间没有改变。请再试一次。";
    }
    button.disabled = false;
  };
  const steps = STEPS.map(([words, seconds]) => {
    const button = action(words, () => advance(seconds, button));
    button.setAttribute("aria-label", `快进 ${words}`);
    return button;
  });
  paint();
  setInterval(paint, 1000);
  const stepsRow = h("div", { className: "pv-steps" }, h("span", {}, "快进"), ...steps);
  return {
    element: section("演示时间", h("p", { className: "pv-time" }, time, day), stepsRow, note),
    refresh: async () => learn(await askJson("GET", "/__sandbox__/clock")),
  };
}
