"""What the files say, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

LANGUAGES: Final = ("en", "zh")
FALLBACK: Final = "nlu_fallback"
"""Rasa's name for a sentence that is none of the intents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An example sentence of an intent, without the marks around its blanks."""

    text: str
    intent: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Something that the talk remembers, and how a sentence fills it."""

    entity: str | None = None
    is_words: bool = False
    """The whole sentence is the answer."""
    intents: Mapping[str, bool]
    """Intent -> value: yes and no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Data of a response that gives the contact to people."""

    queue: str
    priority: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What is said, in both languages; or a hand-over, which has no words."""

    texts: Mapping[str, str]
    hand_over: HandOver | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What is done when a form has all its blanks and they are as wanted."""

    form: str
    wanted: Mapping[str, bool]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """All of it, checked."""

    slots: Mapping[str, Slot]
    forms: Mapping[str, tuple[str, ...]]
    responses: Mapping[str, Response]
    rules: Mapping[str, tuple[str, ...]]
    """Intent -> actions."""
    endings: tuple[Ending, ...]
    examples: tuple[Said, ...]
    synonyms: Mapping[str, Mapping[str, str]]
    """Entity -> words as written -> value that errands understand."""
    actions: frozenset[str] = frozenset()
    """Errands by the name that rules and forms have for them."""
    queues: Mapping[str, str] = field(default_factory=dict)
    """Intent -> the Queue of the people for it, where it is not the one for all."""
