// The preview follows what is typed; without it the button brings the page anew.
"use strict";

for (const field of document.querySelectorAll("[data-mirror]")) {
  const seen = document.getElementById(field.dataset.mirror);
  field.addEventListener("input", () => {
    seen.textContent = field.value;
  });
}
