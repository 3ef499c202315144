/** The send guard stopped these words: why, and what can be done. Nothing is lost. */
import { Icon } from "../../ui/index.ts";
import { t } from "../hands/texts.ts";
import { draft, draftOf } from "../model/drafts.ts";
import { discard, trySure, type Unsent } from "../model/outbox.ts";
import { draftAgain } from "../written/again.ts";

const KINDS = ["card", "person_id", "password", "code"] as const;
type Kind = (typeof KINDS)[number];
/** The hub lets nobody send these. */
const NEVER: readonly Kind[] = ["card", "password"];

const kindsIn = (detail: string): Kind[] => {
  const told = detail.split(",");
  return KINDS.filter((kind) => told.includes(kind));
};

/** What the guard found, in words. */
export const foundIn = (detail: string): string =>
  kindsIn(detail)
    .map((kind) => t(`guard_${kind}`))
    .join(t("guard_and"));

/** Put the words back into the box, in front of what is there. */
export function takeBack(one: Unsent): void {
  discard(one.key);
  if (one.command !== "note") {
    draftAgain(one.contact_id, one);
    return;
  }
  const there = draftOf(one.contact_id).note;
  draft(one.contact_id, { mode: "note", note: there ? `${one.text}\n${there}` : one.text });
  requestAnimationFrame(() => document.getElementById("composer")?.focus());
}

export function Stopped({ one }: { one: Unsent }) {
  const kinds = kindsIn(one.detail ?? "");
  const what = foundIn(one.detail ?? "");
  const mayInsist = one.command === "say" && !kinds.some((kind) => NEVER.includes(kind));
  return (
    <span class="meta breach" role="alert">
      <Icon name="shield-q" />
      {t("guard_stopped", { what })}
      <button type="button" class="linkish" onClick={() => takeBack(one)}>
        {t("guard_edit")}
      </button>
      {mayInsist && (
        <button type="button" class="linkish" onClick={() => trySure(one.key, "secret_in_text")}>
          {t("guard_sure")}
        </button>
      )}
    </span>
  );
}
