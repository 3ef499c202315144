/** Has this computer passed the check? Kept in this browser. */
import { recall, remember } from "../../lib/memory.ts";

const KEY = "phone.checked";

export const isChecked = (): boolean => recall(KEY) !== null;
export const markChecked = (): void => remember(KEY, "1");
