"""The journal: the only writer of a node. Two implementations, one contract."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from hub.ports import Follow
from hub.store.unit import Prepared, Unit

T = TypeVar("T")

Done = Callable[[Any], None]
"""Called in the event loop after COMMIT with the unit's result, or with the exception."""

UnitOrFactory = Unit[T] | Callable[[], Unit[T]]
"""A factory may be run again after a lost race between nodes; it must be safe to call twice."""

Heard = Callable[[Sequence[dict[str, Any]]], None]


class Journal(Protocol):
    """Runs units of work; answers only after they are durable."""

    keeps_order: bool
    """Units are stored in the order they were given, also those that wait for each other's COMMIT;
    else whoever needs an order awaits one before giving the next."""

    async def start(self) -> None:
        """Begin to take units."""

    async def stop(self) -> None:
        """Finish what was taken, refuse what comes, close the connections."""

    async def run(self, unit: UnitOrFactory[T]) -> T:
        """Return the unit's result after COMMIT; raise what it raised, after its rollback.

        Raises `Refused("conflict")` when a constraint of the database refused it, and
        `Unavailable` when the store cannot take writes now.
        """

    def submit(self, unit: UnitOrFactory[Any], done: Done) -> None:
        """Run the unit without a future: `done(result or exception)` follows its COMMIT.

        Raises `Unavailable` at once when too much is waiting already.
        """

    def follow(self, follower: Follow) -> Callable[[], None]:
        """Give the follower all events committed from now on; the result ends it."""

    def watch(self, prepared: Prepared, heard: Heard) -> Callable[[], None]:
        """Tell `heard` the values of this node's committed calls of a statement."""

    async def caught_up(self) -> None:
        """Wait until followers have been given all that was committed before this call."""


def future_done(future: asyncio.Future[T]) -> Done:
    """Return a `done` that settles the future."""

    def done(outcome: Any) -> None:
        if future.done():  # the caller has been cancelled; the commit stands
            return
        if isinstance(outcome, BaseException):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)

    return done
