"""The signal between nodes, over Redis publish/subscribe.

Redis may vanish at any moment: publishing then does nothing, listening begins again when it is
back, and the slow polls behind every signal find what was missed meanwhile.
"""

import asyncio
import socket
from collections.abc import Callable

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from hub.ports import Clock
from hub.signals.listeners import Hear, Listeners

PREFIX = "hub:"
PATTERN = PREFIX + "*"
"""One subscription for all topics: nothing to repeat for each of them after a loss."""
PUBLISH_SECONDS = 0.5
RETRY_SECONDS = 1.0

KEEP_ALIVE = {
    getattr(socket, name): value
    for name, value in (("TCP_KEEPIDLE", 15), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3))
    if hasattr(socket, name)
}
"""A server that went away without a word is noticed within half a minute."""

LOST = (RedisError, OSError, TimeoutError)

log = structlog.get_logger(__name__)


class RedisSignal:
    """`hub.ports.Signal` over one Redis or Valkey server."""

    def __init__(self, url: str, clock: Clock) -> None:
        self._clock = clock
        self._listeners = Listeners()
        self._speaker = Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=PUBLISH_SECONDS,
            socket_connect_timeout=PUBLISH_SECONDS,
        )
        # A listener waits for ever by design: any socket timeout would end it again and again.
        self._listener = Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=None,
            socket_connect_timeout=PUBLISH_SECONDS,
            socket_keepalive=True,
            socket_keepalive_options=KEEP_ALIVE,
            health_check_interval=0,
        )
        self._is_lost = False
        self._task: asyncio.Task[None] | None = None
        self._listening = asyncio.Event()

    async def start(self) -> None:
        """Begin to listen; returns at once, whether Redis is there or not."""
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Stop listening and close the connections."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._speaker.aclose()
        await self._listener.aclose()

    async def listening(self) -> None:
        """Wait until words of other nodes are heard."""
        await self._listening.wait()

    async def publish(self, topic: str, payload: str) -> None:
        """Tell all nodes, this one included; never raises."""
        try:
            await self._speaker.publish(PREFIX + topic, payload)
        except LOST as error:
            self._lost(error)
            # This node at least can be told without Redis.
            asyncio.get_running_loop().call_soon(self._listeners.tell, topic, payload)

    def subscribe(self, topic: str, heard: Hear) -> Callable[[], None]:
        """Call `heard(payload)` for each word on the topic; the result ends it."""
        return self._listeners.add(topic, heard)

    async def _listen(self) -> None:
        while True:
            try:
                async with self._listener.pubsub(ignore_subscribe_messages=False) as words:
                    await words.psubscribe(PATTERN)
                    await self._hear(words)
            except LOST as error:
                self._lost(error)
            self._listening.clear()
            await self._clock.sleep(RETRY_SECONDS)

    async def _hear(self, words: PubSub) -> None:
        async for word in words.listen():
            if word["type"] == "psubscribe":
                self._found()
            elif word["type"] == "pmessage":
                self._listeners.tell(word["channel"].removeprefix(PREFIX), word["data"])

    def _lost(self, error: BaseException) -> None:
        if not self._is_lost:  # said once, not with every word
            self._is_lost = True
            log.warning("redis_lost", error=type(error).__name__)

    def _found(self) -> None:
        if self._is_lost:
            self._is_lost = False
            log.info("redis_found")
        self._listening.set()
