/** Adding somebody is asking them in and, once they have answered, talking all together. */
import { effect } from "@preact/signals";
import { contacts } from "../model/store.ts";
import { merge } from "./acts.ts";
import { guests } from "./call.ts";

const wanted = new Set<string>();

export function mergeWhenUp(contactId: string): void {
  wanted.add(contactId);
}

/** Start watching; once, when the desk opens. */
export function watchAdding(): void {
  effect(() => {
    for (const [id, contact] of Object.entries(contacts.value)) {
      if (!wanted.has(id)) continue;
      const others = contact.call ? guests(contact.call) : [];
      if (contact.call === null || contact.my_role !== "owner") wanted.delete(id);
      else if (others.some((leg) => leg.state === "up")) {
        wanted.delete(id);
        merge(contact);
      }
    }
  });
}
