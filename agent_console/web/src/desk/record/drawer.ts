/** Below 1241 pixels the record is a drawer from the right. */
import { signal } from "@preact/signals";

export const drawerOpen = signal(false);
