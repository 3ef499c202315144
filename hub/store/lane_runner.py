"""An outbox whose acts about one subject are done one after another, in the order of their ids.

Subjects do not wait for each other: a slow one holds up its own acts and nobody else's.
"""

import asyncio

from hub.adapters.crashpoints import crashpoint
from hub.store import outbox
from hub.store.outbox import DueEffect
from hub.store.outbox_runner import AFTER_CLAIM, BATCH, OutboxRunner


class LaneRunner(OutboxRunner):
    """Claims the first act of each subject, and looks for its next as soon as that is over."""

    async def run(self) -> None:
        """Act until cancelled."""
        async with asyncio.TaskGroup() as self._lanes:
            await super().run()

    async def act_due(self) -> int:
        """Begin what is due now; return how many were claimed."""
        now = self._clock.now()
        call = outbox.FIRST_OF_EACH(now=now, kinds=list(self._handlers), most=BATCH)
        due = [DueEffect(*row) for row in await self._reader.rows(call)]
        if not due:
            return 0
        mine = await self._journal.run(self._claim(due, now))
        crashpoint(AFTER_CLAIM)
        for effect in mine:
            self._lanes.create_task(self._act(effect)).add_done_callback(self._look_again)
        return len(mine)

    def _look_again(self, _: "asyncio.Task[None]") -> None:
        self._wake.ring()
