"""Acts about one subject are done in order; subjects do not wait for each other."""

import asyncio
import random
from collections import defaultdict

from hub.ports import SendLater
from hub.store.engine import Store
from hub.store.lane_runner import LaneRunner
from hub.store.outbox import DueEffect, emit
from hub.store.outbox_runner import EffectHandler, no_word
from hub.store.unit import Unit
from tests.support.clock import ManualClock
from tests.support.waiting import in_background, until


class Lines:
    """An outside world of several lines, some of them slow or away for a while."""

    def __init__(self) -> None:
        self.done: dict[str, list[str]] = defaultdict(list)
        self.slow = asyncio.Event()
        self.failures = {"b.2": 2}

    async def __call__(self, effect: DueEffect) -> None:
        if effect.id == "a.1":
            await self.slow.wait()
        if self.failures.get(effect.id, 0) > 0:
            self.failures[effect.id] -= 1
            raise SendLater("away")
        self.done[effect.subject].append(effect.id)


async def test_each_line_keeps_its_order_and_none_waits_for_another(
    store: Store, clock: ManualClock
) -> None:
    lines = Lines()
    runner = LaneRunner(
        store.journal, store.reader, clock, {"call": EffectHandler(lines, repeatable=True)},
        node="a", random=random.Random(1), on_failed=no_word,
    )  # fmt: skip

    def unit() -> Unit[None]:
        for number in (3, 1, 2):
            for subject in ("a", "b", "c"):
                yield emit(
                    effect_id=f"{subject}.{number}", kind="call", subject=subject,
                    payload_sealed=b"", created_at=clock.now(),
                )  # fmt: skip

    await store.journal.run(unit())
    async with in_background(runner.run()):
        await until(lambda: lines.done["c"] == ["c.1", "c.2", "c.3"])
        await until(lambda: lines.done["b"] == ["b.1"])
        assert lines.done["a"] == []
        lines.slow.set()
        await until(lambda: lines.done["a"] == ["a.1", "a.2", "a.3"])
        while lines.done["b"] != ["b.1", "b.2", "b.3"]:
            await clock.advance(2.0)
            await asyncio.sleep(0.002)
