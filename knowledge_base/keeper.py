"""Keeps the library equal to the store: read whole at the start, then by what the log tells."""

import asyncio
from collections.abc import Sequence

import structlog

from hub.domain.errors import HubError
from hub.domain.events import ArticleEvent, Logged
from hub.journey.articles.read import all_in_force, in_force
from hub.journey.context import Hub
from hub.store.wake import Wake
from knowledge_base.library import Library

AGAIN_SECONDS = 1.0
log = structlog.get_logger(__name__)


class Keeper:
    """The log of all nodes comes by here, so that every node finds the same articles."""

    def __init__(self, hub: Hub, library: Library) -> None:
        self._hub, self._library = hub, library
        self._wanted: dict[tuple[str, str], None] = {}
        self._wake = Wake(hub.clock)

    async def open(self) -> None:
        """Follow the log, then read every article in force."""
        self._hub.journal.follow(self.follow)
        articles = await all_in_force(self._hub.reader)
        # Many articles take seconds to cut into words; the event loop has others to serve.
        await asyncio.to_thread(self._library.fill, articles)

    def follow(self, batch: Sequence[Logged]) -> None:
        """Take the events of a commit."""
        for logged in batch:
            if isinstance(logged.event, ArticleEvent):
                self._wanted[(logged.event.slug, logged.event.language)] = None
                self._wake.ring()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            while self._wanted:
                await self._bring_up_to_date(*next(iter(self._wanted)))
            await self._wake.wait()

    async def _bring_up_to_date(self, slug: str, language: str) -> None:
        del self._wanted[(slug, language)]
        try:
            article = await in_force(self._hub, slug, language)
        except HubError:
            self._wanted[(slug, language)] = None
            log.warning("article_not_read", slug=slug, language=language)
            await self._hub.clock.sleep(AGAIN_SECONDS)
            return
        if article is None:
            self._library.drop(slug, language)
        else:
            self._library.put(article)
