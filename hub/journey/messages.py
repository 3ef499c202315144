"""Storing and reading Messages: the one place where a Message gets its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Integer, bindparam, insert, select, update

from hub.domain.events import MessageAdded
from hub.domain.json_text import dumper, quote
from hub.domain.outbound import DeliveryState
from hub.domain.states import Audience, Speaker
from hub.journey.context import Hub
from hub.journey.delivery.plan import leaves, plan_delivery
from hub.journey.written.targets import answered
from hub.store.rows import table_of
from hub.store.tables import Contact, Conversation, Message, MessageDelivery
from hub.store.unit import Append, Call, Many, Prepared, Unit

_m, _c = table_of(Message).c, table_of(Conversation).c
_d = table_of(MessageDelivery).c

_next_numbers = Prepared(
    update(table_of(Conversation))
    .where(_c.id == bindparam("of"))
    .values(last_seq=_c.last_seq + bindparam("count", type_=Integer))
    .returning(_c.last_seq, _c.channel)
)
next_number_while_open = Prepared(
    update(table_of(Conversation))
    .where(_c.id == bindparam("of"), _c.open_contact_id == bindparam("contact"))
    .values(last_seq=_c.last_seq + 1)
    .returning(
        _c.last_seq,
        select(table_of(Contact).c.state)
        .where(table_of(Contact).c.id == _c.open_contact_id)
        .scalar_subquery(),
    )
)
insert_message = Prepared(
    insert(table_of(Message)).values({column.name: bindparam(column.name) for column in _m})
)
find_by_key = Prepared(
    select(_m.seq, _m.contact_id, _m.at).where(
        _m.conversation_id == bindparam("of"), _m.key == bindparam("key")
    )
)
message_columns = (
    _m.conversation_id, _m.seq, _m.contact_id, _m.speaker, _m.agent_id,
    _m.audience, _m.kind, _m.body_sealed, _m.at, _m.key,
)  # fmt: skip
_page = (
    select(*message_columns)
    .where(_m.conversation_id == bindparam("of"), _m.seq < bindparam("before_seq"))
    .where(_m.seq > bindparam("after_seq"))
    .limit(bindparam("limit"))
)
_told = _page.add_columns(_d.state, _d.error_code).outerjoin(
    table_of(MessageDelivery), (_d.conversation_id == _m.conversation_id) & (_d.seq == _m.seq)
)
"""Staff see where a Message is on its way."""
_newest_all = Prepared(_told.order_by(_m.seq.desc()))
_oldest_all = Prepared(_told.order_by(_m.seq))
_open = _page.where(_m.audience == Audience.EVERYONE.value)
_newest_open = Prepared(_open.order_by(_m.seq.desc()))
_oldest_open = Prepared(_open.order_by(_m.seq))


class Delivery(NamedTuple):
    """Where a Message is on its way to the customer."""

    state: str
    error_code: str = ""


QUEUED: Final = Delivery(DeliveryState.QUEUED.value)


class MessageRead(NamedTuple):
    """A Message, opened, as followers and pages get it (a tuple: one is made per message)."""

    conversation_id: str
    seq: int
    contact_id: str
    speaker: str
    agent_id: str | None
    agent_name: Mapping[str, str] | None
    audience: str
    kind: str
    body: Mapping[str, Any]
    at: float
    key: str
    delivery: Delivery | None = None
    """On a written channel, for what was said to the customer."""


class Posted(NamedTuple):
    """What a sender learns after COMMIT; `duplicate` when this key was stored before."""

    conversation_id: str
    contact_id: str
    seq: int
    at: float
    duplicate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A Message on its way into the store."""

    key: str
    speaker: Speaker
    body: Mapping[str, Any]
    kind: str = "text"
    audience: Audience = Audience.EVERYONE
    agent_id: str | None = None


def named(name: Mapping[str, str]) -> dict[str, str]:
    """A person's name as data of an event line, one entry per language."""
    return {f"name_{language}": text for language, text in name.items()}


