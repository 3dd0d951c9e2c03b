// Pictures over the whole screen; a tap closes them.
import { h } from "../elements.mjs";

/** Shows pictures side by side, beginning with `first`. */
export function showPictures(over, addresses, first) {
  const slides = addresses.map((address, index) => {
    return h("figure", {}, h("img", { src: address, alt: `第 ${index + 1} 张，共 ${addresses.length} 张` }));
  });
  const layer = h(
    "div",
    { className: "pv-pictures", role: "dialog", "aria-label": "图片预览", tabIndex: -1 },
    ...slides,
  );
  const close = () => layer.remove();
  layer.addEventListener("click", close);
  layer.addEventListener("keydown", (event) => event.key === "Escape" && close());
  over.append(layer);
  layer.focus();
  slides[first]?.scrollIntoView?.({ inline: "start", block: "nearest" });
}
