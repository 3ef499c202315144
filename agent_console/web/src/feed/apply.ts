/** The feed as a pure fold: old state + operations = new state. Nothing is changed in place. */
import type { Increment, MessageView, Op } from "../contract.ts";

/** Any state of the feed: collections by name, values by key. */
export type Collections = Record<string, Record<string, unknown>>;

/** Apply one operation. What does not change keeps its identity. */
export const apply = <S extends object>(state: S, op: Op): S => fold(state, [op]);

/** Apply an increment in order; null when it does not follow our position. */
export function follow<S extends object>(
  state: S,
  position: number,
  increment: Increment,
): S | null {
  return increment.before === position ? fold(state, increment.ops) : null;
}

/** A collection is copied once, however many of its values change. */
function fold<S extends object>(state: S, ops: readonly Op[]): S {
  const fresh: Collections = {};
  const held = (name: string) => fresh[name] ?? (state as Collections)[name] ?? {};
  const own = (name: string) => (fresh[name] ??= { ...held(name) });
  for (const op of ops) step(op, held, own);
  return Object.keys(fresh).length === 0 ? state : { ...state, ...fresh };
}

type Of = (name: string) => Record<string, unknown>;

function step(op: Op, held: Of, own: Of): void {
  if (op[0] === "tell") return;
  const [verb, name, key] = op;
  const before = held(name)[key];
  switch (verb) {
    case "put":
      own(name)[key] = op[3];
      break;
    case "merge":
      if (before !== undefined) own(name)[key] = { ...before, ...op[3] };
      break;
    case "drop":
      if (before !== undefined) delete own(name)[key];
      break;
    case "add":
      own(name)[key] = withMessage((before ?? []) as readonly MessageView[], op[3]);
  }
}

/** Insert by sequence number; the same number replaces. Mostly it goes at the end. */
export function withMessage(list: readonly MessageView[], message: MessageView): MessageView[] {
  const last = list.at(-1);
  if (!last || last.seq < message.seq) return [...list, message];
  const at = list.findIndex((one) => one.seq >= message.seq);
  const next = [...list];
  next.splice(at, next[at]?.seq === message.seq ? 1 : 0, message);
  return next;
}

/** Join older messages (ascending) before those we have. */
export function withOlder(
  list: readonly MessageView[],
  older: readonly MessageView[],
): MessageView[] {
  const first = list[0]?.seq ?? Infinity;
  return [...older.filter((one) => one.seq < first), ...list];
}
