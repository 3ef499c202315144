"""An agent is there while one of their desk pages is: told to the journey, in order."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Coroutine
from typing import Any

import structlog

from hub.domain.errors import HubError
from hub.journey import presence
from hub.journey.context import Hub
from hub.journey.phones.ready import tell_phone

log = structlog.get_logger(__name__)


class DeskPages:
    """Counts desk pages per agent. What is told is always the present state, never a stale one."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._open: Counter[str] = Counter()
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._tasks: set[asyncio.Task[None]] = set()

    def came(self, agent_id: str) -> None:
        """A desk page said hello."""
        self._open[agent_id] += 1
        if self._open[agent_id] == 1:
            self.settle(agent_id)

    def lost(self, agent_id: str) -> None:
        """A desk page is gone."""
        self._open[agent_id] -= 1
        if self._open[agent_id] <= 0:
            del self._open[agent_id]
            self.settle(agent_id)

    def has(self, agent_id: str) -> bool:
        """Tell whether a desk page of the agent is connected here."""
        return agent_id in self._open

    def settle(self, agent_id: str) -> None:
        """Tell the journey whether the agent is there."""
        self._start(self._settle(agent_id))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def phone_lost(self, agent_id: str) -> None:
        """The page that had the agent's phone is gone, maybe while another one is there."""
        self._start(self._phone_down(agent_id))

    async def settled(self) -> None:
        """Wait until all was told."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def _settle(self, agent_id: str) -> None:
        async with self._locks[agent_id]:
            try:
                if self.has(agent_id):
                    await presence.page_came(self._hub, agent_id)
                else:
                    await presence.page_lost(self._hub, agent_id)
            except HubError as error:
                log.warning("presence_not_told", code=error.code)

    async def _phone_down(self, agent_id: str) -> None:
        try:
            await tell_phone(self._hub, agent_id, is_up=False)
        except HubError as error:
            log.warning("phone_not_told", code=error.code)
