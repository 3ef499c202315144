// A customer's mailbox: writes to the bank, and renews its list by itself while somebody looks.
const form = document.getElementById("write");
const list = document.getElementById("mails");
const said = document.getElementById("said");
const POLL_MS = 1500;
const FILE_BYTES = 512 * 1024;
let answers = "";
let shown = null;

async function look() {
  if (document.hidden) return;
  const whose = form.elements.as.value;
  try {
    const query = new URLSearchParams({ as: whose, lang: form.dataset.lang });
    const answer = await fetch(`/demo/mailbox/list?${query}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (whose === form.elements.as.value) show(html);
  } catch {
    say(said.dataset.away, true);
  }
}

function show(html) {
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

function chosenFile() {
  const file = form.elements.file.files[0];
  if (!file) return Promise.resolve({ file: "", file_name: "", file_type: "" });
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error);
    reader.onload = () =>
      resolve({
        file: String(reader.result).split(",")[1] ?? "",
        file_name: file.name,
        file_type: file.type,
      });
    reader.readAsDataURL(file);
  });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const file = form.elements.file.files[0];
  if (file && file.size > FILE_BYTES) return say(said.dataset.large, true);
  const { as, to, subject, text } = form.elements;
  const mail = { as: as.value, to: to.value, subject: subject.value, text: text.value, answers };
  try {
    const answer = await fetch("/demo/mailbox/send", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...mail, ...(await chosenFile()) }),
    });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    return say(said.dataset.failed, true);
  }
  answers = "";
  subject.value = "";
  text.value = "";
  form.elements.file.value = "";
  await look();
  say(said.dataset.sent, false);
});

list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-answers]");
  if (!button) return;
  answers = button.dataset.answers;
  const old = button.dataset.subject;
  form.elements.subject.value = /^(re:|回复)/i.test(old) ? old : `${form.dataset.re}${old}`;
  form.elements.text.focus();
});

form.elements.as.addEventListener("change", () => {
  answers = "";
  shown = null;
  say("", false);
  look();
});
document.addEventListener("visibilitychange", look);
setInterval(look, POLL_MS);
look();
