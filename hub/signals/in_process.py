"""The signal of a single node."""

import asyncio
from collections.abc import Callable

from hub.signals.listeners import Hear, Listeners


class InProcessSignal:
    """`hub.ports.Signal` within this process."""

    def __init__(self) -> None:
        self._listeners = Listeners()

    async def publish(self, topic: str, payload: str) -> None:
        """Tell the listeners in the next turn of the loop, as a network would."""
        asyncio.get_running_loop().call_soon(self._listeners.tell, topic, payload)

    def subscribe(self, topic: str, heard: Hear) -> Callable[[], None]:
        """Call `heard(payload)` for each word on the topic; the result ends it."""
        return self._listeners.add(topic, heard)

    async def start(self) -> None:
        """Nothing to connect to."""

    async def stop(self) -> None:
        """Nothing to leave."""
