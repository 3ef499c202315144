/** Older pages of the watched conversations. */
import { olderPages } from "../../feed/index.ts";
import { feed } from "./store.ts";

export const older = olderPages(feed);
