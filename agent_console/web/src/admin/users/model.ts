/** Everybody who works here, and what can be done for one of them. */
import { computed, signal } from "@preact/signals";
import type { Both, Role } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { http } from "../../lib/http.ts";

export interface UserRow {
  id: string;
  login: string;
  name: Both;
  team: string;
  roles: Role[];
  skills: Array<[string, number]>;
  queues: string[];
  capacity_units: number;
  outside_phones: string[];
  enabled: boolean;
  must_change_password: boolean;
  has_second_factor: boolean;
  locked_until: number | null;
  seen_at: number | null;
}

export interface Named {
  id: string;
  name: Both;
}

interface Listed {
  users: UserRow[];
  skills: Named[];
  queues: Named[];
  factor_roles: string[];
}

export type Show = "enabled" | "disabled" | "locked" | "all";

export const listed = signal<Listed | null>(null);
export const failed = signal(false);
export const words = signal("");
export const show = signal<Show>("enabled");

const KEPT: Record<Show, (user: UserRow) => boolean> = {
  enabled: (user) => user.enabled,
  disabled: (user) => !user.enabled,
  locked: (user) => user.locked_until !== null,
  all: () => true,
};

/** All words must be found somewhere in what is known of a user. */
export function matches(user: UserRow, typed: string): boolean {
  const known = [user.login, user.name.en, user.name.zh, user.team, ...user.roles, ...user.queues]
    .concat(user.skills.map(([skill]) => skill))
    .join(" ")
    .toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => known.includes(word));
}

export const shown = computed(() =>
  (listed.value?.users ?? []).filter(
    (user) => KEPT[show.value](user) && matches(user, words.value.trim()),
  ),
);

export async function load(): Promise<void> {
  try {
    listed.value = await http<Listed>("GET", "/api/users");
    failed.value = false;
  } catch {
    failed.value = true;
  }
}

const pathOf = (user: UserRow, act: string): string =>
  `/api/users/${encodeURIComponent(user.id)}/${act}`;

/** Do something for a user, then look again. */
export async function act<T>(user: UserRow, what: string, body?: object): Promise<T> {
  const answer = await http<T>("POST", pathOf(user, what), body);
  await load();
  return answer;
}

export interface Given {
  login?: string;
  name_en: string;
  name_zh: string;
  team: string;
  roles: Role[];
  skills: Array<[string, number]>;
  queues: string[];
  capacity_units: number;
  outside_phones: string[];
}

/** Add a user; the answer holds a password that is shown once. */
export async function add(given: Given): Promise<{ password: string }> {
  const answer = await http<{ password: string }>("POST", "/api/users", given);
  await load();
  return answer;
}

export async function amend(user: UserRow, given: Given): Promise<void> {
  await http("POST", `/api/users/${encodeURIComponent(user.id)}`, given);
  await load();
}

export const labelOf = (known: readonly Named[], id: string): string => {
  const found = known.find((one) => one.id === id);
  return found ? both(found.name) : id;
};
