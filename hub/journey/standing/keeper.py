"""Judges whose record has changed: hears of it from the log, so that no writer must think of it."""

from collections.abc import Sequence

import structlog

from hub.domain import events as e
from hub.domain.errors import HubError
from hub.domain.events import Logged
from hub.journey.context import Hub
from hub.journey.standing.judge import restand
from hub.store.wake import Wake

NOT_OURS = frozenset({"stale", "standing", "preference"})
"""Causes that change nothing a rule looks at."""
log = structlog.get_logger(__name__)


class StandingKeeper:
    """What it misses in a crash, the nightly round finds."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._wanted: dict[str, None] = {}
        self._wake = Wake(hub.clock)

    def follow(self, batch: Sequence[Logged]) -> None:
        """Take the events of a commit."""
        for logged in batch:
            match logged.event:
                case e.CustomerRecordChanged(customer_id=customer_id, cause=cause):
                    if cause not in NOT_OURS:
                        self._want(customer_id)
                case e.CustomersMerged(customer_id=customer_id):
                    self._want(customer_id)

    def _want(self, customer_id: str) -> None:
        self._wanted[customer_id] = None
        self._wake.ring()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            while self._wanted:
                await self._judge(self._wanted.popitem()[0])
            await self._wake.wait()

    async def _judge(self, customer_id: str) -> None:
        try:
            await self._hub.journal.run(lambda: restand(self._hub, customer_id))
        except HubError:
            log.exception("standing_not_judged")