def event_draft(
    hub: Hub,
    code: str,
    data: Mapping[str, str] | None = None,
    *,
    staff_only: bool = False,
    text: str = "",
) -> Draft:
    """A line in the transcript that says what happened; pages put it into words, but for `text`."""
    return Draft(
        key=hub.new_id("evt"),
        speaker=Speaker.SYSTEM,
        kind="event",
        body={"text": text, "event": code, "data": data or {}},
        audience=Audience.STAFF if staff_only else Audience.EVERYONE,
    )


def add_message(
    hub: Hub, conversation_id: str, contact_id: str, draft: Draft, at: float
) -> Unit[Posted]:
    """Give the draft the next number of its Conversation, seal and store it, tell the log."""
    rows = yield _next_numbers(of=conversation_id, count=1)
    seq, channel = rows[0]
    if not _leaves(hub, channel, draft):
        return (yield from store_message(hub, conversation_id, contact_id, draft, seq, at))
    return (yield from _store_and_send(hub, channel, conversation_id, contact_id, draft, seq, at))


def add_messages(
    hub: Hub, conversation_id: str, contact_id: str, drafts: Sequence[Draft], at: float
) -> Unit[None]:
    """Do what `add_message` does for each of these drafts, in their order, in two statements."""
    if not drafts:
        return
    rows = yield _next_numbers(of=conversation_id, count=len(drafts))
    last, channel = rows[0]
    first = last - len(drafts) + 1
    if any(_leaves(hub, channel, draft) for draft in drafts):
        yield from _store_each(hub, channel, conversation_id, contact_id, drafts, first, at)
        return
    made = [
        _made(hub, conversation_id, contact_id, draft, seq, at)
        for seq, draft in enumerate(drafts, first)
    ]
    yield Many(insert_message, [row for row, _ in made])
    yield from [append for _, append in made]


def _leaves(hub: Hub, channel: str, draft: Draft) -> bool:
    return leaves(
        hub, channel, speaker=draft.speaker, audience=draft.audience, kind=draft.kind
    )  # fmt: skip


def _store_each(
    hub: Hub,
    channel: str,
    conversation_id: str,
    contact_id: str,
    drafts: Sequence[Draft],
    first: int,
    at: float,
) -> Unit[None]:
    """Store drafts on a written channel: some leave, others are for pages alone."""
    ids = (conversation_id, contact_id)
    for seq, draft in enumerate(drafts, first):
        if _leaves(hub, channel, draft):
            yield from _store_and_send(hub, channel, *ids, draft, seq, at)
        else:
            yield from store_message(hub, *ids, draft, seq, at)


def _store_and_send(
    hub: Hub,
    channel: str,
    conversation_id: str,
    contact_id: str,
    draft: Draft,
    seq: int,
    at: float,
) -> Unit[Posted]:
    """Store a draft and ask for it to be sent; pages show at once that it waits."""
    row, append = _made(hub, conversation_id, contact_id, draft, seq, at)
    read = append.carried
    assert isinstance(read, MessageRead)
    yield Call(insert_message, row)
    yield from plan_delivery(
        hub, channel=channel, conversation_id=conversation_id, contact_id=contact_id, seq=seq,
        at=at,
    )  # fmt: skip
    yield append._replace(carried=read._replace(delivery=QUEUED))
    if draft.speaker is Speaker.AGENT and draft.audience is Audience.EVERYONE:
        yield answered(of=contact_id)
    return Posted(conversation_id, contact_id, seq, at)


def store_message(
    hub: Hub, conversation_id: str, contact_id: str, draft: Draft, seq: int, at: float
) -> Unit[Posted]:
    """Store a draft under a number the caller has just taken."""
    row, append = _made(hub, conversation_id, contact_id, draft, seq, at)
    yield Call(insert_message, row)
    yield append
    return Posted(conversation_id, contact_id, seq, at)


