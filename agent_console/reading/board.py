"""What the wallboard reads besides contacts and agents."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, bindparam, select, text

from agent_console.views.announcement import counted_view
from agent_console.wallboard.alerts import Cause, Taken
from hub.journey.context import Hub
from hub.journey.floor.alerts import acknowledged_since
from hub.journey.floor.announcements import reads_now, told_now
from hub.journey.floor.switched_off import switched_off_now
from hub.store.rows import table_of
from hub.store.tables import BankOrder, Contact, Effect, ProofLock, Survey, Task
from hub.store.unit import Prepared

COMMENTS_SHOWN = 5
CAUSES_SHOWN = 50

_c, _t, _e, _s = (table_of(one).c for one in (Contact, Task, Effect, Survey))
_o, _l = table_of(BankOrder).c, table_of(ProofLock).c
_surveys: BindParameter[list[str]] = bindparam("surveys", expanding=True)

_states: BindParameter[list[str]] = bindparam("states", expanding=True)

_IN_PROGRESS = Prepared(
    select(_c.id)
    .where(_c.state.in_(_states))
    .where(_c.state != "closed")  # names the partial index's condition
    .order_by(_c.arrived_at)
    .limit(bindparam("most"))
)
_FOLLOW_UPS = Prepared(
    select(_t.id, _t.created_at, _t.agent_id, _t.contact_id, _t.queue_id, _c.score)
    .outerjoin_from(table_of(Task), table_of(Contact), _c.id == _t.contact_id)
    .where(_t.state == "open", _t.kind == "low_score")
    .order_by(_t.created_at.desc())
    .limit(CAUSES_SHOWN)
)
_OVERDUE = Prepared(
    select(_t.id, _t.due_at, _t.owner_id, _t.contact_id, _t.queue_id)
    .where(text("task.state = 'open'"), _t.is_overdue.is_(True))  # names the index's condition
    .order_by(_t.due_at)
    .limit(CAUSES_SHOWN)
)
_TO_DECIDE = Prepared(
    select(_o.id, _o.asked_at, _o.asked_by, _o.contact_id, _c.queue_id)
    .outerjoin_from(table_of(BankOrder), table_of(Contact), _c.id == _o.contact_id)
    .where(text("bank_order.state = 'awaiting_approval'"))  # names the index's condition
    .order_by(_o.asked_at)
    .limit(CAUSES_SHOWN)
)
_last_contact = (
    select(_c.id)
    .where(_c.customer_id == _l.customer_id)
    .order_by(_c.arrived_at.desc())
    .limit(1)
    .correlate(table_of(ProofLock))
    .scalar_subquery()
)
_LOCKED = Prepared(
    select(_l.customer_id, _l.locked_until, _c.id, _c.owner_agent_id, _c.queue_id)
    .join_from(table_of(ProofLock), table_of(Contact), _c.id == _last_contact)
    .where(_l.locked_until > bindparam("now"))
    .order_by(_l.locked_until)
    .limit(CAUSES_SHOWN)
)
_FAILED = Prepared(
    select(_e.id, _e.created_at, _e.state, _e.kind)
    .where(text("state IN ('failed', 'unknown')"))  # names the partial index's condition
    .order_by(_e.created_at.desc())
    .limit(CAUSES_SHOWN)
)
_comments = select(_s.id, _s.score, _s.channel, _s.answered_at, _s.comment_sealed).where(
    _s.comment_sealed.is_not(None), _s.answered_at >= bindparam("since")
)
_TODAYS_COMMENTS = Prepared(_comments.order_by(_s.answered_at.desc()).limit(COMMENTS_SHOWN))
_COMMENTS = Prepared(_comments.where(_s.id.in_(_surveys)).order_by(_s.answered_at.desc()))


async def contacts_in(hub: Hub, states: Iterable[str], most: int) -> list[str]:
    """Return the open Contacts in these states, the oldest first."""
    asked = _IN_PROGRESS(states=sorted(states), most=most)
    return [row[0] for row in await hub.reader.heavy(asked)]


async def follow_ups(hub: Hub) -> list[Cause]:
    """Return open follow-ups after low Scores."""
    return [
        Cause("low_score", key, at, agent, contact, queue, score)
        for key, at, agent, contact, queue, score in await hub.reader.heavy(_FOLLOW_UPS())
    ]


async def overdue_tasks(hub: Hub) -> list[Cause]:
    """Return promises that were not kept in time."""
    return [
        Cause("task_overdue", key, at, owner, contact, queue)
        for key, at, owner, contact, queue in await hub.reader.heavy(_OVERDUE())
    ]


async def orders_to_decide(hub: Hub) -> list[Cause]:
    """Return orders above the limits that wait for a second person."""
    return [
        Cause("order_to_decide", key, at, by, contact, queue)
        for key, at, by, contact, queue in await hub.reader.heavy(_TO_DECIDE())
    ]


async def locked_proofs(hub: Hub) -> list[Cause]:
    """Return customers whom nobody can prove now; `value` is when that ends by itself."""
    rows = await hub.reader.heavy(_LOCKED(now=hub.clock.now()))
    length = hub.settings.proof.lock_seconds
    return [
        Cause("proof_locked", key, until - length, agent, contact, queue, until, until_at=until)
        for key, until, contact, agent, queue in rows
    ]


async def failed_effects(hub: Hub) -> list[Cause]:
    """Return outside acts that were given up; of an unknown one nobody knows if it happened."""
    rows = await hub.reader.heavy(_FAILED())
    return [Cause(f"effect_{state}", key, at, topic=kind) for key, at, state, kind in rows]


async def taken(hub: Hub, since: float) -> list[tuple[str, Taken]]:
    """Return who has taken which alert on since then, the newest first."""
    return [
        (alert_id, Taken(hub.staff.name_of(by) or {}, at, note, severity))
        for alert_id, severity, by, at, note in await acknowledged_since(hub, since)
    ]


async def announcements(hub: Hub) -> list[dict[str, Any]]:
    """Return what is said to all now, with how many have read it and who has not."""
    told, readers = await told_now(hub), dict[str, set[str]]()
    for announcement_id, user in await reads_now(hub) if told else ():
        readers.setdefault(announcement_id, set()).add(user)
    return [counted_view(hub, one, readers.get(one.id, ())) for one in told]


async def switches(hub: Hub) -> list[dict[str, Any]]:
    """Return what of self-service is switched off now, the oldest first."""
    return [
        {
            "id": one.id, "kind": one.kind, "name": one.name, "channel": one.channel,
            "reason": one.reason, "by": hub.staff.name_of(one.given_by) or {},
            "given_at": one.given_at, "until_at": one.until_at,
        }
        for one in await switched_off_now(hub)
    ]  # fmt: skip


async def comments(
    hub: Hub, since: float, surveys: Iterable[str] | None = None
) -> list[dict[str, Any]]:
    """Return what customers wrote since then, the newest first; of some surveys or of all."""
    if surveys is None:
        rows = await hub.reader.heavy(_TODAYS_COMMENTS(since=since))
    else:
        rows = await hub.reader.rows(_COMMENTS(since=since, surveys=list(surveys)))
    return [
        {
            "score": score,
            "text": hub.vault.open(sealed, "survey", "comment", key),
            "channel": channel,
            "at": at,
        }
        for key, score, channel, at, sealed in rows
    ]
