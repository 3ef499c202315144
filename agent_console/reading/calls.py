"""The telephone side of Contacts: the call, its live Legs, and the way through the menu."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, select

from hub.domain.calls import LegKind, LegState
from hub.domain.errors import Invalid
from hub.domain.states import Speaker
from hub.journey.context import Hub
from hub.journey.messages import message_columns, open_message
from hub.store.rows import table_of
from hub.store.tables import Call, CallLeg, Contact, Customer, CustomerNumber, Message
from hub.store.unit import Prepared

_k, _l, _m, _c, _u, _n = (
    table_of(one).c for one in (Call, CallLeg, Message, Contact, Customer, CustomerNumber)
)
_ids: BindParameter[list[str]] = bindparam("ids", expanding=True)

_CALLS = Prepared(
    select(
        _k.id, _k.engine, _k.account, _k.direction, _k.talking_since, _k.recording,
        _k.recording_id, _k.threat_at, _k.ended_at,
    ).where(_k.id.in_(_ids))
)  # fmt: skip
_LEGS = Prepared(
    select(
        _l.contact_id, _l.id, _l.kind, _l.party, _l.part, _l.number_sealed, _l.state, _l.phase,
        _l.role, _l.is_held, _l.held_since, _l.is_muted, _l.quality, _l.started_at,
        _l.answered_at,
    )
    .where(_l.contact_id.in_(_ids), _l.state != LegState.ENDED.value)
    .order_by(_l.started_at, _l.id)
)  # fmt: skip
_KEPT = Prepared(
    select(_c.id, _u.phone_key, _n.number_key)
    .join_from(table_of(Contact), table_of(Customer), _u.id == _c.customer_id)
    .outerjoin(table_of(CustomerNumber), _n.customer_id == _u.id)
    .where(_c.id.in_(_ids))
)
_PRESSED = Prepared(
    select(*message_columns)
    .join_from(table_of(Message), table_of(Contact), _m.conversation_id == _c.conversation_id)
    .where(_c.id.in_(_ids), _m.seq >= _c.first_seq, _m.contact_id == _c.id)
    .where(_m.speaker == Speaker.CUSTOMER.value)
    .order_by(_m.conversation_id, _m.seq)
)


class CallRow(NamedTuple):
    """A call as its row says."""

    id: str
    engine: str
    account: str
    direction: str
    talking_since: float | None
    recording: str
    recording_id: str | None
    threat_at: float | None
    ended_at: float | None


@dataclass(frozen=True, slots=True)
class LegFacts:
    """One end of the line that is not over."""

    id: str
    kind: str
    party: str | None
    part: str
    number: str
    state: str
    phase: str
    role: str
    is_held: bool
    held_since: float | None
    is_muted: bool
    quality: dict[str, float] | None
    since: float


@dataclass(frozen=True, slots=True)
class PathStep:
    """What the caller pressed or said in the menu, and what it meant."""

    keys: str
    words: str
    label: str
    at: float


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A call with its Legs and its path."""

    row: CallRow
    number_is: str
    """Of the number that calls: `bank` or `saved` in the Customer's record, else `new`; empty
    without a number or a Customer."""
    legs: tuple[LegFacts, ...]
    path: tuple[PathStep, ...]


async def load_calls(hub: Hub, ids: Sequence[str]) -> dict[str, CallFacts]:
    """Read the calls of Contacts; a Contact without one is left out."""
    wanted = list(ids)
    if not wanted:
        return {}
    calls, legs, pressed, kept = await hub.reader.gather(
        [_CALLS(ids=wanted), _LEGS(ids=wanted), _PRESSED(ids=wanted), _KEPT(ids=wanted)]
    )
    found = {}
    for row in calls:
        own = tuple(_leg(hub, leg) for leg in legs if leg[0] == row[0])
        found[row[0]] = CallFacts(
            row=CallRow(*row),
            number_is=_number_is(hub, own, [one[1:] for one in kept if one[0] == row[0]]),
            legs=own,
            path=tuple(_step(hub, one) for one in pressed if one[2] == row[0]),
        )
    return found


def _number_is(hub: Hub, legs: Sequence[LegFacts], kept: Sequence[Sequence[Any]]) -> str:
    number = next((one.number for one in legs if one.kind == LegKind.CUSTOMER), "")
    if not kept or not number.startswith("+"):
        return ""
    try:
        key = hub.lookup.of("phone", number)
    except Invalid:
        return ""
    if any(key == of_bank for of_bank, _ in kept):
        return "bank"
    return "saved" if any(key == saved for _, saved in kept) else "new"


def _leg(hub: Hub, row: tuple[Any, ...]) -> LegFacts:
    (
        _, leg_id, kind, party, part, number, state, phase, role, is_held, held_since, is_muted,
        quality, started_at, answered_at,
    ) = row  # fmt: skip
    return LegFacts(
        id=leg_id,
        kind=kind,
        party=party,
        part=part,
        number=hub.vault.open(number, "call_leg", "number", leg_id) if number else "",
        state=state,
        phase=phase,
        role=role,
        is_held=bool(is_held),
        held_since=held_since,
        is_muted=bool(is_muted),
        quality=json.loads(quality) if quality else None,
        since=started_at if answered_at is None else answered_at,
    )


def _step(hub: Hub, row: tuple[Any, ...]) -> PathStep:
    message = open_message(hub, row)
    body = message.body
    keys, words, text = (str(body.get(name, "")) for name in ("keys", "words", "text"))
    return PathStep(
        keys=keys, words=words, label="" if text in (keys, words) else text, at=message.at
    )
