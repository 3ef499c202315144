"""Staff think again: words that wait are taken back, sent at once, or given another time."""

from typing import Any

from hub.domain.errors import NotFound, Refused
from hub.domain.events import LetterKept, LetterTakenBack
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.converse import require_voice
from hub.journey.messages import Posted
from hub.journey.outgoing.keep import (
    STOPPED,
    TAKEN_BACK,
    WAITING,
    Kept,
    opened_words,
    require_time,
)
from hub.journey.outgoing.leave import Row, end_letter, let_leave, load_letter
from hub.journey.waiting import TimerKind, arm
from hub.store.rows import change, find
from hub.store.tables import Conversation, OutgoingLetter
from hub.store.unit import Append, Unit


async def take_back(hub: Hub, agent_id: str, *, contact_id: str, letter_id: str) -> dict[str, Any]:
    """Keep words from leaving; returns their body, so that they can be a draft again.

    By whoever may speak in the Contact. Raises `Refused("letter_left")` when it is too late.
    """
    return await hub.journal.run(lambda: _take_back(hub, agent_id, contact_id, letter_id))


def _take_back(hub: Hub, agent_id: str, contact_id: str, letter_id: str) -> Unit[dict[str, Any]]:
    row = yield from _own_letter(agent_id, contact_id, letter_id)
    assert row.words_sealed is not None
    body: dict[str, Any] = opened_words(hub, row.id, row.words_sealed)["body"]
    yield from end_letter(hub, row, TAKEN_BACK, by=agent_id)
    yield from audited(hub, agent_id, "letter_taken_back", row.id,
                       details={"contact": row.contact_id})  # fmt: skip
    ids = {"contact_id": row.contact_id, "conversation_id": row.conversation_id}
    yield Append(LetterTakenBack(at=hub.clock.now(), letter_id=row.id, by=agent_id, **ids))
    return body


async def send_now(hub: Hub, agent_id: str, *, contact_id: str, letter_id: str) -> Posted:
    """Let words leave at once, also those that were stopped: a person has looked."""
    return await hub.journal.run(lambda: _send_now(hub, agent_id, contact_id, letter_id))


def _send_now(hub: Hub, agent_id: str, contact_id: str, letter_id: str) -> Unit[Posted]:
    row = yield from _own_letter(agent_id, contact_id, letter_id)
    yield from audited(hub, agent_id, "letter_sent_now", row.id,
                       details={"contact": row.contact_id})  # fmt: skip
    return (yield from let_leave(hub, row))


async def move(
    hub: Hub, agent_id: str, *, contact_id: str, letter_id: str, leaves_at: float
) -> Kept:
    """Give words another time (UTC epoch seconds); what the customer said until now is known."""
    return await hub.journal.run(lambda: _move(hub, agent_id, contact_id, letter_id, leaves_at))


def _move(hub: Hub, agent_id: str, contact_id: str, letter_id: str, leaves_at: float) -> Unit[Kept]:
    row = yield from _own_letter(agent_id, contact_id, letter_id)
    require_time(hub.clock.now(), leaves_at)
    last_seq = (yield find(Conversation, "last_seq", id=row.conversation_id))[0][0]
    yield change(
        OutgoingLetter, row.id, state=WAITING, why="", is_scheduled=True, leaves_at=leaves_at,
        heard_seq=last_seq,
    )  # fmt: skip
    yield arm(TimerKind.OUTGOING_LETTER, row.id, leaves_at)
    yield from audited(hub, agent_id, "letter_scheduled", row.id,
                       details={"contact": row.contact_id, "leaves_at": leaves_at})  # fmt: skip
    ids = {"contact_id": row.contact_id, "conversation_id": row.conversation_id}
    at = hub.clock.now()
    yield Append(LetterKept(at=at, letter_id=row.id, leaves_at=leaves_at, by=agent_id, **ids))
    return Kept(row.id, leaves_at)


def _own_letter(agent_id: str, contact_id: str, letter_id: str) -> Unit[Row]:
    """Hold a letter of the Contact's Conversation that has not left, for who may speak there."""
    contact = yield from load_contact(contact_id)
    yield from require_voice(contact, agent_id)
    row = yield from load_letter(letter_id)
    if row.conversation_id != contact.conversation_id:
        raise NotFound("no_letter")
    if row.state not in (WAITING, STOPPED):
        raise Refused("letter_left", "it has left, or was taken back")
    return row
