"""Temporary files in memory, where the machine has room: no test needs a file after the run.

A commit on a disk waits for it, and a database of its own for each test is a thousand files.
Whoever sets `TMPDIR` decides instead.
"""

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 4 * 1024**3


def has_room(folder: Path, enough_bytes: int = ENOUGH_BYTES) -> bool:
    """Tell whether we may write there, run programs from there, and never fill it."""
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize >= enough_bytes and not disk.f_flag & os.ST_NOEXEC


def use_memory() -> None:
    """Have this process and its children put temporary files into memory."""
    if "TMPDIR" not in os.environ and has_room(MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
