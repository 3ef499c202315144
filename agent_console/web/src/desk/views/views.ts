/** Pages that open beside the running contacts: the list of work stays, so no offer is missed.
 *
 * The address keeps the open one (`/console#customers`): a reload and the back button know it.
 */
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { IconName } from "../../ui/index.ts";

export interface DeskView {
  id: string;
  /** Read at each drawing: the language may change. */
  label: () => string;
  icon: IconName;
  /** Only who has this right is shown the page; the server judges again. */
  right?: string;
  /** A number that asks for attention. */
  tick?: () => number;
  load: () => Promise<ComponentType>;
}

/** In the order of the rail, after the contacts themselves. A page is one line here. */
export const views: readonly DeskView[] = [];

const named = (hash: string): DeskView | null =>
  views.find((one) => one.id === hash.replace(/^#/, "").split("/")[0]) ?? null;

/** The open page, or null while the contacts have the desk. */
export const openView = signal<DeskView | null>(named(location.hash));

addEventListener("hashchange", () => (openView.value = named(location.hash)));

/** Back to the contacts. */
export function leaveView(): void {
  if (openView.value === null) return;
  history.pushState(null, "", location.pathname);
  openView.value = null;
}
