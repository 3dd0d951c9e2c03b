// What was typed and not sent: asked about before the page is left, and put back when the login had ended meanwhile.
// It is kept in this tab alone, for the same person, and for a day at most. Passwords and files are not kept.
"use strict";

const KEPT = "unsent";
const LONGEST_MS = 24 * 60 * 60 * 1000;
const me = document.body.dataset.me ?? "";
const touched = new Set();
let sending = false;

function typedFields(form) {
  return [...form.elements].filter((field) =>
    field.matches("textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])"),
  );
}

function isChanged(field) {
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

function holdsWork(form) {
  return form?.method === "post" && !form.matches("[role=search], [data-several], .login form");
}

// What was refused stands in the form as if it had come with the page.
const refused = [...document.forms].filter(
  (form) => holdsWork(form) && form.querySelector(".problem:not([hidden]), .is-invalid"),
);

document.addEventListener("input", ({ target }) => {
  if (holdsWork(target.form)) touched.add(target.form);
});

window.addEventListener("beforeunload", (event) => {
  const isUnsent = refused.length || [...touched].some((form) => typedFields(form).some(isChanged));
  if (!sending && isUnsent) event.preventDefault();
});

// Sent: kept until a page says that it arrived.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  sending = true;
  setTimeout(() => (sending = false), 5000);
  if (form.matches("[action$='/logout']")) sessionStorage.removeItem(KEPT);
  if (!holdsWork(form)) return;
  const fields = typedFields(form).map((field) => [field.name, field.type, field.value, field.checked ?? false]);
  const here = location.pathname + location.search;
  sessionStorage.setItem(KEPT, JSON.stringify({ me, here, action: form.action, fields, at: Date.now() }));
});

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

function putBack(form, fields) {
  const left = typedFields(form);
  for (const [name, type, value, checked] of fields) {
    const place = left.findIndex(
      (field) => field.name === name && (!["checkbox", "radio"].includes(type) || field.value === value),
    );
    if (place < 0) continue;
    const [field] = left.splice(place, 1);
    if (["checkbox", "radio"].includes(type)) field.checked = checked;
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (let box = form.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
  const note = document.createElement("p");
  note.className = "alert alert-warning";
  note.role = "status";
  note.textContent = "刚才没有提交成功，您填写的内容已经恢复，请核对后重新提交。";
  document.getElementById("main").prepend(note);
}

function isOpenedAnew() {
  return performance.getEntriesByType("navigation")[0]?.type === "navigate";
}

function look() {
  const found = kept();
  if (!found) return;
  const isLost = document.querySelector("[data-not-sent]");
  if (isLost || !me) {
    // The login, or an error page: what was sent last did not arrive.
    sessionStorage.setItem(KEPT, JSON.stringify({ ...found, lost: true }));
    for (const words of document.querySelectorAll("[data-kept]")) words.hidden = false;
    return;
  }
  const isMine = found.me === me && Date.now() - found.at < LONGEST_MS;
  const here = location.pathname + location.search;
  if (isMine && isRefused) {
    // It stands in the form already; the page that Back or Refresh opens has it from here.
    sessionStorage.setItem(KEPT, JSON.stringify({ ...found, here, lost: true, refused: true }));
    return;
  }
  const form = [...document.forms].find((one) => holdsWork(one) && one.action === found.action);
  if (isMine && found.lost && found.here !== here) return;
  sessionStorage.removeItem(KEPT);
  // Who opens the page anew, by a link, wants it empty.
  if (isMine && found.lost && form && !(found.refused && isOpenedAnew())) putBack(form, found.fields);
}

// After the page's own scripts, which may want to know what came back.
document.addEventListener("DOMContentLoaded", look);
window.addEventListener("pageshow", (event) => {
  if (event.persisted) look();
});
