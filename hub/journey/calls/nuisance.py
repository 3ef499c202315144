"""Calls in which nobody wanted anything, and calls that threaten."""

from typing import Final

from sqlalchemy import bindparam, func, select, update

from hub.domain.calls_events import ThreatMarked
from hub.domain.errors import Invalid
from hub.domain.events import HelpAsked
from hub.domain.states import NO_MATTER
from hub.journey.abuse import block_address
from hub.journey.audited import audited
from hub.journey.calls.connect import begin_recording
from hub.journey.calls.control import steered
from hub.journey.calls.record_call import resume
from hub.journey.close import end_contact
from hub.journey.contact_row import load_owned
from hub.journey.context import Hub
from hub.journey.messages import add_message, event_draft
from hub.journey.wrap_up import finish_as
from hub.store.rows import change, table_of
from hub.store.tables import Call, CallRecording, Contact
from hub.store.unit import Append, Prepared, Unit

REPEATED: Final = 3
WITHIN_SECONDS: Final = 7 * 86_400.0
BLOCK_SECONDS: Final = 24 * 3600.0
"""Who plays pranks again and again is not put through for a day; a supervisor reviews it."""
PRANK: Final = "prank"

_c, _r = table_of(Contact).c, table_of(CallRecording).c
_hold_all = Prepared(
    update(table_of(CallRecording))
    .where(_r.contact_id == bindparam("of"))
    .values(is_held=True, hold_set_by=bindparam("by"))
)
_pranks = Prepared(
    select(func.count()).where(
        _c.conversation_id == bindparam("of"),
        _c.end_reason == PRANK,
        _c.closed_at > bindparam("since"),
    )
)


async def end_call_as(hub: Hub, agent_id: str, *, contact_id: str, code: str) -> None:
    """End a call as `wrong_number`, `silent` or `prank`: no wrap-up, no survey, reported apart."""
    if code not in NO_MATTER:
        raise Invalid("bad_code", f"choose one of {', '.join(sorted(NO_MATTER))}")
    await hub.journal.run(lambda: _end_as(hub, agent_id, contact_id, code))


def _end_as(hub: Hub, agent_id: str, contact_id: str, code: str) -> Unit[None]:
    contact = yield from load_owned(contact_id, agent_id)
    at = hub.clock.now()
    before = (yield _pranks(of=contact.conversation_id, since=at - WITHIN_SECONDS))[0][0]
    if code == PRANK and before + 1 >= REPEATED:
        yield from block_address(hub, contact, agent_id, PRANK, at, at + BLOCK_SECONDS)
    yield from end_contact(hub, contact, at, by=agent_id, reason=code)
    yield from finish_as(hub, agent_id, contact_id, code)


async def mark_threat(hub: Hub, agent_id: str, *, contact_id: str) -> None:
    """Mark a threat: it is recorded from here on and kept, and a supervisor is called."""
    await hub.journal.run(lambda: _mark(hub, agent_id, contact_id))


def _mark(hub: Hub, agent_id: str, contact_id: str) -> Unit[None]:
    contact, call, customer = yield from steered(contact_id, agent_id)
    if call.threat_at is not None:
        return
    at = hub.clock.now()
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield change(Call, contact_id, threat_at=at)
    if call.recording == "paused":
        call = yield from resume(hub, call, agent_id)
    elif call.recording == "off":
        yield from begin_recording(hub, call, customer, contact.language, at)
    yield _hold_all(of=contact_id, by=agent_id)
    draft = event_draft(hub, "threat_marked", staff_only=True)
    yield from add_message(hub, contact.conversation_id, contact_id, draft, at)
    yield Append(ThreatMarked(at=at, agent_id=agent_id, **ids))
    yield Append(HelpAsked(at=at, agent_id=agent_id, **ids))
    yield from audited(hub, agent_id, "threat_marked", contact_id)
