"""A transfer to one colleague that nobody answers goes back to its sender, start time kept."""

from hub.domain.routing import Requirement
from hub.domain.states import ContactState, QueueCause
from hub.domain.work import TASK_CHANNEL
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.enqueue import to_queue
from hub.journey.messages import add_message, event_draft, named
from hub.journey.waiting import TimerKind, arm, ring
from hub.store.rows import change, find
from hub.store.tables import Contact
from hub.store.unit import Unit


def await_answer(hub: Hub, contact_id: str, sender_id: str, at: float) -> Unit[None]:
    """Remember who gave it away, and look again when the colleague should have answered."""
    yield change(Contact, contact_id, transferred_by=sender_id)
    yield arm(TimerKind.TRANSFER, contact_id, at + hub.settings.transfer_return_seconds)


def sender_of(contact: ContactRow, agent_id: str | None) -> Unit[str | None]:
    """Who gave a held Contact to this very agent; None when it was offered for another reason."""
    if agent_id is None or contact.target_agent_id != agent_id:
        return None
    rows = yield find(Contact, "transferred_by", id=contact.id)
    sender: str | None = rows[0][0]
    return sender


def return_to_sender(hub: Hub, contact: ContactRow, sender_id: str, at: float) -> Unit[None]:
    """Queue a held Contact for who gave it away; anybody else of the Queue comes after that."""
    goal = contact.target_agent_id
    yield change(Contact, contact.id, transferred_by=None)
    draft = event_draft(
        hub, "transfer_returned", named(hub.staff.name_of(goal) or {}), staff_only=True
    )
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    yield from to_queue(
        hub, contact, queue_id=_queue_of(hub, contact, sender_id), cause=QueueCause.RETURNED,
        at=at, more=needs_beside_language(contact), target_agent_id=sender_id,
        tried=() if goal is None else (goal,),
    )  # fmt: skip


def _queue_of(hub: Hub, contact: ContactRow, sender_id: str) -> str:
    """The Queue it waits in, unless only the colleague works there."""
    member = hub.staff.get(sender_id)
    queues = member.profile.queues if member else ()
    own = contact.queue_id or ""
    return own if own in queues else next(iter(queues), own)


async def come_back_unanswered(hub: Hub, contact_id: str) -> None:
    """Timer `transfer`: the colleague had no hand free; an Offer on their screen is left alone."""
    await hub.journal.run(lambda: _come_back(hub, contact_id))


def _come_back(hub: Hub, contact_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.TRANSFER, contact_id)
    contact = yield from load_contact(contact_id)
    if not taken or contact.state != ContactState.QUEUED:
        return
    sender = yield from sender_of(contact, contact.target_agent_id)
    if sender is not None:
        yield from return_to_sender(hub, contact, sender, hub.clock.now())


def needs_beside_language(contact: ContactRow) -> tuple[Requirement, ...]:
    """What it needs again on its way back; the language follows from the Contact, save a Task's."""
    if contact.channel == TASK_CHANNEL:
        return contact.needs
    return tuple(need for need in contact.needs if not need.skill.startswith("lang:"))
