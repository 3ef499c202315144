"""Events to JSON and back, strictly: an unknown kind or field is an error, not a shrug."""

import dataclasses
import inspect
import json
import types
import typing
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, Final

from hub.domain import events
from hub.domain.errors import Invalid
from hub.domain.events import Event
from hub.domain.json_text import dumper, quote

EVENT_KINDS: dict[str, type[Event]] = {
    name: cls
    for name, cls in inspect.getmembers(events, inspect.isclass)
    if issubclass(cls, Event) and not cls.__subclasses__() and cls is not Event
}


def plain(value: Any) -> dict[str, Any]:
    """Return a frozen value's fields as they are: `asdict` copies all below them as well."""
    kind: Any = type(value)
    return {name: getattr(value, name) for name in _names(kind)}


encode_value = dumper(default=plain)
"""Returns a value of the domain as compact JSON."""


class _Texts(dict[type[Any], Callable[[Any], str]]):
    """How a value of each type is written; all but scalars by the encoder."""

    def __missing__(self, _kind: type[Any]) -> Callable[[Any], str]:
        return encode_value


_TEXTS: Final = _Texts(
    {
        str: quote,
        int: int.__repr__,
        float: float.__repr__,
        bool: {True: "true", False: "false"}.__getitem__,
        type(None): lambda _: "null",
    }
)


def encode(event: Event) -> str:
    """Return the event's body as compact JSON (its kind is stored beside it)."""
    kind: Any = type(event)
    fill, pick = _form(kind)
    text_of = _TEXTS.__getitem__
    return fill(tuple([text_of(type(value))(value) for value in pick(event)]))


@cache
def _names(cls: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls))


@cache
def _form(cls: type[Any]) -> tuple[Callable[[Any], str], Callable[[Event], tuple[Any, ...]]]:
    """Of each class the text between its values, to be filled, and how to pick these.

    Six times faster than a dict of them. Every event has more than one field.
    """
    kind: Any = cls
    names = _names(kind)
    template = "{" + ",".join(f'"{name}":%s' for name in names) + "}"
    return template.__mod__, attrgetter(*names)


def decode(kind: str, body: str) -> Event:
    """Return the event; raise `Invalid` when kind or fields are not known to this version."""
    cls = EVENT_KINDS.get(kind)
    if cls is None:
        raise Invalid("unknown_event", f"no event {kind!r}: is the database newer than the code?")
    raw, end = _load(body)
    if end != len(body):
        raise Invalid("broken_event", f"{kind} has something behind its body")
    return typing.cast(Event, _build(cls, raw))


_load = json.JSONDecoder().raw_decode


def _build(cls: Any, raw: dict[str, Any]) -> Any:
    names, readers = _readers(cls)
    if not raw.keys() <= names:
        unknown = sorted(raw.keys() - names)
        raise Invalid("unknown_event_field", f"{cls.__name__} has no {unknown}")
    for name, read in readers:
        if name in raw:
            raw[name] = read(raw[name])
    return cls(**raw)


@cache
def _readers(cls: type[Any]) -> tuple[frozenset[str], list[tuple[str, Callable[[Any], Any]]]]:
    """Return all fields, and how to read those that JSON does not hold as they are."""
    hints = typing.get_type_hints(cls)
    names = [field.name for field in dataclasses.fields(cls)]
    readers = [(name, _reader(hints[name])) for name in names]
    return frozenset(names), [(name, read) for name, read in readers if read is not _as_it_is]


def _as_it_is(value: Any) -> Any:
    return value


def _reader(hint: Any) -> Callable[[Any], Any]:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        inner = _reader(next(a for a in args if a is not type(None)))
        if inner is _as_it_is:
            return inner
        return lambda value: None if value is None else inner(value)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        item = _reader(args[0])
        return lambda value: tuple(item(v) for v in value)
    if origin is tuple:
        parts = [_reader(a) for a in args]
        return lambda value: tuple(p(v) for p, v in zip(parts, value, strict=True))
    if dataclasses.is_dataclass(hint):
        return lambda value: _build(hint, value)
    return _as_it_is
