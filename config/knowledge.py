"""The knowledge base: its files in the set-up folder, its library in memory, its keeper."""

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy.engine import make_url

from config.dated_values import VALUES_FILE, read_values
from config.problems import CannotStart, ExitCode
from config.settings import Settings
from hub.adapters.clock import SystemClock
from hub.adapters.sentences import NanoEmbedder
from hub.domain.articles import Article, ArticleText
from hub.domain.dated_values import named_in
from hub.journey.articles.bring_in import bring_in
from hub.journey.articles.name import Name
from hub.journey.articles.read import all_in_force
from hub.journey.articles.vectors import kept_vectors
from hub.journey.context import Hub
from hub.journey.values.read import bring_in_values, published_values
from hub.ports import Clock, Embedder
from hub.store.reader import Reader
from hub.store.sqlite_reader import SqliteReader
from knowledge_base.files import BadArticles, read_folder, read_synonyms
from knowledge_base.keeper import Keeper
from knowledge_base.library import Library
from knowledge_base.reader import MeaningReader, take_kept
from knowledge_base.synonyms import Synonyms

log = structlog.get_logger(__name__)

FOLDER: Final = "articles"


def lay_out(set_up_folder: Path, clock: Clock, embedder: Embedder | None = None) -> Library:
    """Return an empty library that knows the bank's synonyms."""
    try:
        return Library(clock, Synonyms(read_synonyms(set_up_folder / FOLDER)), embedder)
    except BadArticles as error:
        raise CannotStart(ExitCode.SET_UP, error.detail) from None


def read_articles(folder: Path) -> Mapping[Name, ArticleText]:
    """Return the articles of a folder; raise `CannotStart` with every mistake."""
    try:
        return read_folder(folder)
    except BadArticles as error:
        raise CannotStart(ExitCode.SET_UP, error.detail) from None


class Knowledge:
    """Brings the operator's files in, then keeps the library equal to the store."""

    def __init__(self, hub: Hub, set_up_folder: Path, embedder: Embedder | None = None) -> None:
        self._hub, self._folder = hub, set_up_folder / FOLDER
        self._texts = read_articles(self._folder)
        self._values = read_values(self._folder)
        assert isinstance(hub.articles, Library)
        self._library = hub.articles
        self._reader = _meaning_reader(hub, hub.articles, embedder)
        self._keeper = Keeper(hub, hub.articles, self._reader.ring if self._reader else _nothing)

    async def open(self) -> None:
        """Publish what the files say where nobody has published since, and read all."""
        values = await bring_in_values(self._hub, self._values)
        counts = await bring_in(self._hub, self._texts, dry=False)
        await self._keeper.open()
        self._refuse_unknown_values()
        search = "words and meaning" if self._reader else "words only"
        log.info("articles_open", values=values, search=search, **counts)

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keeper.run())
            if self._reader is not None:
                group.create_task(self._reader.run())

    def _refuse_unknown_values(self) -> None:
        mistakes = [
            f"{self._folder}/{name.language}/{name.slug}.md: line {one.line} of the text names "
            f"{{{{{one.name}}}}}, which is no value; write it into {VALUES_FILE}"
            for name, text in self._texts.items()
            for one in named_in(text.body)
            if not self._library.values.knows(one.name)
        ]
        if mistakes:
            raise CannotStart(ExitCode.SET_UP, "\n".join(mistakes))


def _meaning_reader(hub: Hub, library: Library, embedder: Embedder | None) -> MeaningReader | None:
    if embedder is None:
        return None
    return MeaningReader(hub, library, embedder.name, partial(NanoEmbedder, own=True))


def _nothing() -> None:
    return None


async def import_folder(
    settings: Settings, texts: Mapping[Name, ArticleText], *, dry: bool
) -> Mapping[str, int]:
    """Put articles in force on a stopped hub; returns what became of them."""
    from config.wiring import build  # noqa: PLC0415  it imports this file

    application = await build(settings)
    try:
        return await bring_in(application.hub, texts, dry=dry)
    finally:
        await application.foundation.close()


async def filled_library(settings: Settings, embedder: Embedder | None = None) -> Library:
    """Return a library of what is in force, or of the operator's files before the first start.

    With an embedder it knows the meaning of what the hub has read already.
    """
    library = lay_out(settings.set_up_dir, SystemClock(), embedder)
    reader = await _reader(settings)
    articles = await all_in_force(reader) if reader else []
    if reader and articles:
        library.values.take(await published_values(reader))
        library.fill(articles)
        if embedder is not None:
            take_kept(library, await kept_vectors(reader), embedder)
    else:
        folder = settings.set_up_dir / FOLDER
        library.values.take(read_values(folder))
        library.fill(
            Article(slug=n.slug, language=n.language, version=1, published_at=0.0, text=text)
            for n, text in read_articles(folder).items()
        )
    if reader:
        await reader.close()
    return library


async def _reader(settings: Settings) -> Reader | None:
    """Read beside a hub that may serve at the same time: nothing is written."""
    if settings.store_url.startswith("sqlite"):
        path = _database(settings)
        return SqliteReader(path) if path else None
    from hub.store.postgres_reader import PostgresReader  # noqa: PLC0415  an optional driver

    return await PostgresReader.open(settings.store_url)


def _database(settings: Settings) -> Path | None:
    path = Path(make_url(settings.store_url).database or "")
    return path if path.exists() else None
