"""One join of two Conversations: written down, told to both, found again."""

from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, func, or_, select

from hub.domain.errors import NotFound, Refused
from hub.domain.events import TalksJoined
from hub.domain.states import Speaker
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow, load_owned
from hub.journey.context import Hub
from hub.journey.messages import add_message, event_draft
from hub.store.rows import find, put, table_of
from hub.store.tables import Contact, Conversation, Message, TalkJoin
from hub.store.unit import Append, Prepared, Unit

MERGED: Final = "merged"
SPLIT: Final = "split"
LINKED: Final = "linked"
UNDO_SECONDS: Final = 120.0
"""So long a merged Contact can come back as it was; after that only its thread does."""

_j, _m, _c = (table_of(one).c for one in (TalkJoin, Message, Contact))
_OF_TALK: Final = Prepared(
    select(_j.id)
    .where(_j.undone_at.is_(None), _j.kind == bindparam("kind"))
    .where(
        ((_j.source_id == bindparam("one")) & (_j.target_id == bindparam("other")))
        | ((_j.source_id == bindparam("other")) & (_j.target_id == bindparam("one")))
    )
    .limit(1)
)
_SAID: Final = Prepared(
    select(func.count())
    .select_from(table_of(Message))
    .where(_m.conversation_id == bindparam("of"), _m.seq > bindparam("after"))
    .where(or_(_m.speaker != Speaker.SYSTEM.value, _m.kind != "event"))
)


class Other(NamedTuple):
    """A Conversation, with the Contact that is open in it or was the last."""

    id: str
    channel: str
    account: str
    customer_id: str | None
    contact_id: str
    is_open: bool
    first_seq: int
    last_seq: int
    goes_on_in: str | None


def load_written(hub: Hub, agent_id: str, contact_id: str) -> Unit[ContactRow]:
    """Hold an own Contact on a written channel."""
    contact = yield from load_owned(contact_id, agent_id)
    if contact.channel not in hub.writers:
        raise Refused("not_written", "only mail and messages are joined and split")
    return contact


def load_other(conversation_id: str) -> Unit[Other]:
    """Read and hold a Conversation with its Contact; raise `NotFound("no_talk")`."""
    columns = (
        "channel", "account", "customer_id", "open_contact_id", "last_contact_id", "last_seq",
        "goes_on_in",
    )  # fmt: skip
    rows = yield find(Conversation, *columns, lock=True, id=conversation_id)
    if not rows or not (rows[0][3] or rows[0][4]):
        raise NotFound("no_talk")
    channel, account, customer_id, open_id, last_id, last_seq, goes_on_in = rows[0]
    contact_id = open_id or last_id
    found = yield find(Contact, "first_seq", "customer_id", id=contact_id)
    return Other(
        conversation_id, channel, account, found[0][1] or customer_id, contact_id,
        open_id is not None, found[0][0], last_seq, goes_on_in,
    )  # fmt: skip


def require_one_customer(contact: ContactRow, other: Other) -> None:
    """Raise unless both are of the same known Customer, and two Conversations."""
    if contact.conversation_id == other.id:
        raise Refused("same_talk", "it is the same conversation")
    if contact.customer_id is None or contact.customer_id != other.customer_id:
        # Whoever asks does not learn that somebody else's talk exists.
        raise NotFound("no_talk")


def write_down(hub: Hub, agent_id: str, join: dict[str, Any]) -> Unit[str]:
    """Store a join, its line in both Conversations, its audit entry and its events."""
    one, other, kind = join["source_id"], join["target_id"], join["kind"]
    if (yield _OF_TALK(one=one, other=other, kind=kind)):
        raise Refused("joined_already", "it was done before")
    join_id, at = hub.new_id("jon"), hub.clock.now()
    yield put(TalkJoin, id=join_id, by=agent_id, at=at, **join)
    details = {"kind": kind, "source": one, "target": other}
    yield from audited(hub, agent_id, "talks_joined", join_id, details=details)
    ends = ((one, join["source_contact_id"], other), (other, join["target_contact_id"], one))
    for talk, contact_id, to in ends:
        side = "target" if talk == other else "source"
        line = event_draft(
            hub, f"talk_{kind}", {"join_id": join_id, "side": side, "agent_id": agent_id},
            staff_only=True,
        )  # fmt: skip
        yield from add_message(hub, talk, contact_id, line, at)
        yield Append(
            TalksJoined(
                at=at, contact_id=contact_id, conversation_id=talk, join_id=join_id, kind=kind,
                other_id=to, by=agent_id,
            )
        )  # fmt: skip
    return join_id


def was_said_since(conversation_id: str, seq: int) -> Unit[bool]:
    """Whether anybody but the hub has said something there after this number."""
    return bool((yield _SAID(of=conversation_id, after=seq))[0][0])
