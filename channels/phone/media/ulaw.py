"""G.711 mu-law at 8 kHz: what every voice here is made of, in frames of 20 ms.

Tables, because `audioop` left Python in 3.13. A frame is immutable `bytes`, so that one voice
heard by one person goes through unchanged.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

RATE: Final = 8000
FRAME: Final = 160
FRAME_SECONDS: Final = FRAME / RATE
FRAMES_PER_SECOND: Final = RATE // FRAME
ZERO: Final = 0xFF
SILENT: Final = bytes([ZERO]) * FRAME
"""The frame of nothing; compared by identity."""

Pcm = NDArray[np.int16]
_BIAS, _CLIP = 0x84, 32635


def _decoding() -> Pcm:
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    exponent, mantissa = (code >> 4) & 7, code & 0x0F
    magnitude = (((mantissa << 3) + _BIAS) << exponent) - _BIAS
    return np.where(code & 0x80, -magnitude, magnitude).astype(np.int16)


def _encoding() -> NDArray[np.uint8]:
    sample = np.arange(65536, dtype=np.uint16).view(np.int16).astype(np.int32)
    magnitude = np.minimum(np.abs(sample), _CLIP) + _BIAS
    exponent = np.floor(np.log2(magnitude)).astype(np.int32) - 7
    mantissa = (magnitude >> (exponent + 3)) & 0x0F
    code = np.where(sample < 0, 0x80, 0) | (exponent << 4) | mantissa
    table: NDArray[np.uint8] = (~code & 0xFF).astype(np.uint8)
    return table


_DECODE, _ENCODE = _decoding(), _encoding()


def decode(sound: bytes) -> Pcm:
    """Return 16-bit samples."""
    pcm: Pcm = _DECODE[np.frombuffer(sound, np.uint8)]
    return pcm


def encode(pcm: Pcm) -> bytes:
    """Return mu-law bytes of 16-bit samples."""
    return _ENCODE[pcm.view(np.uint16)].tobytes()


def added(*frames: bytes) -> bytes:
    """Return several voices at once; one alone is returned as it is."""
    if len(frames) == 1:
        return frames[0]
    return encode(mixed(*frames)) if frames else SILENT


def mixed(*frames: bytes) -> Pcm:
    """Return the sum of voices as samples, limited to what 16 bits hold."""
    total = np.zeros(FRAME, np.int32)
    for frame in frames:
        total += decode(frame)
    return np.clip(total, -32768, 32767).astype(np.int16)
