/** What is wrong and what to do, in the reader's words. */
import { t } from "./texts.ts";

const WORDS = {
  not_connected: "trouble_not_connected",
  imap_away: "trouble_away",
  relay_away: "trouble_away",
  carrier_away: "trouble_away",
  provider_away: "trouble_away",
  connection_lost: "trouble_away",
  sign_in_refused: "trouble_sign_in",
  provider_401: "trouble_sign_in",
  provider_403: "trouble_sign_in",
  certificate_refused: "trouble_certificate",
  folder_away: "trouble_folder",
  imap_failed: "trouble_failed",
  token_away: "trouble_token_away",
  token_refused: "trouble_token",
  not_bound: "trouble_not_bound",
  window_full: "trouble_slow",
  too_fast: "trouble_slow",
  smpp_88: "trouble_slow",
  smpp_20: "trouble_slow",
  no_relay: "trouble_no_relay",
  no_address: "trouble_no_address",
  opted_out: "trouble_opted_out",
  address_held: "trouble_opted_out",
  disk_full: "trouble_store",
  busy: "trouble_store",
  bad_setting: "trouble_setting",
  unknown_setting: "trouble_setting",
  account_suspended: "trouble_suspended",
  account_closed: "trouble_suspended",
} as const;

export function troubleWords(code: string): string {
  const key = WORDS[code as keyof typeof WORDS];
  if (key) return t(key);
  if (/^smtp_5/.test(code)) return t("trouble_refused", { code: code.slice(5) });
  if (/^smtp_4/.test(code)) return t("trouble_later", { code: code.slice(5) });
  return t("trouble_other", { code });
}
