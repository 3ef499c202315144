"""What may go wrong between the carrier and the hub, chosen by a seeded generator."""

from dataclasses import dataclass, field
from random import Random


@dataclass(slots=True, kw_only=True)
class Faults:
    """Chances are 0 to 1; all of them 0 is a calm day."""

    random: Random
    delay_seconds: float = 0.0
    """A request may be so late; facts of one call may so overtake each other."""
    double: float = 0.0
    """The same request comes twice, with the same idempotency token."""
    lose_request: float = 0.0
    """It never arrives, and is repeated after a while."""
    lose_answer: float = 0.0
    """It arrives, its answer does not, and it is repeated."""
    seen: dict[str, int] = field(default_factory=dict)
    """How often each of them happened."""

    def delay(self, longest_seconds: float | None = None) -> float:
        """Return how late this request is, in seconds."""
        if self.delay_seconds <= 0:
            return 0.0
        most = self.delay_seconds if longest_seconds is None else longest_seconds
        return self.random.random() * most

    def happens(self, what: str) -> bool:
        """Tell whether a fault happens now."""
        chance: float = getattr(self, what)
        if chance <= 0 or self.random.random() >= chance:
            return False
        self.seen[what] = self.seen.get(what, 0) + 1
        return True
