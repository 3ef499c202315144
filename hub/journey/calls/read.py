"""What engines may ask of the hub: a Leg with what it does, whoever of several nodes is asked."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from hub.domain.calls import LegKind, LegState, Program
from hub.domain.calls_codec import program_from
from hub.journey.context import Hub
from hub.store.rows import table_of
from hub.store.tables import Call, CallLeg
from hub.store.unit import Call as Statement
from hub.store.unit import Prepared

_l = table_of(CallLeg).c
_read = select(
    _l.id, _l.engine, _l.ref, _l.contact_id, _l.kind, _l.state, _l.party, _l.program_sealed,
    _l.started_at,
)  # fmt: skip
_by_id = Prepared(_read.where(_l.id == bindparam("of")))
_by_ref = Prepared(_read.where(_l.engine == bindparam("engine"), _l.ref == bindparam("of")))
_of_room = Prepared(
    _read.join(table_of(Call), table_of(Call).c.customer_leg_id == _l.id).where(
        table_of(Call).c.id == bindparam("of")
    )
)
_open = Prepared(
    _read.where(_l.engine == bindparam("engine"), _l.state != LegState.ENDED.value).order_by(
        _l.started_at, _l.id
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegRead:
    """A Leg as its engine may know it."""

    leg_id: str
    engine: str
    ref: str
    """The engine's own name; empty while it is not known."""
    kind: LegKind
    party: str | None
    program: Program
    """What it does now."""
    started_at: float
    is_over: bool
    room_id: str | None
    """The room of its call, whether it is in it or not."""


async def leg_by_id(hub: Hub, leg_id: str) -> LegRead | None:
    """Read a Leg, also one that is over."""
    found = await _found(hub, _by_id(of=leg_id))
    return found[0] if found else None


async def leg_by_ref(hub: Hub, engine: str, ref: str) -> LegRead | None:
    """Read a Leg by its engine's name of it."""
    found = await _found(hub, _by_ref(engine=engine, of=ref))
    return found[0] if found else None


async def customer_in(hub: Hub, room_id: str) -> LegRead | None:
    """Read the customer's Leg of a room."""
    found = await _found(hub, _of_room(of=room_id))
    return found[0] if found else None


async def open_legs_of(hub: Hub, engine: str) -> list[LegRead]:
    """Read every Leg of an engine that is not over, the oldest first."""
    return await _found(hub, _open(engine=engine))


async def _found(hub: Hub, call: Statement) -> list[LegRead]:
    found = []
    for row in await hub.reader.rows(call):
        leg_id, engine, ref, contact_id, kind, state, party, sealed, started_at = row
        program: Program = ()
        if sealed is not None:
            kept = hub.vault.open_json(sealed, "call_leg", "program", leg_id)
            program = program_from(kept["program"])
        found.append(
            LegRead(
                leg_id=leg_id, engine=engine, ref=ref or "", kind=LegKind(kind), party=party,
                program=program, started_at=started_at, is_over=state == LegState.ENDED,
                room_id=contact_id,
            )
        )  # fmt: skip
    return found
