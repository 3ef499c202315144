"""The language of a talk changes in the middle: who cannot go on in it hands over, place kept."""

import json
from typing import Final

from hub.domain.errors import Invalid, Refused
from hub.domain.events import LanguageSwitched
from hub.domain.routing import Requirement
from hub.domain.states import ContactState, QueueCause
from hub.journey.contact_row import ContactRow, load_contact, load_owned
from hub.journey.context import Hub
from hub.journey.enqueue import to_queue
from hub.journey.messages import add_message, event_draft
from hub.journey.reserve import pending_of_contact, rescind
from hub.journey.returning import needs_beside_language
from hub.journey.transfer import keep_note, pass_on
from hub.store.rows import change, find
from hub.store.tables import Contact, Conversation
from hub.store.unit import Append, Unit

LANGUAGES: Final = frozenset({"en", "zh"})
BY_CUSTOMER: Final = "customer"


async def switch_language(
    hub: Hub, agent_id: str, *, contact_id: str, language: str, note: str = ""
) -> bool:
    """Go on in another language; True when the Contact went to somebody who speaks it.

    An agent with the language keeps the talk. Else it waits for one who has it, with its place,
    its history and the note. Raises `Invalid` for a language that nobody is asked to speak.
    """
    if language not in LANGUAGES:
        raise Invalid("bad_language", "choose en or zh")
    return await hub.journal.run(lambda: _by_agent(hub, agent_id, contact_id, language, note))


def _by_agent(hub: Hub, agent_id: str, contact_id: str, language: str, note: str) -> Unit[bool]:
    contact = yield from load_owned(contact_id, agent_id)
    if note:
        yield from keep_note(hub, contact, agent_id, note)
    return (yield from _switch(hub, contact, language, by=agent_id))


async def customer_switches(hub: Hub, *, conversation_id: str, language: str) -> bool:
    """The customer's page was switched; True when the open Contact went to somebody else."""
    if language not in LANGUAGES:
        raise Invalid("bad_language", "choose en or zh")
    return await hub.journal.run(lambda: _by_customer(hub, conversation_id, language))


def _by_customer(hub: Hub, conversation_id: str, language: str) -> Unit[bool]:
    rows = yield find(Conversation, "open_contact_id", "language", id=conversation_id)
    if not rows or rows[0][1] == language:
        return False
    if rows[0][0] is None:
        yield change(Conversation, conversation_id, language=language)
        return False
    contact = yield from load_contact(rows[0][0])
    return (yield from _switch(hub, contact, language, by=BY_CUSTOMER))


def _switch(hub: Hub, contact: ContactRow, language: str, *, by: str) -> Unit[bool]:
    if contact.state == ContactState.CLOSED:
        raise Refused("contact_over", "the contact is closed")
    if contact.language == language:
        return False
    at = hub.clock.now()
    yield change(Contact, contact.id, language=language)
    yield change(Conversation, contact.conversation_id, language=language)
    draft = event_draft(hub, "language_switched", {"language": language, "by": by})
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    yield Append(
        LanguageSwitched(
            at=at, contact_id=contact.id, conversation_id=contact.conversation_id,
            language=language, language_before=contact.language, by=by,
        )
    )  # fmt: skip
    contact = contact._replace(language=language)
    if contact.state in (ContactState.QUEUED, ContactState.RESERVED):
        return (yield from _wait_anew(hub, contact, at))
    if contact.state != ContactState.ASSIGNED or _speaks(hub, contact.owner_agent_id, language):
        return False
    yield from pass_on(
        hub, contact, at, queue_id=contact.queue_id, agent_to=None, cause=QueueCause.LANGUAGE,
        more=needs_beside_language(contact),
    )  # fmt: skip
    return True


def _wait_anew(hub: Hub, contact: ContactRow, at: float) -> Unit[bool]:
    """Who waits keeps the place and needs the other language; an Offer that does not fit ends."""
    reservation = yield from pending_of_contact(contact.id)
    if reservation is not None:
        if _speaks(hub, reservation.agent_id, contact.language):
            needs = (*needs_beside_language(contact), Requirement(f"lang:{contact.language}"))
            kept = json.dumps([[need.skill, need.level] for need in needs])
            yield change(Contact, contact.id, requirements=kept)
            return False
        yield from rescind(hub, reservation, contact, at, "language_switched")
    yield from to_queue(
        hub, contact, queue_id=contact.queue_id or "", cause=QueueCause.LANGUAGE, at=at,
        more=needs_beside_language(contact), preferred_agent_id=contact.preferred_agent_id,
        target_agent_id=contact.target_agent_id, tried=contact.tried,
    )  # fmt: skip
    return True


def _speaks(hub: Hub, agent_id: str | None, language: str) -> bool:
    member = hub.staff.get(agent_id) if agent_id else None
    return member is not None and any(
        own.skill == f"lang:{language}" and own.level > 0 for own in member.profile.skills
    )
