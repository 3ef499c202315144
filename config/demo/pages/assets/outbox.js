// The outbox page renews its list by itself while somebody looks.
const list = document.getElementById("notices");
const said = document.getElementById("said");
const POLL_MS = 2000;
let shown = null;

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(`/demo/outbox/list?lang=${said.dataset.lang}`);
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.text());
  } catch {
    say(said.dataset.failed, true);
  }
}

function show(html) {
  if (said.classList.contains("bad")) say("", false);
  if (html === shown) return;
  const isFirst = shown === null;
  shown = html;
  // The server escaped every word of it.
  list.innerHTML = html;
  if (!isFirst) say(said.dataset.new, false);
}

function say(text, bad) {
  said.textContent = text;
  said.classList.toggle("bad", bad);
}

document.addEventListener("visibilitychange", look);
setInterval(look, POLL_MS);
look();
