"""A journal that can wait for the units that nobody waits for.

On PostgreSQL a later unit may be stored before an earlier one: `run` after `submit` proves nothing.
"""

from typing import Any

from hub.store.journal import Done, Journal, UnitOrFactory
from tests.support.waiting import until


class Submissions:
    """Hands everything on to a real journal and counts what was submitted and is not done."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._under_way = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)

    def submit(self, unit: UnitOrFactory[Any], done: Done) -> None:
        """Submit it."""

        def over(outcome: Any) -> None:
            self._under_way -= 1
            done(outcome)

        self._journal.submit(unit, over)
        self._under_way += 1

    async def all_done(self) -> None:
        """Wait until each has had its COMMIT or its error."""
        await until(lambda: not self._under_way)
