// Officials dragged within their group: fills in the numbers, which are what is sent. Alt+↑ and Alt+↓ do the same.
"use strict";

document.documentElement.classList.add("scripted");

let dragged = null;

function numbers(body) {
  return [...body.querySelectorAll("input[data-place]")];
}

// The places that the group holds together stay; only who has which one changes.
function renumber(body) {
  const places = numbers(body).map((input) => Number(input.dataset.place));
  places.sort((one, other) => one - other);
  numbers(body).forEach((input, at) => {
    input.value = places[at];
  });
  document.querySelector(".order-bar")?.classList.add("touched");
}

for (const row of document.querySelectorAll("tr[data-official]")) {
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    dragged = row;
    row.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.official);
  });
  row.addEventListener("dragend", () => {
    row.classList.remove("dragged");
    dragged = null;
  });
  row.addEventListener("dragover", (event) => {
    if (dragged === null || dragged === row || dragged.parentNode !== row.parentNode) return;
    event.preventDefault();
    const middle = row.getBoundingClientRect().top + row.offsetHeight / 2;
    row.parentNode.insertBefore(dragged, event.clientY < middle ? row : row.nextSibling);
  });
  row.addEventListener("drop", (event) => {
    event.preventDefault();
    renumber(row.parentNode);
  });
}

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("tr[data-official]");
  if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  row.parentNode.insertBefore(row, event.key === "ArrowUp" ? other : other.nextSibling);
  renumber(row.parentNode);
  event.target.focus();
});

document.addEventListener("input", (event) => {
  if (event.target.dataset?.place) document.querySelector(".order-bar")?.classList.add("touched");
});
