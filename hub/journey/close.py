"""The end of a Contact: by the agent, the customer, silence or the clock; with one ending."""

from typing import Final

from hub.domain.errors import Refused
from hub.domain.events import ContactClosed
from hub.domain.reference import shown_reference
from hub.domain.states import LEFT_OUT, ContactState, Ending
from hub.domain.work import TASK_CHANNEL
from hub.domain.written import MERGED
from hub.journey.assign import unassign
from hub.journey.calls.connect import part
from hub.journey.contact_row import ContactRow, load_contact, load_owned, move
from hub.journey.context import Hub
from hub.journey.memory import remembered
from hub.journey.messages import add_message, event_draft
from hub.journey.outgoing.over import settle_outgoing
from hub.journey.participants import drop_all
from hub.journey.reserve import pending_of_contact, rescind
from hub.journey.silence import customer_quiet_since, watch_silence
from hub.journey.survey import offer_survey
from hub.journey.waiting import TimerKind, disarm, ring
from hub.journey.work.settle import settle_work
from hub.journey.written.undecided import let_undecided_go
from hub.store.rows import change
from hub.store.tables import Conversation
from hub.store.unit import Append, Unit

PROMISED: Final = frozenset({"callback_promised", "message_left"})
"""Reasons of a Contact that lives on as a Task: nothing to rate yet."""
NO_HEADSET: Final = "no_headset"
"""The agent who called was never on the line."""
UNANSWERED: Final = frozenset({"busy", "no_answer", "rejected", "voicemail", "failed", NO_HEADSET})
"""Reasons of a call of ours that nobody took."""
NO_ANSWER_NEEDED: Final = "no_answer_needed"
"""The reason of written work that staff close without a word to the customer."""
SPLIT_UNDONE: Final = "split_undone"
"""The reason of a Contact that was split off by mistake."""
_NO_SURVEY: Final = PROMISED | LEFT_OUT | UNANSWERED | {NO_ANSWER_NEEDED, MERGED, SPLIT_UNDONE}


async def close(hub: Hub, contact_id: str, *, by: str, reason: str) -> None:
    """End a Contact. `by` is `customer`, `system` or an agent's id, who must own it."""
    await hub.journal.run(lambda: _close(hub, contact_id, by, reason))


def _close(hub: Hub, contact_id: str, by: str, reason: str) -> Unit[None]:
    if by in ("customer", "system"):
        contact = yield from load_contact(contact_id)
    else:
        contact = yield from load_owned(contact_id, by)
    if contact.state == ContactState.CLOSED:
        raise Refused("contact_over", "the contact is closed already")
    yield from end_contact(hub, contact, hub.clock.now(), by=by, reason=reason)


def end_contact(
    hub: Hub, contact: ContactRow, at: float, *, by: str, reason: str, solved: bool = False
) -> Unit[None]:
    """Close a held Contact from whatever state it is in, and offer the survey."""
    ending = ending_of(hub, contact, solved=solved, reason=reason)
    if contact.channel in hub.writers:
        yield from settle_outgoing(hub, contact.id, contact.conversation_id, by=by, reason=reason)
    started_at = yield from _release(hub, contact, at, reason)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    who = by if by in ("customer", "system") else "agent"
    told = {"by": who, "reason": reason, "reference": shown_reference(contact.id)}
    draft = event_draft(hub, "closed", told)
    yield from add_message(hub, contact.conversation_id, contact.id, draft, at)
    yield from move(
        contact,
        ContactState.CLOSED,
        at,
        ending=ending.value,
        end_reason=reason,
        closed_at=at,
        owner_agent_id=None,
        parked_until=None,
        waits_for=None,
        answer_due_at=None,
    )
    yield change(
        Conversation, contact.conversation_id, open_contact_id=None, last_contact_id=contact.id
    )
    yield Append(
        ContactClosed(
            at=at,
            ending=ending.value,
            reason=reason,
            channel=contact.channel,
            queue_id=contact.queue_id,
            queued_at=contact.queued_at,
            state_before=contact.state,
            agent_id=contact.owner_agent_id,
            handle_seconds=None if started_at is None else at - started_at,
            **ids,
        )
    )
    if contact.channel in hub.writers:
        yield from let_undecided_go(contact.id, at)
    if contact.channel == TASK_CHANNEL:
        yield from settle_work(hub, contact.id, by=by)
    elif ending in (Ending.HANDLED, Ending.CONTAINED) and reason not in _NO_SURVEY:
        yield from offer_survey(hub, contact, at)
    yield from part(hub, contact, at, reason)


def ending_of(hub: Hub, contact: ContactRow, *, solved: bool = False, reason: str = "") -> Ending:
    """The one ending that follows from where the Contact was.

    An agent had it, or was promised it: handled. Self-service had answered and nobody was
    waiting: contained. Everything else is a customer who left before being served: abandoned.
    """
    if contact.first_assigned_at is not None or reason in PROMISED:
        return Ending.HANDLED
    if contact.state == ContactState.IN_SELF_SERVICE:
        state = remembered(hub, contact.id, contact.bot_state_sealed)
        if solved or state.get("answered", False):
            return Ending.CONTAINED
    return Ending.ABANDONED


def _release(hub: Hub, contact: ContactRow, at: float, reason: str) -> Unit[float | None]:
    reservation = yield from pending_of_contact(contact.id)
    if reservation is not None:
        yield from rescind(hub, reservation, contact, at, reason)
    started_at: float | None = yield from unassign(hub, contact, at, cause="closed")
    yield from drop_all(contact, at)
    for kind in (
        TimerKind.SILENCE, TimerKind.SILENCE_CLOSE, TimerKind.SELF_SERVE, TimerKind.OPENING,
        TimerKind.WAYS, TimerKind.ASIDE,
    ):  # fmt: skip
        yield disarm(kind, contact.id)
    return started_at


async def close_silent(hub: Hub, contact_id: str) -> None:
    """Timer `silence_close`: the customer was warned and still says nothing."""
    await hub.journal.run(lambda: _close_silent(hub, contact_id))


def _close_silent(hub: Hub, contact_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.SILENCE_CLOSE, contact_id)
    contact = yield from load_contact(contact_id)
    if not taken or contact.state == ContactState.CLOSED:
        return
    at = hub.clock.now()
    if (yield from customer_quiet_since(contact)) is None:
        yield from watch_silence(hub, contact, at)
        return
    yield from end_contact(hub, contact, at, by="system", reason="silence")
