// The carrier's telephone: shows what is heard, sends what its holder does.

const KEYS = [..."1234567890*#"];
const EVERY_MS = 700;
const query = (selector, root = document) => root.querySelector(selector);
const cards = new Map();
let texts = {};

const asked = new URLSearchParams(location.search);
const preferred = () =>
  asked.get("lang") ??
  localStorage.getItem("language") ??
  (navigator.language.startsWith("zh") ? "zh" : "en");

async function speak(language) {
  texts = await (await fetch(`/carrier/files/${language}.json`)).json();
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = texts.title;
  localStorage.setItem("language", language);
  query("#language").lang = language === "zh" ? "en" : "zh-Hans";
  label(document);
  for (const card of cards.values()) card.remove();
  cards.clear();
}

function label(root) {
  for (const node of root.querySelectorAll("[data-text]")) {
    node.textContent = texts[node.dataset.text];
  }
}

async function act(what) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/carrier/do", {
    method: "POST",
    headers,
    body: JSON.stringify(what),
  });
  trouble(answer.ok ? "" : texts.odd_number);
  await look();
}

function trouble(text) {
  const place = query("#trouble");
  place.hidden = !text;
  if (place.textContent !== text) place.textContent = text;
}

function stateOf(call) {
  if (call.is_over) return texts[`status_${call.status}`];
  if (call.is_held) return texts.held;
  if (call.is_waiting) return texts.waiting;
  if (call.in_room) return texts.in_room;
  return texts[`status_${call.status}`];
}

function cardOf(call) {
  const card = query("#call").content.firstElementChild.cloneNode(true);
  label(card);
  query("h3", card).textContent = call.is_incoming ? call.from : `→ ${call.to}`;
  const keypad = query(".keypad", card);
  keypad.setAttribute("aria-label", texts.keys);
  for (const key of KEYS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = key;
    button.onclick = () => act({ act: "press", call: call.call, keys: key });
    keypad.append(button);
  }
  for (const name of ["answer", "refuse", "hang_up"]) {
    query(`.${name}`, card).onclick = () => act({ act: name, call: call.call });
  }
  const form = query(".speak", card);
  form.onsubmit = (event) => {
    event.preventDefault();
    act({ act: "say", call: call.call, words: form.words.value });
    form.reset();
  };
  return card;
}

function show(call) {
  const card = cards.get(call.call) ?? cardOf(call);
  cards.set(call.call, card);
  query(".state", card).textContent = stateOf(call);
  const isRinging = call.status === "ringing" && !call.is_incoming;
  for (const name of ["answer", "refuse"]) query(`.${name}`, card).hidden = !isRinging;
  query(".hang_up", card).hidden = isRinging;
  query(".acts", card).hidden = call.is_over;
  const heard = query(".heard", card);
  const last = Number(heard.dataset.last ?? 0);
  const fresh = call.heard.slice(call.heard.length - Math.max(0, call.heard_in_all - last));
  for (const one of fresh) heard.append(line(one));
  heard.dataset.last = call.heard_in_all;
  if (fresh.length) heard.scrollTop = heard.scrollHeight;
  return card;
}

function line(one) {
  const item = document.createElement("li");
  const kind = document.createElement("span");
  kind.className = "kind";
  kind.textContent = `${texts[`kind_${one.kind}`]}: `;
  item.append(kind, one.kind === "play" ? one.text.split("/").pop() : one.text);
  return item;
}

async function look() {
  try {
    const state = await (await fetch("/carrier/state")).json();
    const to = query("select");
    if (!to.options.length) to.append(...state.numbers.map((number) => new Option(number)));
    query("#none").hidden = state.calls.length > 0;
    const shown = state.calls.map(show);
    const place = query("#calls");
    if (shown.some((card, at) => place.children[at] !== card)) place.replaceChildren(...shown);
    query("#complaints").hidden = !state.complaints.length;
    query("#complaints ul").replaceChildren(
      ...state.complaints.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
    );
    if (query("#trouble").textContent === texts.away) trouble("");
  } catch {
    trouble(texts.away);
  }
}

query("#dial").onsubmit = (event) => {
  event.preventDefault();
  const { from, to } = event.target;
  if (!/^\+[1-9][0-9]{6,14}$/.test(from.value)) return trouble(texts.odd_number);
  return act({ act: "dial", from: from.value, to: to.value });
};
query("#language").onclick = () => speak(document.documentElement.lang.startsWith("zh") ? "en" : "zh").then(look);

await speak(preferred() === "zh" ? "zh" : "en");
await look();
setInterval(look, EVERY_MS);
