/** The channels on which people write and wait, with nobody at the other end just now. */
import type { ContactView } from "../../contract.ts";

export const MAIL = "email";
export const SMS = "sms";

export const isWritten = ({ channel }: ContactView): boolean =>
  channel === MAIL || channel === SMS;
