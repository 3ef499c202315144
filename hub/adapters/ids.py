"""Identifiers: time-ordered, unguessable, readable aloud.

`con_01jq7w9v3m4k8zt5x2y6c1d0ef`: the kind, 48 bits of milliseconds and 80 random bits in
Crockford's base 32. Time order keeps the newest rows together in every index.
"""

import os
import time

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
RANDOM_BYTES = 10
POOL_BYTES = RANDOM_BYTES * 512

_PAIRS = [a + b for a in ALPHABET for b in ALPHABET]


class RandomIds:
    """`hub.ports.NewId`. Randomness is fetched in pools: a system call per id costs more."""

    def __init__(self) -> None:
        self._pool = b""
        self._used = 0
        self._stamp = (0, "")

    def __call__(self, kind: str) -> str:
        """Return a new identifier of the kind."""
        at = time.time_ns() // 1_000_000
        if at != self._stamp[0]:
            self._stamp = (at, _ten(at))
        start = self._used
        if start >= len(self._pool):
            self._pool, start = os.urandom(POOL_BYTES), 0
        self._used = start + RANDOM_BYTES
        return f"{kind}_{self._stamp[1]}{_sixteen(self._pool[start : self._used])}"


def _sixteen(random: bytes) -> str:
    """80 bits as 16 digits, two digits at a time."""
    n = int.from_bytes(random, "big")
    pairs = _PAIRS
    return (
        f"{pairs[n >> 70]}{pairs[n >> 60 & 1023]}{pairs[n >> 50 & 1023]}{pairs[n >> 40 & 1023]}"
        f"{pairs[n >> 30 & 1023]}{pairs[n >> 20 & 1023]}{pairs[n >> 10 & 1023]}{pairs[n & 1023]}"
    )


def _ten(n: int) -> str:
    """Milliseconds as 10 digits."""
    pairs = _PAIRS
    return (
        f"{pairs[n >> 40 & 1023]}{pairs[n >> 30 & 1023]}{pairs[n >> 20 & 1023]}"
        f"{pairs[n >> 10 & 1023]}{pairs[n & 1023]}"
    )
