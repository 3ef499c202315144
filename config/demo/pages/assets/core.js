// The page of the bank's own system: what is wrong with it today, and what it did with each order.
const at = (id) => document.getElementById(id);
const words = at("main").dataset;
const power = at("power");
const form = at("faults");
const POLL_MS = 1000;
let isTouched = false;

function show(state) {
  power.setAttribute("aria-checked", String(state.running));
  for (const button of document.querySelectorAll("#faults [type=submit], #pays button")) {
    button.disabled = !state.running;
  }
  if (!state.running) return;
  if (!isTouched) fill(state.faults);
  // The server escaped every word of it.
  keep(at("orders"), state.orders);
  keep(at("cards"), state.cards);
  keep(at("verdicts"), state.verdicts);
}

function fill(faults) {
  for (const [name, value] of Object.entries(faults)) form.elements[name].value = value;
  at("delay-shown").textContent = form.elements.delay_seconds.value;
}

function keep(place, html) {
  if (place.dataset.shown === html) return;
  place.dataset.shown = html;
  place.innerHTML = html;
}

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(`/demo/core/state?lang=${words.lang}`);
    if (answer.ok) show(await answer.json());
  } catch {
    // The hub restarts; the next look finds it again.
  }
}

async function send(path, body) {
  const answer = await fetch(`${path}?lang=${words.lang}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function toggle() {
  const on = power.getAttribute("aria-checked") !== "true";
  power.disabled = true;
  try {
    await send("/demo/core/run", { on });
    say(on ? words.running : words.stopped, false);
    await look();
  } catch {
    say(words.failed, true);
  }
  power.disabled = false;
  power.focus();
}

async function choose(event) {
  event.preventDefault();
  const values = [...new FormData(form)].map(([name, value]) => [name, Number(value)]);
  try {
    const state = await send("/demo/core/faults", Object.fromEntries(values));
    isTouched = false;
    show(state);
    say(words.chosen, false);
  } catch {
    say(words.failed, true);
  }
}

async function pay(event) {
  const kind = event.target.dataset?.kind;
  if (!kind) return;
  try {
    show(await send("/demo/core/pay", { kind }));
    say(words.paid, false);
  } catch {
    say(words.failed, true);
  }
}

function say(text, bad) {
  at("said").textContent = text;
  at("said").classList.toggle("bad", bad);
}

power.addEventListener("click", toggle);
at("pays").addEventListener("click", pay);
form.addEventListener("submit", choose);
form.addEventListener("input", () => {
  isTouched = true;
  at("delay-shown").textContent = form.elements.delay_seconds.value;
});
document.addEventListener("visibilitychange", look);
setInterval(look, POLL_MS);
look();
