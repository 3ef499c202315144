import { BankChat } from "./element.ts";

// A page that loads the script twice has one chat.
if (!customElements.get("bank-chat")) customElements.define("bank-chat", BankChat);
