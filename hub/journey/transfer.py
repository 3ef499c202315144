"""From one agent back to a Queue or to another agent, with a note; the start time is kept."""

from hub.domain.errors import Invalid, Refused
from hub.domain.routing import Requirement
from hub.domain.states import Presence, QueueCause
from hub.journey.assign import unassign
from hub.journey.calls.connect import is_connected
from hub.journey.contact_row import ContactRow, load_owned
from hub.journey.context import Hub
from hub.journey.converse import add_note
from hub.journey.declare import presence_of
from hub.journey.enqueue import to_queue
from hub.journey.messages import add_message, event_draft
from hub.journey.participants import drop_all
from hub.journey.returning import await_answer
from hub.security.send_guard import guard
from hub.store.rows import change
from hub.store.tables import Contact
from hub.store.unit import Unit

NOTE_MAX_CHARACTERS = 2_000


async def transfer(
    hub: Hub,
    agent_id: str,
    *,
    contact_id: str,
    note: str,
    queue_id: str | None = None,
    agent_to: str | None = None,
) -> None:
    """Hand a Contact on; the first agent wraps up while it waits again."""
    if len(note) > NOTE_MAX_CHARACTERS:
        raise Invalid("note_too_long", f"at most {NOTE_MAX_CHARACTERS} characters")
    await hub.journal.run(lambda: _transfer(hub, agent_id, contact_id, queue_id, agent_to, note))


def _transfer(
    hub: Hub, agent_id: str, contact_id: str, queue_id: str | None, agent_to: str | None, note: str
) -> Unit[None]:
    contact = yield from load_owned(contact_id, agent_id)
    at = hub.clock.now()
    if note:
        yield from keep_note(hub, contact, agent_id, note)
    yield from pass_on(
        hub, contact, at, queue_id=queue_id, agent_to=agent_to, cause=QueueCause.TRANSFERRED
    )
    if agent_to is not None:
        yield from await_answer(hub, contact.id, agent_id, at)


def keep_note(hub: Hub, contact: ContactRow, agent_id: str, note: str) -> Unit[None]:
    """Leave a note in the talk and on the Contact for whoever takes it next."""
    yield from add_note(hub, contact, agent_id, hub.new_id("key"), note)
    text = guard(note).text
    sealed = hub.vault.seal(text, "contact", "transfer_note", contact.id)
    yield change(Contact, contact.id, transfer_note_sealed=sealed)


def pass_on(
    hub: Hub,
    contact: ContactRow,
    at: float,
    *,
    queue_id: str | None,
    agent_to: str | None,
    cause: QueueCause,
    more: tuple[Requirement, ...] = (),
) -> Unit[None]:
    """End the present Assignment and queue the Contact for somebody else.

    `more` is what it needs beside its language.
    """
    if not (yield from is_connected(contact)):
        raise Refused("not_connected", "the customer is not on the line: end the contact")
    goal = yield from _goal(hub, contact, queue_id, agent_to)
    yield from unassign(hub, contact, at, cause=cause.value)
    yield from drop_all(contact, at)
    yield from add_message(
        hub,
        contact.conversation_id,
        contact.id,
        event_draft(hub, "transferred", {"queue_id": goal}),
        at,
    )
    tried = () if contact.owner_agent_id is None else (contact.owner_agent_id,)
    yield from to_queue(
        hub, contact, queue_id=goal, cause=cause, at=at, more=more, target_agent_id=agent_to,
        tried=tried,
    )  # fmt: skip


def _goal(hub: Hub, contact: ContactRow, queue_id: str | None, agent_to: str | None) -> Unit[str]:
    if agent_to is not None:
        yield from require_present(hub, agent_to)
        if agent_to == contact.owner_agent_id:
            raise Invalid("same_agent", "the contact is theirs already")
    goal = queue_id or contact.queue_id
    if agent_to is not None and queue_id is None:
        member = hub.staff.get(agent_to)
        queues = member.profile.queues if member else ()
        goal = goal if goal in queues else next(iter(queues), goal)
    if goal is None or goal not in hub.setup.queues:
        raise Invalid("no_queue", "name a queue or an agent")
    if agent_to is None and not hub.setup.is_open(goal, hub.clock.now()):
        raise Refused("queue_closed", "that queue is outside its hours; choose another")
    return goal


def require_present(hub: Hub, agent_id: str) -> Unit[None]:
    """Raise unless the agent exists and is signed in."""
    member = hub.staff.get(agent_id)
    if member is None or not member.enabled:
        raise Invalid("no_agent", "there is no such agent")
    presence, _, _ = yield from presence_of(agent_id)
    if presence == Presence.OFFLINE:
        raise Refused("agent_offline", "the agent is not signed in")
