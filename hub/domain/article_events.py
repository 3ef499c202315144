"""Events of articles: what customers and staff may read has changed."""

from dataclasses import dataclass

from hub.domain.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEvent(Event):
    """An event of one article in one language."""

    slug: str
    language: str
    by: str
    """A user, or `file`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePublished(ArticleEvent):
    """A version is in force; the one before it is not any more."""

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRetired(ArticleEvent):
    """No version is in force any more."""
