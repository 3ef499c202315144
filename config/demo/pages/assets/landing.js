// The landing page: signing in with one click, and the switch for lively traffic.
const at = (id) => document.getElementById(id);

// -- sign in ---------------------------------------------------------------------------------

const dialog = at("enter");
const form = at("enter-form");
let next = "/console";

function offerSignIn(card) {
  form.elements.login.value = card.dataset.login;
  next = card.dataset.next;
  at("enter-said").textContent = "";
  dialog.showModal();
  form.querySelector("[type=submit]").focus();
}

async function signIn(event) {
  event.preventDefault();
  const body = { login: form.elements.login.value, password: form.elements.password.value };
  try {
    const answer = await send("/api/sign-in", body);
    if (answer.ok) return location.assign(next);
    say(at("enter-said"), form.dataset.failed, true);
  } catch {
    say(at("enter-said"), form.dataset.unreachable, true);
  }
}

for (const card of document.querySelectorAll("[data-login]")) {
  card.addEventListener("click", () => offerSignIn(card));
}
form.addEventListener("submit", signIn);
at("enter-close").addEventListener("click", () => dialog.close());

// -- traffic ---------------------------------------------------------------------------------

const traffic = at("traffic");
const button = at("traffic-switch");
const POLL_MS = 3000;

function show(state) {
  button.setAttribute("aria-checked", String(state.on));
  for (const figure of traffic.querySelectorAll("[data-figure]")) {
    figure.textContent = state[figure.dataset.figure];
  }
}

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch("/demo/traffic");
    if (answer.ok) show(await answer.json());
  } catch {
    // The hub restarts; the next look finds it again.
  }
}

async function toggle() {
  const on = button.getAttribute("aria-checked") !== "true";
  button.disabled = true;
  try {
    const answer = await send("/demo/traffic", { on });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
    say(at("traffic-said"), on ? traffic.dataset.on : traffic.dataset.off, false);
  } catch {
    say(at("traffic-said"), traffic.dataset.failed, true);
  }
  button.disabled = false;
  button.focus();
}

button.addEventListener("click", toggle);
document.addEventListener("visibilitychange", look);
setInterval(look, POLL_MS);
look();

// -- shared ----------------------------------------------------------------------------------

function send(path, body) {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

function say(place, text, bad) {
  place.textContent = text;
  place.classList.toggle("bad", bad);
}
