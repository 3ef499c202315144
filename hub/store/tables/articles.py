"""Articles of the knowledge base, and what readers make of them. Articles hold no personal data."""

from sqlalchemy import Column, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

_IN_FORCE = text("state = 'published'")
_OPEN = text("state IN ('draft', 'review')")


class ArticleVersion(SQLModel, table=True):
    """One version of an article in one language; twins in two languages share the slug."""

    __tablename__ = "article_version"
    __table_args__ = (
        UniqueConstraint("slug", "language", "number"),
        Index(
            "article_in_force",
            "slug",
            "language",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        Index(
            "article_being_changed",
            "slug",
            "language",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: str = Field(primary_key=True)
    slug: str
    language: str
    number: int
    state: str
    """draft | review | scheduled | published | replaced | retired"""
    text: str = Field(sa_column=Column(Text, nullable=False))
    """JSON of `hub.domain.articles.ArticleText`."""
    revision: int = 1
    """Counts the savings: who saves names the one that was seen."""
    saved_at: float
    saved_by: str
    """A user, or `file`."""
    submitted_by: str | None = None
    published_at: float | None = None
    published_by: str | None = None
    why: str = ""
    moved_to: str = ""
    """Of a retired one: the article that readers are led to."""


class ArticleLock(SQLModel, table=True):
    """Who edits an article now; without a beat for some minutes it is free again."""

    __tablename__ = "article_lock"

    slug: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    user_id: str
    since_at: float
    beat_at: float
    taken_from: str | None = None
    """Who had it and did not let go."""


class ArticleCare(SQLModel, table=True):
    """What an article needs and whoever answers for it was told of, once."""

    __tablename__ = "article_care"

    key: str = Field(primary_key=True)
    """Which need of which article; of words looked for in vain a keyed hash."""
    task_id: str
    told_at: float


class ArticleVectors(SQLModel, table=True):
    """What an article means, as numbers: a cache that any node may make again."""

    __tablename__ = "article_vectors"

    slug: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    key: str
    """Hash of the model and of what it read: another text, another key."""
    vectors: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """Rows of half-precision numbers, one after the other."""


class ArticleVerdict(SQLModel, table=True):
    """How often readers said that a version helped them; who said it is not kept."""

    __tablename__ = "article_verdict"

    slug: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    helped: int = 0
    not_helped: int = 0


class SearchMiss(SQLModel, table=True):
    """Words that found nothing, and how often; shown once several people asked for them."""

    __tablename__ = "search_miss"

    key: str = Field(primary_key=True)
    """Keyed hash of words and language."""
    language: str
    words_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    times: int = 1
    last_at: float = Field(index=True)


class DatedValueRow(SQLModel, table=True):
    """A fee, rate or limit from a moment on. What held is kept: it was told to customers."""

    __tablename__ = "dated_value"

    id: str = Field(primary_key=True)
    name: str = Field(index=True)
    """As texts name it: `fee.card.replacement`."""
    en: str
    zh: str
    valid_from_at: float
    state: str
    """proposed | published | withdrawn"""
    proposed_by: str
    """A user, or `file`."""
    proposed_at: float
    published_by: str | None = None
    published_at: float | None = None
    why: str = ""


class Disturbance(SQLModel, table=True):
    """What does not work now: readers of the articles concerned are told, until a set time."""

    __tablename__ = "disturbance"
    __table_args__ = (
        Index(
            "disturbance_open",
            "until_at",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    en: str
    zh: str
    about: str = "[]"
    """JSON list of slugs; empty: the whole help centre."""
    given_by: str
    given_at: float
    until_at: float
    ended_at: float | None = None
    ended_by: str | None = None


class ArticleCorrection(SQLModel, table=True):
    """What an agent says is wrong in an article, and what became of it."""

    __tablename__ = "article_correction"

    id: str = Field(primary_key=True)
    slug: str
    language: str
    version: int
    words_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """An agent may quote a customer."""
    proposed_by: str = Field(index=True)
    proposed_at: float
    state: str = "open"
    """open | taken | refused"""
    answer: str = ""
    decided_by: str | None = None
    decided_at: float | None = None
