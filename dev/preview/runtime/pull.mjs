// Pulling a page down to refresh it, with a finger or the mouse.
import { h } from "./elements.mjs";
import { Failure } from "./wx/calls.mjs";

const ENOUGH_PX = 50;
const REST_PX = 50;

export function createPull(screen, router) {
  /** Pages whose refresh is running, with their spinner. */
  const running = new Map();

  const place = (page, distance) => {
    page.scroller.style.transform = distance ? `translateY(${distance}px)` : "";
    page.box.toggleAttribute("data-pulling", distance > 0);
  };
  const start = () => {
    const page = router.top;
    if (!page.config.enablePullDownRefresh) throw new Failure("pull down refresh is not enabled on this page");
    if (running.has(page)) return;
    const spinner = h(
      "div",
      { className: "pv-refreshing", role: "status", "aria-label": "正在刷新" },
      h("i"),
      h("i"),
      h("i"),
    );
    running.set(page, spinner);
    page.box.prepend(spinner);
    place(page, REST_PX);
    page.call("onPullDownRefresh");
  };
  const stop = () => {
    const page = router.top;
    running.get(page)?.remove();
    running.delete(page);
    place(page, 0);
  };

  let from = null;
  let pulled = false;
  const begin = (y, target) => {
    const page = router.top;
    const inner = target.closest("wx-scroll-view[scroll-y]");
    const able = page?.config.enablePullDownRefresh && !running.has(page) && page.scroller.scrollTop <= 0;
    from = able && !(inner?.scrollTop > 0) ? y : null;
    pulled = false;
  };
  /** Returns whether the movement is a pull. */
  const move = (y) => {
    if (from === null || y - from <= 0) return false;
    pulled = y - from > ENOUGH_PX / 5;
    place(router.top, Math.min(2 * REST_PX, (y - from) / 2));
    return true;
  };
  const end = (y) => {
    if (from === null) return;
    const far = (y - from) / 2;
    from = null;
    if (far >= ENOUGH_PX) start();
    else if (!running.has(router.top)) place(router.top, 0);
  };

  const { pages } = screen;
  pages.addEventListener("touchstart", (event) => begin(event.touches[0].clientY, event.target), { passive: true });
  pages.addEventListener("touchmove", (event) => move(event.touches[0].clientY) && event.preventDefault(), {
    passive: false,
  });
  pages.addEventListener("touchend", (event) => end(event.changedTouches[0].clientY));
  pages.addEventListener("pointerdown", (event) => event.pointerType === "mouse" && begin(event.clientY, event.target));
  addEventListener("pointermove", (event) => event.pointerType === "mouse" && event.buttons && move(event.clientY));
  addEventListener("pointerup", (event) => event.pointerType === "mouse" && end(event.clientY));
  // Letting go of a pulled page is no tap on what lies under the mouse.
  const swallow = (event) => pulled && event.stopImmediatePropagation();
  pages.addEventListener("click", swallow, { capture: true });
  return { start, stop };
}
