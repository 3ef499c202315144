"""Every engine the scripts run against."""

import inspect
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Final

from hub.store.engine import Store
from tests.contract.calls.embedded_rig import embedded_rig
from tests.contract.calls.rig import Person, Rig
from tests.contract.calls.twilio_rig import twilio_rig
from tests.support.calls import Line, with_phone
from tests.support.clock import ManualClock
from tests.support.fake_engine import FakeLeg
from tests.support.ids import SeededIds
from tests.support.world import make_hub

MakeRig = Callable[[Store, ManualClock, SeededIds, Path], AbstractAsyncContextManager[Rig]]


class FakePerson:
    """A caller of the fake engine."""

    def __init__(self, line: Line, leg: FakeLeg) -> None:
        self._line, self._leg = line, leg
        self.leg_id = leg.id

    @property
    def texts(self) -> list[str]:
        """What was played to them."""
        return self._leg.heard

    @property
    def is_over(self) -> bool:
        """Whether their line is down."""
        return self._leg.is_over

    async def press(self, digits: str) -> None:
        """Press keys."""
        await self._leg.press(digits)
        await self._line.settle()

    async def hang_up(self) -> None:
        """Put the phone down."""
        await self._leg.hang_up()
        await self._line.settle()


class FakeRig:
    """The fake engine as a rig."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.hub, self.engine = line.hub, line.engine
        self._out: set[str] = set()

    async def call(self, number: str) -> Person:
        """Somebody calls."""
        return FakePerson(self._line, await self._line.call(number))

    async def accept(self, agent_id: str) -> None:
        """The agent takes the Offer."""
        await self._line.accept(agent_id)

    async def until(self, true: Callable[[], Any]) -> None:
        """Let time pass, second by second."""
        for _ in range(120):
            found = true()
            if await found if inspect.isawaitable(found) else found:
                return
            await self._line.pass_time(1.0)
        raise TimeoutError("it does not become so")

    async def rest(self) -> None:
        """Settle."""
        await self._line.settle()

    async def unplug(self, agent_id: str, *, is_out: bool) -> None:
        """Headsets answer, or none does."""
        self._line.engine.answers_at_once = not is_out


@asynccontextmanager
async def fake_rig(
    store: Store, clock: ManualClock, new_id: SeededIds, folder: Path
) -> AsyncIterator[Rig]:
    """The engine without sound."""
    world = make_hub(store, clock, new_id, folder)
    line = with_phone(world)
    for agent in ("amara", "ben"):
        await world.add_agent(agent)
    yield FakeRig(line)


RIGS: Final[Mapping[str, MakeRig]] = {
    "embedded": embedded_rig,
    "fake": fake_rig,
    "twilio": twilio_rig,
}
