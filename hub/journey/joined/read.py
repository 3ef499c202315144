"""What is joined with a Conversation, what could be, and the Messages that a join shows."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, or_, select

from hub.domain.errors import NotFound
from hub.domain.reference import shown_reference
from hub.journey.context import Hub
from hub.journey.joined.row import LINKED, MERGED, UNDO_SECONDS
from hub.journey.messages import MessageRead, messages_of
from hub.store.rows import find, table_of
from hub.store.tables import Contact, Conversation, TalkJoin
from hub.store.unit import Prepared

GOALS_MOST: Final = 20
SHOWN_MOST: Final = 200
_j, _v, _c = (table_of(one).c for one in (TalkJoin, Conversation, Contact))
_ids: BindParameter[list[str]] = bindparam("ids", expanding=True)
_JOINS: Final = Prepared(
    select(
        _j.id, _j.kind, _j.source_id, _j.target_id, _j.source_contact_id, _j.target_contact_id,
        _j.from_seq, _j.to_seq, _j.by, _j.at, _v.id, _v.channel,
    )
    .join(
        table_of(Conversation),
        ((_v.id == _j.source_id) & _j.target_id.in_(_ids))
        | ((_v.id == _j.target_id) & _j.source_id.in_(_ids)),
    )
    .where(_j.undone_at.is_(None))
    .where(or_(_j.source_id.in_(_ids), _j.target_id.in_(_ids)))
    .order_by(_j.at)
)  # fmt: skip
_TALKS: Final = Prepared(
    select(
        _v.id,
        _v.channel,
        _v.account,
        _v.last_seq,
        _v.open_contact_id,
        _c.id,
        _c.state,
        _c.owner_agent_id,
        _c.arrived_at,
        _v.goes_on_in,
    )
    .join_from(
        table_of(Conversation),
        table_of(Contact),
        or_(
            _c.id == _v.open_contact_id,
            (_v.open_contact_id.is_(None)) & (_c.id == _v.last_contact_id),
        ),
    )
    .where(_c.customer_id == bindparam("customer"), _v.id != bindparam("but"))
    .where(_v.channel.in_(bindparam("channels", expanding=True)))
    .order_by(_c.arrived_at.desc())
    .limit(GOALS_MOST)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRead:
    """A join as one of its ends sees it."""

    id: str
    kind: str
    shows: bool
    """The other's Messages are shown here."""
    other_id: str
    channel: str
    reference: str
    """Of the other's Contact, as staff say it."""
    count: int
    by: str
    at: float
    whole_until: float | None
    """Until when taking it back restores the other Contact too; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkGoal:
    """Another Conversation of the Customer."""

    conversation_id: str
    channel: str
    account: str
    reference: str
    is_open: bool
    owner_agent_id: str | None
    at: float
    words: str
    """What the customer said there last."""
    can_merge: bool


async def joins_of(hub: Hub, ids: Collection[str]) -> dict[str, tuple[JoinRead, ...]]:
    """Return what is joined with these Conversations, the oldest first."""
    if not ids:
        return {}
    found: dict[str, list[JoinRead]] = {}
    for row in await hub.reader.rows(_JOINS(ids=list(ids))):
        join_id, kind, source_id, target_id, of_source, of_target, first, last, by, at, *other = row
        other_id, channel = other
        is_target = other_id == source_id
        of_other = of_source if is_target else of_target
        here = target_id if is_target else source_id
        found.setdefault(here, []).append(
            JoinRead(
                id=join_id, kind=kind, shows=is_target or kind == LINKED, other_id=other_id,
                channel=channel, reference=shown_reference(of_other), count=last - first + 1,
                by=by, at=at, whole_until=at + UNDO_SECONDS if kind == MERGED else None,
            )
        )  # fmt: skip
    return {of: tuple(joins) for of, joins in found.items()}


async def talk_goals(hub: Hub, agent_id: str, contact_id: str) -> list[TalkGoal]:
    """Return the other written Conversations of the Customer of a Contact."""
    rows = await hub.reader.rows(
        find(Contact, "conversation_id", "channel", "account", "customer_id", id=contact_id)
    )
    if not rows or rows[0][3] is None:
        return []
    talk, channel, _, customer_id = rows[0]
    channels = [writer.name for writer in hub.writers] or [""]
    call = _TALKS(customer=customer_id, but=talk, channels=channels)
    goals = []
    for row in await hub.reader.rows(call):
        of, by, account, last_seq, open_id, other_contact, _, owner, at, goes_on_in = row
        is_free = open_id is None or owner in (None, agent_id)
        goals.append(
            TalkGoal(
                conversation_id=of, channel=by, account=account, is_open=open_id is not None,
                reference=shown_reference(other_contact), owner_agent_id=owner, at=at,
                words=await _last_words(hub, of, last_seq),
                can_merge=by == channel and goes_on_in is None and is_free,
            )
        )  # fmt: skip
    return goals


async def _last_words(hub: Hub, conversation_id: str, last_seq: int) -> str:
    for one in reversed(await messages_of(hub, conversation_id, before_seq=last_seq + 1)):
        if one.speaker == "customer" and one.kind == "text":
            return str(one.body.get("text", ""))[:120]
    return ""


async def shown_messages(hub: Hub, conversation_id: str, join_id: str) -> list[MessageRead]:
    """Return the Messages that a join shows in a Conversation, as staff see them."""
    columns = ("kind", "source_id", "target_id", "from_seq", "to_seq", "undone_at")
    rows = await hub.reader.rows(find(TalkJoin, *columns, id=join_id))
    if not rows or rows[0][5] is not None or conversation_id not in rows[0][1:3]:
        raise NotFound("no_join")
    kind, source_id, target_id, from_seq, to_seq, _ = rows[0]
    read: dict[str, Any] = {"after_seq": from_seq - 1, "before_seq": to_seq + 1}
    if kind == LINKED:
        source_id = target_id if conversation_id == source_id else source_id
        read = {}
    elif conversation_id != target_id:
        raise NotFound("no_join")
    return await messages_of(hub, source_id, limit=SHOWN_MOST, **read)
