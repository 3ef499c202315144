"""After a restart of hub or engine both must agree which Legs live.

What the engine has no more is lost; what the hub ended meanwhile the engine hangs up.
"""

from functools import partial
from typing import Final

import structlog

from hub.domain.calls import EndCause, EndLeg, LegState
from hub.journey.calls.ended import leg_ended
from hub.journey.calls.read import LegRead, leg_by_id, open_legs_of
from hub.journey.context import Hub
from hub.ports import LiveCall

FRESH_SECONDS: Final = 40.0
"""A Leg that young may still be on its way to the engine in a command."""
log = structlog.get_logger(__name__)


async def resync(hub: Hub, engine: LiveCall) -> int:
    """Agree with an engine; returns how many Legs were lost. Raises `SendLater` when it is away."""
    known = {leg.leg_id: leg for leg in await engine.legs() if leg.state != LegState.ENDED}
    lost = [leg for leg in await open_legs_of(hub, engine.name) if _is_lost(hub, leg, set(known))]
    for leg in lost:
        await hub.journal.run(partial(leg_ended, hub, leg.leg_id, EndCause.LOST))
    for leg_id in known:
        ours = await leg_by_id(hub, leg_id)
        if ours is None or ours.is_over:
            await engine.carry_out(EndLeg(command_id=f"resync.{leg_id}", leg_id=leg_id))
    if lost:
        log.warning("calls_lost", engine=engine.name, legs=len(lost))
    return len(lost)


async def all_lost(hub: Hub, engine: str) -> int:
    """An engine is gone and its calls with it; returns how many Legs that were."""
    lost = await open_legs_of(hub, engine)
    for leg in lost:
        await hub.journal.run(partial(leg_ended, hub, leg.leg_id, EndCause.LOST))
    return len(lost)


def _is_lost(hub: Hub, leg: LegRead, known: set[str]) -> bool:
    is_on_its_way = not leg.ref and hub.clock.now() - leg.started_at < FRESH_SECONDS
    return leg.leg_id not in known and not is_on_its_way
