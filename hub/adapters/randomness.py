"""Real randomness: for back-off and dice, not for secrets (those take `secrets` themselves)."""

import random
from typing import Protocol


class Randomness(Protocol):
    """The one thing spreading and choosing need; tests give a seeded `random.Random`."""

    def random(self) -> float:
        """Return a number in [0, 1)."""


def system_randomness() -> Randomness:
    """Return a generator seeded by the operating system."""
    return random.Random()
