"""Hold music, made here so that nobody owns it: slow broken chords, half a minute, no end."""

import numpy as np
from numpy.typing import NDArray

from channels.phone.media.ulaw import RATE, encode

BEAT_SECONDS = 0.5
CHORDS = (
    (220.00, 261.63, 329.63, 392.00),
    (174.61, 220.00, 261.63, 329.63),
    (196.00, 261.63, 329.63, 392.00),
    (196.00, 246.94, 293.66, 392.00),
)
PATTERN = (0, 1, 2, 3, 2, 1, 2, 1)
ROUNDS = 2
LEVEL = 5200.0


def compose() -> bytes:
    """Return the music as mu-law; its end joins its beginning."""
    beat = int(BEAT_SECONDS * RATE)
    notes = [chord[step] for _ in range(ROUNDS) for chord in CHORDS for step in PATTERN]
    song = np.zeros(len(notes) * beat)
    note_samples = 3 * beat
    for place, hz in enumerate(notes):
        at = (np.arange(note_samples) + place * beat) % len(song)
        song[at] += _note(hz, note_samples)
    return encode((song / np.abs(song).max() * LEVEL).astype(np.int16))


def _note(hz: float, samples: int) -> NDArray[np.float64]:
    """A soft string: the higher its overtones, the sooner they fade."""
    at = np.arange(samples) / RATE
    partials = [np.sin(2 * np.pi * hz * k * at) * np.exp(-at * 2.2 * k) / k**1.5 for k in (1, 2, 3)]
    attack = np.minimum(at / 0.02, 1.0)
    ending = np.minimum((samples / RATE - at) / 0.1, 1.0)
    sound: NDArray[np.float64] = np.sum(partials, axis=0) * attack * ending
    return sound
