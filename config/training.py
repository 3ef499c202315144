"""Training in a process of its own: it takes seconds of computing, which customers would feel."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import structlog

from bot.teaching.teacher import Beside, Lesson, Told, TrainingFailed

NICE: Final = 10
LINE_MOST: Final = 1 << 20
"""The last line holds the answers to all sentences kept apart."""
log = structlog.get_logger(__name__)


def beside(data_dir: Path) -> Beside:
    """Return what trains by `hub bot teach` beside us; it ends with us.

    The sentences go through a pipe: what customers wrote is in no file but sealed ones.
    """

    async def train(lesson: Lesson, told: Told) -> Mapping[str, Any]:
        more = [] if lesson.against is None else ["--measure", "--against", lesson.against]
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "config", "bot", "teach", "--engine", lesson.engine, *more,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE, limit=LINE_MOST,
            env={**os.environ, "HUB_DATA_DIR": str(data_dir)},
        )  # fmt: skip
        with contextlib.suppress(OSError):  # it may have ended already
            os.setpriority(os.PRIO_PROCESS, child.pid, NICE)
        try:
            return await _heard(child, lesson, told)
        except asyncio.CancelledError:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()
            raise

    return train


async def _heard(
    child: asyncio.subprocess.Process, lesson: Lesson, told: Told
) -> Mapping[str, Any]:
    """Give it the lesson and hear how far it is; its last line is what came of it."""
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    why = asyncio.ensure_future(child.stderr.read())
    with contextlib.suppress(ConnectionError):  # it has ended already, and says why
        child.stdin.write(json.dumps(lesson.document).encode())
        await child.stdin.drain()
        child.stdin.close()
    found: dict[str, Any] = {}
    async for line in child.stdout:
        found = json.loads(line)
        if "done" in found:
            told(found["done"], found["of"])
    last_words = (await why).decode(errors="replace")
    if await child.wait():
        log.error("bot_training_failed", engine=lesson.engine, why=last_words[-500:])
        raise TrainingFailed(last_words[-500:])
    log.info("bot_trained", engine=lesson.engine, **found["cross_validation"])
    return found
