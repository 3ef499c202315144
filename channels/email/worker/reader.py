"""`MailReader`: what the doors ask. It keeps one child process and replaces it when it is stuck."""

import asyncio
import json
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final, NamedTuple

import structlog

from channels.email.parse.mail import ParsedMail
from channels.email.parse.read import read_head_only

_PLACE: Final = Path(__file__).parents[3]
_MODULE: Final = "channels.email.worker.child"
_START_SECONDS: Final = 60.0
"""For the interpreter and its imports, on a machine that is busy."""
_SLICE_BYTES: Final = 256 * 1024
"""So much is handed to the pipe at once, so that other work comes between."""
_ANSWER_BYTES_MOST: Final = 64 * 1024 * 1024
log = structlog.get_logger(__name__)


class _Answer(NamedTuple):
    found: bool
    data: bytes


class MailReader:
    """Reads mails in a child process with limits. One mail at a time, in the order asked."""

    def __init__(
        self,
        *,
        relays: Collection[str] = (),
        own_addresses: Collection[str] = (),
        wall_seconds: float = 5.0,
        cpu_seconds: int = 3,
    ) -> None:
        """Take what `read_mail` wants to know, and what one mail may cost.

        A mail over `cpu_seconds` of the child's processor time or `wall_seconds` costs the child
        its life; it comes back with its head alone and the flag `too_costly`.
        """
        self._relays = [one.lower() for one in relays]
        # Looked at with each mail: mailboxes are connected while we run.
        self._own_addresses = own_addresses
        self._wall_seconds, self._cpu_seconds = wall_seconds, cpu_seconds
        self._child: asyncio.subprocess.Process | None = None
        self._line = asyncio.Lock()

    @property
    def _own(self) -> list[str]:
        return [one.lower() for one in self._own_addresses]

    async def read(self, raw: bytes) -> ParsedMail:
        """Return what the mail says; never raises for what is in it."""
        question = {"do": "read", "relays": self._relays, "own": self._own}
        answer = await self._ask(question, raw)
        if answer is None:
            return read_head_only(raw, relays=self._relays, own_addresses=self._own)
        return ParsedMail.from_json(answer.data)

    async def part(self, raw: bytes, path: str) -> bytes | None:
        """Return the bytes of an attachment; None when there is none, or it costs too much."""
        answer = await self._ask({"do": "part", "path": path}, raw)
        return answer.data if answer and answer.found else None

    async def start(self) -> None:
        """Start the child now, so that the first mail need not wait for it."""
        async with self._line:
            await self._running()

    async def close(self) -> None:
        """End the child."""
        async with self._line:
            await self._end()

    async def _ask(self, question: dict[str, Any], raw: bytes) -> _Answer | None:
        """Return the child's answer; None when the mail took more than a mail may."""
        async with self._line:
            for is_last in (False, True):
                child = await self._running()
                try:
                    async with asyncio.timeout(self._wall_seconds):
                        return await _exchange(child, question, raw)
                except TimeoutError:
                    await self._end()
                    break
                except (OSError, EOFError, ValueError, KeyError):
                    # It may have died before, of something else: the mail gets one more child.
                    await self._end()
                    if is_last:
                        break
                except BaseException:
                    # Half an answer would be taken for the next mail's.
                    await self._end()
                    raise
            log.warning("mail_too_costly", size_bytes=len(raw))
            return None

    async def _running(self) -> asyncio.subprocess.Process:
        child = self._child
        if child is not None and child.returncode is None:
            return child
        await self._end()
        child = self._child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", _MODULE, str(self._cpu_seconds),
            cwd=_PLACE,
            # Secrets of the hub's environment are none of its business.
            env={"PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            async with asyncio.timeout(_START_SECONDS):
                await _answer(child)
        except BaseException:
            await self._end()
            raise
        return child

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            child.kill()
        await child.wait()
        # What waits in the pipes goes with it.
        child._transport.close()  # type: ignore[attr-defined]


async def _exchange(
    child: asyncio.subprocess.Process, question: dict[str, Any], raw: bytes
) -> _Answer:
    assert child.stdin is not None
    child.stdin.write(json.dumps({**question, "size": len(raw)}).encode() + b"\n")
    for at in range(0, len(raw), _SLICE_BYTES):
        child.stdin.write(raw[at : at + _SLICE_BYTES])
        await child.stdin.drain()
    await child.stdin.drain()
    return await _answer(child)


async def _answer(child: asyncio.subprocess.Process) -> _Answer:
    assert child.stdout is not None
    line = await child.stdout.readline()
    if not line:
        raise EOFError
    about = json.loads(line)
    size = int(about["size"])
    if size > _ANSWER_BYTES_MOST:
        raise ValueError(size)
    data = await child.stdout.readexactly(size)
    return _Answer(bool(about.get("found")), data)
