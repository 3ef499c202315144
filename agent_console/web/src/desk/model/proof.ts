/** Proving who speaks: what can be done now, and doing it. Codes and answers are kept nowhere. */
import { signal } from "@preact/signals";
import type { CodeVia, ScreenPop } from "../../contract.ts";
import type { Answer } from "../../feed/index.ts";
import { contacts, feed, me } from "./store.ts";

/** The contact whose panel is open. */
export const proving = signal<string | null>(null);

export interface Checked {
  proved: boolean;
  level: number;
  tries_left: number;
}

export interface Asked {
  questions: string[];
  expires_at: number;
}

const SPEAKING = ["owner", "consulted", "joined"];

/** Only who may speak to the customer proves; an offer's record is looked at, no more. */
export function mayProve(contactId: string): boolean {
  const one = contacts.value[contactId];
  const able = me.value?.rights.includes("prove_identity") ?? false;
  return able && one?.state === "assigned" && SPEAKING.includes(one.my_role);
}

export const hasRight = (right: string): boolean => me.value?.rights.includes(right) ?? false;

/** Who speaks, as a line of the record; null: the customer in person. */
export const speakerOf = (record: ScreenPop) =>
  record.persons.find((one) => one.id === record.speaker) ?? null;

export const sendCode = (contactId: string, via: CodeVia): Promise<Answer<unknown>> =>
  feed.send("send_code", { contact_id: contactId, via });

export const checkCode = (contactId: string, code: string): Promise<Answer<Checked>> =>
  feed.send<Checked>("check_code", { contact_id: contactId, code });

export const askQuestions = (contactId: string): Promise<Answer<Asked>> =>
  feed.send<Asked>("ask_questions", { contact_id: contactId });

export const checkAnswers = (
  contactId: string,
  answers: Record<string, string>,
): Promise<Answer<Checked>> =>
  feed.send<Checked>("check_answers", { contact_id: contactId, answers });

export const setSpeaker = (contactId: string, partyId: string | null): Promise<Answer<unknown>> =>
  feed.send("set_speaker", { contact_id: contactId, party_id: partyId });

export const releaseLock = (contactId: string, reason: string): Promise<Answer<unknown>> =>
  feed.send("release_lock", { contact_id: contactId, reason });

export const changeWarning = (
  command: "set_warning" | "remove_warning",
  contactId: string,
  kind: string,
  reason: string,
): Promise<Answer<unknown>> => feed.send(command, { contact_id: contactId, kind, reason });

export const askHelp = (contactId: string): Promise<Answer<unknown>> =>
  feed.send("ask_help", { contact_id: contactId });
