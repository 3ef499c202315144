"""The time of waiting words has come: they become a Message, unless something speaks against it."""

import json
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select

from hub.domain.errors import HubError, NotFound, Refused
from hub.domain.events import LetterLeft, LetterStopped
from hub.domain.letter import Letter
from hub.domain.states import Speaker
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.delivery.compose import answer_to
from hub.journey.guarding import Guard
from hub.journey.messages import Posted, add_message, event_draft
from hub.journey.opt_out import refused
from hub.journey.outgoing.keep import LEFT, STOPPED, WAITING, draft_of, opened_words
from hub.journey.outgoing.words import Words, let_through
from hub.journey.waiting import TimerKind, disarm, ring
from hub.store.rows import change, find, table_of
from hub.store.tables import Conversation, Message, OutgoingLetter
from hub.store.unit import Append, Prepared, Unit

CUSTOMER_WROTE: Final = "customer_wrote"
"""The customer has written since: the words may not fit any more."""
_m = table_of(Message).c
_HEARD_SINCE: Final = Prepared(
    select(_m.seq)
    .where(_m.conversation_id == bindparam("of"), _m.seq > bindparam("heard"))
    .where(_m.speaker == Speaker.CUSTOMER.value)
    .limit(1)
)


class Row(NamedTuple):
    """A letter that waits, in the order its columns are selected."""

    id: str
    conversation_id: str
    contact_id: str
    agent_id: str
    key: str
    words_sealed: bytes | None
    sure: str
    is_scheduled: bool
    heard_seq: int
    state: str


def load_letter(letter_id: str) -> Unit[Row]:
    """Read and hold it; raise `NotFound`."""
    rows = yield find(OutgoingLetter, *Row._fields, lock=True, id=letter_id)
    if not rows:
        raise NotFound("no_letter")
    return Row(*rows[0])


async def come_due(hub: Hub, letter_id: str) -> None:
    """Timer `outgoing_letter`: the time for an undo is over, or the chosen time has come."""
    rows = await hub.reader.rows(find(OutgoingLetter, *Row._fields, id=letter_id))
    why = await why_it_may_not(hub, Row(*rows[0])) if rows else ""
    await hub.journal.run(lambda: _come_due(hub, letter_id, why))


def _come_due(hub: Hub, letter_id: str, why: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.OUTGOING_LETTER, letter_id)
    row = yield from load_letter(letter_id)
    if not taken or row.state != WAITING:
        return
    if not why and row.is_scheduled:
        why = yield from _changed_since(hub, row)
    if why:
        yield from _stop(hub, row, why)
    else:
        yield from let_leave(hub, row)


def _changed_since(hub: Hub, row: Row) -> Unit[str]:
    """Why a time that was chosen long ago is not right any more."""
    if (yield _HEARD_SINCE(of=row.conversation_id, heard=row.heard_seq)):
        return CUSTOMER_WROTE
    channel, _, address = yield from answer_to(hub, row.conversation_id)
    return (yield from refused(hub, channel, address, "service"))


async def why_it_may_not(hub: Hub, row: Row) -> str:
    """Ask the guards once more, as of now: the code of what stops the words, or nothing.

    Only for a chosen time: what waits for an undo alone was judged seconds ago.
    """
    if not row.is_scheduled or row.words_sealed is None:
        return ""
    body: dict[str, Any] = opened_words(hub, row.id, row.words_sealed)["body"]
    words = Words(
        contact_id=row.contact_id, key=row.key, text=str(body.get("text", "")),
        file_id=body.get("file", {}).get("id"), letter=Letter.of(body.get("channel_data", {})),
        sure=[Guard(one) for one in json.loads(row.sure)],
    )  # fmt: skip
    try:
        await let_through(hub, words)
    except HubError as error:
        return error.code
    return ""


def let_leave(hub: Hub, row: Row) -> Unit[Posted]:
    """Make a held letter the Message that it is; it goes to the outbox with it."""
    if row.words_sealed is None:
        raise Refused("letter_over", "it has left, or was taken back")
    at = hub.clock.now()
    draft = draft_of(hub, row.id, key=row.key, agent_id=row.agent_id, sealed=row.words_sealed)
    posted = yield from add_message(hub, row.conversation_id, row.contact_id, draft, at)
    yield from end_letter(hub, row, LEFT, by="system")
    ids = {"contact_id": row.contact_id, "conversation_id": row.conversation_id}
    yield Append(LetterLeft(at=at, letter_id=row.id, seq=posted.seq, **ids))
    return posted


def end_letter(hub: Hub, row: Row, state: str, *, by: str) -> Unit[None]:
    """Settle it: nothing of its words is kept here."""
    yield disarm(TimerKind.OUTGOING_LETTER, row.id)
    yield change(
        OutgoingLetter, row.id, state=state, why="", words_sealed=None, ended_by=by,
        ended_at=hub.clock.now(),
    )  # fmt: skip


def _stop(hub: Hub, row: Row, why: str) -> Unit[None]:
    """Keep it from leaving, and say so where the work is now."""
    at = hub.clock.now()
    yield change(OutgoingLetter, row.id, state=STOPPED, why=why)
    yield from audited(hub, "system", "letter_stopped", row.id, details={"why": why})
    rows = yield find(Conversation, "open_contact_id", id=row.conversation_id)
    contact_id = rows[0][0] or row.contact_id
    line = event_draft(hub, "letter_stopped", {"why": why}, staff_only=True)
    yield from add_message(hub, row.conversation_id, contact_id, line, at)
    ids = {"contact_id": row.contact_id, "conversation_id": row.conversation_id}
    yield Append(LetterStopped(at=at, letter_id=row.id, why=why, **ids))
