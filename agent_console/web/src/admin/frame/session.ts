/** Who looks at the page; strangers, and who still owes something at the door, go there first. */
import { signal } from "@preact/signals";
import { whoAmI, type Me } from "../../lib/http.ts";

/** undefined: not known yet; null: the hub did not answer. */
export const me = signal<Me | null | undefined>(undefined);

export async function learnMe(): Promise<void> {
  try {
    const found = await whoAmI();
    if (found && !found.owes) me.value = found;
    else location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
  } catch {
    me.value = null;
  }
}

export const may = (right: string): boolean => me.value?.rights.includes(right) ?? false;
