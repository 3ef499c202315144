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
    """draft | review | published | replaced | retired"""
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
