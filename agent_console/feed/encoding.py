"""Feed frames as text, put together from parts that were encoded once."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from hub.domain.codec import plain
from hub.domain.json_text import dumper, quote

__all__ = ["dump", "quote"]

dump: Final = dumper(default=plain)
"""A value as JSON; a frozen value of the domain is written as the fields it has."""

_EVENT: Final = "42"
"""Engine.IO message (4) that is a Socket.IO event (2) of the default namespace."""


class Op(NamedTuple):
    """One operation of an increment; `value` is JSON already."""

    verb: str
    collection: str
    key: str
    value: str = ""


def put(collection: str, key: str, value: object) -> Op:
    """Return a `put` of a value that is not JSON yet."""
    return Op("put", collection, key, dump(value))


def drop(collection: str, key: str) -> Op:
    """Return a `drop`."""
    return Op("drop", collection, key)


def tell(kind: str, payload: object) -> Op:
    """Return a `tell`: ephemeral, kept by nobody."""
    return Op("tell", kind, "", dump(payload))


def feed_frame(before: int, ops: Iterable[Op]) -> str:
    """Return the packet of one increment."""
    body = ",".join(map(_encode, ops))
    return f'{_EVENT}["feed",{{"before":{before},"position":{before + 1},"ops":[{body}]}}]'


def snapshot_frame(position: int, server_now: float, state: Mapping[str, Mapping[str, str]]) -> str:
    """Return the packet of a snapshot: values by collection and key, JSON already."""
    body = ",".join(f"{quote(name)}:{_object(values)}" for name, values in state.items())
    fields = f'"position":{position},"server_now":{server_now!r},"state":{{{body}}}'
    return f'{_EVENT}["snapshot",{{{fields}}}]'


def closing_frame(reason: str) -> str:
    """Return the packet that says why the socket is about to close."""
    return f'{_EVENT}["closing",{{"reason":{quote(reason)}}}]'


def fold(
    state: dict[str, dict[str, str]], ops: Iterable[Op]
) -> tuple[dict[str, dict[str, str]], list[Op]]:
    """Put and drop into a state; return it with the operations that need a page to apply."""
    rest: list[Op] = []
    for op in ops:
        if op.verb == "put":
            state.setdefault(op.collection, {})[op.key] = op.value
        elif op.verb == "drop":
            state.get(op.collection, {}).pop(op.key, None)
        else:
            rest.append(op)
    return state, rest


def _encode(op: Op) -> str:
    verb, collection, key, value = op
    if verb == "drop":
        return f'["drop","{collection}",{quote(key)}]'
    if verb == "tell":
        return f'["tell","{collection}",{value}]'
    return f'["{verb}","{collection}",{quote(key)},{value}]'


def _object(values: Mapping[str, str]) -> str:
    return "{" + ",".join(f"{quote(key)}:{value}" for key, value in values.items()) + "}"
