"""The shell: woken by the log, sleeps until time matters, survives a journey that fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from hub.domain.events import Event, Logged, MessageAdded
from hub.domain.routing import Decision, QueuePolicy, Relax, Relaxation, Reserve, RoutingPolicy
from routing.engine import RoutingEngine
from routing.state import RoutingState
from tests.support.clock import ManualClock
from tests.unit.routing.events import needs, presence, profile, queued

POLICY = RoutingPolicy(
    version=1,
    queues=(
        QueuePolicy(
            queue_id="cards",
            requirements=needs(cards=1),
            relaxations=(Relaxation(after_seconds=30.0, drop=("cards",)),),
        ),
    ),
)


class Journey:
    """Notes what it is asked and answers as told."""

    def __init__(self) -> None:
        self.asked: list[Decision] = []
        self.answer = True
        self.error: Exception | None = None

    async def act(self, decision: Decision) -> bool:
        self.asked.append(decision)
        if self.error is not None:
            raise self.error
        return self.answer


def _batch(*events: Event) -> list[Logged]:
    return [Logged(position=(0, number), event=event) for number, event in enumerate(events)]


@asynccontextmanager
async def _running(clock: ManualClock, journey: Journey) -> AsyncIterator[RoutingEngine]:
    engine = RoutingEngine(policy=POLICY, clock=clock, act=journey.act)
    task = asyncio.create_task(engine.run())
    await clock.settle()
    try:
        yield engine
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_an_event_wakes_it(clock: ManualClock) -> None:
    journey = Journey()
    async with _running(clock, journey) as engine:
        at = clock.now()
        engine.follow(_batch(profile("ann", skills=needs(cards=1)), presence("ann")))
        engine.follow(_batch(queued("c", at=at)))
        await clock.settle()
        assert [type(decision) for decision in journey.asked] == [Reserve]
        assert engine.load_of("ann") == 2


async def test_words_alone_do_not_make_it_decide(
    clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided: list[float] = []

    def decide(_: RoutingState, now: float) -> list[Decision]:
        decided.append(now)
        return []

    monkeypatch.setattr(RoutingState, "decide", decide)
    async with _running(clock, Journey()) as engine:
        before = len(decided)
        words = MessageAdded(
            at=clock.now(), contact_id="c", conversation_id="v", seq=1, speaker="customer",
            audience="everyone",
        )  # fmt: skip
        engine.follow(_batch(words))
        await clock.settle()
        assert len(decided) == before
        engine.follow(_batch(queued("c", at=clock.now()), words))
        await clock.settle()
        assert len(decided) == before + 1


async def test_time_alone_wakes_it_at_the_right_moment(clock: ManualClock) -> None:
    journey = Journey()
    async with _running(clock, journey) as engine:
        engine.restore([profile("ann"), presence("ann"), queued("c", at=clock.now())])
        await clock.advance(29.9)
        assert journey.asked == []
        await clock.advance(0.2)
        assert [type(decision) for decision in journey.asked] == [Relax, Reserve]


async def test_who_leads_again_is_woken_by_time_as_before(clock: ManualClock) -> None:
    journey = Journey()
    async with _running(clock, journey) as engine:
        engine.restore([profile("ann"), presence("ann"), queued("c", at=clock.now())])
        await clock.advance(1.0)
    again = asyncio.create_task(engine.run())
    await clock.advance(30.0)
    assert [type(decision) for decision in journey.asked] == [Relax, Reserve]
    again.cancel()
    await asyncio.gather(again, return_exceptions=True)


async def test_a_refusal_and_a_failure_free_the_claim(clock: ManualClock) -> None:
    journey = Journey()
    journey.error = ConnectionError("store away")
    async with _running(clock, journey) as engine:
        engine.follow(_batch(profile("ann", skills=needs(cards=1)), presence("ann")))
        engine.follow(_batch(queued("c", at=clock.now())))
        await clock.settle()
        assert engine.load_of("ann") == 0
        journey.error, journey.answer = None, False
        await clock.advance(1.0)
        assert len(journey.asked) == 2
        assert engine.waiting_in("cards") == 1
        journey.answer = True
        await clock.advance(1.0)
        assert (len(journey.asked), engine.waiting_in("cards")) == (3, 0)


async def test_without_anything_to_come_it_only_waits(clock: ManualClock) -> None:
    async with _running(clock, Journey()):
        assert clock.sleeper_count == 0
