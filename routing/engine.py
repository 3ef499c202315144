"""The shell around the core: follows the log, acts on decisions, sleeps until time matters.

Every node follows; only the node that leads calls `run`. Decisions are asked of the journey, which
may refuse; the answer that counts is what then stands in the log.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence

import structlog

from hub.domain.events import Event, Logged
from hub.domain.routing import Decision, QueueEstimate, Requirement, RoutingPolicy
from hub.ports import Clock
from routing.asked import Choice
from routing.explain import Explanation
from routing.state import RoutingState

Act = Callable[[Decision], Awaitable[bool]]
"""Asks the journey to carry a decision out; False when it refuses."""

MOST_AT_ONCE = 256
log = structlog.get_logger()


class RoutingEngine:
    """One node's router."""

    def __init__(self, *, policy: RoutingPolicy, clock: Clock, act: Act) -> None:
        self._state = RoutingState(policy)
        self._clock = clock
        self._act = act
        self._changed = asyncio.Event()
        self._acting: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(MOST_AT_ONCE)
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = 0.0

    def restore(self, events: Iterable[Event]) -> None:
        """Take in what the store knows, in order, before the first decision."""
        for event in events:
            self._state.apply(event)
        self._changed.set()

    def follow(self, batch: Sequence[Logged]) -> None:
        """Take in committed events, in commit order; never blocks."""
        concerned = False
        for logged in batch:
            concerned |= self._state.apply(logged.event)
        # Most commits hold nothing but words: to decide after each cost as much as a message.
        if concerned:
            self._changed.set()

    async def run(self) -> None:
        """Decide whenever something changes or time matters, until cancelled."""
        try:
            while True:
                self._changed.clear()
                for decision in self._state.decide(self._clock.now()):
                    self._start(decision)
                await self._until_something_matters()
        finally:
            for task in self._acting:
                task.cancel()
            if self._alarm is not None:
                self._alarm.cancel()
                self._alarm = None

    def waiting_in(self, queue_id: str) -> int:
        """Return how many wait in the queue."""
        return self._state.waiting_in(queue_id)

    def newcomer_wait_seconds(self, queue_id: str) -> float | None:
        """Return how long who came now would wait; None while nobody can tell."""
        return self._state.newcomer_wait_seconds(queue_id, self._clock.now())

    def position_of(self, contact_id: str) -> QueueEstimate | None:
        """Return place in line and expected wait; None for a contact that does not wait."""
        return self._state.position_of(contact_id, self._clock.now())

    def lacking(self, queue_id: str) -> dict[tuple[Requirement, ...], int]:
        """Return which abilities nobody signed in has -> how many of the queue wait for them."""
        return self._state.lacking(queue_id)

    def explain(self, contact_id: str) -> Explanation | None:
        """Return what holds a waiting contact back."""
        return self._state.explain(contact_id, self._clock.now())

    def next_for(self, agent_id: str, channels: Collection[str]) -> Choice | None:
        """Return what an agent who asks for more should take next, and why."""
        return self._state.next_for(agent_id, channels, self._clock.now())

    def load_of(self, agent_id: str) -> int:
        """Return the agent's load in units."""
        return self._state.load_of(agent_id)

    def _start(self, decision: Decision) -> None:
        task = asyncio.create_task(self._carry_out(decision))
        self._acting.add(task)
        task.add_done_callback(self._acting.discard)

    async def _carry_out(self, decision: Decision) -> None:
        async with self._room:
            try:
                done = await self._act(decision)
            except asyncio.CancelledError:
                # Another node leads now, and the log tells what became of it.
                self._state.refused(decision)
                raise
            except Exception as error:  # whatever failed, the contact must not stay claimed
                log.warning(
                    "routing.decision_failed",
                    decision=type(decision).__name__,
                    error=type(error).__name__,
                )
                done = False
        if not done:
            self._state.refused(decision)
            self._changed.set()

    async def _until_something_matters(self) -> None:
        self._set_alarm(self._state.next_wake_at())
        await self._changed.wait()

    def _set_alarm(self, wake_at: float | None) -> None:
        """Ring at that time, or at an earlier one: a needless look does no harm."""
        if wake_at is None or (self._alarm is not None and self._alarm_at <= wake_at):
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm_at = wake_at
        self._alarm = asyncio.create_task(self._ring_at(wake_at))

    async def _ring_at(self, wake_at: float) -> None:
        await self._clock.sleep(max(0.0, wake_at - self._clock.now()))
        self._alarm = None
        self._changed.set()
