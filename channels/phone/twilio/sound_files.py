"""Sound files that the provider fetches: hold music of some lengths, and recorded prompts.

They are the same for everybody and hold nothing of anybody, so anyone may have them.
"""

import asyncio
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from channels.phone.twilio.places import PREFIX
from channels.phone.twilio.twiml import MUSIC_SECONDS

RATE: Final = 8000
MU_LAW: Final = 7
KEEP: Final = {"Cache-Control": "public, max-age=86400"}


class SoundFiles:
    """Routes of sound files."""

    def __init__(self, prompts: Path | None) -> None:
        self._prompts = prompts
        self.recorded = recorded_in(prompts)
        """Language and name of the prompts there are."""
        self._song = b""

    def routes(self) -> Sequence[BaseRoute]:
        """Return them."""
        return [
            Route(f"{PREFIX}/music/{{seconds:int}}.wav", self.music),
            Route(f"{PREFIX}/prompts/{{language}}/{{name}}.wav", self.prompt),
        ]

    async def music(self, request: Request) -> Response:
        """Answer with so many seconds of music."""
        seconds = request.path_params["seconds"]
        if seconds not in MUSIC_SECONDS:
            return Response(status_code=404)
        if not self._song:
            self._song = await asyncio.to_thread(_song)
        return Response(wav(self._song, seconds), media_type="audio/wav", headers=KEEP)

    async def prompt(self, request: Request) -> Response:
        """Answer with a recorded prompt; only names that were found at the start are looked up."""
        language, name = request.path_params["language"], request.path_params["name"]
        if self._prompts is None or (language, name) not in self.recorded:
            return Response(status_code=404)
        path = self._prompts / language / f"{name}.wav"
        return FileResponse(path, media_type="audio/wav", headers=KEEP)


def recorded_in(folder: Path | None) -> frozenset[tuple[str, str]]:
    """Return language and name of each `LANGUAGE/NAME.wav`."""
    if folder is None:
        return frozenset()
    return frozenset((path.parent.name, path.stem) for path in folder.glob("*/*.wav"))


def wav(song: bytes, seconds: int) -> bytes:
    """Return so many seconds of a mu-law song, again and again, as a file."""
    size = seconds * RATE
    data = (song * (size // len(song) + 1))[:size]
    form = struct.pack("<HHIIHH", MU_LAW, 1, RATE, RATE, 1, 8)
    chunks = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", size)
    return b"RIFF" + struct.pack("<I", len(chunks) + size) + chunks + data


def _song() -> bytes:
    from channels.phone.media.tune import compose  # noqa: PLC0415  brings numpy

    return compose()
