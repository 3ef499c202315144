"""What does not work now, told to readers of the articles concerned, until a set time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select

from hub.domain.articles import Disturbed
from hub.domain.errors import Invalid, NotFound
from hub.domain.events import DisturbanceEnded, DisturbanceTold
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.security.roles import Right, require
from hub.store.rows import change, find, put, table_of
from hub.store.tables import ArticleVersion, Disturbance
from hub.store.unit import Append, Prepared, Unit

WORDS_MOST: Final = 300
ABOUT_MOST: Final = 50
LONGEST_SECONDS: Final = 7 * 86_400.0
_d = table_of(Disturbance).c
_open = Prepared(
    select(_d.id, _d.en, _d.zh, _d.about, _d.until_at)
    .where(_d.ended_at.is_(None), _d.until_at > bindparam("now"))
    .order_by(_d.given_at)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDisturbance:
    """What is to be told, about which articles, until when."""

    en: str
    zh: str
    about: Sequence[str]
    until_at: float


async def tell_disturbance(hub: Hub, viewer: Viewer, new: NewDisturbance) -> str:
    """Tell readers from now on; returns the id. Raises `Invalid` for what cannot be told."""
    require(viewer.roles, Right.EDIT_ARTICLES)
    now = hub.clock.now()
    if not all(0 < len(words.strip()) <= WORDS_MOST for words in (new.en, new.zh)):
        raise Invalid("both_languages", f"write both texts, up to {WORDS_MOST} each")
    if not now < new.until_at <= now + LONGEST_SECONDS:
        raise Invalid("bad_time", "name an end within a week")
    if len(new.about) > ABOUT_MOST:
        raise Invalid("bad_articles", f"up to {ABOUT_MOST} articles, or none for all")
    return await hub.journal.run(lambda: _tell(hub, viewer.user_id, new))


def _tell(hub: Hub, by: str, new: NewDisturbance) -> Unit[str]:
    for slug in new.about:
        if not (yield find(ArticleVersion, "id", slug=slug)):
            raise Invalid("bad_articles", f"there is no article {slug}")
    disturbance_id, at = hub.new_id("dst"), hub.clock.now()
    about = sorted(set(new.about))
    yield put(
        Disturbance, id=disturbance_id, en=new.en.strip(), zh=new.zh.strip(),
        about=json.dumps(about), given_by=by, given_at=at, until_at=new.until_at,
    )  # fmt: skip
    details = {"about": " ".join(about), "until_at": new.until_at}
    yield from audited(hub, by, "disturbance_told", disturbance_id, details=details)
    yield Append(
        DisturbanceTold(at=at, disturbance_id=disturbance_id, by=by, until_at=new.until_at)
    )
    return disturbance_id


async def end_disturbance(hub: Hub, viewer: Viewer, disturbance_id: str) -> None:
    """It works again; a second time changes nothing."""
    require(viewer.roles, Right.EDIT_ARTICLES)
    await hub.journal.run(lambda: _end(hub, viewer.user_id, disturbance_id))


def _end(hub: Hub, by: str, disturbance_id: str) -> Unit[None]:
    rows = yield find(Disturbance, "ended_at", lock=True, id=disturbance_id)
    if not rows:
        raise NotFound("no_disturbance")
    if rows[0][0] is not None:
        return
    at = hub.clock.now()
    yield change(Disturbance, disturbance_id, ended_at=at, ended_by=by)
    yield from audited(hub, by, "disturbance_ended", disturbance_id)
    yield Append(DisturbanceEnded(at=at, disturbance_id=disturbance_id, by=by))


async def disturbed_now(hub: Hub) -> list[Disturbed]:
    """Return what is told now, the oldest first; whoever shows it looks at its end."""
    rows = await hub.reader.rows(_open(now=hub.clock.now()))
    return [
        Disturbed(id=one, en=en, zh=zh, about=frozenset(json.loads(about)), until_at=until_at)
        for one, en, zh, about, until_at in rows
    ]
