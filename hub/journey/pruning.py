"""What nobody needs any more after a month is deleted at night, in small units with pauses.

Receipts guard against an inbound id that comes twice: no sender repeats one after a month. Effects
that were done or dropped have lost their payload long before; their rows go too. Those that were
given up wait for a supervisor, however long. Alerts that are over are kept for a year. No provider
reports about a message after a month, so the names they gave go too, and so does the note that an
agent's words had waited before they left. Words at which the assistant was at a loss go sixty days
after they were said last.
"""

from sqlalchemy import Integer, bindparam, delete, select, tuple_

from hub.journey.context import Hub
from hub.journey.standing.nightly import next_night
from hub.journey.teaching import doubts
from hub.journey.waiting import TimerKind, arm, ring
from hub.store.rows import find, table_of
from hub.store.tables import (
    AlertSpell,
    BotDoubt,
    DeliveryRef,
    Effect,
    OutgoingLetter,
    Receipt,
    Timer,
)
from hub.store.unit import Prepared, Unit

KEPT_SECONDS = 30 * 86_400.0
ALERTS_KEPT_SECONDS = 365 * 86_400.0
AT_ONCE = 500
PAUSE_SECONDS = 0.2
SUBJECT = "night"
_r, _e, _a = table_of(Receipt).c, table_of(Effect).c, table_of(AlertSpell).c
_d, _b = table_of(DeliveryRef).c, table_of(BotDoubt).c
_o = table_of(OutgoingLetter).c
_most = bindparam("most", type_=Integer)
_RECEIPTS = Prepared(
    delete(table_of(Receipt)).where(
        tuple_(_r.scope, _r.key).in_(
            select(_r.scope, _r.key).where(_r.at < bindparam("before")).limit(_most)
        )
    )
)
_EFFECTS = Prepared(
    delete(table_of(Effect)).where(
        _e.id.in_(
            select(_e.id)
            .where(_e.state.in_(("done", "dropped")))  # names the partial index's condition
            .where(_e.created_at < bindparam("before"))
            .limit(_most)
        )
    )
)
_ALERTS = Prepared(
    delete(table_of(AlertSpell)).where(
        _a.id.in_(
            select(_a.id)
            .where(_a.began_at < bindparam("before"), _a.ended_at.is_not(None))
            .limit(_most)
        )
    )
)
_REFS = Prepared(
    delete(table_of(DeliveryRef)).where(
        tuple_(_d.channel, _d.ref).in_(
            select(_d.channel, _d.ref).where(_d.at < bindparam("before")).limit(_most)
        )
    )
)
_LETTERS = Prepared(
    delete(table_of(OutgoingLetter)).where(
        _o.id.in_(select(_o.id).where(_o.ended_at < bindparam("before")).limit(_most))
    )
)
_DOUBTS = Prepared(
    delete(table_of(BotDoubt)).where(
        _b.key.in_(select(_b.key).where(_b.last_at < bindparam("before")).limit(_most))
    )
)
_PRUNE = (
    (_RECEIPTS, KEPT_SECONDS),
    (_EFFECTS, KEPT_SECONDS),
    (_REFS, KEPT_SECONDS),
    (_LETTERS, KEPT_SECONDS),
    (_ALERTS, ALERTS_KEPT_SECONDS),
    (_DOUBTS, doubts.KEPT_SECONDS),
)


async def keep_pruning(hub: Hub) -> None:
    """Arm the next night unless one is armed or under way; called once at start."""
    await hub.journal.run(lambda: _arm_first(hub))


async def prune_some(hub: Hub, _subject: str) -> None:
    """Timer `prune`: delete some of what is old, then go on soon, or tomorrow night."""
    await hub.journal.run(lambda: _prune_some(hub))


def _arm_first(hub: Hub) -> Unit[None]:
    if not (yield find(Timer, "id", kind=TimerKind.PRUNE.value)):
        yield arm(TimerKind.PRUNE, SUBJECT, _next_night(hub))


def _prune_some(hub: Hub) -> Unit[None]:
    if not (yield ring(hub, TimerKind.PRUNE, SUBJECT)):
        return
    now, more = hub.clock.now(), False
    for prune, kept_seconds in _PRUNE:
        gone = yield prune(before=now - kept_seconds, most=AT_ONCE)
        more |= gone == AT_ONCE
    yield arm(TimerKind.PRUNE, SUBJECT, now + PAUSE_SECONDS if more else _next_night(hub))


def _next_night(hub: Hub) -> float:
    return next_night(hub.clock.now(), hub.banking.calendar.zone)
