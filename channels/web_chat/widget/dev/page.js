// The bank's page: makes the element from the address.
const asked = new URLSearchParams(location.search);
const chat = document.createElement("bank-chat");
chat.setAttribute("widget", "northmere");
for (const name of ["lang", "theme", "accent", "brand"])
  if (asked.get(name)) chat.setAttribute(name, asked.get(name));
document.body.append(chat);
if (asked.get("view") !== "launcher") chat.open();
