"""Identifiers: time-ordered, unguessable, readable aloud.

`con_01jq7w9v3m4k8zt5x2y6c1d0ef`: the kind, 48 bits of milliseconds and 80 random bits in
Crockford's base 32. Time order keeps the newest rows together in every index.
"""

import os
import time

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
RANDOM_DIGITS = 16
POOL_DIGITS = RANDOM_DIGITS * 512

_PAIRS = [a + b for a in ALPHABET for b in ALPHABET]
_DIGIT_OF_BYTE = (ALPHABET * 8).encode()
"""Five bits of a random byte make a digit, all 32 equally likely."""


class RandomIds:
    """`hub.ports.NewId`. Randomness is fetched in pools: a system call per id costs more."""

    def __init__(self) -> None:
        self._pool = ""
        self._used = 0
        self._stamp = (0, "")

    def __call__(self, kind: str) -> str:
        """Return a new identifier of the kind."""
        at = time.time_ns() // 1_000_000
        if at != self._stamp[0]:
            self._stamp = (at, _ten(at))
        start = self._used
        if start >= len(self._pool):
            self._pool = os.urandom(POOL_DIGITS).translate(_DIGIT_OF_BYTE).decode()
            start = 0
        self._used = end = start + RANDOM_DIGITS
        return f"{kind}_{self._stamp[1]}{self._pool[start:end]}"


def _ten(n: int) -> str:
    """Milliseconds as 10 digits, two at a time."""
    pairs = _PAIRS
    return (
        f"{pairs[n >> 40 & 1023]}{pairs[n >> 30 & 1023]}{pairs[n >> 20 & 1023]}"
        f"{pairs[n >> 10 & 1023]}{pairs[n & 1023]}"
    )
