"""The assistant's models on this node: which is in force, and one that is being trained.

The model in force follows the published sentences: read at the start, on signals, now and then.
A node that lacks its file trains it, and answers by the old one meanwhile. The model of the shipped
sentences comes with them, so that a new hub understands its first customer.
"""

import asyncio
import json
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import structlog

from bot.definition.values import Definition
from bot.engine.train import Example, version_of
from bot.intents import Intents
from bot.teaching.sentences import KIND, NAME, NOTHING, compared, examples_with, taught_in
from hub.domain.errors import HubError, Refused
from hub.journey.context import Hub
from hub.journey.set_up.rules import TOPIC
from hub.journey.set_up.versions import document_of, newest, seed
from hub.journey.teaching.models import keep_model
from hub.ports import Clock, Embedder
from hub.store.wake import Wake

log = structlog.get_logger(__name__)
POLL_SECONDS: Final = 15.0
PROGRESS: Final = "assistant_training"
"""Signal that tells all nodes how far a training is."""
SILENT_SECONDS: Final = 300.0
"""A training that says nothing for so long is over: its node was lost."""
MODELS_KEPT: Final = 20
OWN_AFTER_SECONDS: Final = 600.0
"""So long after the start a node trains what came with the files itself: with the vectors it keeps
then, a teacher waits for the new sentences only."""
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What is to be trained: a document, with or without vectors."""

    document: Mapping[str, Any]
    engine: str
    """embedded | ngrams"""
    against: str | None = None
    """Measure it beside this version; None: do not measure."""


Beside = Callable[[Lesson, Told], Awaitable[Mapping[str, Any]]]
"""Trains in a process of its own; returns `version`, `train_seconds` and what was measured."""


@dataclass(slots=True)
class _Wanted:
    by: str
    document: Mapping[str, Any]


@dataclass(slots=True)
class Teacher:
    """Follows and trains; `bot.teaching.editor` is what the page asks."""

    definition: Definition
    intents: Intents
    embedder: Embedder | None
    beside: Beside
    folder: Path
    """Where the files of models lie."""
    shipped: Path | None = None
    """The model that came with the sentences."""
    unseen: Sequence[Example] = ()
    """Sentences kept apart, to measure with."""
    number: int = 0
    """The version of sentences whose model answers on this node."""
    progress: Mapping[str, Any] = field(default_factory=dict)
    """How far the last training is, on whichever node: `state` working, done or failed."""
    _wanted: _Wanted | None = None
    _bell: Wake | None = None
    _clock: Clock | None = None
    _told_at: float = 0.0
    _failed: set[str] = field(default_factory=set)
    _own_at: float = math.inf

    @property
    def kept_apart(self) -> frozenset[str]:
        """The sentences that models are measured on, as they are compared."""
        return frozenset(compared(one.text) for one in self.unseen)

    @property
    def told_progress(self) -> Mapping[str, Any]:
        """Return how far the last training is; one that fell silent has ended with its node."""
        is_silent = self._clock is not None and self._clock.now() > self._told_at + SILENT_SECONDS
        is_over = is_silent and self.progress.get("state") == "working"
        return {"state": "failed"} if is_over else self.progress

    def version_of(self, document: Mapping[str, Any]) -> str:
        """Return the name of the model that these sentences give here."""
        return version_of(self._examples(document), self.embedder)

    def file_of(self, version: str) -> Path:
        """Return where a model is kept."""
        return self.folder / f"model-{version}.npz"

    async def run(self, hub: Hub) -> None:
        """Follow what is published, and train what is asked for, until cancelled."""
        self._bell = bell = Wake(hub.clock)
        self._clock = hub.clock
        self._own_at = hub.clock.now() + OWN_AFTER_SECONDS
        ends = (
            hub.signal.subscribe(TOPIC, lambda _kind: bell.ring()),
            hub.signal.subscribe(PROGRESS, self._hear),
        )
        try:
            await seed(hub, KIND, NAME, NOTHING)
            while True:
                await self._work(hub)
                await bell.sleep(POLL_SECONDS)
        finally:
            self._bell = None
            for end in ends:
                end()

    def want(self, by: str, document: Mapping[str, Any]) -> None:
        """Have the sentences trained and measured; raise `Refused` while another training runs."""
        if self._bell is None:
            raise Refused("not_ready", "the assistant is not started yet")
        if self._wanted is not None or self.told_progress.get("state") == "working":
            raise Refused("training_already", "wait until the training that runs is done")
        self._wanted = _Wanted(by, document)
        self._note({"state": "working", "done": 0, "of": 1})
        self._bell.ring()

    async def _work(self, hub: Hub) -> None:
        try:
            await self.look(hub)
        except (HubError, OSError):
            log.warning("assistant_not_read")
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            await self._learn(hub, wanted)

    async def look(self, hub: Hub) -> None:
        """Take the model of the sentences in force."""
        number = (await newest(hub, KIND)).get(NAME, 0)
        document = await document_of(hub, KIND, NAME, number) if number else NOTHING
        version, model = self.version_of(document), self.intents.model
        if version in self._failed:
            return
        if model is not None and model.version == version:
            self.number = number
            await self._own(hub, document, version)
        elif await self._open(version):
            self.number = number
        else:
            if model is None and self.embedder is not None:
                await self._take(document, "ngrams", None)
            await self._take(document, "embedded" if self.embedder else "ngrams", self.embedder)
            if version not in self._failed:
                self.number = number

    async def _open(self, version: str) -> bool:
        if await self.intents.open(self.file_of(version), version):
            return True
        return self.shipped is not None and await self.intents.open(self.shipped, version)

    async def _own(self, hub: Hub, document: Mapping[str, Any], version: str) -> None:
        """Train the shipped model here too, when the start is long over."""
        if self.embedder is None or hub.clock.now() < self._own_at:
            return
        if not self.file_of(version).exists():
            await self._take(document, "embedded", self.embedder)

    async def _take(
        self, document: Mapping[str, Any], engine: str, embedder: Embedder | None
    ) -> None:
        version = version_of(self._examples(document), embedder)
        file = self.file_of(version)
        if not await self.intents.open(file, version):
            try:
                await self.beside(Lesson(document=document, engine=engine), lambda _, __: None)
            except TrainingFailed:
                self._failed.add(version)  # the same sentences would fail again
                return
            await self.intents.open(file, version)

    async def _learn(self, hub: Hub, wanted: _Wanted) -> None:
        """Train and measure what the page wants, telling all nodes how far it is."""

        def told(done: int, of: int) -> None:
            self._tell(hub, {"state": "working", "done": done, "of": of})

        model = self.intents.model
        lesson = Lesson(
            document=wanted.document,
            engine="embedded" if self.embedder else "ngrams",
            against=model.version if model else "",
        )
        told(0, 1)
        try:
            found = await self.beside(lesson, told)
            await self._keep(hub, wanted, found)
        except (TrainingFailed, HubError) as error:
            log.error("assistant_training_failed", why=str(error)[-500:])
            self._tell(hub, {"state": "failed"})
            return
        await asyncio.to_thread(self._tidy)
        seconds = found["train_seconds"]
        self._tell(hub, {"state": "done", "version": found["version"], "seconds": seconds})

    async def _keep(self, hub: Hub, wanted: _Wanted, found: Mapping[str, Any]) -> None:
        """Write down the new model's figures, and those of the one it was measured beside."""
        taught = len(taught_in(wanted.document))
        await keep_model(
            hub, wanted.by, found["version"], sentences=taught, figures=found["figures"],
            seconds=found["train_seconds"],
        )  # fmt: skip
        if found.get("against"):
            in_force = await document_of(hub, KIND, NAME, self.number) if self.number else NOTHING
            await keep_model(
                hub, "system", found["against"]["version"],
                sentences=len(taught_in(in_force)), figures=found["against"]["figures"],
                seconds=0.0,
            )  # fmt: skip

    def _tell(self, hub: Hub, progress: Mapping[str, Any]) -> None:
        self._note(progress)
        telling = asyncio.ensure_future(hub.signal.publish(PROGRESS, json.dumps(progress)))
        _TELLING.add(telling)
        telling.add_done_callback(_TELLING.discard)

    def _hear(self, payload: str) -> None:
        if self._wanted is None:
            self._note(json.loads(payload))

    def _note(self, progress: Mapping[str, Any]) -> None:
        self.progress = progress
        self._told_at = self._clock.now() if self._clock is not None else 0.0

    def _examples(self, document: Mapping[str, Any]) -> list[Example]:
        return examples_with(self.definition, taught_in(document))

    def _tidy(self) -> None:
        """Forget the files of models that were trained long ago."""
        in_use = self.intents.model
        files = sorted(self.folder.glob("model-*.npz"), key=lambda one: one.stat().st_mtime)
        for file in files[:-MODELS_KEPT]:
            if in_use is None or file != self.file_of(in_use.version):
                file.unlink(missing_ok=True)


class TrainingFailed(Exception):
    """The process that trains ended with an error; its last words say why."""


_TELLING: Final[set["asyncio.Future[None]"]] = set()
"""Words on their way to other nodes: kept, so that they are not forgotten half-way."""
