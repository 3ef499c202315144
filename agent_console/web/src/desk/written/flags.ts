/** The flags of a letter in words, the grave ones apart. Codes: `channels/email/parse/flags.py`. */
import type { Tone } from "../../ui/index.ts";
import { t } from "./texts.ts";

const FLAGS = {
  addresses_cut: "risk",
  auth_forged: "bad",
  base64_broken: "risk",
  boundary_missing: "risk",
  by_another: "risk",
  calendar: "line",
  charset_errors: "risk",
  charset_mislabelled: "line",
  charset_unknown: "risk",
  date_unreadable: "line",
  encoding_unknown: "risk",
  encrypted_pgp: "risk",
  encrypted_smime: "risk",
  header_cut: "risk",
  headers_cut: "risk",
  html_cut: "line",
  image_embedded: "line",
  name_is_address: "bad",
  no_header_end: "line",
  nul: "line",
  parameters_cut: "line",
  parts_cut: "risk",
  reply_cut: "line",
  signed_pgp: "line",
  signed_smime: "line",
  text_cut: "risk",
  tnef: "risk",
  too_costly: "bad",
  too_deep: "risk",
  unclosed: "risk",
  unreadable: "bad",
  utf7_refused: "bad",
} satisfies Record<string, Tone>;

type Flag = keyof typeof FLAGS;

/** Said by other marks already. */
const SAID = new Set(["remote_content", "from_ambiguous", "from_missing"]);

const isFlag = (code: string): code is Flag => code in FLAGS;

export const shownFlags = (codes: readonly string[]): string[] =>
  codes.filter((code) => !SAID.has(code));

export const flagName = (code: string): string => (isFlag(code) ? t(`flag_${code}`) : code);

export const flagTone = (code: string): Tone => (isFlag(code) ? FLAGS[code] : "risk");
