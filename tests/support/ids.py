"""Identifiers that a failing test can be replayed with."""

import itertools
import random


class SeededIds:
    """`hub.ports.NewId` for tests: same seed, same identifiers; they sort by birth."""

    def __init__(self, *, seed: int = 1) -> None:
        self._numbers = itertools.count(1)
        self._random = random.Random(seed)

    def __call__(self, kind: str) -> str:
        """Return the next identifier, such as `con_00000001c3f2a9`."""
        return f"{kind}_{next(self._numbers):08d}{self._random.getrandbits(24):06x}"
