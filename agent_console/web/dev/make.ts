/** Small makers of contract values for tests and the mock hub. Everything in them is invented. */
import type { MessageView } from "../src/contract.ts";

export function message(over: Partial<MessageView> & { seq: number }): MessageView {
  return {
    conversation_id: "conversation-1",
    contact_id: "contact-1",
    speaker: "customer",
    agent_id: null,
    name: null,
    audience: "everyone",
    kind: "text",
    text: `text ${over.seq}`,
    at: 1_778_566_000 + over.seq * 30,
    key: null,
    ...over,
  };
}
