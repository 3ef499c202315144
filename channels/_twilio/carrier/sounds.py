"""Sound files without sound: as long as they should be, and no more said."""

import io
import wave
from typing import Final

RATE: Final = 8000
MOST_SECONDS: Final = 600.0


def tone(seconds: float, channels: int) -> bytes:
    """Return a WAV file of a quiet square wave, 440 Hz left and 700 Hz right."""
    count = round(min(max(seconds, 0.1), MOST_SECONDS) * RATE)
    sides = [_second(frequency) for frequency in (440, 700)[:channels]]
    one = b"".join(side[at : at + 2] for at in range(0, RATE * 2, 2) for side in sides)
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(channels)
        written.setsampwidth(2)
        written.setframerate(RATE)
        whole, rest = divmod(count, RATE)
        written.writeframes(one * whole + one[: rest * 2 * channels])
    return file.getvalue()


def _second(frequency: int) -> bytes:
    half = RATE / frequency / 2
    levels = (2000 if int(at / half) % 2 else -2000 for at in range(RATE))
    return b"".join(level.to_bytes(2, "little", signed=True) for level in levels)
