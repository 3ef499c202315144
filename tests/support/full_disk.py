"""A disk that is full when a test wants it to be.

`tmpfs`: a small file system of its own (needs root); a file of zeros takes what is left.
`file_size`: the kernel refuses the hub's process any write beyond a size (needs nothing).
"""

import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.support.hub_server import HubServer

MIB = 1024 * 1024
BLOCK = 64 * 1024


class Disk(Protocol):
    """Can be full, and not."""

    def fill(self) -> None:
        """Leave no room."""

    def free(self) -> None:
        """Give the room back."""


class SmallDisk:
    """A file system with a file that takes all that is left."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Write until the kernel refuses."""
        with self._filler.open("ab", buffering=0) as file:
            for size in (MIB, BLOCK, 4096):
                try:
                    while file.write(b"\0" * size):
                        pass
                except OSError:
                    continue

    def free(self) -> None:
        """Remove the filler."""
        self._filler.unlink()


class SizeLimit:
    """A limit on the hub's files, changed while it runs."""

    def __init__(self, hub: HubServer) -> None:
        self._hub = hub

    def fill(self) -> None:
        """No file may grow: the log of the database is longer than this already."""
        self._limit(BLOCK)

    def free(self) -> None:
        """As before."""
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        resource.prlimit(self._hub.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@contextmanager
def mounted(folder: Path, size_mib: int) -> Iterator[bool]:
    """Mount a file system of this size; False where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None:
        yield False
        return
    options = ["-t", "tmpfs", "-o", f"size={size_mib}m,mode=700", "tmpfs", str(folder)]
    done = subprocess.run([mount, *options], capture_output=True, check=False)
    try:
        yield done.returncode == 0
    finally:
        if done.returncode == 0:
            subprocess.run([umount, "-l", str(folder)], check=True)
