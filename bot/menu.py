"""The bot's data as values: what it says, offers, answers and where it hands off to."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "zh")

Texts = Mapping[str, str]
"""Language -> text, complete in both languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something a person must see to: a choice, the words that mean it, and its Queue."""

    id: str
    label: Texts
    words: tuple[str, ...]
    """Words and phrases of both languages, normalised."""
    queue: str
    question: Texts | None = None
    """Asked before the hand-off, so that the agent need not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Something the bot answers itself."""

    id: str
    label: Texts
    words: tuple[str, ...]
    text: Texts
    on_menu: bool = True
    errand: str = ""
    """What it does as an errand of the assistant: switched off, it is not answered here either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """All of the bot's data, checked."""

    greeting: Texts
    """Says that it is a bot and that a person can be had."""
    again: Texts
    """After an answer: anything else?"""
    not_understood: Texts
    handing_off: Texts
    switched_off: Texts
    """What was asked for, or all of the assistant, is switched off; a person can be had."""
    goodbye: Texts
    person_label: Texts
    person_words: tuple[str, ...]
    person_queue: str
    done_label: Texts
    done_words: tuple[str, ...]
    topics: tuple[Topic, ...]
    answers: tuple[Answer, ...]
