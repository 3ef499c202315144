"""Taught sentences: the document of a version, judged; as examples, and as a file of Rasa's."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from bot.definition.values import LANGUAGES, Definition
from bot.engine.train import OUTSIDE, Example
from hub.domain.errors import Invalid
from hub.text.fold import fold, words

KIND: Final = "assistant"
NAME: Final = "taught"
"""Under which versions and drafts are kept."""
NOTHING: Final[Mapping[str, Any]] = {"sentences": []}
TEXT_MOST: Final = 300
SENTENCES_MOST: Final = 2_000
_KEYS: Final = {"text", "intent", "language"}


class Taught(NamedTuple):
    """A sentence that a person gave an intent."""

    text: str
    intent: str
    language: str


def taught_in(document: Mapping[str, Any]) -> list[Taught]:
    """Return the sentences of a document; raise `Invalid("bad_sentences")` for another form."""
    rows = document.get("sentences")
    if not isinstance(rows, list) or len(rows) > SENTENCES_MOST:
        raise Invalid("bad_sentences", f"at most {SENTENCES_MOST} sentences")
    return [_taught(row) for row in rows]


def _taught(row: Any) -> Taught:
    if not isinstance(row, dict) or row.keys() != _KEYS:
        raise Invalid("bad_sentences", "each has text, intent and language")
    if not all(isinstance(value, str) for value in row.values()):
        raise Invalid("bad_sentences", "text, intent and language are texts")
    text = " ".join(row["text"].split())
    if not compared(text) or len(text) > TEXT_MOST or not _is_plain(text):
        raise Invalid("bad_sentence", f"one line of words, up to {TEXT_MOST} characters")
    if row["language"] not in LANGUAGES:
        raise Invalid("bad_sentences", f"a language of {', '.join(LANGUAGES)}")
    return Taught(text, row["intent"], row["language"])


def _is_plain(text: str) -> bool:
    return not any(unicodedata.category(one) in ("Cc", "Cs", "Co") for one in text)


def intents_of(definition: Definition) -> list[str]:
    """Return what a sentence can be taught to mean."""
    return sorted({one.intent for one in definition.examples})


def require_sound(
    definition: Definition, kept_apart: Collection[str], document: Mapping[str, Any]
) -> None:
    """Raise `Invalid` for a document that no model should learn from.

    `kept_apart` are the sentences that models are measured on, as `compared` gives them.
    """
    known = {compared(one.text): one.intent for one in definition.examples}
    intents = set(known.values()) | OUTSIDE.intersection(intents_of(definition))
    for one in taught_in(document):
        words_of_it = compared(one.text)
        if one.intent not in intents:
            raise Invalid("unknown_intent", "choose an intent of the assistant")
        if words_of_it in kept_apart:
            raise Invalid("kept_apart", "models are measured on these words: say it differently")
        if known.setdefault(words_of_it, one.intent) != one.intent:
            raise Invalid("two_intents", "the same words mean something else already")


def compared(text: str) -> str:
    """Return the words of a sentence without case, marks and accents."""
    return " ".join(words(fold(text)))


def examples_with(definition: Definition, taught: Sequence[Taught]) -> list[Example]:
    """Return what a model learns from: the files and what was taught, no sentence twice.

    What was taught for an intent that the files do not have any more is left out.
    """
    shipped = [Example(one.text, one.intent) for one in definition.examples]
    known, intents = {one.text for one in shipped}, {one.intent for one in shipped}
    more = (Example(one.text, one.intent) for one in taught if one.text not in known)
    return [*shipped, *(one for one in more if one.intent in intents)]


def as_nlu(taught: Sequence[Taught], language: str) -> str:
    """Return the sentences of a language as a file for `config/bot/nlu/`."""
    by_intent: dict[str, list[str]] = {}
    for one in taught:
        if one.language == language:
            # Square brackets would mark a blank.
            by_intent.setdefault(one.intent, []).append(one.text.translate(_NO_BLANKS))
    lines = ['version: "3.1"', "", "nlu:" if by_intent else "nlu: []"]
    for intent in sorted(by_intent):
        lines += [f"- intent: {intent}", "  examples: |"]
        lines += [f"    - {text}" for text in by_intent[intent]]
    return "\n".join(lines) + "\n"


_NO_BLANKS: Final = str.maketrans("[]", "()")
