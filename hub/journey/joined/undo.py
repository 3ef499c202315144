"""Taking a merge, a split or a link back: exactly what was there before, or nothing."""

import json
from typing import Any, Final, NamedTuple

from hub.domain.errors import Forbidden, NotFound, Refused
from hub.domain.events import TalkJoinUndone
from hub.domain.states import ContactState
from hub.domain.written import MERGED as WAITS_MERGED
from hub.journey.audited import audited
from hub.journey.close import SPLIT_UNDONE, end_contact
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.joined.row import MERGED, SPLIT, was_said_since
from hub.journey.messages import add_message, event_draft
from hub.journey.outgoing.keep import WAITING
from hub.journey.waiting import TimerKind, arm, disarm
from hub.journey.wrap_up import finish_as
from hub.journey.written.deeds import restore
from hub.store.rows import change, find
from hub.store.tables import Contact, Conversation, OutgoingLetter, TalkJoin
from hub.store.unit import Append, Unit

NOT_CHOSEN: Final = "not_chosen"


class _Join(NamedTuple):
    kind: str
    source_id: str
    target_id: str
    source_contact_id: str
    target_contact_id: str
    before: str
    undone_at: float | None


async def undo(hub: Hub, viewer: Viewer, *, contact_id: str, join_id: str) -> None:
    """Take it back, from an own Contact on either side.

    A merged Contact is again what it was within two minutes; later only its thread is on its own
    again. Raises `Refused("talk_went_on")` for a split in whose branch somebody has spoken.
    """
    await hub.journal.run(lambda: _undo(hub, viewer, contact_id, join_id))


def _undo(hub: Hub, viewer: Viewer, contact_id: str, join_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    if contact.owner_agent_id != viewer.user_id:
        raise Forbidden("not_in_contact", "only who has the contact takes this back")
    rows = yield find(TalkJoin, *_Join._fields, lock=True, id=join_id)
    join = _Join(*rows[0]) if rows else None
    if join is None or contact.conversation_id not in (join.source_id, join.target_id):
        raise NotFound("no_join")
    if join.undone_at is not None:
        raise Refused("too_late", "it was taken back before")
    at = hub.clock.now()
    if join.kind == MERGED:
        yield change(Conversation, join.source_id, goes_on_in=None)
        yield from _bring_back(hub, join.source_contact_id, json.loads(join.before), at)
    elif join.kind == SPLIT:
        yield from _give_up_branch(hub, viewer.user_id, join, at)
    yield change(TalkJoin, join_id, undone_by=viewer.user_id, undone_at=at)
    yield from audited(hub, viewer.user_id, "join_undone", join_id, details={"kind": join.kind})
    ends = (
        (join.source_id, join.source_contact_id), (join.target_id, join.target_contact_id),
    )  # fmt: skip
    for talk, of_contact in ends:
        data = {"join_id": join_id, "agent_id": viewer.user_id}
        line = event_draft(hub, "talk_join_undone", data, staff_only=True)
        yield from add_message(hub, talk, of_contact, line, at)
        yield Append(
            TalkJoinUndone(
                at=at, contact_id=of_contact, conversation_id=talk, join_id=join_id,
                by=viewer.user_id,
            )
        )  # fmt: skip


def _bring_back(hub: Hub, contact_id: str, before: dict[str, Any], at: float) -> Unit[None]:
    """Make the Contact that was laid aside what it was; one that was closed since stays closed."""
    contact = yield from load_contact(contact_id)
    if not before or contact.state != ContactState.PARKED or contact.waits_for != WAITS_MERGED:
        return
    yield disarm(TimerKind.ASIDE, contact.id)
    if before["state"] == ContactState.PARKED:
        names = ("waits_for", "parked_until", "answer_due_at", "answer_left_seconds")
        yield change(Contact, contact.id, **{name: before[name] for name in names})
        kind = TimerKind.OPENING if before["waits_for"] is None else TimerKind.ASIDE
        yield arm(kind, contact.id, max(before["parked_until"] or at, at))
        return
    yield change(Contact, contact.id, waits_for=None, parked_until=None)
    yield from restore(hub, contact._replace(waits_for=None, parked_until=None), before, at)


def _give_up_branch(hub: Hub, agent_id: str, join: _Join, at: float) -> Unit[None]:
    """Close what was split off; what its Address says next is heard where it came from."""
    contact = yield from load_contact(join.target_contact_id)
    said = yield from was_said_since(join.target_id, 0)
    said = said or (yield find(OutgoingLetter, "id", conversation_id=join.target_id, state=WAITING))
    if said or contact.state != ContactState.ASSIGNED or contact.owner_agent_id != agent_id:
        raise Refused("talk_went_on", "somebody has spoken there, or has taken it")
    yield from end_contact(hub, contact, at, by=agent_id, reason=SPLIT_UNDONE)
    yield from finish_as(hub, agent_id, contact.id, NOT_CHOSEN)
    yield change(Conversation, join.target_id, goes_on_in=join.source_id)
