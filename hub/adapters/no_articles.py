"""A knowledge base without articles, for a hub that has none."""

from collections.abc import Sequence
from typing import Any

from hub.domain.articles import Article, Audience, Disturbed, Found


class NoArticles:
    """`ArticleSearch` that finds nothing."""

    def search(
        self, words: str, *, reader: Audience, language: str | None = None, limit: int = 10
    ) -> Found:
        """Find nothing."""
        return Found(total=0)

    async def find(
        self, words: str, *, reader: Audience, team: str = "", only: Audience | None = None,
        language: str | None = None, limit: int = 10,
    ) -> Found:  # fmt: skip
        """Find nothing."""
        return Found(total=0)

    def article(
        self, slug: str, *, reader: Audience, language: str, team: str = ""
    ) -> Article | None:
        """Have none."""
        return None

    def moved(self, slug: str, language: str) -> str | None:
        """Know of none."""
        return None

    def listed(self, *, reader: Audience, language: str) -> Sequence[Article]:
        """List none."""
        return ()

    def disturbed(self, slug: str | None = None) -> Sequence[Disturbed]:
        """Know of nothing."""
        return ()

    def priced(self, text: str, language: str) -> str:
        """Know no values."""
        return text

    def render(self, markdown: str) -> str:
        """Show nothing."""
        return ""

    def blocks(self, markdown: str) -> Sequence[Any]:
        """Show nothing."""
        return ()

    def plain(self, markdown: str) -> str:
        """Say nothing."""
        return ""
