// A customer's phone: writes to the bank, shows its answers and what became of each text.

const EVERY_MS = 700;
const PICTURE_BYTES = 700_000;
const query = (selector) => document.querySelector(selector);
const [phone, write] = [query("#phone"), query("#write")];
const [log, talk] = [query("#log"), query("#talk")];
const shown = new Map();
let texts = {};
let isOff = false;

const asked = new URLSearchParams(location.search);
const preferred = () =>
  asked.get("lang") ??
  localStorage.getItem("language") ??
  (navigator.language.startsWith("zh") ? "zh" : "en");

async function speak(language) {
  texts = await (await fetch(`/carrier/files/${language}.json`)).json();
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = texts.texts_title;
  localStorage.setItem("language", language);
  query("#language").lang = language === "zh" ? "en" : "zh-Hans";
  for (const node of document.querySelectorAll("[data-text]")) {
    node.textContent = texts[node.dataset.text];
  }
  clear();
}

function clear() {
  shown.clear();
  talk.replaceChildren();
}

function trouble(text) {
  const place = query("#trouble");
  place.hidden = !text;
  if (place.textContent !== text) place.textContent = text;
}

async function act(what) {
  const answer = await fetch("/carrier/texts/do", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ mine: phone.mine.value, bank: phone.bank.value, ...what }),
  });
  trouble(answer.ok ? "" : texts.odd_text);
  await look();
  return answer.ok;
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = reject;
    reader.readAsDataURL(file);
  });
}

function stateOf(one) {
  if (!one.is_mine) return texts.texts_from_bank;
  return one.state === "taken" ? texts.texts_taken : texts.texts_under_way;
}

function show(one) {
  let item = shown.get(one.id);
  if (!item) {
    item = document.createElement("li");
    item.className = one.is_mine ? "mine" : "";
    const words = document.createElement("span");
    words.textContent = [one.text, ...Array(one.files).fill(texts.texts_a_picture)]
      .filter(Boolean)
      .join("\n");
    item.append(words, document.createElement("small"));
    shown.set(one.id, item);
    talk.append(item);
    log.scrollTop = log.scrollHeight;
  }
  const state = item.querySelector("small");
  if (state.textContent !== stateOf(one)) state.textContent = stateOf(one);
}

async function look() {
  const { mine, bank } = phone;
  try {
    const wanted = new URLSearchParams({ mine: mine.value, bank: bank.value });
    const state = await (await fetch(`/carrier/texts/state?${wanted}`)).json();
    if (!bank.options.length) {
      bank.append(...state.numbers.map((number) => new Option(number)));
      return look();
    }
    isOff = state.is_off;
    query("#power").textContent = isOff ? texts.texts_on : texts.texts_off;
    query("#none").hidden = state.texts.length > 0;
    state.texts.forEach(show);
    if (query("#trouble").textContent === texts.away) trouble("");
  } catch {
    trouble(texts.away);
  }
}

phone.onsubmit = (event) => event.preventDefault();
phone.onchange = () => {
  localStorage.setItem("mine", phone.mine.value);
  clear();
  look();
};
query("#power").onclick = () => act({ act: isOff ? "on" : "off" });
write.words.onkeydown = (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  write.requestSubmit();
};
write.onsubmit = async (event) => {
  event.preventDefault();
  const [file] = write.picture.files;
  if (!write.words.value.trim() && !file) return;
  if (file && file.size > PICTURE_BYTES) {
    trouble(texts.large_picture);
    return;
  }
  const picture = file ? { picture: await base64(file), picture_type: file.type } : {};
  if (await act({ act: "write", words: write.words.value.trim(), ...picture })) write.reset();
  write.words.focus();
};
query("#language").onclick = () =>
  speak(document.documentElement.lang.startsWith("zh") ? "en" : "zh").then(look);

phone.mine.value = asked.get("as") ?? localStorage.getItem("mine") ?? "+8613800002716";
await speak(preferred() === "zh" ? "zh" : "en");
await look();
setInterval(look, EVERY_MS);
