"""Who edits an article now: told to others, lapsed without a beat, taken over with one click."""

from dataclasses import dataclass
from typing import Any, Final

from hub.domain.errors import Refused
from hub.journey.articles.name import Name
from hub.journey.context import Hub, Viewer
from hub.security.roles import Right, require
from hub.store.rows import find, table_of
from hub.store.tables import ArticleLock
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert

LAPSE_SECONDS: Final = 180.0
"""Without a beat for so long the page is gone; a page beats every 20 seconds."""
_new = upsert(table_of(ArticleLock))
_take = Prepared(
    _new.on_conflict_do_update(
        index_elements=["slug", "language"],
        set_={
            "user_id": _new.excluded.user_id,
            "since_at": _new.excluded.since_at,
            "beat_at": _new.excluded.beat_at,
            "taken_from": _new.excluded.taken_from,
        },
    )
)


@dataclass(frozen=True, slots=True)
class LockRead:
    """Who edits, and since when; `taken_from` had it before and did not let go."""

    user_id: str
    since_at: float
    taken_from: str | None


async def hold(hub: Hub, viewer: Viewer, name: Name, *, take: bool) -> LockRead:
    """Begin to edit, or go on; returns who holds the article now.

    Held by somebody else it stays with them unless `take`; their page is told at its next beat.
    """
    require(viewer.roles, Right.EDIT_ARTICLES)
    name.require_sound()
    return await hub.journal.run(lambda: _hold(hub, viewer.user_id, name, take=take))


def _hold(hub: Hub, by: str, name: Name, *, take: bool) -> Unit[LockRead]:
    now = hub.clock.now()
    held = yield from _held(hub, name)
    if held is not None and held.user_id == by:
        yield _take(slug=name.slug, language=name.language, user_id=by, since_at=held.since_at,
                    beat_at=now, taken_from=held.taken_from)  # fmt: skip
        return held
    if held is not None and not take:
        return held
    before = held.user_id if held else None
    yield _take(slug=name.slug, language=name.language, user_id=by, since_at=now, beat_at=now,
                taken_from=before)  # fmt: skip
    return LockRead(by, now, before)


async def let_go(hub: Hub, viewer: Viewer, name: Name) -> None:
    """Stop editing; what somebody else holds stays theirs."""
    require(viewer.roles, Right.EDIT_ARTICLES)
    await hub.journal.run(lambda: _let_go(hub, viewer.user_id, name))


def _let_go(hub: Hub, by: str, name: Name) -> Unit[None]:
    held = yield from _held(hub, name)
    if held is not None and held.user_id == by:
        yield _take(slug=name.slug, language=name.language, user_id=by, since_at=held.since_at,
                    beat_at=0.0, taken_from=None)  # fmt: skip


def require_not_held(hub: Hub, by: str, name: Name) -> Unit[None]:
    """Raise `Refused("held_by_other")` while somebody else edits it."""
    held = yield from _held(hub, name)
    if held is not None and held.user_id != by:
        raise Refused("held_by_other", "somebody else edits it: take it over first")


def _held(hub: Hub, name: Name) -> Unit[LockRead | None]:
    rows: Any = yield find(
        ArticleLock, "user_id", "since_at", "taken_from", "beat_at", slug=name.slug,
        language=name.language,
    )  # fmt: skip
    if not rows or rows[0][3] + LAPSE_SECONDS <= hub.clock.now():
        return None
    return LockRead(*rows[0][:3])
