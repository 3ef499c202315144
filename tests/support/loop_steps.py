"""How long one step of the event loop keeps it: processor time of its own thread, not of a clock.

with measured_steps() as steps:
    ...
assert steps.longest_seconds < 0.05, steps.worst
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch


@dataclass
class Steps:
    """The longest step so far."""

    longest_seconds: float = 0.0
    worst: str = ""
    count: int = 0


@contextmanager
def measured_steps() -> Iterator[Steps]:
    """Measure every callback of loops in this thread."""
    steps, run = Steps(), asyncio.events.Handle._run

    def measured(handle: Any) -> None:
        began = time.thread_time()
        try:
            run(handle)
        finally:
            took = time.thread_time() - began
            steps.count += 1
            if took > steps.longest_seconds:
                steps.longest_seconds, steps.worst = took, repr(handle)[:300]

    with patch.object(asyncio.events.Handle, "_run", measured):
        yield steps
