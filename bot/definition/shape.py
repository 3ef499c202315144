"""What each part of the files must be, a list, a table or words: looked at before it is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.definition.lined import Lined, LinedList
from bot.definition.mistakes import Mistakes


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text, or a number where `is_number`."""

    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """A list whose entries are all of one shape."""

    of: "Shape"


@dataclass(frozen=True, slots=True)
class Named:
    """A table with names of the author's own."""

    of: "Shape"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with known keys; what else stands in it is not ours to judge."""

    keys: Mapping[str, "Shape"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WordsOrTable:
    """A name, or a name with options."""


Shape = Words | Each | Named | Table | WordsOrTable
WORDS: Final = Words()
_CONDITION: Final = Each(Table({"name": WORDS, "value": WORDS, "active_loop": WORDS}))
_STEP: Final = Table({"intent": WORDS, "action": WORDS, "slot_was_set": Each(Table())})
_RULES: Final = Each(Table({"rule": WORDS, "condition": _CONDITION, "steps": Each(_STEP)}))
_MAPPING: Final = Table({"type": WORDS, "entity": WORDS, "intent": WORDS})
_HAND_OFF: Final = Table({"action": WORDS, "queue": WORDS, "priority": Words(is_number=True)})
_SAID: Final = Table({"text": WORDS, "condition": _CONDITION, "custom": _HAND_OFF})
_SENTENCES: Final = Table(
    dict.fromkeys(("intent", "synonym", "regex", "lookup", "examples"), WORDS)
)
DOCUMENT: Final = Table(
    {
        "intents": Each(WordsOrTable()),
        "entities": Each(WordsOrTable()),
        "actions": Each(WordsOrTable()),
        "slots": Named(Table({"mappings": Each(_MAPPING)})),
        "forms": Named(Table({"required_slots": Each(WORDS)})),
        "rules": _RULES,
        "stories": _RULES,
        "nlu": Each(_SENTENCES),
        "responses": Named(Each(_SAID)),
        "queues": Named(Each(WORDS)),
    }
)
"""Every file's; none has all of the keys."""


def check_shape(path: Path, document: Lined, mistakes: Mistakes) -> None:
    """Note every part of a document that is something else than it must be."""
    for line, where, wanted in _wrong(DOCUMENT, document, document.line, "the file"):
        mistakes.note(path, line, f"{where} is no {wanted}", f"write a {wanted} there")


def _wrong(shape: Shape, value: Any, line: int, where: str) -> Iterator[tuple[int, str, str]]:
    match shape:
        case Words(is_number=is_number):
            if isinstance(value, Lined | LinedList):
                yield line, where, "number" if is_number else "text"
            elif is_number and not isinstance(value, int):
                yield line, where, "number"
        case WordsOrTable():
            if isinstance(value, LinedList):
                yield line, where, "name"
        case Each(of=of):
            if not isinstance(value, LinedList):
                yield line, where, "list"
                return
            for at, one in zip(value.lines, value, strict=True):
                yield from _wrong(of, one, at, f"an entry of {where}")
        case Named() | Table():
            if not isinstance(value, Lined):
                yield line, where, "table"
                return
            for name, one in value.items():
                part = shape.of if isinstance(shape, Named) else shape.keys.get(name)
                if part is not None and one is not None:
                    yield from _wrong(part, one, value.at(name), name)
