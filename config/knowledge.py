"""The knowledge base: its files in the set-up folder, its library in memory, its keeper."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import structlog

from config.problems import CannotStart, ExitCode
from hub.domain.articles import ArticleText
from hub.journey.articles.bring_in import bring_in
from hub.journey.articles.life import Name
from hub.journey.context import Hub
from hub.ports import Clock
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


def load_articles(set_up_folder: Path) -> Mapping[Name, ArticleText]:
    """Return the articles of the operator's files; raise `CannotStart` with every mistake."""
    try:
        return read_folder(set_up_folder / FOLDER)
    except BadArticles as error:
        raise CannotStart(ExitCode.SET_UP, error.detail) from None


class Knowledge:
    """Brings the operator's files in, then keeps the library equal to the store."""

    def __init__(self, hub: Hub, set_up_folder: Path) -> None:
        self._hub = hub
        self._texts = load_articles(set_up_folder)
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
