"""How a line is, from its packets: loss and jitter (RFC 3550), and a score by the E-model."""

from dataclasses import dataclass

from channels.phone.media.ulaw import RATE

R_BEST = 93.2
"""G.711 without any trouble."""
LOSS_WEIGHT, LOSS_ROBUSTNESS = 95.0, 25.1
DELAY_FREE_SECONDS = 0.177


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Of the last seconds."""

    mos: float
    loss_ratio: float
    jitter_seconds: float


def score(loss_ratio: float, jitter_seconds: float, delay_seconds: float = 0.06) -> float:
    """Return the mean opinion score 1-5 (ITU-T G.107, simplified for G.711)."""
    delay = delay_seconds + 2 * jitter_seconds
    impaired = 24 * delay + 110 * max(delay - DELAY_FREE_SECONDS, 0)
    loss = loss_ratio * 100
    r = R_BEST - impaired - LOSS_WEIGHT * loss / (loss + LOSS_ROBUSTNESS)
    if r <= 0:
        return 1.0
    return round(min(max(1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6, 1.0), 4.5), 2)


class Counter:
    """Counts the packets of one voice."""

    def __init__(self) -> None:
        self._first: int | None = None
        self._highest = self._packets = 0
        self._transit: float | None = None
        self._jitter = 0.0

    def packet(self, sequence: int, timestamp: int, arrived_at: float) -> None:
        """Take note of a packet; `arrived_at` in seconds of any clock that never goes back."""
        if self._first is None:
            self._first = self._highest = sequence
        step = (sequence - self._highest + 32768) % 65536 - 32768
        self._highest += max(step, 0)
        self._packets += 1
        transit = arrived_at * RATE - timestamp
        if self._transit is not None and abs(change := transit - self._transit) < RATE:
            self._jitter += (abs(change) - self._jitter) / 16
        self._transit = transit

    def lately(self) -> Quality | None:
        """Return how it was since the last question."""
        if self._first is None:
            return None
        expected = self._highest - self._first + 1
        loss = max(expected - self._packets, 0) / max(expected, 1)
        jitter = self._jitter / RATE
        self._first, self._packets = self._highest + 1, 0
        return Quality(
            mos=score(loss, jitter), loss_ratio=round(loss, 4), jitter_seconds=round(jitter, 5)
        )
