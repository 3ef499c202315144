"""A circuit breaker as a pure state machine: who keeps failing is left alone for a while.

closed --failures in a row--> open --after a pause--> half open --one probe--> closed | open
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Circuit(StrEnum):
    """Whether calls go through."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"
    """One call is under way to see whether the others may follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerRules:
    """When to stop calling, and for how long."""

    failures: int = 5
    open_seconds: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """The state; `since` is a monotonic time."""

    circuit: Circuit = Circuit.CLOSED
    failures: int = 0
    since: float = 0.0


def admit(breaker: Breaker, rules: BreakerRules, now: float) -> tuple[Breaker, bool]:
    """Tell whether a call may be made now; after the pause exactly one may."""
    match breaker.circuit:
        case Circuit.CLOSED:
            return breaker, True
        case Circuit.OPEN if now - breaker.since >= rules.open_seconds:
            return replace(breaker, circuit=Circuit.HALF_OPEN, since=now), True
        case _:
            return breaker, False


def succeeded(breaker: Breaker, now: float) -> Breaker:
    """Note that a call was answered: whatever was, is over."""
    return Breaker(since=breaker.since if breaker.circuit is Circuit.CLOSED else now)


def failed(breaker: Breaker, rules: BreakerRules, now: float) -> Breaker:
    """Note that a call was not answered; a late one does not prolong the pause."""
    count = breaker.failures + 1
    if breaker.circuit is Circuit.OPEN:
        return replace(breaker, failures=count)
    if breaker.circuit is Circuit.HALF_OPEN or count >= rules.failures:
        return Breaker(circuit=Circuit.OPEN, failures=count, since=now)
    return replace(breaker, failures=count)
