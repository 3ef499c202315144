"""Words of `hub.domain.calls` as JSON objects and back: in the outbox, and to other processes.

Strict: an unknown word or field is `Invalid`. Each object names its class in `is`.
"""

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, Final

from hub.domain import calls
from hub.domain.errors import Invalid

WORDS: Final[dict[str, Any]] = dict(inspect.getmembers(calls, dataclasses.is_dataclass))

Read = Callable[[Any], Any]


def to_wire(value: Any) -> Any:
    """Return a word, or a tuple of words, as what JSON can hold."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = {f.name: to_wire(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"is": type(value).__name__, **named}
    if isinstance(value, (tuple, list)):
        return [to_wire(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def from_wire(raw: Any) -> Any:
    """Return the word; raise `Invalid` for what is none."""
    if not isinstance(raw, dict):
        raise Invalid("not_a_word", "an object with `is` was expected")
    cls = WORDS.get(str(raw.get("is")))
    if cls is None:
        raise Invalid("unknown_word", f"no word {raw.get('is')!r}")
    return _build(cls, raw)


def program_from(raw: Any) -> calls.Program:
    """Return a program; raise `Invalid`."""
    if not isinstance(raw, list):
        raise Invalid("not_a_program", "a list of steps was expected")
    return tuple(from_wire(step) for step in raw)


def _build(cls: Any, raw: dict[str, Any]) -> Any:
    readers = _readers(cls)
    given = {name: value for name, value in raw.items() if name != "is"}
    if unknown := sorted(given.keys() - readers.keys()):
        raise Invalid("unknown_field", f"{cls.__name__} has no {unknown}")
    try:
        return cls(**{name: readers[name](value) for name, value in given.items()})
    except (TypeError, ValueError, KeyError) as error:
        raise Invalid("bad_field", f"{cls.__name__}: {type(error).__name__}") from None


@cache
def _readers(cls: Any) -> dict[str, Read]:
    hints = typing.get_type_hints(cls)
    return {field.name: _reader(hints[field.name]) for field in dataclasses.fields(cls)}


def _reader(hint: Any) -> Read:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        kinds = [kind for kind in args if kind is not type(None)]
        inner = _reader(kinds[0]) if len(kinds) == 1 else from_wire
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = _reader(args[0])
        return lambda value: tuple(item(one) for one in value)
    if dataclasses.is_dataclass(hint):
        return from_wire
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _exactly(hint)


def _exactly(kind: Any) -> Read:
    def read(value: Any) -> Any:
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if type(value) is not kind:
            raise TypeError(kind)
        return value

    return read
