"""What the console asks: the words of a document, or None when they cannot be had."""

import asyncio
import sys
from pathlib import Path
from typing import Final

import structlog

_PLACE: Final = Path(__file__).parents[3]
_MODULE: Final = "hub.adapters.documents.child"
WALL_SECONDS: Final = 20.0
"""With the start of the interpreter, on a machine that is busy; its own time is limited more."""
AT_ONCE_MOST: Final = 2
log = structlog.get_logger(__name__)


class DocumentReader:
    """Starts a process per document: they are few, and one that is stuck is nobody else's."""

    def __init__(self, wall_seconds: float = WALL_SECONDS) -> None:
        self._wall_seconds = wall_seconds
        self._room = asyncio.Semaphore(AT_ONCE_MOST)

    async def words(self, data: bytes) -> str | None:
        """Return the words; None for what cannot be read within the limits."""
        async with self._room:
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", _MODULE, cwd=_PLACE,
                # Secrets of the hub's environment are none of its business.
                env={"LC_ALL": "C.UTF-8"},
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            try:
                async with asyncio.timeout(self._wall_seconds):
                    said, _ = await child.communicate(data)
            except (TimeoutError, OSError):
                said = b""
            finally:
                if child.returncode is None:
                    child.kill()
                    await child.wait()
        if child.returncode != 0:
            log.info("document_unreadable", size_bytes=len(data), code=child.returncode)
            return None
        return said.decode("utf-8", "replace")
