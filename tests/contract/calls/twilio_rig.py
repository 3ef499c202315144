"""The engine over Twilio as a rig: its webhooks and requests meet the carrier simulator."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from channels._twilio.carrier.handset import Handset
from hub.ports import LiveCall
from hub.store.engine import Store
from hub.store.rows import find
from hub.store.tables import CallLeg
from tests.contract.calls.rig import Person, Rig
from tests.support.calls import NUMBERS, with_phone
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.twilio_line import AnswersAtOnce, TwilioLine, joined
from tests.support.world import make_hub

NUMBER = next(iter(NUMBERS))


class TwilioPerson:
    """A caller at the carrier."""

    def __init__(self, line: TwilioLine, handset: Handset, leg_id: str) -> None:
        self._line, self._handset = line, handset
        self.leg_id = leg_id

    @property
    def texts(self) -> Sequence[str]:
        """What was said to them."""
        return self._handset.texts()

    @property
    def is_over(self) -> bool:
        """Whether their line is down."""
        return self._line.carrier.calls[self._handset.call_sid].is_over

    async def press(self, digits: str) -> None:
        """Press keys as soon as they are listened for."""
        await self._line.until(lambda: self._handset.is_listened)
        self._handset.press(digits)
        await self._line.until(lambda: not self._handset.keys)

    async def hang_up(self) -> None:
        """Put the phone down."""
        self._handset.hang_up()
        await self._line.rest()


class TwilioRig:
    """Hub, engine and carrier."""

    def __init__(self, line: TwilioLine, engine: LiveCall) -> None:
        self._line, self.hub, self.engine = line, line.hub, engine

    async def call(self, number: str) -> Person:
        """Somebody calls."""
        handset = self._line.carrier.call_in(number, NUMBER)
        await self._line.until(lambda: bool(handset.heard))
        rows = await self.hub.reader.rows(find(CallLeg, "id", ref=handset.call_sid))
        person = TwilioPerson(self._line, handset, str(rows[0][0]))
        await self._line.until(lambda: len(handset.texts()) > 1)
        return person

    async def accept(self, agent_id: str) -> None:
        """The agent takes the Offer."""
        await self._line.accept(agent_id)

    async def until(self, true: Callable[[], Any]) -> None:
        """Let time pass until it is so."""
        await self._line.until(true)

    async def rest(self) -> None:
        """Settle."""
        await self._line.rest()

    async def unplug(self, agent_id: str, *, is_out: bool) -> None:
        """The softphone is away, or back."""
        far_ends, address = self._line.carrier.far_ends, f"client:{agent_id}"
        if is_out:
            far_ends.pop(address, None)
        else:
            far_ends[address] = AnswersAtOnce()


@asynccontextmanager
async def twilio_rig(
    store: Store, clock: ManualClock, new_id: SeededIds, folder: Path
) -> AsyncIterator[Rig]:
    """The engine over Twilio."""
    world = make_hub(store, clock, new_id, folder)
    with_phone(world)
    for agent in ("amara", "ben"):
        await world.add_agent(agent)
    async with joined(world, clock, NUMBER) as line:
        for agent in ("amara", "ben"):
            line.carrier.far_ends[f"client:{agent}"] = AnswersAtOnce()
        yield TwilioRig(line, line.hub.engines["twilio"])
        assert line.carrier.complaints == []
