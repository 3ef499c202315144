"""From a stored Message to what a channel is given: read when it is sent, not before."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select

from hub.domain.outbound import Outbound, OutboundFile
from hub.domain.states import Speaker
from hub.journey.context import Hub
from hub.journey.delivery.plan import FORWARD
from hub.journey.delivery.text import words_of
from hub.journey.files import open_file
from hub.ports import SendNever
from hub.store.outbox import DueEffect
from hub.store.rows import table_of
from hub.store.tables import Address, Contact, Conversation, Message, MessageDelivery, TalkJoin
from hub.store.unit import Prepared, Unit

VIA: Final = "via"
"""In the body of a customer's Message: the Address that said it, where it is not the own one of
its Conversation. Who was merged into a Conversation is answered where they write from."""
GOAL: Final = "goal"
"""In the body of a forward: to whom it goes."""
PURPOSE: Final = "purpose"
"""In a Message's body: what it is sent for, where that is not the service itself."""

_m, _v, _a = (table_of(one).c for one in (Message, Conversation, Address))
_c, _d = table_of(Contact).c, table_of(MessageDelivery).c
_MESSAGE = Prepared(
    select(
        _m.key, _m.speaker, _m.agent_id, _m.kind, _m.body_sealed, _m.contact_id, _c.language,
        _v.channel, _v.account, _a.id, _a.value_sealed,
    )
    .join_from(table_of(Message), table_of(Conversation), _v.id == _m.conversation_id)
    .join(table_of(Address), _a.id == _v.address_id)
    .join(table_of(Contact), _c.id == _m.contact_id)
    .where(_m.conversation_id == bindparam("of"), _m.seq == bindparam("number"))
)  # fmt: skip
_HEARD = Prepared(
    select(_m.seq, _m.key, _m.body_sealed)
    .where(_m.conversation_id == bindparam("of"), _m.seq < bindparam("number"))
    .where(_m.speaker == Speaker.CUSTOMER.value)
    .order_by(_m.seq.desc())
    .limit(1)
)
_SENT = Prepared(
    select(_d.seq, _d.data_sealed)
    .where(_d.conversation_id == bindparam("of"), _d.seq < bindparam("number"))
    .where(_d.seq > bindparam("heard"), _d.data_sealed.is_not(None))
    .order_by(_d.seq)
)


NEWEST: Final = 2**31 - 1
_VIA = Prepared(select(_a.account, _a.id, _a.value_sealed).where(_a.id == bindparam("of")))
_j = table_of(TalkJoin).c
_SPLIT_FROM = Prepared(
    select(_j.source_id, _j.to_seq)
    .where(_j.target_id == bindparam("of"), _j.kind == "split", _j.undone_at.is_(None))
    .limit(1)
)


class Letter(NamedTuple):
    """A Message ready to be sent, and for which purpose."""

    channel: str
    outbound: Outbound
    purpose: str


async def compose(hub: Hub, effect: DueEffect) -> Letter:
    """Read what an effect is to send; raise `SendNever` when there is nothing."""
    payload = hub.vault.open_json(effect.payload_sealed, "effect", "payload", effect.id)
    conversation_id, seq = effect.subject, int(payload["seq"])
    rows = await hub.reader.rows(_MESSAGE(of=conversation_id, number=seq))
    if not rows:
        raise SendNever("the message is not there any more")
    key, speaker, agent_id, kind, sealed, contact_id, known, channel, account, *address = rows[0]
    body = _open(hub, conversation_id, key, sealed)
    language = body.get("language") or known
    before: dict[str, str] = {}
    if kind != FORWARD:
        before, via = await _said_before(hub, conversation_id, seq)
        if via:
            account, *address = (await hub.reader.rows(_VIA(of=via)))[0]
    outbound = Outbound(
        account=account,
        address=body.get(GOAL) or hub.vault.open(address[1], "address", "value", address[0]),
        conversation_id=conversation_id,
        contact_id=contact_id,
        key=payload["key"],
        language=language,
        text=words_of(body, kind),
        speaker=speaker,
        signed_by=name_in(hub, agent_id, language),
        files=[_file(hub, one) for one in files_of(body)],
        channel_data={**before, **body.get("channel_data", {})},
    )
    return Letter(channel, outbound, str(body.get(PURPOSE, "service")))


def name_in(hub: Hub, agent_id: str | None, language: str) -> str:
    """An agent's name as a customer of this language reads it; empty for nobody."""
    name = hub.staff.name_of(agent_id) or {}
    return name.get(language) or name.get("en", "")


def files_of(body: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The files that go with a Message, as they are described in its body."""
    return [body["file"]] if "file" in body else list(body.get("files", ()))


async def _said_before(hub: Hub, conversation_id: str, seq: int) -> tuple[dict[str, str], str]:
    """What the channel knows of the newest customer's Message, and of ours since; who said it."""
    known, via = dict[str, str](), ""
    heard = await hub.reader.rows(_HEARD(of=conversation_id, number=seq))
    if heard:
        _, key, sealed = heard[0]
        body = _open(hub, conversation_id, key, sealed)
        known, via = dict(body.get("channel_data", {})), str(body.get(VIA, ""))
    else:
        known = await _said_in_source(hub, conversation_id)
    since = heard[0][0] if heard else 0
    sent = await hub.reader.rows(_SENT(of=conversation_id, number=seq, heard=since))
    for number, data in sent:
        known |= hub.vault.open_json(
            data, "message_delivery", "data", f"{conversation_id}/{number}"
        )
    return known, via


async def _said_in_source(hub: Hub, conversation_id: str) -> dict[str, str]:
    """The same of what was split off with a Conversation in which the customer has not spoken."""
    rows = await hub.reader.rows(_SPLIT_FROM(of=conversation_id))
    if not rows:
        return {}
    source_id, to_seq = rows[0]
    heard = await hub.reader.rows(_HEARD(of=source_id, number=to_seq + 1))
    if not heard:
        return {}
    return dict(_open(hub, source_id, heard[0][1], heard[0][2]).get("channel_data", {}))


def _open(hub: Hub, conversation_id: str, key: str, sealed: bytes) -> Mapping[str, Any]:
    body: Mapping[str, Any] = hub.vault.open_json(
        sealed, "message", "body", f"{conversation_id}/{key}"
    )
    return body


def _file(hub: Hub, described: Mapping[str, Any]) -> OutboundFile:
    return OutboundFile(
        name=described["name"],
        media_type=described["media_type"],
        size_bytes=described["size_bytes"],
        read=partial(_read, hub, described["id"]),
    )


async def _read(hub: Hub, file_id: str) -> bytes:
    return (await open_file(hub, file_id)).data


def answer_to(hub: Hub, conversation_id: str) -> Unit[tuple[str, str, str]]:
    """Read `(channel, account, address)` of who would get an answer now."""
    channel, account, address_id, sealed = (yield address_of(conversation_id))[0]
    heard = yield _HEARD(of=conversation_id, number=NEWEST)
    via = _open(hub, conversation_id, *heard[0][1:]).get(VIA) if heard else None
    if via:
        account, address_id, sealed = (yield _VIA(of=via))[0]
    return channel, account, hub.vault.open(sealed, "address", "value", address_id)


def address_of(conversation_id: str) -> Any:
    """The statement that reads `(channel, account, address id, sealed address)`."""
    return _ADDRESS(of=conversation_id)


_ADDRESS = Prepared(
    select(_v.channel, _v.account, _a.id, _a.value_sealed)
    .join_from(table_of(Conversation), table_of(Address), _a.id == _v.address_id)
    .where(_v.id == bindparam("of"))
)
