/** The accounts, and what can be done for one of them. */
import { signal } from "@preact/signals";
import { http } from "../../lib/http.ts";
import type { Account, Listed, Mailbox, PhoneNumber, Way } from "./types.ts";

export type Open =
  | { kind: "connect"; channel: Account["channel"] }
  | { kind: "change"; account: Account }
  | { kind: "test"; account: Account }
  | { kind: "remove"; account: Account };

export const listed = signal<Listed | null>(null);
export const failed = signal(false);
export const open = signal<Open | null>(null);
/** What the last check of an account found; empty: all is well. */
export const checked = signal<Record<string, { code: string; at: number }>>({});
export const close = (): void => void (open.value = null);

export const keyOf = (one: Pick<Account, "channel" | "account">): string =>
  `${one.channel}/${one.account}`;

export async function load(): Promise<void> {
  try {
    listed.value = await http<Listed>("GET", "/api/accounts");
    failed.value = false;
  } catch {
    failed.value = true;
  }
}

/** Do something for an account, then look again. */
export async function act<T>(account: Account, what: string, more: object = {}): Promise<T> {
  const body = { channel: account.channel, account: account.account, ...more };
  const answer = await http<T>("POST", `/api/accounts/${what}`, body);
  await load();
  return answer;
}

export async function check(account: Account): Promise<string> {
  const { code } = await act<{ code: string }>(account, "check");
  const at = listed.value?.now ?? 0;
  checked.value = { ...checked.value, [keyOf(account)]: { code, at } };
  return code;
}

export type Said = { email: Mailbox } | { sms: PhoneNumber };

export async function connect(said: Said): Promise<void> {
  await http("POST", "/api/accounts", said);
  await load();
}

export async function change(account: Account, said: Said): Promise<void> {
  await http("POST", "/api/accounts/change", { account: account.account, ...said });
  await load();
}

export type Health = "paused" | "fails" | "works" | "untried";

/** The worse of both ways; a person's pause comes before all. */
export function healthOf({ paused_at, comes, leaves }: Account): Health {
  if (paused_at !== null) return "paused";
  const states = [comes, leaves].map((way) => way?.state);
  if (states.includes("fails")) return "fails";
  return states.includes("works") ? "works" : "untried";
}

export interface Ending {
  what: "certificate" | "token" | "secret";
  at: number;
}

/** Every end of a credential once, the nearest first. Tokens are renewed by themselves. */
export function endingsOf(account: Account): Ending[] {
  const ways = [account.comes, account.leaves].filter((way): way is Way => way !== null);
  const found = new Map<string, Ending>();
  for (const way of ways) {
    for (const [what, at] of Object.entries(way.ends)) {
      found.set(`${what} ${at}`, { what: what as Ending["what"], at });
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
}

const SOON_SECONDS = 21 * 86_400;

/** Whether somebody has to see to it. */
export const isSoon = ({ what, at }: Ending, now: number): boolean =>
  what !== "token" && at - now < SOON_SECONDS;
