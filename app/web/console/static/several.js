// Ticking several appeals: how many are ticked, and a row of them with Shift. The buttons work without it.
"use strict";

for (const form of document.querySelectorAll("form[data-several]")) {
  const boxes = [...form.querySelectorAll('input[name="appeal"]')];
  const all = form.querySelector("[data-all]");
  const words = form.querySelector("[data-picked]");
  const number = form.querySelector("[data-picked-number]");
  const invitation = words?.textContent;
  let last = null;

  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    if (words) words.textContent = count ? `已选 ${count} 件：` : invitation;
    if (words) words.classList.toggle("some", count > 0);
    if (number) number.textContent = count;
    if (all) all.checked = count === boxes.length;
    if (all) all.indeterminate = count > 0 && count < boxes.length;
    for (const box of boxes) box.closest("tr").classList.toggle("ticked", box.checked);
  };

  form.addEventListener("click", ({ target, shiftKey }) => {
    const here = boxes.indexOf(target);
    if (here < 0) return;
    if (shiftKey && last !== null) {
      const [from, to] = [Math.min(last, here), Math.max(last, here)];
      for (const box of boxes.slice(from, to + 1)) box.checked = target.checked;
    }
    last = here;
    tell();
  });
  form.addEventListener("change", () => setTimeout(tell));
  window.addEventListener("pageshow", tell);
  tell();
}
