"""A quiet customer is warned, then the Contact closes; nobody waits for ever.

The timer does not move with every message (that would be a write per message): when it rings,
it looks when the last word was spoken, and sets itself anew if that was too recent.
"""

from typing import Final

from sqlalchemy import bindparam, select

from hub.domain.calls import CHANNEL
from hub.domain.conduct import word_in
from hub.domain.events import SilenceWarned
from hub.domain.states import Audience, ContactState, Speaker
from hub.domain.work import TASK_CHANNEL
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub, Patience
from hub.journey.messages import add_message, event_draft
from hub.journey.waiting import TimerKind, arm, ring
from hub.store.rows import table_of
from hub.store.tables import Message
from hub.store.unit import Append, Prepared, Unit

UNWATCHED: Final = frozenset({TASK_CHANNEL, CHANNEL})
"""Channels on which silence is no sign that the customer is gone."""
_m = table_of(Message).c
_last_word = Prepared(
    select(_m.speaker, _m.at)
    .where(_m.conversation_id == bindparam("of"), _m.audience == Audience.EVERYONE.value)
    .where(_m.kind != "event")
    .order_by(_m.seq.desc())
    .limit(1)
)


def patience_of(hub: Hub, account: str) -> Patience:
    """How long this channel account waits."""
    return hub.settings.patience.get(account) or Patience()


def _quiet_seconds(hub: Hub, contact: ContactRow) -> float:
    """How long a customer may be silent before something is done about it."""
    if contact.channel in hub.writers:
        return hub.settings.written.rules(contact.channel).close_seconds
    return patience_of(hub, contact.account).warn_seconds


def watch_silence(hub: Hub, contact: ContactRow, at: float) -> Unit[None]:
    """Start the watch over a Contact in which the customer may have to speak."""
    if contact.channel in UNWATCHED:
        return
    due_at = at + _quiet_seconds(hub, contact)
    yield arm(TimerKind.SILENCE, contact.id, due_at)


async def look_at_silence(hub: Hub, contact_id: str) -> None:
    """Timer `silence`: warn a customer who has not answered for too long."""
    await hub.journal.run(lambda: _warn(hub, contact_id))


def _warn(hub: Hub, contact_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.SILENCE, contact_id)
    contact = yield from load_contact(contact_id)
    if not taken or contact.state == ContactState.CLOSED:
        return
    at, patience = hub.clock.now(), patience_of(hub, contact.account)
    quiet_since = yield from customer_quiet_since(contact)
    warn_at = (at if quiet_since is None else quiet_since) + _quiet_seconds(hub, contact)
    if warn_at > at:
        yield arm(TimerKind.SILENCE, contact_id, warn_at)
        return
    if contact.channel in hub.writers:  # nobody sits before a letter and can be asked
        yield arm(TimerKind.SILENCE_CLOSE, contact_id, at)
        return
    closes_at = at + patience.close_seconds
    ids = {"contact_id": contact_id, "conversation_id": contact.conversation_id}
    yield Append(SilenceWarned(at=at, closes_at=closes_at, **ids))
    words = word_in(hub.conduct.silence_warning, contact.language)
    draft = event_draft(hub, "silence_warning", {"closes_at": f"{closes_at:.0f}"}, text=words)
    yield from add_message(hub, contact.conversation_id, contact_id, draft, at)
    yield arm(TimerKind.SILENCE_CLOSE, contact_id, closes_at)


def customer_quiet_since(contact: ContactRow) -> Unit[float | None]:
    """Since when it is the customer's turn; None while the turn is ours.

    Waiting in a queue, on offer or parked is never the customer's silence.
    """
    if contact.state not in (ContactState.ASSIGNED, ContactState.IN_SELF_SERVICE):
        return None
    rows = yield _last_word(of=contact.conversation_id)
    if not rows:
        return contact.arrived_at
    speaker, at = rows[0]
    return None if speaker == Speaker.CUSTOMER else max(at, contact.state_since)
