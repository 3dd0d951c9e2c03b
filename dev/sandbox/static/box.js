// Keeps the message box fresh and sends what the buttons ask for. The server renders everything.
"use strict";

const PERIOD_MS = 2000;
const SEEN = "sandbox-seen";
const notice = document.getElementById("notice");
const find = document.getElementById("find");

function say(text) {
  notice.textContent = text;
  notice.hidden = !text;
}

function seen() {
  try {
    return JSON.parse(localStorage.getItem(SEEN)) || {};
  } catch {
    return {};
  }
}

// Marks people with messages that were not looked at yet, and hides those the search leaves out.
function dress() {
  const before = seen();
  const wanted = find.value.trim().toLowerCase();
  find.closest("nav").classList.toggle("finding", Boolean(wanted));
  for (const person of document.querySelectorAll(".person[data-name]")) {
    const newest = Number(person.dataset.newest);
    if (person.hasAttribute("aria-current")) before[person.dataset.name] = newest;
    person.querySelector(".new").hidden = newest <= (before[person.dataset.name] || 0);
    person.hidden = Boolean(wanted) && !person.dataset.find.toLowerCase().includes(wanted);
  }
  localStorage.setItem(SEEN, JSON.stringify(before));
}

async function refresh() {
  const answer = await fetch(location.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (fresh && part.served !== fresh.innerHTML) {
      // Only what changed is replaced, so that scrolling and focus stay where they are.
      if (part.served !== undefined || part.innerHTML !== fresh.innerHTML) part.innerHTML = fresh.innerHTML;
      part.served = fresh.innerHTML;
    }
  }
  dress();
}

async function keepFresh() {
  try {
    if (!document.hidden) {
      await refresh();
      if (notice.dataset.about === "refresh") say("");
    }
  } catch {
    notice.dataset.about = "refresh";
    say("消息箱暂时连不上演示服务，恢复后会自动更新。");
  }
  setTimeout(keepFresh, PERIOD_MS);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-post]");
  if (!button) return;
  button.disabled = true;
  try {
    const answer = await fetch(`/__sandbox__/${button.dataset.post}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: button.dataset.body,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    say("");
    await refresh();
  } catch {
    notice.dataset.about = "act";
    say("没有成功，什么都没有改变。请再试一次。");
  }
  button.disabled = false;
});

find.addEventListener("input", dress);
dress();
const people = document.getElementById("people");
const current = people.querySelector("[aria-current]");
people.scrollTo(current.offsetLeft - people.offsetLeft - 8, current.offsetTop - people.offsetTop - 88);
setTimeout(keepFresh, PERIOD_MS);
