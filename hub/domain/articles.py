"""Articles of the knowledge base as frozen values: what they say, to whom, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Audience(StrEnum):
    """For whom an article is written; each may read all that stands before it."""

    PUBLIC = "public"
    CUSTOMERS = "customers"
    AGENTS = "agents"
    TEAM = "team"
    """One team alone; nobody reads as this: an agent names his team beside."""


AUDIENCES: Final = tuple(Audience)


def may_read(reader: Audience, audience: Audience) -> bool:
    """Whether an article for `audience` may be shown to a reader of that kind."""
    if audience is Audience.TEAM:
        return False
    return AUDIENCES.index(audience) <= AUDIENCES.index(reader)


def is_for_customers(audience: Audience) -> bool:
    """Whether any of it may reach a customer; internal words are never put into a message."""
    return may_read(Audience.CUSTOMERS, audience)


def reader_of(*, identity_level: int, is_staff: bool = False) -> Audience:
    """Return what somebody may read: only proof makes a customer, only a session an agent."""
    if is_staff:
        return Audience.AGENTS
    return Audience.CUSTOMERS if identity_level > 0 else Audience.PUBLIC


class VersionState(StrEnum):
    """Where a version of an article stands."""

    DRAFT = "draft"
    REVIEW = "review"
    SCHEDULED = "scheduled"
    """Published, and put in force at its first day; until then the one before is."""
    PUBLISHED = "published"
    REPLACED = "replaced"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """What a version says, as an editor writes it. `body` is Markdown."""

    title: str
    body: str
    category: str
    audience: Audience = Audience.PUBLIC
    team: str = ""
    """Who alone may read it, of the audience `TEAM`; empty for every other."""
    tags: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    """The same matter in customers' words."""
    owner: str = ""
    """Who answers for it: a login or a team."""
    reviewed: str = ""
    """The day somebody last read it for truth, as YYYY-MM-DD."""
    valid_from_at: float | None = None
    valid_until_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article in force; its twin in the other language has the same slug."""

    slug: str
    language: str
    version: int
    published_at: float
    text: ArticleText

    def is_valid(self, now: float) -> bool:
        """Whether `now` lies between its dates; no future price is told early."""
        begins, ends = self.text.valid_from_at, self.text.valid_until_at
        return (begins is None or begins <= now) and (ends is None or now < ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disturbed:
    """What does not work now, for readers of the articles concerned; ends by itself."""

    id: str
    en: str
    zh: str
    about: frozenset[str]
    """Slugs; empty: every article and the help centre itself."""
    until_at: float

    def concerns(self, slug: str | None) -> bool:
        """Whether readers of an article are told; None: of the help centre's front page."""
        return not self.about or slug in self.about


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage; `is_hit` where it answers the words."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article found, with the passage that answers best."""

    article: Article
    score: float
    passage: tuple[Piece, ...] = ()
    is_sure: bool = False
    """Whether it may be put before somebody who has not asked for articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search answers; `total` counts only what this reader may see."""

    total: int
    hits: Sequence[Hit] = ()
