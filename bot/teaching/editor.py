"""`hub.ports.AssistantEditor`: what the page of administrators asks of the assistant."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

import numpy as np

from bot.dialogue.blanks import blanks
from bot.engine.model import Guess
from bot.engine.model_file import load
from bot.engine.vocabulary import Floats
from bot.engines import TellsIntents
from bot.teaching.compare import changes
from bot.teaching.groups import grouped
from bot.teaching.sentences import KIND, NAME, as_nlu, intents_of, require_sound, taught_in
from bot.teaching.teacher import Teacher
from hub.ports import Clock

VECTORS_MOST: Final = 2_000
"""Vectors of doubts that are kept in memory, and nowhere else."""


class AssistantEditor:
    """Judges, tries, groups, compares; training itself is the `Teacher`'s."""

    kind, name = KIND, NAME

    def __init__(
        self, teacher: Teacher, intents: TellsIntents, clock: Clock, zone: tzinfo, engine: str
    ) -> None:
        """`intents` tell what customers' words are taken for now; `engine` is as set."""
        self.teacher, self._intents = teacher, intents
        self._clock, self._zone, self.engine = clock, zone, engine
        self._vectors: OrderedDict[str, Floats] = OrderedDict()

    @property
    def intents(self) -> Sequence[str]:
        """What a sentence can be taught to mean."""
        return intents_of(self.teacher.definition)

    @property
    def in_force(self) -> Mapping[str, Any]:
        """The model that answers on this node now: `version`, `by`, `number`."""
        model = self.teacher.intents.model
        if model is None:
            return {"version": "", "by": "", "number": self.teacher.number}
        by = "ngrams" if model.vectors is None else "embedded"
        return {"version": model.version, "by": by, "number": self.teacher.number}

    @property
    def progress(self) -> Mapping[str, Any]:
        """How far the last training is."""
        return self.teacher.told_progress

    def version_of(self, document: Mapping[str, Any]) -> str:
        """Return the name of the model that a document gives."""
        return self.teacher.version_of(document)

    def require_sound(self, document: Mapping[str, Any]) -> None:
        """Raise `Invalid` for a document that no model should learn from."""
        require_sound(self.teacher.definition, self.teacher.kept_apart, document)

    def write(self, document: Mapping[str, Any], language: str) -> str:
        """Return a document's sentences of a language as a file of Rasa's."""
        return as_nlu(taught_in(document), language)

    def train(self, by: str, document: Mapping[str, Any]) -> None:
        """Have it trained and measured beside what is in force; `progress` tells how far."""
        self.require_sound(document)
        self.teacher.want(by, document)

    async def try_out(self, text: str, version: str) -> Mapping[str, Any]:
        """Return what words are taken for: by what answers now, or by a trained version."""
        guess = await self._guess_by(version, text) if version else await self._intents.guess(text)
        today = datetime.fromtimestamp(self._clock.now(), UTC).astimezone(self._zone).date()
        return {
            "ranking": [list(one) for one in guess.ranking] if guess else [],
            "is_known": guess.is_known if guess else False,
            "by": guess.by if guess else "",
            "blanks": blanks(text, self.teacher.definition.synonyms, today, looks_back=True),
        }

    async def _guess_by(self, version: str, text: str) -> Guess | None:
        model = await asyncio.to_thread(load, self.teacher.file_of(version))
        if model is None:
            return None
        return await asyncio.to_thread(model.classify, text, self.teacher.embedder)

    async def grouped(self, said: Sequence[tuple[str, str]]) -> list[list[int]]:
        """Return places of (key, words) that want the same, side by side."""
        return await asyncio.to_thread(self._grouped, said)

    def changes(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the sentences kept apart whose answer is another now."""
        return changes(before, after, self.teacher.unseen)

    def _grouped(self, said: Sequence[tuple[str, str]]) -> list[list[int]]:
        embedder, known = self.teacher.embedder, self._vectors
        if embedder is None or not said:
            return grouped([text for _, text in said], None)
        new = {key: text for key, text in said if key not in known}
        if new:
            known.update(zip(new, embedder.vectors(list(new.values())), strict=True))
        table = np.stack([known[key] for key, _ in said])
        while len(known) > VECTORS_MOST:
            known.popitem(last=False)
        return grouped([text for _, text in said], table)
