"""Keeps the library equal to the store: read whole at the start, then by what the log tells."""

import asyncio
from collections.abc import Callable, Sequence

import structlog

from hub.domain.errors import HubError
from hub.domain.events import ArticleEvent, ArticleRetired, DisturbanceEvent, Logged, ValueEvent
from hub.journey.articles.disturb import disturbed_now
from hub.journey.articles.read import all_in_force, all_moved, in_force
from hub.journey.context import Hub
from hub.journey.values.read import published_values
from hub.store.wake import Wake
from knowledge_base.library import Library

AGAIN_SECONDS = 1.0
log = structlog.get_logger(__name__)


class Keeper:
    """The log of all nodes comes by here, so that every node finds the same articles."""

    def __init__(
        self, hub: Hub, library: Library, changed: Callable[[], None] = lambda: None
    ) -> None:
        """`changed` is called after each change of the library."""
        self._hub, self._library = hub, library
        self._wanted: dict[tuple[str, str], None] = {}
        self._wants_values = self._wants_disturbances = False
        self._filled_at = 0.0
        self._wake = Wake(hub.clock)
        self._changed = changed

    async def open(self) -> None:
        """Follow the log, then read every article in force."""
        self._hub.journal.follow(self.follow)
        await self._read_values()
        await self._read_disturbances()
        self._library.redirects.update(await all_moved(self._hub.reader))
        articles = await all_in_force(self._hub.reader)
        # Many articles take seconds to cut into words; the event loop has others to serve.
        await asyncio.to_thread(self._library.fill, articles)

    def follow(self, batch: Sequence[Logged]) -> None:
        """Take the events of a commit."""
        for logged in batch:
            match logged.event:
                case ArticleRetired(slug=slug, language=language, moved_to=moved_to):
                    self._library.redirects[(slug, language)] = moved_to
                    self._wanted[(slug, language)] = None
                case ArticleEvent(slug=slug, language=language):
                    self._wanted[(slug, language)] = None
                case ValueEvent():
                    self._wants_values = True
                case DisturbanceEvent():
                    self._wants_disturbances = True
                case _:
                    continue
            self._wake.ring()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            try:
                await self._bring_all_up_to_date()
            except HubError:
                log.warning("articles_not_read")
                await self._hub.clock.sleep(AGAIN_SECONDS)
                continue
            now = self._hub.clock.now()
            change_at = self._library.values.next_change_at(self._filled_at)
            if change_at is None:
                await self._wake.wait()
            else:
                await self._wake.sleep(change_at - now)

    async def _bring_all_up_to_date(self) -> None:
        """Do what is wanted; what fails stays wanted."""
        change_at = self._library.values.next_change_at(self._filled_at)
        if self._wants_values or (change_at is not None and change_at <= self._hub.clock.now()):
            await self._read_values()
            self._library.fill_anew()
        if self._wants_disturbances:
            await self._read_disturbances()
        while self._wanted:
            name = next(iter(self._wanted))
            await self._bring_up_to_date(*name)
        self._changed()

    async def _read_values(self) -> None:
        # A change that comes while they are read is wanted again.
        self._wants_values, self._filled_at = False, self._hub.clock.now()
        try:
            self._library.values.take(await published_values(self._hub.reader))
        except HubError:
            self._wants_values = True
            raise

    async def _read_disturbances(self) -> None:
        self._wants_disturbances = False
        try:
            self._library.disturbances = await disturbed_now(self._hub)
        except HubError:
            self._wants_disturbances = True
            raise

    async def _bring_up_to_date(self, slug: str, language: str) -> None:
        del self._wanted[(slug, language)]
        try:
            article = await in_force(self._hub, slug, language)
        except HubError:
            self._wanted[(slug, language)] = None
            raise
        if article is None:
            self._library.drop(slug, language)
        else:
            self._library.put(article)
