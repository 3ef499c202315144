"""What readers teach: which articles help, and which words find nothing. Nobody is remembered."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, delete, select

from hub.domain.articles import Article
from hub.journey.context import Hub
from hub.store.rows import table_of
from hub.store.tables import ArticleVerdict, SearchMiss
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert
from hub.text.fold import fold, words

SHOWN_FROM: Final = 3
"""Words of one person may tell who that is; what several ask for does not."""
KEPT_SECONDS: Final = 90 * 86_400.0
WORDS_MOST: Final = 8
LISTED_MOST: Final = 100

_verdict, _miss = table_of(ArticleVerdict), table_of(SearchMiss)
_new_verdict = upsert(_verdict)
_count_verdict = Prepared(
    _new_verdict.on_conflict_do_update(
        index_elements=["slug", "language", "version"],
        set_={
            "helped": _verdict.c.helped + _new_verdict.excluded.helped,
            "not_helped": _verdict.c.not_helped + _new_verdict.excluded.not_helped,
        },
    )
)
_new_miss = upsert(_miss)
_count_miss = Prepared(
    _new_miss.on_conflict_do_update(
        index_elements=["key"],
        set_={"times": _miss.c.times + 1, "last_at": _new_miss.excluded.last_at},
    )
)
_forget = Prepared(delete(_miss).where(_miss.c.last_at < bindparam("before")))
_shown = Prepared(
    select(_miss.c.key, _miss.c.language, _miss.c.words_sealed, _miss.c.times, _miss.c.last_at)
    .where(_miss.c.times >= bindparam("least"))
    .order_by(_miss.c.times.desc(), _miss.c.last_at.desc())
    .limit(LISTED_MOST)
)
_verdicts = Prepared(
    select(
        _verdict.c.slug, _verdict.c.language, _verdict.c.version, _verdict.c.helped,
        _verdict.c.not_helped,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Miss:
    """Words that found nothing."""

    words: str
    language: str
    times: int
    last_at: float


async def note_verdict(hub: Hub, article: Article, *, helped: bool) -> None:
    """Count that a reader was helped by the article or was not."""
    counted = _count_verdict(
        slug=article.slug, language=article.language, version=article.version,
        helped=int(helped), not_helped=int(not helped),
    )  # fmt: skip

    def unit() -> Unit[None]:
        yield counted

    await hub.journal.run(unit)


async def note_miss(hub: Hub, said: str, language: str) -> None:
    """Count words that found nothing; numbers and addresses of any kind are left out."""
    kept = " ".join(_telling(said)[:WORDS_MOST])
    if kept:
        await hub.journal.run(lambda: _note_miss(hub, kept, language))


def _note_miss(hub: Hub, kept: str, language: str) -> Unit[None]:
    now, key = hub.clock.now(), hub.lookup.of("search_miss", f"{language}/{kept}")
    yield _forget(before=now - KEPT_SECONDS)
    sealed = hub.vault.seal(kept, "search_miss", "words", key)
    yield _count_miss(key=key, language=language, words_sealed=sealed, times=1, last_at=now)


async def misses(hub: Hub) -> list[Miss]:
    """Return what several people looked for in vain, the most wanted first."""
    return [
        Miss(hub.vault.open(sealed, "search_miss", "words", key), language, times, last_at)
        for key, language, sealed, times, last_at in await hub.reader.rows(_shown(least=SHOWN_FROM))
    ]


async def verdicts(hub: Hub) -> dict[tuple[str, str, int], tuple[int, int]]:
    """Return how often each version helped and did not, by slug, language and number."""
    rows = await hub.reader.heavy(_verdicts())
    return {(slug, language, number): (yes, no) for slug, language, number, yes, no in rows}


def _telling(said: str) -> list[str]:
    plain = (word for word in said.split() if "@" not in word)
    return [word for word in words(fold(" ".join(plain))) if not any(map(str.isdigit, word))]
