"""Address and Conversation: find or make the lasting thread of one reachable end."""

import zlib
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import bindparam, select

from hub.domain.events import CustomerProved
from hub.domain.proof import TAKEN_BACK
from hub.journey.context import Hub
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Address, Contact, Conversation, Customer
from hub.store.unit import Append, Prepared, Unit

MERGES_FOLLOWED_MOST: Final = 5
_COLUMNS = (
    "id", "language", "last_seq", "open_contact_id", "last_contact_id", "last_agent_id",
    "customer_id", "guest_number", "goes_on_in",
)  # fmt: skip
_address, _conversation = table_of(Address).c, table_of(Conversation).c
_of_address = (
    select(_address.id, *(_conversation[name] for name in _COLUMNS))
    .join_from(table_of(Address), table_of(Conversation), _conversation.address_id == _address.id)
    .where(
        _address.channel == bindparam("channel"),
        _address.account == bindparam("account"),
        _address.value_key == bindparam("value_key"),
    )
)
_by_id = (
    select(_address.id, *(_conversation[name] for name in _COLUMNS))
    .join_from(table_of(Address), table_of(Conversation), _conversation.address_id == _address.id)
    .where(_conversation.id == bindparam("of"))
    .with_for_update()
)
_hold_named = Prepared(_by_id)
_hold_branch = Prepared(_by_id.where(_conversation.branch_of == bindparam("main")))
_find = Prepared(_of_address)
_hold = Prepared(_of_address.with_for_update())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One reachable end as its channel names it, with the proof the channel itself has."""

    channel: str
    account: str
    address: str
    language: str = "en"
    customer_id: str | None = None
    identity_level: int = 0
    proof: str | None = None
    thread_id: str = ""
    """Which Conversation of the Address its channel has proof for, where staff have split one."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The Conversation of one Address."""

    conversation_id: str
    language: str
    last_seq: int
    open_contact_id: str | None
    last_contact_id: str | None
    last_agent_id: str | None
    customer_id: str | None
    guest_number: int
    goes_on_in: str | None = None
    """Staff have merged it into this one."""
    via: str | None = None
    """The Address that really speaks, where that is another than the Conversation's own."""


async def open_thread(hub: Hub, reach: Reach) -> Thread:
    """Find or make the Conversation of an Address; opens no Contact."""
    return await hub.journal.run(lambda: hold_thread(hub, reach))


def hold_thread(hub: Hub, reach: Reach) -> Unit[Thread]:
    """The unit of `open_thread`, also the first part of receiving a fact."""
    where = _where(hub, reach)
    rows = yield _hold(**where)
    if not rows:
        yield from _make(hub, reach, where["value_key"])
        rows = yield _hold(**where)
    address_id, *known = rows[0]
    thread = Thread(*known)
    thread = yield from _where_it_goes_on(address_id, thread, reach)
    is_proved = bool(reach.customer_id) and reach.identity_level >= 2
    if not is_proved and reach.language == thread.language:
        return thread
    if is_proved:
        yield from _prove(hub, address_id, thread, reach)
    if reach.language != thread.language:
        yield change(Conversation, thread.conversation_id, language=reach.language)
    rows = yield _hold_named(of=thread.conversation_id)
    return replace(Thread(*rows[0][1:]), via=thread.via)


def _where_it_goes_on(address_id: str, thread: Thread, reach: Reach) -> Unit[Thread]:
    """Hold the Conversation that staff have made of this one: a branch of it, or another."""
    if reach.thread_id not in ("", thread.conversation_id):
        rows = yield _hold_branch(of=reach.thread_id, main=thread.conversation_id)
        thread = Thread(*rows[0][1:]) if rows else thread
    for _ in range(MERGES_FOLLOWED_MOST):
        if thread.goes_on_in is None:
            return thread
        rows = yield _hold_named(of=thread.goes_on_in)
        via = address_id if rows[0][0] != address_id else None
        thread = replace(Thread(*rows[0][1:]), via=via)
    return thread


def known_language(hub: Hub, reach: Reach) -> Unit[str | None]:
    """The language in which an Address spoke last; None for one that was never heard of."""
    rows = yield _find(**_where(hub, reach))
    return Thread(*rows[0][1:]).language if rows else None


async def find_thread(hub: Hub, reach: Reach) -> Thread | None:
    """Read the Conversation of an Address without holding it; None where there is none yet."""
    rows = await hub.reader.rows(_find(**_where(hub, reach)))
    return Thread(*rows[0][1:]) if rows else None


def _where(hub: Hub, reach: Reach) -> dict[str, str]:
    key = hub.lookup.of("address", reach.address)
    return {"channel": reach.channel, "account": reach.account, "value_key": key}


def _make(hub: Hub, reach: Reach, key: str) -> Unit[None]:
    at, address_id, conversation_id = hub.clock.now(), hub.new_id("adr"), hub.new_id("cnv")
    sealed = hub.vault.seal(reach.address, "address", "value", address_id)
    yield put(
        Address,
        id=address_id,
        channel=reach.channel,
        account=reach.account,
        value_key=key,
        value_sealed=sealed,
        created_at=at,
    )
    yield put(
        Conversation,
        id=conversation_id,
        address_id=address_id,
        channel=reach.channel,
        account=reach.account,
        language=reach.language,
        guest_number=_guest_number(conversation_id),
        created_at=at,
    )


def _prove(hub: Hub, address_id: str, thread: Thread, reach: Reach) -> Unit[None]:
    """Link by proof only, and lift an open Contact that was a guest's so far."""
    customer_id = reach.customer_id
    if thread.customer_id != customer_id:
        yield change(Address, address_id, customer_id=customer_id)
        yield change(Conversation, thread.conversation_id, customer_id=customer_id)
    contact_id = thread.open_contact_id
    if contact_id is None or customer_id is None:
        return
    columns = ("identity_level", "customer_id", "speaker_party_id", "identity_proof")
    level, known, speaker, proof = (yield find(Contact, *columns, lock=True, id=contact_id))[0]
    # The page goes on saying who signed in; it does not know that somebody else speaks by now.
    is_anothers = speaker is not None or proof == TAKEN_BACK
    if known == customer_id and (is_anothers or level >= reach.identity_level):
        return
    at = hub.clock.now()
    segment = yield from segment_of(customer_id)
    yield change(
        Contact,
        contact_id,
        customer_id=customer_id,
        segment=segment,
        identity_level=reach.identity_level,
        identity_proof=reach.proof,
        identity_proved_at=at,
        identity_proved_by=None,
        speaker_party_id=None,
    )
    yield Append(
        CustomerProved(
            at=at,
            contact_id=contact_id,
            conversation_id=thread.conversation_id,
            customer_id=customer_id,
            identity_level=reach.identity_level,
            method=reach.proof or "",
        )
    )


def segment_of(customer_id: str | None) -> Unit[str | None]:
    """Read a Customer's segment; None for a guest."""
    if customer_id is None:
        return None
    rows = yield find(Customer, "segment", id=customer_id)
    return rows[0][0] if rows else None


def _guest_number(conversation_id: str) -> int:
    """Derive four digits that staff can say aloud from an identifier."""
    return 1000 + zlib.crc32(conversation_id.encode()) % 9000
