/** A talk in short: read from the log by the hub, put into words here, for the agent to change. */
import { signal } from "@preact/signals";
import type { ContactView } from "../../contract.ts";
import { both, exactTime } from "../../i18n/index.ts";
import { matterName } from "../../i18n/matter.ts";
import { http } from "../../lib/http.ts";
import { draft, draftOf } from "../model/drafts.ts";
import { setup } from "../model/store.ts";
import { t as banking } from "../record/banking/texts.ts";
import { learnedWords } from "../talk/learned.ts";
import { t } from "./texts.ts";

export interface Deed {
  kind: "order" | "case" | "task";
  what: string;
  reference: string;
  state: string;
  due_at: number | null;
}
export interface InShort {
  wants: string;
  matters: string[];
  deeds: Deed[];
  promised: Record<string, string>;
  failed: Record<string, string>;
  /** What the rules suggest; null: nothing. */
  outcome: string | null;
}

/** By contact; "failed": the hub did not answer. */
export const known = signal<Readonly<Record<string, InShort | "failed">>>({});

export async function learn(contactId: string): Promise<InShort | "failed"> {
  const body = { contact_id: contactId };
  const found = await http<InShort>("POST", "/api/assist/summary", body).catch(
    () => "failed" as const,
  );
  known.value = { ...known.value, [contactId]: found };
  return found;
}

/** One line for each thing; empty where the log holds nothing. */
export function inWords(one: InShort): string {
  const lines = [asked(one), ...one.deeds.map(deedWords)];
  for (const [matter, reference] of Object.entries(one.promised)) {
    lines.push(t("promised", { matter: matterName(matter), reference }));
  }
  for (const [matter, code] of Object.entries(one.failed)) {
    const why = learnedWords(`failed:${matter}`, code)?.[1] ?? code;
    lines.push(t("not_done", { matter: matterName(matter), why }));
  }
  return lines.filter(Boolean).join("\n");
}

function asked({ matters, wants }: InShort): string {
  const named = matters.map(matterName).join(", ");
  const words = wants.trim();
  if (!named) return words ? t("asked_only_words", { wants: words }) : "";
  const key = words ? "asked_words" : "asked";
  return t(key, { matters: named, wants: words });
}

function deedWords(deed: Deed): string {
  const time = deed.due_at === null ? "" : exactTime(deed.due_at);
  switch (deed.kind) {
    case "order": {
      const what = orderName(deed.what);
      if (deed.state === "applied") return t("done", { what });
      return t("ordered", { what, state: stateName(deed.state) });
    }
    case "case": {
      const kind = labelOf(setup.value?.case_kinds, deed.what);
      return t(time ? "case_due" : "case", { number: deed.reference, kind, time });
    }
    case "task":
      return t(time ? "task_due" : "task", {
        kind: labelOf(setup.value?.task_kinds, deed.what),
        time,
      });
  }
}

type Labels = ReadonlyArray<{ code: string; label: { en: string; zh: string } }> | undefined;

function labelOf(list: Labels, code: string): string {
  const found = list?.find((one) => one.code === code);
  return found ? both(found.label) : code;
}

const orderName = (kind: string): string =>
  banking(`order_${kind}` as Parameters<typeof banking>[0]);
const stateName = (state: string): string =>
  banking(`state_${state}` as Parameters<typeof banking>[0]);

/** Put the summary at the end of the note; false where there is nothing to say. */
export function putIntoNote(contact: ContactView, one: InShort): boolean {
  const words = inWords(one);
  if (!words) return false;
  const before = draftOf(contact.id).notes.trimEnd();
  draft(contact.id, { notes: before ? `${before}\n${words}` : words });
  return true;
}
