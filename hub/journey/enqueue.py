"""Step 4: put a Contact into a Queue, with what it needs and where it stands in line."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from hub.domain.errors import Invalid, Refused
from hub.domain.events import ContactParked, ContactQueued
from hub.domain.routing import QueueEstimate, Requirement
from hub.domain.states import ContactState, QueueCause
from hub.domain.steps import HandOff
from hub.domain.work import TASK_CHANNEL
from hub.journey.calls.connect import line_up
from hub.journey.contact_row import ContactRow, load_contact, move
from hub.journey.context import Hub
from hub.journey.floor.offer import OUTSIDE_HOURS, QUEUE_FULL, Why, offer_ways
from hub.journey.messages import Draft, add_message, add_messages, event_draft
from hub.journey.threads import Thread
from hub.journey.waiting import TimerKind, arm, ring
from hub.journey.written.targets import answer_due
from hub.store.rows import change, find
from hub.store.tables import Alternative, Contact, Customer
from hub.store.unit import Append, Unit


async def enqueue(hub: Hub, contact_id: str, hand_off: HandOff) -> None:
    """Give a Contact to the Queue that self-service chose."""
    await hub.journal.run(lambda: _enqueue(hub, contact_id, hand_off))


def _enqueue(hub: Hub, contact_id: str, hand_off: HandOff) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    yield from hand_over(hub, contact, hand_off, hub.clock.now())


def hand_over(
    hub: Hub, contact: ContactRow, hand_off: HandOff, at: float, *, said: Sequence[Draft] = ()
) -> Unit[bool]:
    """Keep what was learned and queue the Contact; False when the line is full.

    What self-service `said` on the way, and the state it left in `contact`, are stored with it.
    """
    about = {"queue_id": hand_off.queue_id}
    if queue_is_full(hub, hand_off.queue_id) and contact.channel not in hub.writers:
        draft = event_draft(hub, "queue_full", about, staff_only=True)
        yield from add_messages(hub, contact.conversation_id, contact.id, [*said, draft], at)
        yield change(Contact, contact.id, bot_state_sealed=contact.bot_state_sealed)
        yield from offer_ways(hub, contact, Why(cause=QUEUE_FULL, queue_id=hand_off.queue_id), at)
        return False
    learned = {
        "wants": hand_off.wants,
        "collected": dict(hand_off.collected),
        "tried": list(hand_off.tried),
    }
    text = json.dumps(learned, ensure_ascii=False)
    sealed = hub.vault.seal(text, "contact", "hand_off", contact.id)
    draft = event_draft(hub, "handed_off", about)
    yield from add_messages(hub, contact.conversation_id, contact.id, [*said, draft], at)
    more = tuple(Requirement(skill) for skill in hand_off.requirements)
    yield from to_queue(
        hub, contact, queue_id=hand_off.queue_id, cause=QueueCause.HANDED_OFF, at=at, more=more,
        raised=hand_off.raised,
        learned={"bot_state_sealed": contact.bot_state_sealed, "hand_off_sealed": sealed},
    )  # fmt: skip
    return True


def queue_is_full(hub: Hub, queue_id: str) -> bool:
    """Whether a queue's limit of waiting contacts is reached."""
    for policy in hub.setup.policy.queues:
        if policy.queue_id == queue_id:
            limit = policy.limit_waiting
            return limit is not None and hub.line.waiting_in(queue_id) >= limit
    raise Invalid("no_queue", f"there is no queue {queue_id}")


def to_queue(
    hub: Hub,
    contact: ContactRow,
    *,
    queue_id: str,
    cause: QueueCause,
    at: float,
    more: tuple[Requirement, ...] = (),
    raised: int = 0,
    preferred_agent_id: str | None = None,
    target_agent_id: str | None = None,
    tried: tuple[str, ...] = (),
    learned: Mapping[str, Any] = MappingProxyType({}),
) -> Unit[None]:
    """Queue a held Contact; its start of waiting is kept if it has waited before.

    `learned` are other columns of the Contact to change with it.
    """
    learned = _with_target(hub, contact, queue_id, at, learned)
    if not hub.setup.is_open(queue_id, at) and contact.queued_at is None:
        yield from _park_until_open(hub, contact, queue_id, at, learned)
        return
    needs, priority = more, contact.priority
    if contact.channel != TASK_CHANNEL:  # a Task brings its own
        needs = (*more, Requirement(f"lang:{contact.language}"))
        own = next((q.priority for q in hub.setup.policy.queues if q.queue_id == queue_id), 0)
        priority = own + raised
    queued_at = at if contact.queued_at is None else contact.queued_at
    told = contact.queued_at is not None and (yield find(Alternative, "id", id=contact.id))
    value = yield from _value_of(contact.customer_id)
    event = ContactQueued(
        at=at,
        contact_id=contact.id,
        conversation_id=contact.conversation_id,
        queue_id=queue_id,
        channel=contact.channel,
        language=contact.language,
        cause=cause.value,
        queued_at=queued_at,
        priority=priority,
        segment=contact.segment,
        value=value,
        requirements=needs,
        preferred_agent_id=preferred_agent_id,
        tried_agent_ids=tried,
        target_agent_id=target_agent_id,
        callback_offered=bool(told),
    )
    yield from move(
        contact,
        ContactState.QUEUED,
        at,
        queue_id=queue_id,
        queue_cause=cause.value,
        queued_at=queued_at,
        priority=priority,
        value=value,
        requirements=json.dumps([[n.skill, n.level] for n in needs]),
        preferred_agent_id=preferred_agent_id,
        target_agent_id=target_agent_id,
        tried_agent_ids=json.dumps(tried),
        owner_agent_id=None,
        parked_until=None,
        **learned,
    )
    yield Append(event)
    yield from line_up(hub, contact, at)


