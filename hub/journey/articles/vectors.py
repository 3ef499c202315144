"""What articles mean, as numbers, kept in the store: made once, for all nodes and all starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from hub.journey.context import Hub
from hub.store.reader import Reader
from hub.store.rows import table_of
from hub.store.tables import ArticleVectors
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert

_v = table_of(ArticleVectors)
_all: Final = Prepared(select(_v.c.slug, _v.c.language, _v.c.key, _v.c.vectors))
_new = upsert(_v)
_put: Final = Prepared(
    _new.on_conflict_do_update(
        index_elements=["slug", "language"],
        set_={"key": _new.excluded.key, "vectors": _new.excluded.vectors},
    )
)


@dataclass(frozen=True, slots=True)
class KeptVectors:
    """The vectors of an article; `key` tells the model and the text that they are of."""

    slug: str
    language: str
    key: str
    data: bytes
    """Rows of half-precision numbers."""


async def kept_vectors(reader: Reader) -> list[KeptVectors]:
    """Return all that are kept, of whatever text or model."""
    return [KeptVectors(*row) for row in await reader.heavy(_all())]


async def keep_vectors(hub: Hub, some: Sequence[KeptVectors]) -> None:
    """Keep vectors, each in the place of those before."""

    def unit() -> Unit[None]:
        for one in some:
            yield _put(slug=one.slug, language=one.language, key=one.key, vectors=one.data)

    await hub.journal.run(unit)
