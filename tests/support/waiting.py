"""Waiting for what another thread or server is about to do."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any


async def until(true: Callable[[], bool], *, seconds: float = 10.0) -> None:
    """Return as soon as it is true; fail when it does not become so in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"still not so after {seconds} s: {true}")
        await asyncio.sleep(0.002)


@asynccontextmanager
async def in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Run something endless beside the test; raise what it raised, if it ended."""
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        ended = await asyncio.gather(task, return_exceptions=True)
    if isinstance(ended[0], Exception):
        raise ended[0]
