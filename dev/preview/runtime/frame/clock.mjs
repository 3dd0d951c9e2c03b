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
const MORNING = "到下个工作日 9:00";
/** Why a message may not have come, and what brings it. */
const QUIET = `现在是免打扰时间，消息等到工作日 8:00 才发。点“${MORNING}”就能看到。`;
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
  const learn = ({ now, quiet }) => {
    ahead = new Date(now).getTime() - Date.now();
    note.textContent = quiet ? QUIET : "";
    paint();
  };
  const ask = () => askJson("GET", "/__sandbox__/clock");
  /** Moves by so many seconds; a function is asked for them at the tap. */
  const advance = async (length, button) => {
    button.disabled = true;
    try {
      const seconds = typeof length === "function" ? await length() : length;
      learn(await askJson("POST", "/__sandbox__/clock/advance", { seconds }));
      // Time has passed, so the phone was put away and is taken up again.
      router.top.hide();
      router.top.show();
    } catch {
      note.textContent = "没有成功，时间没有改变。请再试一次。";
    }
    button.disabled = false;
  };
  const toMorning = async () => (await ask()).next_morning;
  const steps = [...STEPS, [MORNING, toMorning]].map(([words, length]) => {
    const button = action(words, () => advance(length, button));
    button.setAttribute("aria-label", `快进 ${words}`);
    return button;
  });
  paint();
  setInterval(paint, 1000);
  const stepsRow = h("div", { className: "pv-steps" }, h("span", {}, "快进"), ...steps);
  return {
    element: section("演示时间", h("p", { className: "pv-time" }, time, day), stepsRow, note),
    refresh: async () => learn(await ask()),
  };
}
