"""A seeded hour on the telephone over a bad network: words of engines are lost and told again,
doubled, late and out of order, while callers, agents and headsets do what they like.

A failure names its seed: `CallsDay(line, seed)` replays it step by step.
"""

import random
from collections.abc import Awaitable, Callable
from typing import Final

from hub.domain.calls import EndCause, Gather, LegEvent, Program, QualityTold, RecordMessage, Wait
from hub.domain.errors import HubError
from hub.journey import answer, presence, transfer, wrap_up
from hub.journey.calls import control, dial, listen, menu, nuisance, record_call, together
from hub.journey.calls.hear import TURNS
from hub.journey.close import close
from hub.store.rows import find
from hub.store.tables import Assignment, CallLeg, Contact
from tests.support.calls import Line
from tests.support.fake_engine import FakeEngine, FakeLeg
from tests.support.invariants import broken

AGENTS: Final = ("amara", "ben", "liu")
NUMBERS: Final = ("+8613800000001", "+8613800000002", "")
Act = Callable[[], Awaitable[object]]


class BadNetwork(FakeEngine):
    """An engine behind a network that keeps nothing but this: a word is repeated until answered."""

    def __init__(self, line: Line, luck: random.Random) -> None:
        super().__init__(line.hub)
        self.luck = luck
        self.late: list[tuple[FakeLeg, LegEvent]] = []

    async def give(self, leg: FakeLeg, event: LegEvent) -> Program | None:
        """Lose, double and delay; who waits for an answer repeats the word until it has one."""
        if not isinstance(event, TURNS) and self.luck.random() < 0.25:
            self.late.append((leg, event))
            return None
        program = await self._heard(leg, event)
        while self.luck.random() < 0.25:  # the answer was lost, so the same word comes again
            again = await self._heard(leg, event)
            if isinstance(event, TURNS) and not leg.is_over:
                assert again == program, f"{event} was answered with another program"
        if self.luck.random() < 0.1:
            self.late.append((leg, event))
        return program

    async def deliver_late(self) -> None:
        """What was delayed arrives, in any order, some of it twice."""
        self.luck.shuffle(self.late)
        late, self.late = self.late, []
        for leg, event in late:
            for _ in range(self.luck.choice((1, 1, 2))):
                program = await self._heard(leg, event)
                assert not program or program == leg.program, f"{event} came late: {program}"

    async def _heard(self, leg: FakeLeg, event: LegEvent) -> Program | None:
        """A word of an engine is never refused: it would be repeated for ever."""
        try:
            return await super().give(leg, event)
        except HubError as error:
            raise AssertionError(f"{event} was refused") from error


