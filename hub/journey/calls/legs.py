"""The call and its Legs as the steps read them inside a unit.

A unit that steers a call holds, in this order, its Contact, its Call and its Legs.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select

from hub.domain.calls import LegKind, LegState, Program, RoomRole
from hub.domain.calls_codec import program_from, to_wire
from hub.domain.calls_events import CallLegClosed, CallLegMoved, CallLegOpened
from hub.domain.errors import NotFound, Refused
from hub.journey.context import Hub
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Call, CallLeg
from hub.store.unit import Append, Prepared, Unit


class Phase(StrEnum):
    """What is being done with a Leg; all but two are a customer's."""

    MENU = "menu"
    """Self-service has the word."""
    WAYS = "ways"
    """Nobody can answer: call back, message, or goodbye."""
    CONFIRM = "confirm"
    """An agent's outside phone: whether a person has it, who says so by a key."""
    WAITING = "waiting"
    CALLBACK = "callback"
    """Asked which number to call; the place in line is kept."""
    VOICEMAIL = "voicemail"
    CONNECTING = "connecting"
    """An agent has accepted; music until their headset is there."""
    ROOM = "room"
    SURVEY = "survey"
    GOODBYE = "goodbye"


class LegRow(NamedTuple):
    """The columns of `CallLeg` that decisions need."""

    id: str
    engine: str
    ref: str | None
    contact_id: str | None
    conversation_id: str | None
    kind: str
    party: str | None
    state: str
    phase: str
    role: str
    room_id: str | None
    is_held: bool
    is_muted: bool
    program_sealed: bytes | None
    last_key: str
    last_seq: int
    turn_key: str | None
    turn_until: float | None
    answered_at: float | None

    @property
    def is_live(self) -> bool:
        """Whether it is dialled, rings or is up."""
        return self.state != LegState.ENDED

    @property
    def is_up(self) -> bool:
        """Whether somebody is on the line."""
        return self.state == LegState.UP


LEG_COLUMNS: Final = LegRow._fields


class CallRow(NamedTuple):
    """The columns of `Call` that decisions need."""

    id: str
    conversation_id: str
    engine: str
    account: str
    flow: str
    direction: str
    commands: int
    customer_leg_id: str | None
    talking_since: float | None
    announced_at: float | None
    recording: str
    recording_id: str | None
    lost_at: float | None
    threat_at: float | None
    ended_at: float | None


CALL_COLUMNS: Final = CallRow._fields
_l = table_of(CallLeg).c
_live = Prepared(
    select(*(_l[name] for name in LEG_COLUMNS))
    .where(_l.contact_id == bindparam("of"), _l.state != LegState.ENDED.value)
    .order_by(_l.started_at, _l.id)
    .with_for_update()
)


def load_leg(leg_id: str) -> Unit[LegRow]:
    """Read and hold a Leg; raise `NotFound("no_leg")`."""
    rows = yield find(CallLeg, *LEG_COLUMNS, lock=True, id=leg_id)
    if not rows:
        raise NotFound("no_leg")
    return LegRow(*rows[0])


def load_call(contact_id: str) -> Unit[CallRow]:
    """Read and hold the call of a Contact; raise `Refused("no_call")`."""
    rows = yield find(Call, *CALL_COLUMNS, lock=True, id=contact_id)
    if not rows:
        raise Refused("no_call", "this contact has no call")
    return CallRow(*rows[0])


def live_legs(contact_id: str) -> Unit[list[LegRow]]:
    """Read and hold the Legs of a call that are not over, the oldest first."""
    rows = yield _live(of=contact_id)
    return [LegRow(*row) for row in rows]


def customer_leg(call: CallRow) -> Unit[LegRow | None]:
    """The customer's Leg while it lives."""
    if call.customer_leg_id is None:
        return None
    leg = yield from load_leg(call.customer_leg_id)
    return leg if leg.is_live else None


def open_leg(
    hub: Hub,
    leg_id: str,
    *,
    engine: str,
    kind: LegKind,
    state: LegState,
    at: float,
    contact_id: str | None,
    conversation_id: str | None,
    number: str = "",
    **columns: Any,
) -> Unit[None]:
    """Store a new Leg and tell the log of it."""
    sealed = hub.vault.seal(number, "call_leg", "number", leg_id) if number else None
    yield put(
        CallLeg,
        id=leg_id,
        engine=engine,
        kind=kind.value,
        state=state.value,
        contact_id=contact_id,
        conversation_id=conversation_id,
        number_sealed=sealed,
        started_at=at,
        answered_at=at if state is LegState.UP else None,
        **columns,
    )
    if contact_id is None or conversation_id is None:
        return
    yield Append(
        CallLegOpened(
            at=at,
            contact_id=contact_id,
            conversation_id=conversation_id,
            leg_id=leg_id,
            leg_kind=kind.value,
            party=columns.get("party"),
            engine=engine,
        )
    )


def moved(leg: LegRow, cause: str, at: float) -> Unit[None]:
    """Tell the log that something about a Leg changed."""
    if leg.contact_id is not None:
        yield Append(CallLegMoved(at=at, cause=cause, **ids_of(leg)))


def close_leg(leg: LegRow, cause: str, at: float) -> Unit[None]:
    """Write down that a Leg is over; what was on it is forgotten."""
    yield change(
        CallLeg, leg.id, state=LegState.ENDED.value, ended_at=at, cause=cause,
        program_sealed=None, room_id=None, is_held=False, held_since=None,
        turn_key=None, turn_until=None,
    )  # fmt: skip
    if leg.contact_id is not None:
        up_seconds = None if leg.answered_at is None else at - leg.answered_at
        yield Append(CallLegClosed(at=at, cause=cause, up_seconds=up_seconds, **ids_of(leg)))


def ids_of(leg: LegRow) -> dict[str, Any]:
    """The identifiers that every event of a Leg names."""
    return {
        "contact_id": leg.contact_id,
        "conversation_id": leg.conversation_id,
        "leg_id": leg.id,
        "leg_kind": leg.kind,
        "party": leg.party,
    }


class Doing(NamedTuple):
    """What a Leg was last told to do, and what an answer to it means."""

    program: Program
    memory: dict[str, Any]


def doing(hub: Hub, leg: LegRow) -> Doing | None:
    """Open what the Leg does; None before the first word."""
    if leg.program_sealed is None:
        return None
    kept = hub.vault.open_json(leg.program_sealed, "call_leg", "program", leg.id)
    return Doing(program_from(kept["program"]), kept["memory"])


def keep_program(
    hub: Hub, leg_id: str, program: Program, phase: Phase, memory: Mapping[str, Any], **more: Any
) -> Unit[None]:
    """Store what a customer's Leg does from now on; prompts may hold a balance, so sealed."""
    kept = json.dumps({"program": to_wire(program), "memory": dict(memory)}, ensure_ascii=False)
    sealed = hub.vault.seal(kept, "call_leg", "program", leg_id)
    yield change(CallLeg, leg_id, program_sealed=sealed, phase=phase.value, **more)


def set_role(leg: LegRow, role: RoomRole) -> Unit[None]:
    """Write down what a Leg may do in the room."""
    yield change(CallLeg, leg.id, role=role.value)


def number_of_leg(hub: Hub, leg_id: str) -> Unit[str]:
    """The number at the far end; empty when it was withheld."""
    rows = yield find(CallLeg, "number_sealed", id=leg_id)
    if not rows or rows[0][0] is None:
        return ""
    return hub.vault.open(rows[0][0], "call_leg", "number", leg_id)
