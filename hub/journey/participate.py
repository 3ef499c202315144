"""Consult: a second agent comes into the Contact beside its owner."""

from hub.domain.errors import Invalid, Refused
from hub.domain.events import HelpAsked
from hub.domain.states import ParticipantRole
from hub.journey.calls.connect import step_out
from hub.journey.contact_row import load_contact, load_owned
from hub.journey.context import Hub
from hub.journey.converse import add_note, require_part
from hub.journey.messages import add_message, event_draft, named
from hub.journey.participants import add_participant, drop_participant
from hub.journey.transfer import NOTE_MAX_CHARACTERS, require_present
from hub.store.unit import Append, Unit


async def invite(hub: Hub, agent_id: str, *, contact_id: str, agent_to: str, note: str) -> None:
    """Ask a colleague in: they read all of it and may speak to the customer."""
    if len(note) > NOTE_MAX_CHARACTERS:
        raise Invalid("note_too_long", f"at most {NOTE_MAX_CHARACTERS} characters")
    await hub.journal.run(lambda: _invite(hub, agent_id, contact_id, agent_to, note))


def _invite(hub: Hub, agent_id: str, contact_id: str, agent_to: str, note: str) -> Unit[None]:
    contact = yield from load_owned(contact_id, agent_id)
    if agent_to == agent_id:
        raise Invalid("same_agent", "the contact is yours already")
    yield from require_present(hub, agent_to)
    at = hub.clock.now()
    if note:
        yield from add_note(hub, contact, agent_id, hub.new_id("key"), note)
    if not (yield from add_participant(contact, agent_to, ParticipantRole.CONSULTED, at)):
        raise Refused("already_in_contact", "they are in the contact already")
    name = hub.staff.name_of(agent_to) or {}
    draft = event_draft(hub, "consult_joined", named(name), staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)


async def leave(hub: Hub, agent_id: str, *, contact_id: str) -> None:
    """Step out of a Contact one was invited to or joined."""
    await hub.journal.run(lambda: _leave(hub, agent_id, contact_id))


def _leave(hub: Hub, agent_id: str, contact_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    at = hub.clock.now()
    role = yield from drop_participant(contact, agent_id, at)
    if role is None:
        raise Refused("not_in_contact", "you are not in this contact")
    yield from step_out(hub, contact, agent_id)
    if role == ParticipantRole.WATCHING:
        return
    name = hub.staff.name_of(agent_id) or {}
    draft = event_draft(hub, "consult_left", named(name), staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)


async def ask_help(hub: Hub, agent_id: str, *, contact_id: str) -> None:
    """Call for a supervisor, who sees it on the wallboard at once."""
    await hub.journal.run(lambda: _ask_help(hub, agent_id, contact_id))


def _ask_help(hub: Hub, agent_id: str, contact_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    yield from require_part(contact, agent_id)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(HelpAsked(at=hub.clock.now(), agent_id=agent_id, **ids))
