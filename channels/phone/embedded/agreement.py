"""After a restart of either: hub and media process agree on which legs live."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog
from sqlalchemy import bindparam, select

from channels.phone.embedded.settings import ENGINE
from hub.domain.calls import EndCause, EndLeg, KnownLeg, LegEnded, LegState
from hub.journey.calls.hear import hear
from hub.journey.context import Hub
from hub.store.rows import table_of
from hub.store.tables import CallLeg
from hub.store.unit import Prepared

YOUNG_SECONDS: Final = 15.0
"""A Leg so young may be on its way to the media process."""

log = structlog.get_logger(__name__)

_l = table_of(CallLeg).c
_live = Prepared(
    select(_l.id, _l.started_at).where(
        _l.engine == bindparam("of"), _l.state != LegState.ENDED.value
    )
)


async def agree(
    hub: Hub, known: Sequence[KnownLeg], end_leg: Callable[[EndLeg], Awaitable[None]]
) -> None:
    """End here what the process has lost, and there what the hub has ended."""
    rows = await hub.reader.rows(_live(of=ENGINE))
    ours: dict[str, float] = dict(rows)
    theirs = {leg.leg_id for leg in known}
    lost = [
        leg_id
        for leg_id, started_at in ours.items()
        if leg_id not in theirs and hub.clock.now() - started_at >= YOUNG_SECONDS
    ]
    over = sorted(theirs - ours.keys())
    log.info("legs_agreed", live=len(theirs & ours.keys()), lost=len(lost), over=len(over))
    for leg_id in lost:
        await hear(hub, LegEnded(leg_id=leg_id, key=f"{leg_id}:lost", cause=EndCause.LOST))
    for leg_id in over:
        await end_leg(EndLeg(command_id=f"{leg_id}:over", leg_id=leg_id))
