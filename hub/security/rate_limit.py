"""A limit on how often something may happen (GCRA): one number of state, exact, no timer."""

from typing import Final

from hub.ports import Clock


class RateLimit:
    """`per_second` on the long run, `burst` at once; for one socket or one caller."""

    __slots__ = ("_clock", "_due", "_interval_seconds", "_tolerance_seconds")

    def __init__(self, clock: Clock, per_second: float, burst: int) -> None:
        self._clock = clock
        self._interval_seconds = 1.0 / per_second
        self._tolerance_seconds = (burst - 1) * self._interval_seconds
        self._due = float("-inf")
        """When the next one would be exactly on time."""

    def allow(self, cost: float = 1.0) -> bool:
        """Take `cost` and return True, or take nothing and return False."""
        now = self._clock.monotonic()
        due = max(self._due, now)
        # Rounding may not cost a caller who is exactly on time his turn.
        if due - now > self._tolerance_seconds + 1e-9:
            return False
        self._due = due + cost * self._interval_seconds
        return True

    def retry_after_seconds(self) -> float:
        """Return how long until `allow` will say yes; 0 if it would now."""
        return max(0.0, self._due - self._tolerance_seconds - self._clock.monotonic())

    def is_full(self) -> bool:
        """Tell whether nothing is held against the caller, so that it may be forgotten."""
        return self._due <= self._clock.monotonic()


MOST_CALLERS: Final = 20_000


class RateLimits:
    """One `RateLimit` per caller, such as per network address; forgets those at rest."""

    def __init__(self, clock: Clock, per_second: float, burst: int) -> None:
        self._made_with = (clock, per_second, burst)
        self._callers: dict[str, RateLimit] = {}

    def allow(self, caller: str, cost: float = 1.0) -> bool:
        """Tell whether this caller may go on; with the table full of busy ones, no new caller."""
        limit = self._callers.get(caller)
        if limit is None:
            if len(self._callers) >= MOST_CALLERS and not self._forget():
                return False
            limit = self._callers[caller] = RateLimit(*self._made_with)
        return limit.allow(cost)

    def _forget(self) -> bool:
        before = len(self._callers)
        self._callers = {name: one for name, one in self._callers.items() if not one.is_full()}
        return len(self._callers) < before
