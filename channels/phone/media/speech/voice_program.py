"""A program of its own: reads words from standard input, writes their sound to standard output.

It is the only place that touches espeak-ng, which is under the GPL and stays out of our process.
Per line in: {"text", "language"}. Out: 4 bytes with a length, then so many bytes of 16-bit
sound at `RATE`; length 0: no voice for these words. It imports nothing of ours.
"""

import ctypes
import json
import struct
import sys
from pathlib import Path
from typing import Any

VOICES = {"en": b"en", "zh": b"cmn", "yue": b"yue"}
RATE = 22050
SYNCHRONOUS, UTF8 = 2, 1
WORDS_PER_MINUTE, RATE_PARAMETER = 165, 1

_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class Espeak:
    """The library, loaded once."""

    def __init__(self, library: str, data: str) -> None:
        self._sound = bytearray()
        self._lib = ctypes.CDLL(library)
        folder = str(Path(data).parent).encode()
        rate = self._lib.espeak_Initialize(SYNCHRONOUS, 0, folder, 0)
        if rate != RATE:
            raise RuntimeError(f"espeak-ng answered {rate}")
        self._callback = _Callback(self._take)
        self._lib.espeak_SetSynthCallback(self._callback)
        self._lib.espeak_SetParameter(RATE_PARAMETER, WORDS_PER_MINUTE, 0)

    def say(self, text: str, language: str) -> bytes:
        """Return the sound; empty when there is no voice."""
        voice = VOICES.get(language.partition("-")[0])
        if voice is None or self._lib.espeak_SetVoiceByName(voice) != 0:
            return b""
        self._sound.clear()
        words = text.encode()
        self._lib.espeak_Synth(words, len(words) + 1, 0, 0, 0, UTF8, None, None)
        return bytes(self._sound)

    def _take(self, wave: Any, samples: int, _events: Any) -> int:
        if wave and samples > 0:
            self._sound += ctypes.string_at(wave, samples * 2)
        return 0


def main() -> None:
    """Answer line by line until the input ends."""
    import espeakng_loader  # noqa: PLC0415  only this program needs it

    voice = Espeak(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        sound = voice.say(str(asked["text"]), str(asked["language"]))
        sys.stdout.buffer.write(struct.pack("<I", len(sound)) + sound)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
