/** Older pages of the conversations in hand. */
import { olderPages } from "../../feed/index.ts";
import { feed } from "./store.ts";

export const older = olderPages(feed);
