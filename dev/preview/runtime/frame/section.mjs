import { h } from "../elements.mjs";

/** One part of the panel with its heading. */
export function section(title, ...children) {
  const heading = h("h2", { id: `panel-${title}` }, title);
  return h("section", { "aria-labelledby": heading.id }, heading, ...children);
}
