"""Screens on the wall: each has a link of its own, which a supervisor makes and takes back."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select

from hub.domain.errors import Invalid, NotFound
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.store.rows import change_if, find, put, table_of
from hub.store.tables import Display
from hub.store.unit import Prepared, Unit

NAME_MAX_CHARACTERS: Final = 60
LASTS_SECONDS: Final = 365 * 86_400.0
_d = table_of(Display).c
_standing = Prepared(
    select(_d.id, _d.name, _d.made_by, _d.made_at, _d.expires_at)
    .where(_d.revoked_at.is_(None), _d.expires_at > bindparam("now"))
    .order_by(_d.made_at)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A screen whose link is good."""

    id: str
    name: str
    made_by: str
    made_at: float
    expires_at: float


async def make_display(hub: Hub, supervisor_id: str, name: str) -> Standing:
    """Allow one more screen; who has its link sees figures, and nothing else."""
    name = name.strip()
    if not 0 < len(name) <= NAME_MAX_CHARACTERS:
        raise Invalid("bad_name", f"say where it hangs, in up to {NAME_MAX_CHARACTERS} characters")
    return await hub.journal.run(lambda: _make(hub, supervisor_id, name))


def _make(hub: Hub, supervisor_id: str, name: str) -> Unit[Standing]:
    display_id, at = hub.new_id("dsp"), hub.clock.now()
    made = Standing(display_id, name, supervisor_id, at, at + LASTS_SECONDS)
    yield put(
        Display,
        id=display_id,
        name=name,
        made_by=supervisor_id,
        made_at=at,
        expires_at=made.expires_at,
    )
    yield from audited(hub, supervisor_id, "display_made", display_id, details={"name": name})
    return made


async def revoke_display(hub: Hub, supervisor_id: str, display_id: str) -> None:
    """Take the link back; the screen goes dark within seconds. Raises `NotFound`."""
    await hub.journal.run(lambda: _revoke(hub, supervisor_id, display_id))


def _revoke(hub: Hub, supervisor_id: str, display_id: str) -> Unit[None]:
    ends = {"revoked_at": hub.clock.now(), "revoked_by": supervisor_id}
    if not (yield find(Display, "id", id=display_id)):
        raise NotFound("no_display")
    if (yield change_if(Display, display_id, {"revoked_by": ""}, **ends)):
        yield from audited(hub, supervisor_id, "display_revoked", display_id)


async def displays(hub: Hub) -> list[Standing]:
    """Return the screens whose links are good."""
    rows = await hub.reader.rows(_standing(now=hub.clock.now()))
    return [Standing(*row) for row in rows]


async def require_display(hub: Hub, display_id: str) -> None:
    """Raise `NotFound` unless the screen's link is good."""
    if all(one.id != display_id for one in await displays(hub)):
        raise NotFound("no_display", "this screen was taken back")
