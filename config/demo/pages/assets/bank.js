// The bank's page: who is signed in is told to the chat with the bank's own word, never by name.
const at = (id) => document.getElementById(id);
const { lang, customer } = document.body.dataset;
const number = customer.trim();

async function bankWord() {
  const answer = await fetch("/demo/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ customer: number }),
  });
  if (!answer.ok) throw new Error(`the bank gave no word: ${answer.status}`);
  return (await answer.json()).token;
}

const chat = document.createElement("bank-chat");
chat.setAttribute("widget", "demo");
chat.setAttribute("lang", lang);
if (number) chat.token = bankWord;
document.body.append(chat);

at("ask").addEventListener("click", () => chat.open());
at("help").addEventListener("click", () => chat.help());

// Who is signed in calls as themselves: the bank's word goes along behind #, which no server sees.
at("call").addEventListener("click", async (event) => {
  if (!number) return;
  event.preventDefault();
  const word = new URLSearchParams({ widget: "demo", word: await bankWord() });
  location.assign(`${event.target.href}#${word}`);
});

const dialog = at("who");
at("sign-in")?.addEventListener("click", () => dialog.showModal());
at("who-close").addEventListener("click", () => dialog.close());

// Who signs out takes the talk along: the next person at this browser shall not read it.
at("sign-out")?.addEventListener("click", async (event) => {
  event.preventDefault();
  await Promise.race([chat.forget(), new Promise((late) => setTimeout(late, 2000))]);
  location.assign(event.target.href);
});
