/** The feed as a pure fold: old state + operations = new state. Nothing is changed in place. */
import type { Increment, MessageView, Op } from "../contract.ts";

/** Any state of the feed: collections by name, values by key. */
export type Collections = Record<string, Record<string, unknown>>;

/** Apply one operation. A collection that does not change keeps its identity. */
export function apply<S extends object>(state: S, op: Op): S {
  const [verb, collection] = op;
  if (verb === "tell") return state;
  const old = (state as Collections)[collection] ?? {};
  switch (verb) {
    case "put":
      return { ...state, [collection]: { ...old, [op[2]]: op[3] } };
    case "merge": {
      const before = old[op[2]];
      if (before === undefined) return state;
      return { ...state, [collection]: { ...old, [op[2]]: { ...before, ...op[3] } } };
    }
    case "merge": {
      const before = old[op[2]];
      if (before === undefined) return state;
      return { ...state, [collection]: { ...old, [op[2]]: { ...before, ...op[3] } } };
    }
    case "drop": {
      if (!(op[2] in old)) return state;
      const { [op[2]]: _gone, ...rest } = old;
      return { ...state, [collection]: rest };
    }
    case "add": {
      const list = (old[op[2]] ?? []) as readonly MessageView[];
      return { ...state, [collection]: { ...old, [op[2]]: withMessage(list, op[3]) } };
    }
  }
}

/** Apply an increment in order; null when it does not follow our position. */
export function follow<S extends object>(
  state: S,
  position: number,
  increment: Increment,
): S | null {
  if (increment.before !== position) return null;
  return increment.ops.reduce<S>(apply, state);
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
