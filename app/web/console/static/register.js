// While somebody types: the hours, who may be responsible, what was said before. The page works without it
// ("查历史和建议").
"use strict";

const form = document.querySelector("form[data-matter]");
const WAIT = 500;
let waiting = 0;
let asked = 0;

function item(...parts) {
  const line = document.createElement("li");
  line.append(...parts);
  return line;
}

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function said(text) {
  const line = item(text);
  line.className = "second";
  return line;
}

// Alt+1 to Alt+3 pick one without leaving the keyboard.
function choice(one, place) {
  const button = element("button", "", "pick");
  button.type = "button";
  button.dataset.official = one.id;
  button.accessKey = String(place + 1);
  const number = element("b", String(place + 1));
  number.ariaHidden = "true";
  button.append(number, element("strong", one.name), ` ${one.unit}${one.post}`, element("small", one.duty));
  return item(button);
}

function known(one) {
  const link = element("a", one.code);
  link.href = one.address;
  link.target = "_blank";
  link.rel = "noopener";
  const tag = element("span", "", `tag ${one.tone}`);
  const shape = element("b", one.shape);
  shape.ariaHidden = "true";
  tag.append(shape, one.state);
  return item(link, " ", tag, element("span", one.words), ...(one.note ? [element("small", one.note)] : []));
}

function fill(id, lines, nothing) {
  document.getElementById(id).replaceChildren(...(lines.length ? lines : [said(nothing)]));
}

function tell(hours) {
  const line = document.getElementById("hours");
  line.className = `hours ${hours ? (hours.good ? "good" : "soon") : ""}`;
  const nothing = "选好名册或负责同志后，这里显示现在能不能接听。";
  line.replaceChildren(...(hours ? [element("strong", hours.name), ` ${hours.words}`] : [nothing]));
}

function mark() {
  const chosen = form.elements.official_id.value;
  for (const button of form.querySelectorAll(".pick")) {
    button.setAttribute("aria-pressed", String(button.dataset.official === chosen));
  }
}

async function look() {
  const mine = ++asked;
  try {
    const answer = await fetch(form.dataset.matter, { method: "POST", body: new FormData(form) });
    if (!answer.ok || mine !== asked) return;
    const found = await answer.json();
    tell(found.hours);
    fill("suggested", found.suggested.map(choice), "没有找到分工相符的，请在左边选择。");
    fill("alike", found.alike.map(known), "没有发现相似的在办诉求。");
    const typed = form.elements.caller_phone.value.trim();
    fill("history", found.history.map(known), typed ? "没有登记过。" : "填好来电号码后显示。");
    mark();
  } catch {
    // The network is away: what is shown stays.
  }
}

// Of many rosters only the chosen one's officials are offered.
function narrow() {
  const roster = form.elements.roster.value;
  for (const group of form.querySelectorAll("optgroup[data-roster]")) {
    group.hidden = Boolean(roster) && group.dataset.roster !== roster;
  }
}

form.addEventListener("input", (event) => {
  if (event.target.name === "roster") narrow();
  if (!["caller_phone", "body", "official_id", "roster"].includes(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(look, event.target.localName === "select" ? 0 : WAIT);
  mark();
});

// Access keys alike in every browser (some ask for Shift), and by the place on the keyboard: an input method for Chinese
// hides which letter was meant.
document.addEventListener("keydown", (event) => {
  const key = /^(?:Key|Digit|Numpad)(\w)$/.exec(event.code)?.[1];
  if (!key || !event.altKey || event.ctrlKey || event.metaKey) return;
  const button = form.querySelector(`[accesskey="${key.toLowerCase()}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// Enter in a single line goes on to the next field: a number that ends with it (a pasted one, a telephone set's) must
// not send a half-written form.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
  event.preventDefault();
  const fields = [...form.elements].filter((field) => field.matches("input:not([type=hidden]), textarea, select"));
  fields[fields.indexOf(event.target) + 1]?.focus();
});

form.addEventListener("click", (event) => {
  const button = event.target.closest(".pick");
  if (!button) return;
  form.elements.official_id.value = button.dataset.official;
  look();
  mark();
});
mark();
narrow();
