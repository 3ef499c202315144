/** What a letter says about itself, in words: pure. Codes come from `channels/email`; an unknown
 * code shows as it is. */
import type { ContactView, LetterView, MessageView } from "../../contract.ts";
import type { IconName, Tone } from "../../ui/index.ts";
import { MAIL } from "./channels.ts";
import { flagName, flagTone, shownFlags } from "./flags.ts";
import { t } from "./texts.ts";

/** A message that is drawn as a letter instead of a bubble. */
export const isLetter = (contact: ContactView, message: MessageView): boolean =>
  message.kind === "text" && (message.letter !== undefined || contact.channel === MAIL);

/** What the talk is about: the newest subject of its messages. */
export const subjectOf = (messages: readonly MessageView[]): string =>
  messages.findLast((one) => one.letter?.subject)?.letter?.subject ?? "";

export interface Mark {
  id: string;
  tone: Tone;
  icon: IconName;
  words: string;
  why?: string;
}

const AUTOMATIC = [
  "bounce",
  "receipt",
  "auto_reply",
  "auto_generated",
  "list",
  "bulk",
  "own",
] as const;

function automaticName(code: string): string {
  const known = AUTOMATIC.find((one) => one === code);
  return known ? t(`automatic_${known}`) : t("automatic");
}

const SENDER = {
  verified: { tone: "line", icon: "check" },
  claimed: { tone: "risk", icon: "shield-q" },
  ambiguous: { tone: "bad", icon: "alert" },
  none: { tone: "bad", icon: "alert" },
} as const;

/** What an agent must know before trusting or answering it. */
export function marksOf(letter: LetterView): Mark[] {
  const marks: Mark[] = [];
  const { certainty, automatic, flags, remote_count } = letter;
  if (certainty) {
    const why = t(`sender_${certainty}_why`);
    marks.push({ id: "sender", ...SENDER[certainty], words: t(`sender_${certainty}`), why });
  }
  if (automatic) {
    const words = automaticName(automatic);
    marks.push({ id: "automatic", tone: "neutral", icon: "bot", words });
  }
  for (const code of shownFlags(flags)) {
    marks.push({ id: code, tone: flagTone(code), icon: "flag", words: flagName(code) });
  }
  if (remote_count > 0) {
    const words = t("remote_out", { count: remote_count });
    marks.push({ id: "remote", tone: "line", icon: "image", words });
  }
  return marks;
}