def _with_target(
    hub: Hub, contact: ContactRow, queue_id: str, at: float, learned: Mapping[str, Any]
) -> Mapping[str, Any]:
    """A letter is owed an answer from the moment it has a Queue."""
    is_owed = contact.answer_due_at is not None or "answer_due_at" in learned
    if contact.channel not in hub.writers or is_owed:
        return learned
    since = at if contact.queued_at is None else contact.queued_at
    return {"answer_due_at": answer_due(hub, queue_id, since), **learned}


def _value_of(customer_id: str | None) -> Unit[float]:
    """What the operator's rules give the Customer now; nothing for a guest."""
    if customer_id is None:
        return 0.0
    rows = yield find(Customer, "value", id=customer_id)
    return float(rows[0][0]) if rows else 0.0


def come_back(hub: Hub, thread: Thread, contact: ContactRow, at: float) -> Unit[bool]:
    """Queue a returning customer for the agent they just had; False when they start afresh."""
    if thread.last_contact_id is None or thread.last_agent_id is None:
        return False
    rows = yield find(Contact, "closed_at", "queue_id", id=thread.last_contact_id)
    closed_at, queue_id = rows[0]
    recent = closed_at is not None and at - closed_at <= _come_back_seconds(hub, contact.channel)
    if not recent or queue_id is None or queue_is_full(hub, queue_id):
        return False
    yield from add_message(
        hub, thread.conversation_id, contact.id, event_draft(hub, "came_back"), at
    )
    yield from to_queue(
        hub, contact, queue_id=queue_id, cause=QueueCause.HANDED_OFF, at=at,
        preferred_agent_id=thread.last_agent_id,
    )  # fmt: skip
    return True


def _come_back_seconds(hub: Hub, channel: str) -> float:
    if channel in hub.writers:
        return hub.settings.written.rules(channel).come_back_seconds
    return hub.settings.come_back_seconds


def _park_until_open(
    hub: Hub, contact: ContactRow, queue_id: str, at: float, learned: Mapping[str, Any]
) -> Unit[None]:
    """Outside hours the message is kept and the Contact waits for the opening."""
    opens_at = hub.setup.next_opening(queue_id, at)
    if opens_at is None:
        raise Refused("queue_never_opens", f"queue {queue_id} has no opening hours ahead")
    yield from move(
        contact, ContactState.PARKED, at, queue_id=queue_id, parked_until=opens_at,
        owner_agent_id=None, **learned,
    )  # fmt: skip
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(ContactParked(at=at, reason="outside_hours", due_at=opens_at, **ids))
    draft = event_draft(hub, "outside_hours", {"opens_at": f"{opens_at:.0f}", "queue_id": queue_id})
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    yield arm(TimerKind.OPENING, contact.id, opens_at)
    if contact.channel != TASK_CHANNEL:
        yield from offer_ways(hub, contact, Why(cause=OUTSIDE_HOURS, queue_id=queue_id), at)


async def open_parked(hub: Hub, contact_id: str) -> None:
    """Timer `opening`: the queue has opened, the parked Contact joins the line."""
    await hub.journal.run(lambda: _open_parked(hub, contact_id))


def _open_parked(hub: Hub, contact_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.OPENING, contact_id)
    contact = yield from load_contact(contact_id)
    if not taken or contact.state != ContactState.PARKED or contact.queue_id is None:
        return
    yield from to_queue(
        hub, contact, queue_id=contact.queue_id, cause=QueueCause.HANDED_OFF, at=hub.clock.now()
    )


async def place_of(hub: Hub, contact_id: str) -> QueueEstimate | None:
    """Place in line and expected wait of a waiting Contact."""
    return hub.line.position_of(contact_id)
