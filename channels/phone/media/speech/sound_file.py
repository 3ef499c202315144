"""WAV files and voices of any rate, as mu-law at 8 kHz."""

import io
import wave

import numpy as np
from numpy.typing import NDArray

from channels.phone.media.ulaw import RATE, encode

TAPS = 63


def from_wav(data: bytes) -> bytes:
    """Return the sound of a 16-bit WAV file; raise `ValueError` for another kind."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"no WAV file: {error}") from None
    if width != 2 or not 1 <= channels <= 2:
        raise ValueError("a WAV file of 16 bits with one or two channels is wanted")
    pcm = np.frombuffer(raw, "<i2").reshape(-1, channels).mean(axis=1)
    return from_samples(pcm, rate)


def from_samples(samples: NDArray[np.float64], rate: int) -> bytes:
    """Return 16-bit samples of any rate as mu-law at 8 kHz."""
    if rate != RATE and len(samples):
        if rate > RATE:
            samples = np.convolve(samples, _low_pass(RATE * 0.45 / rate), mode="same")
        wanted = np.arange(int(len(samples) * RATE / rate)) * rate / RATE
        samples = np.interp(wanted, np.arange(len(samples)), samples)
    return encode(np.clip(samples, -32768, 32767).astype(np.int16))


def _low_pass(cut: float) -> NDArray[np.float64]:
    """Keep what 8 kHz can hold: a windowed sinc."""
    at = np.arange(TAPS) - TAPS // 2
    taps = np.sinc(2 * cut * at) * np.hamming(TAPS)
    response: NDArray[np.float64] = taps / taps.sum()
    return response
