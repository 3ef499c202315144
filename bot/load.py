"""Reading the menu file: every mistake at once, each with its line and its remedy."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.menu import LANGUAGES, Answer, Menu, Texts, Topic
from bot.words import normalise
from hub.domain.errors import Invalid

LABEL_CHARACTERS = 40
CHOICES_MOST = 10
TEXT_KEYS = ("greeting", "again", "not_understood", "handing_off", "switched_off", "goodbye")
_TABLES = {
    "say": frozenset(TEXT_KEYS),
    "person": frozenset({"label", "words", "queue"}),
    "done": frozenset({"label", "words"}),
}
_TOPIC_KEYS = frozenset({"label", "words", "queue", "question"})
_ANSWER_KEYS = frozenset({"label", "words", "text", "on_menu", "errand"})


class MenuFile(Invalid):
    """The menu file is wrong; `detail` has a line `file:line: what; remedy` per mistake."""


def load_menu(path: Path, *, queues: Collection[str]) -> Menu:
    """Return the menu; raise `MenuFile`. `queues` are the identifiers that may be handed off to."""
    try:
        text = path.read_text("utf-8")
        raw = tomllib.loads(text)
    except OSError as error:
        raise MenuFile("bot_menu", f"{path}: {error.strerror}; put the file there") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MenuFile("bot_menu", f"{path}: not valid TOML: {error}") from None
    checker = _Checker(path, text, queues)
    menu = checker.menu(raw)
    if checker.mistakes:
        raise MenuFile("bot_menu", "\n".join(checker.mistakes))
    return menu


class _Checker:
    """Builds the menu and notes what is wrong with it on the way."""

    def __init__(self, path: Path, text: str, queues: Collection[str]) -> None:
        self._path, self._lines, self._queues = path, text.splitlines(), queues
        self.mistakes: list[str] = []

    def menu(self, raw: Mapping[str, Any]) -> Menu:
        self._only(raw, {*_TABLES, "topics", "answers"}, ())
        tables = {name: self._table(raw, name, keys) for name, keys in _TABLES.items()}
        say, person, done = tables["say"], tables["person"], tables["done"]
        topics = tuple(self._topics(raw.get("topics", {})))
        answers = tuple(self._answers(raw.get("answers", {})))
        self._check_offers(topics, answers)
        return Menu(
            **{key: self._texts(say.get(key), ("say", key)) for key in TEXT_KEYS},
            person_label=self._label(person.get("label"), ("person", "label")),
            person_words=self._words(person.get("words"), ("person", "words")),
            person_queue=self._queue(person.get("queue"), ("person", "queue")),
            done_label=self._label(done.get("label"), ("done", "label")),
            done_words=self._words(done.get("words"), ("done", "words")),
            topics=topics,
            answers=answers,
        )

    def _topics(self, raw: Mapping[str, Any]) -> Iterator[Topic]:
        for name, one in raw.items():
            at = ("topics", name)
            self._only(one, _TOPIC_KEYS, at)
            question = one.get("question")
            yield Topic(
                id=name,
                label=self._label(one.get("label"), (*at, "label")),
                words=self._words(one.get("words"), (*at, "words")),
                queue=self._queue(one.get("queue"), (*at, "queue")),
                question=None if question is None else self._texts(question, (*at, "question")),
            )

    def _answers(self, raw: Mapping[str, Any]) -> Iterator[Answer]:
        for name, one in raw.items():
            at = ("answers", name)
            self._only(one, _ANSWER_KEYS, at)
            yield Answer(
                id=name,
                label=self._label(one.get("label"), (*at, "label")),
                words=self._words(one.get("words"), (*at, "words")),
                text=self._texts(one.get("text"), (*at, "text")),
                on_menu=one.get("on_menu", True) is True,
                errand=str(one.get("errand", "")),
            )

    def _check_offers(self, topics: tuple[Topic, ...], answers: tuple[Answer, ...]) -> None:
        if not topics:
            self._note((), "no [topics.NAME]", "add at least one matter to hand off")
        shown = len(topics) + sum(answer.on_menu for answer in answers)
        if shown > CHOICES_MOST:
            self._note(
                (), f"{shown} choices on the menu", f"keep {CHOICES_MOST}: set on_menu = false"
            )
        owner: dict[str, str] = {}
        for kind, offers in (("topics", topics), ("answers", answers)):
            for one in offers:
                if one.id in ("person", "done"):
                    self._note((kind, one.id), f"{one.id!r} is taken", "choose another name")
                for word in one.words:
                    if owner.setdefault(word, one.id) != one.id:
                        self._note(
                            (kind, one.id, "words"),
                            f"{word!r} already means {owner[word]!r}",
                            "keep it in one place",
                        )

    def _table(self, raw: Mapping[str, Any], name: str, keys: Collection[str]) -> dict[str, Any]:
        table = raw.get(name)
        if not isinstance(table, dict):
            self._note((), f"no table [{name}]", f"add it, with {', '.join(sorted(keys))}")
            return {}
        self._only(table, keys, (name,))
        return table

    def _only(self, raw: Any, known: Collection[str], at: tuple[str, ...]) -> None:
        if not isinstance(raw, dict):
            self._note(at, "is not a table", "write it as [table]")
            return
        for key in raw.keys() - set(known):
            self._note((*at, key), f"unknown key {key!r}", f"use {', '.join(sorted(known))}")

    def _texts(self, raw: Any, at: tuple[str, ...]) -> Texts:
        if not isinstance(raw, dict) or set(raw) != set(LANGUAGES):
            self._note(at, "needs both languages", '{ en = "...", zh = "..." }')
            return dict.fromkeys(LANGUAGES, "")
        for language, text in raw.items():
            if not isinstance(text, str) or not text.strip():
                self._note(at, f"the {language} text is empty", "write it")
        return dict(raw)

    def _label(self, raw: Any, at: tuple[str, ...]) -> Texts:
        texts = self._texts(raw, at)
        if any(len(str(text)) > LABEL_CHARACTERS for text in texts.values()):
            self._note(at, "is too long for a button", f"at most {LABEL_CHARACTERS} characters")
        return texts

    def _words(self, raw: Any, at: tuple[str, ...]) -> tuple[str, ...]:
        if not isinstance(raw, list) or not raw or not all(isinstance(w, str) for w in raw):
            self._note(at, "needs words", '["lost card", "挂失"]')
            return ()
        words = tuple(normalise(word) for word in raw)
        if not all(words):
            self._note(at, "has an empty word, which everything contains", "take it out")
        return words

    def _queue(self, raw: Any, at: tuple[str, ...]) -> str:
        if raw not in self._queues:
            self._note(
                at, f"there is no queue {raw!r}", f"use one of {', '.join(sorted(self._queues))}"
            )
        return str(raw)

    def _note(self, at: tuple[str, ...], what: str, remedy: str) -> None:
        where = f"{'.'.join(at)}: " if at else ""
        self.mistakes.append(f"{self._path}:{self._line_of(at)}: {where}{what}; {remedy}")

    def _line_of(self, at: tuple[str, ...]) -> int:
        """Return the line of the longest part of the path that is written in the file."""
        found, start = 1, 0
        for length in range(1, len(at) + 1):
            table = re.compile(r"\s*\[" + re.escape(".".join(at[:length])) + r"\]")
            key = re.compile(r"\s*" + re.escape(at[length - 1]) + r"\s*=")
            for number in range(start, len(self._lines)):
                if table.match(self._lines[number]):
                    found, start = number + 1, number
                    break
                is_next_table = number > start and self._lines[number].startswith("[")
                if length > 1 and is_next_table and start:
                    break
                if length > 1 and key.match(self._lines[number]):
                    return number + 1
        return found
