"""Set aside: a written Contact leaves the agent's hands while it waits, for the customer or a day.

Its owner is remembered. The customer's words, or the day, bring it back to the same agent if they
are on shift, else to the Queue; the time in which we waited counts neither for its place in line
nor for its target. Without a day, and without an answer, it is closed with a polite word.
"""

from typing import Final

from hub.domain.errors import Invalid, Refused
from hub.domain.events import ContactParked
from hub.domain.states import ContactState, Presence, QueueCause, Speaker
from hub.domain.written import CUSTOMER, DAY_SECONDS, FOLLOW_UP, MERGED
from hub.journey.assign import unassign
from hub.journey.close import end_contact
from hub.journey.contact_row import ContactRow, load_contact, load_owned, move
from hub.journey.context import Hub
from hub.journey.declare import presence_of
from hub.journey.enqueue import to_queue
from hub.journey.finishing import finish_if_free
from hub.journey.messages import Draft, add_message, event_draft
from hub.journey.participants import drop_all
from hub.journey.returning import needs_beside_language
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.journey.written.targets import hold_target, resumed_target
from hub.store.unit import Append, Unit

LONGEST_SECONDS: Final = 366 * DAY_SECONDS
NO_REPLY: Final = "no_reply"
"""The reason of a close after a wait that nobody ended."""


async def set_aside(
    hub: Hub, agent_id: str, *, contact_id: str, until: float | None = None
) -> float:
    """Put an own written Contact aside; returns until when (UTC epoch seconds).

    With `until` it is work again then; without, it waits for the customer and is closed when the
    Queue's patience ends. Raises `Refused("not_written")`, `Invalid("bad_time")`.
    """
    at = hub.clock.now()
    if until is not None and not at < until <= at + LONGEST_SECONDS:
        raise Invalid("bad_time", "choose a time ahead, within a year")
    return await hub.journal.run(lambda: _set_aside(hub, agent_id, contact_id, until))


def _set_aside(hub: Hub, agent_id: str, contact_id: str, until: float | None) -> Unit[float]:
    contact = yield from load_owned(contact_id, agent_id)
    if contact.channel not in hub.writers:
        raise Refused("not_written", "only mail and messages can wait aside")
    at = hub.clock.now()
    patience = hub.letters.of(contact.queue_id).close_after_seconds
    due_at = at + patience if until is None else until
    yield from unassign(hub, contact, at, cause="set_aside", wrap_up=False)
    yield from drop_all(contact, at)
    yield disarm(TimerKind.SILENCE, contact_id)
    yield disarm(TimerKind.SILENCE_CLOSE, contact_id)
    waits_for = CUSTOMER if until is None else FOLLOW_UP
    yield from hold_target(hub, contact.id, contact.queue_id, contact.answer_due_at)
    yield from lay_aside(hub, contact, at, due_at=due_at, waits_for=waits_for, agent_id=agent_id)
    yield from finish_if_free(hub, agent_id, at)
    return due_at


def lay_aside(
    hub: Hub, contact: ContactRow, at: float, *, due_at: float, waits_for: str, agent_id: str | None
) -> Unit[None]:
    """Park a held Contact that nobody owns any more, with its timer and its line for staff."""
    yield from move(
        contact, ContactState.PARKED, at, parked_until=due_at, waits_for=waits_for,
        preferred_agent_id=agent_id, owner_agent_id=None,
    )  # fmt: skip
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(ContactParked(at=at, reason=f"waits_for_{waits_for}", due_at=due_at, **ids))
    line = event_draft(hub, f"waits_for_{waits_for}", {"until": f"{due_at:.0f}"}, staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact.id, line, at)
    yield arm(TimerKind.ASIDE, contact.id, due_at)


def come_out(hub: Hub, contact: ContactRow, at: float) -> Unit[None]:
    """Bring a held Contact back into the line, for who had it if they are on shift."""
    yield disarm(TimerKind.ASIDE, contact.id)
    queue_id = queue_of(hub, contact)
    agent_id = contact.preferred_agent_id
    if agent_id is not None and not (yield from is_on_shift(agent_id)):
        agent_id = None
    yield from to_queue(
        hub, without_wait(contact, at), queue_id=queue_id, cause=QueueCause.AWAITED, at=at,
        more=needs_beside_language(contact), preferred_agent_id=agent_id,
        learned=out_of_wait(hub, contact, queue_id),
    )  # fmt: skip


def without_wait(contact: ContactRow, at: float) -> ContactRow:
    """The Contact as if it had not lain aside: its place in line does not grow meanwhile."""
    queued_at = at if contact.queued_at is None else contact.queued_at + at - contact.state_since
    return contact._replace(queued_at=queued_at)


def out_of_wait(hub: Hub, contact: ContactRow, queue_id: str) -> dict[str, str | float | None]:
    """Columns that change when a Contact no longer lies aside."""
    due_at = resumed_target(hub, queue_id, contact.answer_left_seconds)
    return {"waits_for": None, "answer_due_at": due_at, "answer_left_seconds": None}


def is_on_shift(agent_id: str) -> Unit[bool]:
    """Whether an agent is signed in, also on a break."""
    presence, _, _ = yield from presence_of(agent_id)
    return presence != Presence.OFFLINE


def queue_of(hub: Hub, contact: ContactRow) -> str:
    """Where a Contact waits: its Queue, else one of who had it."""
    if contact.queue_id is not None:
        return contact.queue_id
    member = hub.staff.get(contact.preferred_agent_id or "")
    queues = member.profile.queues if member else ()
    found = next(iter((*queues, *hub.setup.queues)), None)
    if found is None:
        raise Refused("no_queue", "there is no queue it could wait in")
    return found


async def end_wait(hub: Hub, contact_id: str) -> None:
    """Timer `aside`: the chosen day has come, or the customer has not answered."""
    await hub.journal.run(lambda: _end_wait(hub, contact_id))


def _end_wait(hub: Hub, contact_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.ASIDE, contact_id)
    contact = yield from load_contact(contact_id)
    if not taken or contact.state != ContactState.PARKED or contact.waits_for is None:
        return
    at = hub.clock.now()
    if contact.waits_for == FOLLOW_UP:
        line = event_draft(hub, "follow_up_due", staff_only=True)
        yield from add_message(hub, contact.conversation_id, contact.id, line, at)
        yield from come_out(hub, contact, at)
        return
    if contact.waits_for == MERGED:
        yield from end_contact(hub, contact, at, by="system", reason=MERGED)
        return
    words = hub.letters.of(contact.queue_id).closing.get(contact.language, "")
    if words:
        draft = Draft(key=hub.new_id("msg"), speaker=Speaker.SYSTEM, body={"text": words})
        yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    yield from end_contact(hub, contact, at, by="system", reason=NO_REPLY)
