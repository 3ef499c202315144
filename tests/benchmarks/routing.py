"""How many decisions a second of CPU the router makes, and how long one takes.

One decision is one event that adds a contact or frees an agent, applied, and the `decide()` that
follows it. The raw limit is one push and one pop on a heap as long as the line: what a router
without any rule would have to do. The garbage collector is set as the server sets it: what is there
at the start is frozen, and new objects are looked through less often than by default.
Run alone: `python -m tests.benchmarks.routing`.
"""

import gc
import heapq
import json
import sys
import time
from typing import Any

from hub.domain.routing import Decision, Reserve
from tests.benchmarks.routing_world import World

SMALL = (100, 1_000)
LARGE = (10_000, 100_000)
STEPS_A_ROUND = 100
SECONDS = 1.5
COLLECTOR = (100_000, 50, 100)
"""Thresholds of the garbage collector in the server."""
Record = dict[str, Any]


def run() -> list[Record]:
    """Measure and return the records of this area."""
    small, large = World(*SMALL), World(*LARGE)
    thresholds = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTOR)
    try:
        raw = _raw_heap_per_cpu_second(LARGE[1])
        slow = fast = 0.0
        for _ in range(3):  # interleaved, so that noisy neighbours disturb both alike
            fast = max(fast, decisions_per_cpu_second(small, SECONDS / 3))
            slow = max(slow, decisions_per_cpu_second(large, SECONDS))
        p99 = p99_us(large, 10_000)
        idle = idle_decisions_per_cpu_second(World(LARGE[0], 0, busy=False), 10_000)
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
    per_second = "decisions/CPU-s"
    return [
        _record("routing.decisions_per_cpu_second_10k_100k", slow, per_second, raw, 150_000),
        _record("routing.decisions_per_cpu_second_100_1k", fast, per_second, raw, None),
        _record("routing.decision_p99_us", p99, "us", None, 20.0, smaller_is_better=True),
        _record("routing.slowdown_ratio", fast / slow, "x", None, 2.5, smaller_is_better=True),
        _record("routing.idle_decisions_per_cpu_second_10k", idle, per_second, raw, None),
    ]


def decisions_per_cpu_second(world: World, seconds: float) -> float:
    """Everybody busy, all waiting: each step one contact more, one agent freed and given work."""
    spent, made = 0.0, 0
    while spent < seconds:
        pairs = [(world.arrival(), world.release()) for _ in range(STEPS_A_ROUND)]
        state, now, decided = world.state, world.now, []
        started = time.process_time()
        for arrival, release in pairs:
            state.apply(arrival)
            decided.append(state.decide(now))
            state.apply(release)
            decided.append(state.decide(now))
        spent += time.process_time() - started
        made += len(decided)
        _answer(world, decided)
    return made / spent


def p99_us(world: World, steps: int) -> float:
    """Return the 99th percentile of CPU time of one decision, in microseconds."""
    took: list[int] = []
    clock, state = time.thread_time_ns, world.state
    for _ in range(steps):
        for event in (world.arrival(), world.release()):
            now = world.now
            started = clock()
            state.apply(event)
            decisions = state.decide(now)
            took.append(clock() - started)
            _answer(world, [decisions])
    took.sort()
    return took[len(took) * 99 // 100] / 1000


def idle_decisions_per_cpu_second(world: World, steps: int) -> float:
    """All agents free: each step a contact arrives and chooses among them."""
    arrivals = [world.arrival() for _ in range(steps)]
    state, now = world.state, world.now
    started = time.process_time()
    for arrival in arrivals:
        state.apply(arrival)
        state.decide(now)
    return steps / (time.process_time() - started)


def _answer(world: World, decided: list[list[Decision]]) -> None:
    for decisions in decided:
        for decision in decisions:
            if isinstance(decision, Reserve):
                for event in world.answer(decision):
                    world.state.apply(event)


def _raw_heap_per_cpu_second(size: int) -> float:
    heap = [(0, float(i), f"con_{i}", 0) for i in range(size)]
    new = [(0, float(size + i), f"con_{size + i}", 0) for i in range(50_000)]
    started = time.process_time()
    for item in new:
        heapq.heappush(heap, item)
        heapq.heappop(heap)
    return len(new) / (time.process_time() - started)


def _record(
    name: str,
    value: float,
    unit: str,
    raw_limit: float | None,
    target: float | None,
    *,
    smaller_is_better: bool = False,
) -> Record:
    held = None
    if target is not None:
        held = value <= target if smaller_is_better else value >= target
    return {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "raw_limit": None if raw_limit is None else round(raw_limit),
        "ratio": None if raw_limit is None else round(value / raw_limit, 3),
        "target": target,
        "held": held,
    }


if __name__ == "__main__":
    json.dump(run(), sys.stdout, indent=1)
