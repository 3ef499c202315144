"""What is different between two documents of a flow, step by step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
SHOWN_MOST: Final = 200
NOTHING: Final = object()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `node` is empty for the flow itself."""

    what: str
    node: str
    at: tuple[str, ...]
    """Path below the step."""
    before: str
    after: str


def differences(before: Any, after: Any) -> list[Change]:
    """Return how to come from one document to the other, in the order of its steps."""
    old, new = _mapping(before), _mapping(after)
    found = list(_in_values("", (), _without_nodes(old), _without_nodes(new)))
    steps_before, steps_after = _mapping(old.get("nodes")), _mapping(new.get("nodes"))
    for name in dict.fromkeys([*steps_before, *steps_after]):
        was, now = steps_before.get(name, NOTHING), steps_after.get(name, NOTHING)
        if was is NOTHING or now is NOTHING:
            found.append(Change(ADDED if was is NOTHING else REMOVED, name, (), "", ""))
        else:
            found += _in_values(name, (), was, now)
    return found[:SHOWN_MOST]


def _in_values(node: str, at: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    if before == after and type(before) is type(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            was, now = before.get(key, NOTHING), after.get(key, NOTHING)
            yield from _in_values(node, (*at, str(key)), was, now)
    elif isinstance(before, list) and isinstance(after, list):
        for index in range(max(len(before), len(after))):
            was, now = (one[index] if index < len(one) else NOTHING for one in (before, after))
            yield from _in_values(node, (*at, str(index)), was, now)
    elif before is NOTHING or after is NOTHING:
        what = ADDED if before is NOTHING else REMOVED
        yield Change(what, node, at, _told(before), _told(after))
    else:
        yield Change(CHANGED, node, at, _told(before), _told(after))


def _told(value: Any) -> str:
    if value is NOTHING:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_told(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_told(one) for one in value)
    return str(value)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _without_nodes(document: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in document.items() if key != "nodes"}
