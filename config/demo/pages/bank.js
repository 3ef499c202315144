// The bank's page: who is signed in is told to the chat with the bank's own word, not by name.
const at = (id) => document.getElementById(id);
const { lang, customer } = document.body.dataset;
const number = customer.trim();

async function bankWord() {
  if (!number) return null;
  const answer = await fetch("/demo/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ customer: number }),
  });
  return answer.ok ? (await answer.json()).token : null;
}

const chat = document.createElement("hub-chat");
chat.setAttribute("widget", "demo");
chat.setAttribute("lang", lang);
chat.token = bankWord;
document.body.append(chat);

at("ask").addEventListener("click", () => chat.open?.());

const dialog = at("who");
at("sign-in")?.addEventListener("click", () => dialog.showModal());
at("who-close").addEventListener("click", () => dialog.close());
at("sign-out")?.addEventListener("click", () => chat.forget?.());
