"""The embedded engine as a rig: the media process's own parts in this one, without network.

Its time is counted in frames: `_play` moves it on, and what it tells is heard as after the socket.
"""

import inspect
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from channels.phone.embedded.engine import EmbeddedCalls
from channels.phone.embedded.settings import EmbeddedSettings
from channels.phone.media.desk import Desk
from channels.phone.media.leg import Leg
from channels.phone.media.sounds import Clip
from channels.phone.media.switchboard import PHASES, Switchboard
from channels.phone.media.ticker import Ticker
from channels.phone.media.ulaw import FRAMES_PER_SECOND, SILENT
from hub.domain.calls import Arrival, LegEvent, Prompt
from hub.domain.calls_codec import to_wire
from hub.domain.errors import NotFound
from hub.journey.calls.arrive import arrive
from hub.journey.calls.hear import hear
from hub.security.keyring import fresh_key_ring
from hub.security.signed_link import SignedLinks
from hub.store.engine import Store
from tests.contract.calls.rig import Person, Rig
from tests.support.calls import Line, with_phone
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.tones import FakeLine, FolderShelf
from tests.support.world import make_hub

STAFF = ("amara", "ben")


class ShortSounds:
    """Every prompt lasts 100 ms."""

    def __init__(self) -> None:
        self.tune = Clip(SILENT * FRAMES_PER_SECOND)

    def clip(self, prompt: Prompt) -> Clip:
        """Return it."""
        return Clip(SILENT * 5)


class FakePeer(FakeLine):
    """A browser that is there at once."""

    changed: Callable[["FakePeer"], None]

    async def answer(self, offer: str) -> str:
        """Answer any offer."""
        return f"answer to {offer}"


class DirectLink:
    """The link without its socket."""

    is_up = True

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def ask(self, do: str, **words: Any) -> Any:
        """Ask at once."""
        return await self._desk.ask({"do": do, **words})


class EmbeddedPerson:
    """A caller at a page."""

    def __init__(self, rig: "EmbeddedRig", leg_id: str) -> None:
        self._rig, self.leg_id = rig, leg_id

    @property
    def texts(self) -> Sequence[str]:
        """The captions of their page."""
        return self._rig.captions.get(self.leg_id, [])

    @property
    def is_over(self) -> bool:
        """Whether their line is down."""
        return self.leg_id not in self._rig.board.legs

    async def press(self, digits: str) -> None:
        """Press keys, once they are expected."""
        legs = self._rig.board.legs
        await self._rig.until(lambda: self.leg_id in legs and legs[self.leg_id].gather)
        await self._rig.desk.ask({"do": "digits", "leg_id": self.leg_id, "digits": digits})
        await self._rig.rest()

    async def hang_up(self) -> None:
        """Put the phone down."""
        await self._rig.desk.ask({"do": "hang_up", "leg_id": self.leg_id})
        await self._rig.rest()


class EmbeddedRig:
    """Hub, engine and the media process's parts."""

    def __init__(self, line: Line, links: SignedLinks, folder: Path) -> None:
        self._line, self.hub = line, line.hub
        self.captions: dict[str, list[str]] = {}
        self._events: list[LegEvent] = []
        self._calls = 0
        self.board = Switchboard(
            ShortSounds(), FolderShelf(folder), emit=self._events.append, note=self._note
        )
        ticker = Ticker(line.world.clock, self.board.tick, lambda: True)
        make_peer: Any = FakePeer
        self.desk = Desk(self.board, ticker, make_peer, lambda *_: None, _drop)
        self.engine = EmbeddedCalls(self.hub, EmbeddedSettings(folder=folder), links)
        link: Any = DirectLink(self.desk)
        self.engine.link = self.engine.exchange.link = link
        self.hub.engines.add(self.engine)
        for agent in STAFF:
            self.board.phone_up(agent, FakeLine())

    async def call(self, number: str) -> Person:
        """Somebody calls, as `caller.py` does it."""
        self._calls += 1
        ref = f"call-{self._calls:016}"
        await self.engine.link.ask("prepare", ref=ref, sdp="offer")
        leg_id, program = await arrive(
            self.hub, Arrival(engine="embedded", ref=ref, called="9510", caller=number)
        )
        await self.engine.link.ask("open", leg_id=leg_id, ref=ref, program=to_wire(program))
        person = EmbeddedPerson(self, leg_id)
        await self.until(lambda: len(person.texts) > 1)
        return person

    async def accept(self, agent_id: str) -> None:
        """The agent takes the Offer."""
        await self._line.accept(agent_id)
        await self.rest()

    async def until(self, true: Callable[[], Any]) -> None:
        """Let time pass until it is so."""
        for _ in range(120):
            await self.rest()
            found = true()
            if await found if inspect.isawaitable(found) else found:
                return
            await self._play(1.0)
            await self._line.pass_time(1.0)
        raise TimeoutError("it does not become so")

    async def rest(self) -> None:
        """Settle: commands, then what they lead to, until nothing comes."""
        for _ in range(50):
            await self._line.settle()
            await self._play(0.2)
            if not await self._tell():
                return
        raise AssertionError("the calls do not come to rest")

    async def unplug(self, agent_id: str, *, is_out: bool) -> None:
        """The softphone is away, or back."""
        if is_out:
            self.board.phones.pop(agent_id, None)
        else:
            self.board.phone_up(agent_id, FakeLine())

    async def _play(self, seconds: float) -> None:
        for _ in range(int(seconds * FRAMES_PER_SECOND)):
            for phase in range(PHASES):
                self.board.tick(phase)

    async def _tell(self) -> bool:
        events, self._events[:] = [*self._events], []
        for event in events:
            try:
                program = await hear(self.hub, event)
            except NotFound:
                continue
            answer = None if program is None else to_wire(program)
            self.desk.answered(event.leg_id, event.key, answer)
        return bool(events)

    def _note(self, leg: Leg, note: dict[str, Any]) -> None:
        if note["type"] == "caption":
            self.captions.setdefault(leg.leg_id, []).append(note["text"])


def _drop(work: Coroutine[Any, Any, None]) -> None:
    work.close()


@asynccontextmanager
async def embedded_rig(
    store: Store, clock: ManualClock, new_id: SeededIds, folder: Path
) -> AsyncIterator[Rig]:
    """The embedded engine."""
    world = make_hub(store, clock, new_id, folder)
    line = with_phone(world)
    for agent in STAFF:
        await world.add_agent(agent)
    yield EmbeddedRig(line, SignedLinks(fresh_key_ring()), folder)
