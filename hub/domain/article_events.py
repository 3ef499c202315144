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

    moved_to: str = ""
    """The slug that readers are led to, if any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueEvent(Event):
    """An event of a fee, rate or limit that texts name."""

    name: str
    by: str
    """A user, or `file`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuePublished(ValueEvent):
    """A value holds from a moment on."""

    valid_from_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueWithdrawn(ValueEvent):
    """A value that was to come is not coming."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisturbanceEvent(Event):
    """What does not work now, as readers of articles are told it."""

    disturbance_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisturbanceTold(DisturbanceEvent):
    """Readers are told from now on."""

    until_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DisturbanceEnded(DisturbanceEvent):
    """It works again, or the time is over."""
