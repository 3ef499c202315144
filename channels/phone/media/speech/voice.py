"""The voice: a child process, made when first needed and again when it ends."""

import asyncio
import json
import struct
import sys
from pathlib import Path

import numpy as np
import structlog

from channels.phone.media.speech.sound_file import from_samples

PROGRAM = Path(__file__).with_name("voice_program.py")
RATE = 22050
MOST_BYTES = 20_000_000
MOST_CHARACTERS = 1000
SAY_SECONDS = 10.0

log = structlog.get_logger(__name__)


class Voice:
    """Says one thing after the other."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._line = asyncio.Lock()

    async def say(self, text: str, language: str) -> bytes:
        """Return mu-law; empty when there is no voice for it."""
        async with self._line:
            try:
                async with asyncio.timeout(SAY_SECONDS):
                    sound = await self._ask(text[:MOST_CHARACTERS], language)
            except (OSError, EOFError, TimeoutError, ValueError) as error:
                log.warning("voice_failed", error=type(error).__name__)
                await self.close()
                return b""
        return from_samples(np.frombuffer(sound, "<i2").astype(np.float64), RATE)

    async def _ask(self, text: str, language: str) -> bytes:
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                str(PROGRAM),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"text": text, "language": language}).encode() + b"\n")
        await process.stdin.drain()
        (length,) = struct.unpack("<I", await process.stdout.readexactly(4))
        if length > MOST_BYTES:
            raise ValueError(length)
        return await process.stdout.readexactly(length)

    async def close(self) -> None:
        """End the child."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()
