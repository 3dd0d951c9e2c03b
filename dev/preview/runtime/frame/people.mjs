// Whose phone it is.
import { h } from "../elements.mjs";
import { askJson } from "../http.mjs";
import { addressOf } from "../settings.mjs";
import { section } from "./section.mjs";

/** Residents first: the demonstration begins with one. Other groups follow as the sandbox has them. */
const FIRST_GROUP = "群众";

export function createPeople({ settings }) {
  const current = h("p", { className: "pv-current" }, h("strong", {}, settings.persona));
  const find = h("input", { type: "search", placeholder: "查找：姓名、单位、编号", "aria-label": "查找人物" });
  const list = h("div", { className: "pv-people" });
  let known = "";

  const filter = () => {
    const wanted = find.value.trim().toLowerCase();
    for (const entry of list.querySelectorAll("a")) {
      entry.hidden = Boolean(wanted) && !entry.dataset.find.toLowerCase().includes(wanted);
    }
    for (const group of list.children) group.hidden = !group.querySelector("a:not([hidden])");
  };
  find.addEventListener("input", filter);

  return {
    element: section("人物", current, find, list),
    async refresh() {
      const { items } = await askJson("GET", "/__sandbox__/personas");
      const text = JSON.stringify(items.map(({ persona, about }) => [persona, about]));
      if (text === known) return;
      known = text;
      const mine = items.find(({ persona }) => persona === settings.persona);
      if (mine) current.replaceChildren(h("strong", {}, mine.label), h("span", {}, mine.about));
      list.replaceChildren(...groupsOf(items, settings.persona));
      filter();
      list.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
    },
  };
}

function groupsOf(items, chosen) {
  const titles = new Set([FIRST_GROUP, ...items.map(({ group }) => group)]);
  return [...titles].map((title) => {
    const members = items.filter(({ group }) => group === title);
    return h("div", { role: "group", "aria-label": title }, h("h3", {}, title), ...members.map(entry(chosen)));
  });
}

function entry(chosen) {
  return ({ persona, label, about }) => {
    const link = h("a", { href: addressOf(persona) }, h("span", {}, label), about ? h("small", {}, about) : null);
    link.title = about;
    link.dataset.find = `${label} ${about} ${persona}`;
    if (persona === chosen) link.setAttribute("aria-current", "true");
    return link;
  };
}
