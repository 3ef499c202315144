"""Example sentences and synonyms from nlu files; a language is the name of its file."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.definition.lined import Lined
from bot.definition.mistakes import Mistakes
from bot.definition.values import Said

_BLANK: Final = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<entity>\w+)\)")
_LEFT_OVER: Final = re.compile(r"\]\s*[({]")
KINDS: Final = ("intent", "synonym", "regex", "lookup")


class Sentences:
    """What the nlu files of both languages say, gathered."""

    def __init__(self, mistakes: Mistakes) -> None:
        self._mistakes = mistakes
        self.examples: list[Said] = []
        self.where: dict[str, tuple[Path, int]] = {}
        """Where an intent was met first."""
        self.entities: dict[str, tuple[Path, int]] = {}
        self._values: dict[str, str] = {}
        self._blanks: dict[str, set[str]] = {}

    def read(self, path: Path, document: Lined) -> None:
        """Take in one file."""
        for one in document.get("nlu") or ():
            kind = next((kind for kind in KINDS if kind in one), None)
            if kind is None:
                keys = ", ".join(KINDS)
                self._mistakes.note(path, one.line, "an entry of no kind", f"begin with {keys}")
                continue
            name = str(one[kind])
            for line, text in _lines(one):
                self._take(kind, name, path, line, text)

    def synonyms(self) -> dict[str, dict[str, str]]:
        """Return words and values by the entity that examples mark them as."""
        found: dict[str, dict[str, str]] = {}
        meant: dict[str, set[str]] = {}
        for words, value in self._values.items():
            meant.setdefault(value, set()).update(self._blanks.get(words, ()))
        for words, value in self._values.items():
            for entity in meant[value]:
                found.setdefault(entity, {})[words] = value
        return found

    def _take(self, kind: str, name: str, path: Path, line: int, text: str) -> None:
        if kind == "synonym":
            self._values[text.casefold()] = name
        elif kind == "intent":
            self.where.setdefault(name, (path, line))
            for blank in _BLANK.finditer(text):
                self.entities.setdefault(blank["entity"], (path, line))
                self._blanks.setdefault(blank["words"].casefold(), set()).add(blank["entity"])
            bare = _BLANK.sub(lambda blank: blank["words"], text)
            if _LEFT_OVER.search(bare):
                self._mistakes.note(
                    path, line, "a blank that is not closed", "write [words](entity)"
                )
            self.examples.append(Said(text=bare, intent=name, language=path.stem))


def _lines(one: Lined) -> Iterator[tuple[int, str]]:
    """The examples of an entry with their lines."""
    first = one.at("examples")
    for number, line in enumerate(str(one.get("examples") or "").splitlines(), 1):
        bare = line.strip()
        if bare.startswith("- "):
            yield first + number, bare.removeprefix("- ").strip()
