"""Reading what is switched off: by every turn of self-service, so that it holds on all nodes."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, exists, or_, select

from hub.domain.switches import ALL_ON, ASSISTANT, ERRAND, INTENT, Off
from hub.journey.context import Hub
from hub.store.rows import table_of
from hub.store.tables import SwitchedOff
from hub.store.unit import Prepared

_s = table_of(SwitchedOff).c
_NOW: Final = (_s.ended_at.is_(None), _s.until_at > bindparam("now"))
_parts = Prepared(
    select(_s.kind, _s.name).where(*_NOW, or_(_s.channel == "", _s.channel == bindparam("channel")))
)
_in_force = Prepared(
    select(
        _s.id, _s.kind, _s.name, _s.channel, _s.reason_sealed, _s.given_by, _s.given_at, _s.until_at
    )
    .where(*_NOW)
    .order_by(_s.given_at, _s.id)
)  # fmt: skip
same_off = Prepared(
    select(_s.id).where(
        *_NOW,
        _s.kind == bindparam("kind"),
        _s.name == bindparam("name"),
        _s.channel == bindparam("channel"),
    )
)
anything_off = exists().where(*_NOW)
"""To be asked within another statement, with `now`."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that is off now."""

    id: str
    kind: str
    name: str
    channel: str
    reason: str
    given_by: str
    given_at: float
    until_at: float


async def off_on(hub: Hub, channel: str) -> Off:
    """Return what may not be done on this channel at this moment."""
    rows = await hub.reader.rows(_parts(now=hub.clock.now(), channel=channel))
    if not rows:
        return ALL_ON
    of = {kind: frozenset(name for one, name in rows if one == kind) for kind, _ in rows}
    return Off(
        everything=ASSISTANT in of,
        intents=of.get(INTENT, frozenset()),
        errands=of.get(ERRAND, frozenset()),
    )


async def switched_off_now(hub: Hub) -> list[Switch]:
    """Return all that is off, the oldest first."""
    rows = await hub.reader.rows(_in_force(now=hub.clock.now()))
    return [
        Switch(key, kind, name, channel, _reason(hub, key, sealed), by, at, until)
        for key, kind, name, channel, sealed, by, at, until in rows
    ]


def _reason(hub: Hub, switch_id: str, sealed: bytes) -> str:
    return hub.vault.open(sealed, "switched_off", "reason", switch_id)
