"""The page's fold, in Python: old state + operations = new state (`web/src/feed/apply.ts`).

Tests use it to prove that increments lead to what a fresh snapshot would show.
"""

from collections.abc import Iterable, Sequence
from typing import Any

State = dict[str, dict[str, Any]]
Op = Sequence[Any]


class Gap(Exception):
    """The increment does not follow our position; say `hello` again."""


def apply(state: State, op: Op) -> State:
    """Apply one operation; nothing is changed in place."""
    verb, collection = op[0], op[1]
    if verb == "tell":
        return state
    old = state.get(collection, {})
    if verb == "put":
        return {**state, collection: {**old, op[2]: op[3]}}
    if verb == "merge":
        if op[2] not in old:
            return state
        return {**state, collection: {**old, op[2]: {**old[op[2]], **op[3]}}}
    if verb == "drop":
        return {**state, collection: {k: v for k, v in old.items() if k != op[2]}}
    assert verb == "add", verb
    return {**state, collection: {**old, op[2]: with_message(old.get(op[2], []), op[3])}}


def apply_all(state: State, ops: Iterable[Op]) -> State:
    """Apply operations in order."""
    for op in ops:
        state = apply(state, op)
    return state


def follow(state: State, position: int, increment: dict[str, Any]) -> State:
    """Apply an increment; raise `Gap` when something before it is missing."""
    if increment["before"] != position:
        raise Gap
    return apply_all(state, increment["ops"])


def with_message(messages: list[Any], message: dict[str, Any]) -> list[Any]:
    """Insert by sequence number; the same number replaces."""
    others = [one for one in messages if one["seq"] != message["seq"]]
    return sorted([*others, message], key=lambda one: one["seq"])
