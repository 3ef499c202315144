"""The knowledge base: its files in the set-up folder, its library in memory, its keeper."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy.engine import make_url

from config.problems import CannotStart, ExitCode
from config.settings import Settings
from hub.adapters.clock import SystemClock
from hub.domain.articles import Article, ArticleText
from hub.journey.articles.bring_in import bring_in
from hub.journey.articles.life import Name
from hub.journey.articles.read import all_in_force
from hub.journey.context import Hub
from hub.ports import Clock
from hub.store.reader import Reader
from hub.store.sqlite_reader import SqliteReader
from knowledge_base.files import BadArticles, read_folder, read_synonyms
from knowledge_base.keeper import Keeper
from knowledge_base.library import Library
from knowledge_base.synonyms import Synonyms

log = structlog.get_logger(__name__)

FOLDER: Final = "articles"


def lay_out(set_up_folder: Path, clock: Clock) -> Library:
    """Return an empty library that knows the bank's synonyms."""
    try:
        return Library(clock, Synonyms(read_synonyms(set_up_folder / FOLDER)))
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

    def __init__(self, hub: Hub, set_up_folder: Path) -> None:
        self._hub = hub
        self._texts = read_articles(set_up_folder / FOLDER)
        assert isinstance(hub.articles, Library)
        self._keeper = Keeper(hub, hub.articles)

    async def open(self) -> None:
        """Publish what the files say where nobody has published since, and read all."""
        counts = await bring_in(self._hub, self._texts, dry=False)
        await self._keeper.open()
        log.info("articles_open", **counts)

    async def run(self) -> None:
        """Work until cancelled."""
        await self._keeper.run()


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


async def filled_library(settings: Settings) -> Library:
    """Return a library of what is in force, or of the operator's files before the first start."""
    clock = SystemClock()
    library = lay_out(settings.set_up_dir, clock)
    articles = await _stored(settings)
    if not articles:
        texts = read_articles(settings.set_up_dir / FOLDER)
        articles = [
            Article(slug=n.slug, language=n.language, version=1, published_at=0.0, text=text)
            for n, text in texts.items()
        ]
    library.fill(articles)
    return library


async def _stored(settings: Settings) -> list[Article]:
    """Read beside a hub that may serve at the same time: nothing is written."""
    if settings.store_url.startswith("sqlite"):
        path = _database(settings)
        if path is None:
            return []
        reader: Reader = SqliteReader(path)
    else:
        from hub.store.postgres_reader import PostgresReader  # noqa: PLC0415  an optional driver

        reader = await PostgresReader.open(settings.store_url)
    try:
        return await all_in_force(reader)
    finally:
        await reader.close()


def _database(settings: Settings) -> Path | None:
    path = Path(make_url(settings.store_url).database or "")
    return path if path.exists() else None