def _made(
    hub: Hub, conversation_id: str, contact_id: str, draft: Draft, seq: int, at: float
) -> tuple[dict[str, Any], Append]:
    """Return row and event of a draft under its number."""
    speaker, audience = draft.speaker.value, draft.audience.value
    row_id = f"{conversation_id}/{draft.key}"
    row = {
        "conversation_id": conversation_id, "seq": seq, "key": draft.key, "contact_id": contact_id,
        "speaker": speaker, "audience": audience, "agent_id": draft.agent_id, "kind": draft.kind,
        "body_sealed": hub.vault.seal(_dump(draft.body), "message", "body", row_id), "at": at,
    }  # fmt: skip
    read = MessageRead(
        conversation_id, seq, contact_id, speaker, draft.agent_id,
        hub.staff.name_of(draft.agent_id), audience, draft.kind, draft.body, at, draft.key,
    )  # fmt: skip
    event = MessageAdded(
        at=at, contact_id=contact_id, conversation_id=conversation_id, seq=seq, speaker=speaker,
        audience=audience, agent_id=draft.agent_id,
    )  # fmt: skip
    return row, Append(event, read)


def store_customer_text(
    hub: Hub, conversation_id: str, contact_id: str, key: str, seq: int, text: str, at: float
) -> Unit[Posted]:
    """Do what `store_message` does for the commonest draft, a customer's words."""
    row, append = customer_text(hub, conversation_id, contact_id, key, seq, text, at)
    yield Call(insert_message, row)
    yield append
    return Posted(conversation_id, contact_id, seq, at)


def customer_text(
    hub: Hub, conversation_id: str, contact_id: str, key: str, seq: int, text: str, at: float
) -> tuple[dict[str, Any], Append]:
    """Return row and event of a customer's words, made by hand at half the cost of a draft's."""
    sealed = hub.vault.seal(
        f'{{"text":{quote(text)}}}', "message", "body", f"{conversation_id}/{key}"
    )
    row = {
        "conversation_id": conversation_id, "seq": seq, "key": key, "contact_id": contact_id,
        "speaker": _CUSTOMER, "audience": _EVERYONE, "agent_id": None, "kind": "text",
        "body_sealed": sealed, "at": at,
    }  # fmt: skip
    read = MessageRead(
        conversation_id, seq, contact_id, _CUSTOMER, None, None, _EVERYONE, "text",
        {"text": text}, at, key,
    )  # fmt: skip
    event = MessageAdded(
        at=at, contact_id=contact_id, conversation_id=conversation_id, seq=seq,
        speaker=_CUSTOMER, audience=_EVERYONE,
    )  # fmt: skip
    return row, Append(event, read)


async def messages_of(
    hub: Hub,
    conversation_id: str,
    *,
    before_seq: int | None = None,
    after_seq: int | None = None,
    limit: int = 50,
    audience: Audience = Audience.STAFF,
) -> list[MessageRead]:
    """Read up to `limit` Messages in order: the newest before, or the oldest after, a number."""
    forward = after_seq is not None
    if audience is Audience.STAFF:
        prepared = _oldest_all if forward else _newest_all
    else:
        prepared = _oldest_open if forward else _newest_open
    rows = await hub.reader.rows(
        prepared(
            of=conversation_id,
            before_seq=2**31 - 1 if before_seq is None else before_seq,
            after_seq=after_seq or 0,
            limit=limit,
        )
    )
    return [open_message(hub, row) for row in (rows if forward else reversed(rows))]


def open_message(hub: Hub, row: Sequence[Any]) -> MessageRead:
    """Open a sealed row, selected in the order of `message_columns`, perhaps with its delivery."""
    conversation_id, seq, contact_id, speaker, agent_id, audience, kind, sealed, at, key = row[:10]
    state, error_code = row[10:] or (None, "")
    body = hub.vault.open_json(sealed, "message", "body", f"{conversation_id}/{key}")
    name = hub.staff.name_of(agent_id)
    return MessageRead(
        conversation_id, seq, contact_id, speaker, agent_id, name, audience, kind, body, at, key,
        Delivery(state, error_code) if state is not None else None,
    )  # fmt: skip


def call_by_key(conversation_id: str, key: str) -> Call:
    """The statement that finds a Message by its sender's own id."""
    return find_by_key(of=conversation_id, key=key)


_CUSTOMER: Final = Speaker.CUSTOMER.value
_EVERYONE: Final = Audience.EVERYONE.value
_dump: Final = dumper()
