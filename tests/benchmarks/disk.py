"""The floor of every durable figure: what one fdatasync costs on this disk in this minute."""

import os
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

TRIES = 300


class Floor(NamedTuple):
    """Milliseconds of one 4 KiB append with fdatasync."""

    p50: float
    p99: float


def fsync_ms(folder: Path) -> Floor:
    """Measure the disk under a folder."""
    took = []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(TRIES):
            file.write(b"x" * 4096)
            file.flush()
            started = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append((time.perf_counter() - started) * 1000)
    took.sort()
    return Floor(took[TRIES // 2], took[int(TRIES * 0.99)])
