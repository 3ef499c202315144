"""What every engine of calls keeps: late, twice, never and gone among it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from hub.domain.calls import (
    EndCause,
    EndLeg,
    Gathered,
    Hold,
    LegEnded,
    LegState,
    Prompt,
    RoomEntered,
    RunProgram,
    Wait,
)
from hub.domain.errors import NotFound
from hub.journey import transfer
from hub.journey.calls import control, hear, together
from hub.journey.calls.resync import resync
from hub.journey.close import close
from hub.ports import NeedsAttention, SendNever
from hub.store.engine import Store
from hub.store.rows import find
from hub.store.tables import CallLeg, Contact, Reservation
from tests.contract.calls.engines import RIGS
from tests.contract.calls.rig import Person, Rig
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds

NUMBER = "+8613800132716"


@pytest_asyncio.fixture(params=sorted(RIGS))
async def rig(
    request: pytest.FixtureRequest,
    sqlite_store: Store,
    clock: ManualClock,
    new_id: SeededIds,
    tmp_path: Path,
) -> AsyncIterator[Rig]:
    async with RIGS[request.param](sqlite_store, clock, new_id, tmp_path) as made:
        yield made


async def contact_of(rig: Rig, person: Person) -> str:
    rows = await rig.hub.reader.rows(find(CallLeg, "contact_id", id=person.leg_id))
    return str(rows[0][0])


async def state_of(rig: Rig, contact_id: str) -> str:
    rows = await rig.hub.reader.rows(find(Contact, "state", id=contact_id))
    return str(rows[0][0])


async def rooms(rig: Rig) -> dict[str, str | None]:
    """Every live Leg and the room it is in, as the engine says."""
    return {
        leg.leg_id: leg.room_id for leg in await rig.engine.legs() if leg.state != LegState.ENDED
    }


async def leg_of_agent(rig: Rig, agent_id: str) -> str:
    rows = await rig.hub.reader.rows(find(CallLeg, "id", "state", party=agent_id))
    return str(next(row[0] for row in rows if row[1] != LegState.ENDED))


async def talking(rig: Rig, agent_id: str = "amara") -> tuple[Person, str]:
    """A caller who speaks with an agent; returns them and their Contact."""
    person = await rig.call(NUMBER)
    await person.press("2")
    contact_id = await contact_of(rig, person)

    async def is_offered() -> bool:
        return await state_of(rig, contact_id) == "reserved"

    await rig.until(is_offered)
    await rig.accept(agent_id)
    await rig.until(lambda: _together(rig, person, contact_id))
    return person, contact_id


async def _together(rig: Rig, person: Person, contact_id: str) -> bool:
    found = await rooms(rig)
    return found.get(person.leg_id) == contact_id and list(found.values()).count(contact_id) == 2


async def test_a_caller_walks_through_the_menu_and_hears_each_prompt_once(rig: Rig) -> None:
    person = await rig.call(NUMBER)
    assert list(person.texts) == ["Welcome", "Hours 1, person 2"]
    await person.press("1")
    await rig.until(lambda: len(person.texts) >= 4)
    assert list(person.texts) == [
        "Welcome",
        "Hours 1, person 2",
        "We are open",
        "Hours 1, person 2",
    ]
    await person.hang_up()
    contact_id = await contact_of(rig, person)
    await rig.until(lambda: _is_closed(rig, contact_id))
    assert person.leg_id not in await rooms(rig)


async def _is_closed(rig: Rig, contact_id: str) -> bool:
    return await state_of(rig, contact_id) == "closed"


async def test_caller_and_agent_share_a_room_until_either_hangs_up(rig: Rig) -> None:
    person, contact_id = await talking(rig)
    headset = await leg_of_agent(rig, "amara")
    await close(rig.hub, contact_id, by="amara", reason="done")
    await rig.until(lambda: _is_gone(rig, headset))
    await person.press("4")
    await rig.until(lambda: person.is_over)


async def _is_gone(rig: Rig, leg_id: str) -> bool:
    return leg_id not in await rooms(rig)


async def test_hold_and_a_warm_transfer_keep_the_caller_in_the_room(rig: Rig) -> None:
    person, contact_id = await talking(rig)
    await together.consult(rig.hub, "amara", contact_id=contact_id, agent_to="ben")
    await rig.until(lambda: _count(rig, contact_id, 3))
    await together.complete_transfer(rig.hub, "amara", contact_id=contact_id)
    await rig.until(lambda: _count(rig, contact_id, 2))
    assert (await rooms(rig))[person.leg_id] == contact_id
    assert (await rooms(rig))[await leg_of_agent(rig, "ben")] == contact_id


async def _count(rig: Rig, room_id: str, legs: int) -> bool:
    return list((await rooms(rig)).values()).count(room_id) == legs


async def test_a_blind_transfer_takes_the_caller_back_to_the_line(rig: Rig) -> None:
    person, contact_id = await talking(rig)
    await transfer.transfer(rig.hub, "amara", contact_id=contact_id, queue_id="payments", note="")
    await rig.until(lambda: _count(rig, contact_id, 0))
    assert not person.is_over


async def test_a_headset_that_never_answers_is_given_up(rig: Rig) -> None:
    person = await rig.call(NUMBER)
    await person.press("2")
    contact_id = await contact_of(rig, person)
    await rig.rest()
    await rig.unplug("amara", is_out=True)
    await rig.unplug("ben", is_out=True)
    offered = await rig.hub.reader.rows(find(Contact, "state", id=contact_id))
    assert offered == [("reserved",)]
    rows = await rig.hub.reader.rows(
        find(Reservation, "agent_id", contact_id=contact_id, state="pending")
    )
    await rig.accept(str(rows[0][0]))

    async def is_back() -> bool:
        return await state_of(rig, contact_id) in ("queued", "reserved")

    await rig.until(is_back)
    assert not person.is_over
    assert person.leg_id in await rooms(rig)


async def test_a_command_given_twice_is_carried_out_once(rig: Rig) -> None:
    person, contact_id = await talking(rig)
    heard = len(person.texts)
    program = (Wait(sounds=(Prompt(text="Only once", language="en"),)),)
    command = RunProgram(command_id="twice.1", leg_id=person.leg_id, program=program)
    await rig.engine.carry_out(command)
    await rig.engine.carry_out(command)
    await rig.until(lambda: "Only once" in person.texts)
    await rig.rest()
    assert list(person.texts[heard:]).count("Only once") == 1
    assert contact_id


async def test_a_command_for_a_leg_that_is_gone_harms_nobody(rig: Rig) -> None:
    person, contact_id = await talking(rig)
    await person.hang_up()
    await rig.until(lambda: _is_closed(rig, contact_id))
    late = (
        Hold(command_id="late.1", room_id=contact_id, leg_id=person.leg_id, is_on=True),
        RunProgram(command_id="late.2", leg_id=person.leg_id, program=()),
        EndLeg(command_id="late.3", leg_id=person.leg_id),
        EndLeg(command_id="late.4", leg_id="leg_never_was"),
    )
    for command in late:
        try:
            await rig.engine.carry_out(command)
        except (SendNever, NeedsAttention):  # an engine may say so; it must not break
            continue
    other = await rig.call("+8613800000007")
    assert "Welcome" in other.texts


async def test_events_that_come_late_or_twice_change_nothing(rig: Rig) -> None:
    person, contact_id = await talking(rig)
    late = Gathered(leg_id=person.leg_id, key="from-before", digits="1")
    assert await hear.hear(rig.hub, late) is None
    again = RoomEntered(leg_id=person.leg_id, key="again", room_id=contact_id)
    assert await hear.hear(rig.hub, again) is None
    assert await state_of(rig, contact_id) == "assigned"
    await person.hang_up()
    await rig.until(lambda: _is_closed(rig, contact_id))
    ended = LegEnded(leg_id=person.leg_id, key="ended-again", cause=EndCause.LOST)
    assert await hear.hear(rig.hub, ended) is None
    assert await hear.hear(rig.hub, late) == ()
    rows = await rig.hub.reader.rows(find(Contact, "end_reason", id=contact_id))
    assert rows == [("hung_up",)]
    with pytest.raises(NotFound):
        await hear.hear(rig.hub, LegEnded(leg_id="leg_x", key="1", cause=EndCause.LOST))


async def test_hub_and_engine_agree_on_the_legs_that_live(rig: Rig) -> None:
    person, contact_id = await talking(rig)
    assert await resync(rig.hub, rig.engine) == 0
    assert not person.is_over
    assert (await rooms(rig))[person.leg_id] == contact_id


async def test_hold_ends_when_it_is_ended(rig: Rig) -> None:
    person, contact_id = await talking(rig)
    await control.hold_call(rig.hub, "amara", contact_id=contact_id, on=True)
    await control.hold_call(rig.hub, "amara", contact_id=contact_id, on=False)
    await rig.rest()
    assert await _count(rig, contact_id, 2)
    assert not person.is_over


async def test_an_agent_gets_a_grant_for_their_softphone(rig: Rig) -> None:
    grant = await rig.engine.softphone_grant("amara")
    assert grant.token
    assert grant.token not in repr(grant)
    assert grant.expires_at > rig.hub.clock.now()
