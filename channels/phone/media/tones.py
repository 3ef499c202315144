"""Keys as sound (DTMF), for a far end that listens for them."""

from functools import cache

import numpy as np

from channels.phone.media.ulaw import FRAME, RATE, SILENT, encode

KEYS = "0123456789*#"
TONE_FRAMES, GAP_FRAMES = 5, 3
_ROWS, _COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477)
_PAD = "123456789*0#"


def digit_frames(digits: str) -> list[bytes]:
    """Return the sound of keys, 100 ms each with 60 ms between."""
    return [frame for key in digits if key in KEYS for frame in _key(key)]


@cache
def _key(key: str) -> tuple[bytes, ...]:
    place = _PAD.index(key)
    at = np.arange(TONE_FRAMES * FRAME) / RATE
    tones = _ROWS[place // 3], _COLUMNS[place % 3]
    waves = [np.sin(2 * np.pi * hz * at) * 8000 for hz in tones]
    sound = encode((waves[0] + waves[1]).astype(np.int16))
    return (*(sound[i : i + FRAME] for i in range(0, len(sound), FRAME)), *[SILENT] * GAP_FRAMES)
