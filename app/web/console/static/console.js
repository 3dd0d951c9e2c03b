// Saves clicks where it can; every page works without it.
"use strict";

// What was refused stands under the address that forms are sent to. It takes the address of the page with the form, so
// that Back and Refresh open that page and send nothing again; unsent.js puts back there what was typed.
const REFUSED = ".problem:not([hidden]), .is-invalid, .alert-danger, [data-not-sent]";
const isRefused = Boolean(document.body.dataset.formAt && document.querySelector(REFUSED));
if (isRefused) {
  // A form without an address is meant for the one that the page came from.
  for (const form of document.querySelectorAll("form[method=post]:not([action])")) form.action = location.href;
  history.replaceState(null, "", document.body.dataset.formAt);
}

// A form is sent once, and asks first where it says so.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const chosen = form.querySelector("option[data-confirm]:checked");
  const asks = event.submitter?.hasAttribute("data-unasked") ? "" : form.elements.asks?.value;
  const question = chosen?.dataset.confirm || asks;
  // What a form leaves to the answer (novalidate) and is not filled in, that says: nothing to ask yet.
  if (question && (!form.noValidate || form.checkValidity())) {
    if (!isComplete(form, event.submitter)) {
      event.preventDefault();
      return;
    }
    if (!window.confirm(filledIn(question, form))) {
      event.preventDefault();
      return;
    }
    sayIsSure(form);
  }
  if (form.method === "post") {
    setTimeout(() => {
      for (const button of form.querySelectorAll("button")) button.disabled = true;
    });
  }
});

// Nobody is asked about what cannot be sent yet. A choice may be left open for words of one's own: data-or names their
// field, data-or-says what to do when there is neither.
function isComplete(form, button) {
  if (form.noValidate || button?.formNoValidate) return true;
  for (const field of form.querySelectorAll("[data-or]")) {
    const own = form.elements[field.dataset.or];
    const isOpen = ["", field.dataset.orChoice].includes(field.value) && !own.value.trim();
    field.setCustomValidity(isOpen ? field.dataset.orSays : "");
  }
  return form.reportValidity();
}

document.addEventListener("input", ({ target }) => {
  for (const field of target.form?.querySelectorAll("[data-or]") ?? []) field.setCustomValidity("");
});

// What was asked here need not be asked by a page once more.
function sayIsSure(form) {
  const field = form.elements.sure || form.appendChild(document.createElement("input"));
  Object.assign(field, { type: "hidden", name: "sure", value: "1" });
}

// A question may name what was typed: {rectify_by} is the value of that field.
function filledIn(question, form) {
  return question.replace(/\{(\w+)\}/g, (_, name) => form.elements[name]?.value || "没有填写");
}

// Coming back with the browser's button finds the buttons alive again.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[method=post] button[disabled]:not([data-stays])")) {
    button.disabled = false;
  }
});

// A choice among filters acts at once; not a day, which changes with every figure that is typed.
document.addEventListener("change", (event) => {
  if (event.target.closest("form[data-instant]") && event.target.type !== "date") event.target.form.requestSubmit();
});

// One box ticks all boxes of that name on the page.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.all;
  if (!name) return;
  for (const box of event.target.form.querySelectorAll(`input[name="${name}"]`)) box.checked = event.target.checked;
});
