/** Which page stands beside the running contacts; the address keeps it (`/console#tasks`). */
import { signal } from "@preact/signals";

const named = (): string => location.hash.replace(/^#/, "").split("/")[0] ?? "";

/** Empty while the contacts have the desk. */
export const viewId = signal(named());

addEventListener("hashchange", () => (viewId.value = named()));

/** Back to the contacts. */
export function leaveView(): void {
  if (viewId.value === "") return;
  history.pushState(null, "", location.pathname);
  viewId.value = "";
}
