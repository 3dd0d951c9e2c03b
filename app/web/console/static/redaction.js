// The preview and the warnings follow what is typed; without it the button brings the page anew.
"use strict";

const redaction = document.querySelector("form.redaction");
const number = new RegExp(redaction.dataset.number);
const meant = redaction.querySelector("[data-numbers-meant]");

function warn() {
  let any = false;
  for (const warning of redaction.querySelectorAll("[data-numbers]")) {
    const found = number.test(redaction.elements[warning.dataset.numbers].value);
    warning.hidden = !found;
    any ||= found;
  }
  meant.hidden = !any;
  if (!any) meant.querySelector("input").checked = false;
}

for (const field of redaction.querySelectorAll("[data-mirror]")) {
  const seen = document.getElementById(field.dataset.mirror);
  field.addEventListener("input", () => {
    seen.textContent = field.value;
    warn();
  });
}
