"""Reads articles for their meaning: makes vectors in the background and finds nearest articles.

A vector costs 20 to 200 ms of a core, so articles are read one by one in a thread of low priority,
and what was read before is taken from the store. Until an article is read its words find it.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
import structlog

from hub.domain.articles import Article
from hub.domain.errors import HubError
from hub.journey.articles.vectors import KeptVectors, keep_vectors, kept_vectors
from hub.journey.context import Hub
from hub.ports import Embedder
from hub.store.wake import Wake
from knowledge_base.library import Library
from knowledge_base.meanings import Floats
from knowledge_base.stretches import key_of, stretches

NICE: Final = 10
KEPT_AT_ONCE: Final = 20
"""Articles of one unit: writes stay short."""
log = structlog.get_logger(__name__)


class MeaningReader:
    """Gives the library the vectors of what is on its shelves."""

    def __init__(self, hub: Hub, library: Library, name: str, make: Callable[[], Embedder]) -> None:
        """`make` gives a model of its own, named `name`: it is there while there is work."""
        self._hub, self._library = hub, library
        self._name, self._make = name, make
        self._embedder: Embedder | None = None
        self._wake = Wake(hub.clock)
        self._kept: dict[tuple[str, str], KeptVectors] = {}
        self._fresh: list[KeptVectors] = []

    def ring(self) -> None:
        """Look again: an article has changed."""
        self._wake.ring()

    async def run(self) -> None:
        """Read what nobody has read yet, until cancelled."""
        found = await kept_vectors(self._hub.reader)
        self._kept = {(one.slug, one.language): one for one in found}
        with ThreadPoolExecutor(1, "article-meanings", _be_nice) as threads:
            while True:
                for article in self._library.unread():
                    await self._read(article, threads)
                await self._keep()
                self._embedder = None
                await self._wake.wait()

    async def _read(self, article: Article, threads: ThreadPoolExecutor) -> None:
        texts = stretches(article.text)
        key, name = key_of(self._name, texts), (article.slug, article.language)
        kept = self._kept.get(name)
        if kept is None or kept.key != key:
            vectors = await self._vectors(texts, threads)
            data = vectors.astype(np.float16).tobytes()
            kept = self._kept[name] = KeptVectors(*name, key, data)
            self._fresh.append(kept)
        self._library.give_meaning(article, _rows(kept, texts))
        if len(self._fresh) >= KEPT_AT_ONCE:
            await self._keep()
        # Thousands of articles that were read before would hold the loop.
        await asyncio.sleep(0)

    async def _vectors(self, texts: Sequence[str], threads: ThreadPoolExecutor) -> Floats:
        embedder = self._embedder = self._embedder or self._make()
        loop = asyncio.get_running_loop()
        # One by one, so that the hub can end in the middle of a long article.
        made = [await loop.run_in_executor(threads, embedder.vectors, [one]) for one in texts]
        return np.concatenate(made)

    async def _keep(self) -> None:
        fresh, self._fresh = self._fresh, []
        if not fresh:
            return
        try:
            await keep_vectors(self._hub, fresh)
        except HubError:
            # The library has them; the next start makes them again.
            log.warning("article_vectors_not_kept", count=len(fresh))


def take_kept(library: Library, kept: Iterable[KeptVectors], embedder: Embedder) -> None:
    """Give a library the vectors that were made before, of texts that are the same still."""
    known = {(one.slug, one.language): one for one in kept}
    for article in library.unread():
        texts = stretches(article.text)
        one = known.get((article.slug, article.language))
        if one is not None and one.key == key_of(embedder.name, texts):
            library.give_meaning(article, _rows(one, texts))


def _rows(kept: KeptVectors, texts: Sequence[str]) -> Floats:
    return np.frombuffer(kept.data, np.float16).reshape(len(texts), -1).astype(np.float32)


def _be_nice() -> None:
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