class CallsDay:
    """Who acts, and with what luck."""

    def __init__(self, line: Line, seed: int) -> None:
        self.line, self.hub, self.seed = line, line.hub, seed
        self.luck = random.Random(seed)
        self.engine = BadNetwork(line, self.luck)
        line.engine = self.engine
        line.hub.engines.add(self.engine)

    async def run(self, steps: int) -> None:
        """Live through so many steps; then everybody hangs up and nothing may be left."""
        for agent in AGENTS[1:]:
            await self.line.world.add_agent(agent)
        for step in range(steps):
            await self._step()
            await self._rest()
            faults = await broken(self.hub)
            assert not faults, f"seed {self.seed}, step {step}: {faults}"
        await self._go_home()
        self._nothing_is_announced_twice()

    async def _step(self) -> None:
        acts: list[Act] = [
            self._call, self._call, self._press, self._press, self._press, self._press,
            self._wait_on, self._hang_up, self._line_breaks, self._headset_breaks, self._unplug,
            self._answer, self._answer, self._answer, self._end, self._hold, self._consult,
            self._after_consult, self._pass_on, self._menu, self._record, self._listen, self._dial,
            self._pick_up, self._odd_end, self._wrap_up, self._available, self._page, self._quality,
            self._time, self._time, self.engine.deliver_late,
        ]  # fmt: skip
        try:
            await self.luck.choice(acts)()
        except HubError:
            return  # a refusal is an answer; the invariants say whether it left anything behind

    async def _rest(self) -> None:
        await self.line.settle()

    # -- people at their ends ------------------------------------------------------------------

    def _some(self, kind: str = "", *steps: type) -> FakeLeg | None:
        found = [
            leg
            for leg in self.engine.lines.values()
            if not leg.is_over and leg.address.startswith(kind)
            and (not steps or isinstance(leg.step, steps))
        ]  # fmt: skip
        return self.luck.choice(found) if found else None

    async def _call(self) -> None:
        if len(await self.engine.legs()) < 12:
            await self.line.call(self.luck.choice(NUMBERS))

    async def _press(self) -> None:
        leg = self._some("", Gather, Wait, RecordMessage)
        if leg is None:
            return
        if isinstance(leg.step, RecordMessage):
            await leg.leave_message(self.luck.choice((0.0, 7.0)))
        else:
            await leg.press(self.luck.choice(("1", "2", "2", "3", "4", "9", "*", "13800000009")))

    async def _wait_on(self) -> None:
        leg = self._some("", Gather, Wait)
        if leg is not None:
            await leg.sounds_over()

    async def _hang_up(self) -> None:
        if (leg := self._some()) is not None:
            await leg.hang_up()

    async def _line_breaks(self) -> None:
        if (leg := self._some()) is not None and self.luck.random() < 0.3:
            await leg.over(EndCause.LOST)

    async def _headset_breaks(self) -> None:
        if (leg := self._some("agent:")) is not None and self.luck.random() < 0.3:
            await leg.over(EndCause.LOST)

    async def _unplug(self) -> None:
        self.engine.answers_at_once = self.luck.random() < 0.8

    async def _pick_up(self) -> None:
        leg = self._some("pstn:")
        if leg is None or leg.is_up:
            return
        if self.luck.random() < 0.6:
            await self.engine.pick_up(leg)
        else:
            await leg.over(self.luck.choice((EndCause.BUSY, EndCause.NO_ANSWER)))

    async def _quality(self) -> None:
        if (leg := self._some()) is not None:
            mos = self.luck.choice((4.2, 2.1))
            await leg.tell(QualityTold, mos=mos, loss_ratio=0.1, jitter_seconds=0.01)

    # -- staff ---------------------------------------------------------------------------------

    async def _contact(self, state: str = "assigned") -> str | None:
        rows = await self.hub.reader.rows(find(Contact, "id", state=state, channel="phone"))
        return self.luck.choice(sorted(row[0] for row in rows)) if rows else None

    def _agent(self) -> str:
        return self.luck.choice(AGENTS)

    async def _answer(self) -> None:
        agent = self._agent()
        offer = await self.line.world.offer_of(agent)
        if offer is None:
            return
        if self.luck.random() < 0.85:
            await answer.accept(self.hub, agent, offer)
        else:
            await answer.decline(self.hub, agent, offer, reason="busy")

    async def _on_contact(self, deed: Callable[[str, str], Awaitable[object]]) -> None:
        contact_id = await self._contact()
        if contact_id is not None:
            rows = await self.hub.reader.rows(find(Contact, "owner_agent_id", id=contact_id))
            await deed(str(rows[0][0]), contact_id)

    async def _end(self) -> None:
        await self._on_contact(lambda a, c: close(self.hub, c, by=a, reason="done"))

    async def _hold(self) -> None:
        on = self.luck.random() < 0.5
        await self._on_contact(lambda a, c: control.hold_call(self.hub, a, contact_id=c, on=on))

    async def _consult(self) -> None:
        goal = self.luck.choice(
            ({"agent_to": self._agent()}, {"queue_id": "cards"}, {"number": "+8613800000008"})
        )
        await self._on_contact(lambda a, c: together.consult(self.hub, a, contact_id=c, **goal))

    async def _after_consult(self) -> None:
        deed = self.luck.choice(
            (together.complete_transfer, together.merge_call, together.swap_call)
        )
        await self._on_contact(lambda a, c: deed(self.hub, a, contact_id=c))

    async def _pass_on(self) -> None:
        await self._on_contact(
            lambda a, c: transfer.transfer(self.hub, a, contact_id=c, queue_id="payments", note="")
        )

    async def _menu(self) -> None:
        await self._on_contact(
            lambda a, c: menu.send_to_menu(self.hub, a, contact_id=c, flow="pin")
        )

    async def _record(self) -> None:
        action = self.luck.choice(("pause", "resume", "refuse"))
        await self._on_contact(
            lambda a, c: record_call.record_call(self.hub, a, contact_id=c, action=action)
        )

    async def _listen(self) -> None:
        mode, who = self.luck.choice(("listen", "coach", "talk")), self._agent()
        leaves = self.luck.random() < 0.3
        if leaves:
            await self._on_contact(lambda _, c: listen.leave_call(self.hub, who, contact_id=c))
        else:
            await self._on_contact(
                lambda _, c: listen.monitor_call(self.hub, who, contact_id=c, mode=mode)
            )

    async def _dial(self) -> None:
        await dial.dial_customer(self.hub, self._agent(), number="+8613800000001")

    async def _odd_end(self) -> None:
        code = self.luck.choice(("prank", "silent", "wrong_number"))
        if self.luck.random() < 0.3:
            await self._on_contact(
                lambda a, c: nuisance.end_call_as(self.hub, a, contact_id=c, code=code)
            )

    async def _wrap_up(self) -> None:
        rows = await self.hub.reader.rows(
            find(Assignment, "contact_id", "agent_id", wrap_up="open")
        )
        for contact_id, agent_id in sorted(rows):
            await wrap_up.finish(self.hub, agent_id, contact_id=contact_id, disposition="solved")

    async def _available(self) -> None:
        await presence.set_presence(self.hub, self._agent(), presence="available")

    async def _page(self) -> None:
        deed = presence.page_lost if self.luck.random() < 0.3 else presence.page_came
        await deed(self.hub, self._agent())

    async def _time(self) -> None:
        await self.line.pass_time(self.luck.choice([2.0, 12.0, 40.0]))

    # -- the end -------------------------------------------------------------------------------

    async def _go_home(self) -> None:
        """Everybody puts the phone down, and what is still on its way arrives."""
        for _ in range(4):
            for leg in list(self.engine.lines.values()):
                await leg.hang_up()
            await self.engine.deliver_late()
            await self.line.pass_time(45.0)
        states = await self.hub.reader.rows(find(CallLeg, "id", "state"))
        live = [row[0] for row in states if row[1] != "ended"]
        assert not live, f"seed {self.seed}: {live} live on"
        rows = await self.hub.reader.rows(find(Contact, "id", "state"))
        open_ones = [row for row in rows if row[1] != "closed" and await self._is_call(row[0])]
        assert not open_ones, f"seed {self.seed}: {open_ones} are open"

    async def _is_call(self, contact_id: str) -> bool:
        rows = await self.hub.reader.rows(find(Contact, "channel", id=contact_id))
        return bool(rows[0][0] == "phone")

    def _nothing_is_announced_twice(self) -> None:
        for leg in self.engine.lines.values():
            assert not leg.repeated, f"seed {self.seed}: {leg.id} heard {leg.repeated} twice"
