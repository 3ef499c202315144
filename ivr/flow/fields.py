"""What a field of a node holds, told once: reading, drawing and the page's form follow from it."""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from enum import StrEnum
from typing import Any, Final

LANGUAGES: Final = ("en", "zh")
Texts = Mapping[str, str]
"""Language -> text."""
NO_TEXTS: Final[Texts] = {}


class Is(StrEnum):
    """Kinds of fields."""

    TEXTS = "texts"
    """What callers hear, in both languages; `{name}` is a value."""
    LABEL = "label"
    """A short name in both languages, for people and for the path that agents see."""
    NEXT = "next"
    """The node that follows."""
    QUEUE = "queue"
    FLOW = "flow"
    ERRAND = "errand"
    RECORDING = "recording"
    """Name of a recording; without one a voice reads the text."""
    NUMBER = "number"
    FLAG = "flag"
    ONE_OF = "one_of"
    KEY = "key"
    TEXT = "text"
    """A short plain text."""
    NAME = "name"
    """Name of a value that the flow keeps."""
    NAMES = "names"
    WORDS = "words"
    VALUES = "values"
    """Name -> text, in which `{name}` is a value."""
    RECORDS = "records"
    """A list of little records, such as choices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One field as reading needs it."""

    name: str
    holds: Is
    must: bool
    default: Any
    least: int
    most: int
    options: tuple[str, ...]
    record: type[Any] | None


def part(
    holds: Is,
    default: Any = "",
    *,
    must: bool = False,
    least: int = 0,
    most: int = 0,
    options: tuple[str, ...] = (),
    record: type[Any] | None = None,
) -> Any:
    """Declare a field of a node; `must` asks for it, `least` and `most` bound a number."""
    kept: dict[str, Any] = {"holds": holds, "must": must, "least": least, "most": most}
    kept |= {"options": options, "record": record, "default": default}
    return field(default_factory=lambda: default, metadata=kept)


def specs_of(record: type[Any]) -> tuple[Spec, ...]:
    """Return the fields that a file may fill, in the order of the form."""
    return tuple(_spec(one) for one in fields(record) if "holds" in one.metadata)


def _spec(one: Field[Any]) -> Spec:
    kept = one.metadata
    return Spec(
        name=one.name,
        holds=kept["holds"],
        must=kept["must"],
        default=kept["default"],
        least=kept["least"],
        most=kept["most"],
        options=kept["options"],
        record=kept["record"],
    )
