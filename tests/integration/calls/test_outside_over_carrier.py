"""An agent's own telephone, rung over the carrier: taken by a key, or given back by its mailbox."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from channels._twilio.carrier.handset import Handset
from hub.domain.calls import LegKind
from hub.journey.phones.outside import approve_numbers, choose_phone
from hub.store.engine import Store
from hub.store.rows import find
from hub.store.tables import CallLeg, Contact, OutsidePhone
from tests.support.calls import CALLER, NUMBERS, with_phone
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.twilio_line import AnswersAtOnce, TwilioLine, joined
from tests.support.world import make_hub

MINE = "+8613800135512"
NUMBER = next(iter(NUMBERS))


@asynccontextmanager
async def ringing(
    store: Store, clock: ManualClock, new_id: SeededIds, folder: Path
) -> AsyncIterator[tuple[TwilioLine, Handset, Handset]]:
    """A caller in line whom amara has accepted, and her telephone, which was answered."""
    world = make_hub(store, clock, new_id, folder)
    with_phone(world)
    await world.add_agent("amara")
    await approve_numbers(world.hub, "ines", "amara", [MINE])
    rows = await world.hub.reader.rows(find(OutsidePhone, "id", agent_id="amara"))
    await choose_phone(world.hub, "amara", phone_id=rows[0][0])
    async with joined(world, clock, NUMBER) as line:
        mine = line.carrier.far_ends[MINE] = AnswersAtOnce()
        caller = line.carrier.call_in(CALLER, NUMBER)
        await line.until(lambda: caller.is_listened)
        caller.press("2")
        await line.until(lambda: line.world.offer_of("amara"))
        await line.accept("amara")
        await line.until(lambda: bool(mine.handsets) and mine.handsets[0].is_listened)
        yield line, caller, mine.handsets[0]
        assert line.carrier.complaints == []


async def state_of(line: TwilioLine) -> str:
    return str((await line.hub.reader.rows(find(Contact, "state")))[0][0])


async def test_the_key_brings_both_together_and_each_hears_the_other(
    sqlite_store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path
) -> None:
    async with ringing(sqlite_store, clock, new_id, tmp_path) as (line, caller, mine):
        await line.until(lambda: len(mine.texts()) == 2)
        assert "press 1" in mine.texts()[0]
        assert "按 1" in mine.texts()[1]
        mine.press("1")

        async def is_there() -> bool:
            rows = await line.hub.reader.rows(find(CallLeg, "room_id", "kind", state="up"))
            return sorted(kind for room, kind in rows if room) == [
                LegKind.AGENT.value, LegKind.CUSTOMER.value
            ]  # fmt: skip

        await line.until(is_there)
        mine.say("good morning")
        caller.say("hello")
        assert (caller.texts("speech"), mine.texts("speech")) == (["good morning"], ["hello"])
        mine.hang_up()
        await line.rest()
        assert await state_of(line) == "closed"


async def test_a_mailbox_gives_the_caller_back_to_the_line(
    sqlite_store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path
) -> None:
    async with ringing(sqlite_store, clock, new_id, tmp_path) as (line, caller, mine):
        call = line.carrier.calls[mine.call_sid]
        await line.until(lambda: call.is_over)
        assert len(mine.texts()) == 2 * 3, "asked three times in two languages"
        assert await state_of(line) == "queued"
        assert not line.carrier.calls[caller.call_sid].is_over
