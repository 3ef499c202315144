"""The nightly round: everybody is judged again, in small units with pauses between them.

The timer's subject is how far the round has come: the last customer judged, `` at its beginning.
So it goes on after a restart, on whichever node the timer fires.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, bindparam, select

from hub.journey.context import Hub
from hub.journey.standing.judge import restand
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.store.rows import find, table_of
from hub.store.tables import Customer, Timer
from hub.store.unit import Prepared, Unit

AT_ONCE = 50
PAUSE_SECONDS = 0.2
HOUR = 3
BEGIN = "-"
"""Comes before every identifier."""
_c = table_of(Customer).c
_next = Prepared(
    select(_c.id)
    .where(_c.id > bindparam("after"), _c.merged_into.is_(None))
    .order_by(_c.id)
    .limit(bindparam("most", type_=Integer))
)


async def keep_judging(hub: Hub) -> None:
    """Arm the next round unless one is armed or under way; called once at start."""
    if hub.standing is not None:
        await hub.journal.run(lambda: _arm_first(hub))


def _arm_first(hub: Hub) -> Unit[None]:
    if not (yield find(Timer, "subject", kind=TimerKind.STANDING.value)):
        yield arm(TimerKind.STANDING, BEGIN, _next_night(hub))


async def judge_some(hub: Hub, after: str) -> None:
    """Timer `standing`: judge the next customers, then arm what follows."""
    await hub.journal.run(lambda: _judge_some(hub, after))


def _judge_some(hub: Hub, after: str) -> Unit[None]:
    if not (yield ring(hub, TimerKind.STANDING, after)):
        return
    rows = yield _next(after="" if after == BEGIN else after, most=AT_ONCE)
    for (customer_id,) in rows:
        yield from restand(hub, customer_id)
    yield disarm(TimerKind.STANDING, after)
    if len(rows) == AT_ONCE:
        yield arm(TimerKind.STANDING, rows[-1][0], hub.clock.now() + PAUSE_SECONDS)
    else:
        yield arm(TimerKind.STANDING, BEGIN, _next_night(hub))


def _next_night(hub: Hub) -> float:
    zone = hub.banking.calendar.zone
    return next_night(hub.clock.now(), zone)


def next_night(now: float, zone: ZoneInfo) -> float:
    """Return the next three o'clock in the bank's zone."""
    local = datetime.fromtimestamp(now, zone)
    at = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return (at if at > local else at + timedelta(days=1)).timestamp()
