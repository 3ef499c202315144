"""The menu file: what the assistant says and knows, typed and checked before it speaks."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Word = Annotated[str, Field(min_length=1, max_length=40)]


class Part(BaseModel):
    """A piece of the file; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(Part):
    """One text in both languages."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    def of(self, language: str) -> str:
        """The text in a language; English where there is no such language."""
        return self.zh if language == "zh" else self.en


class Words(Part):
    """Keywords per language."""

    en: tuple[Word, ...] = Field(min_length=1)
    zh: tuple[Word, ...] = Field(min_length=1)


class Assistant(Part):
    """Its name and its standing phrases."""

    name: Texts
    greeting: Texts
    again: Texts
    missed: Texts
    handing_off: Texts
    closing: Texts


class Person(Part):
    """The way to a person."""

    label: Texts
    queue: str
    words: Words


class Thanks(Part):
    """The way to an end."""

    label: Texts
    words: Words


class Entry(Part):
    """Something a customer may ask for, by choice or by keyword."""

    code: str
    label: Texts
    words: Words


class Topic(Entry):
    """A matter for the people of one queue."""

    queue: str


class Answer(Entry):
    """A question the file itself answers."""

    text: Texts


class Menu(Part):
    """The whole file."""

    assistant: Assistant
    person: Person
    thanks: Thanks
    topics: tuple[Topic, ...] = Field(min_length=1)
    answers: tuple[Answer, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All that can be asked for, in the order it is offered."""
        return (*self.topics, *self.answers)


class MenuError(Exception):
    """The menu file cannot be used; each line of the message names the place and the remedy."""


def load(path: Path, queue_ids: Iterable[str]) -> Menu:
    """Read and check the menu; raise `MenuError` for every mistake found at once."""
    text = path.read_text(encoding="utf-8")
    try:
        menu = Menu.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise MenuError(f"{path.name}: {error}. Mend the TOML there") from None
    except ValidationError as error:
        faults = [
            f"{path.name}:{_line_of(text, fault['loc'])}: "
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}. See bot/README.md for the form"
            for fault in error.errors()
        ]
        raise MenuError("\n".join(faults)) from None
    problems = list(_problems(menu, frozenset(queue_ids)))
    if problems:
        lines = [f"{path.name}:{_line_of(text, (word,))}: {said}" for word, said in problems]
        raise MenuError("\n".join(lines))
    return menu


def _problems(menu: Menu, queue_ids: frozenset[str]) -> Iterable[tuple[str, str]]:
    seen: set[str] = set()
    for part in menu.entries:
        if part.code in seen:
            yield part.code, f"code {part.code} is used twice. Give each its own"
        seen.add(part.code)
    for queue in (menu.person.queue, *(topic.queue for topic in menu.topics)):
        if queue not in queue_ids:
            known = ", ".join(sorted(queue_ids))
            yield queue, f"there is no queue {queue}. Use one of: {known}"


def _line_of(text: str, where: tuple[int | str, ...]) -> int:
    """The first line that holds the last name of the path; 1 where none does."""
    names = [str(part) for part in where if isinstance(part, str)]
    for name in reversed(names):
        for number, line in enumerate(text.splitlines(), start=1):
            if name in line and not line.lstrip().startswith("#"):
                return number
    return 1
