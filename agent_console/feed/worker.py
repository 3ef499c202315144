"""The one task that reads for the pages: snapshots, and what the log has touched."""

import asyncio
from collections.abc import Callable

import structlog

from agent_console.feed.encoding import dump
from agent_console.feed.follower import Follower
from agent_console.feed.needs import Needs
from agent_console.feed.refresh import fill, read_on, refresh
from agent_console.feed.stream import Stream
from agent_console.metrics import RESYNCS, SNAPSHOT_SECONDS, written
from agent_console.rights import DESK
from agent_console.views.queue import day_figures, queue_strip, spells_by_queue
from agent_console.views.setup import setup_view
from agent_console.wallboard.board import Board

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 1.0
_EMPTY = ("me", "contacts", "offers", "records", "messages", "queues", "figures", "tasks", "setup")


class Worker:
    """Answers `hello` with a snapshot and keeps pages current; reads one thing after another."""

    def __init__(self, needs: Needs, board: Board, rights_changed: Callable[[], None]) -> None:
        self._needs = needs
        self._board = board
        self._rights_changed = rights_changed
        self._woken = asyncio.Event()
        self._waiting: dict[Stream, str] = {}
        self.follower = Follower(needs, self._woken.set)

    def hello(self, stream: Stream, cause: str = "hello") -> None:
        """The page needs a snapshot."""
        self._waiting[stream] = cause
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled; what failed is made good by new snapshots."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                await self.work()
            except Exception:
                log.exception("feed_failed")
                await self._needs.hub.clock.sleep(PAUSE_SECONDS)
                for stream in self._needs.streams:
                    self.hello(stream, "failure")

    async def tick(self) -> None:
        """Once a second: the wallboard, and the queues and figures of the desks."""
        now = self._needs.hub.clock.now()
        self._needs.counters.roll_to(now)
        written.publish()
        self._put_day(self._needs.streams.desks)
        self._needs.streams.flush()
        await self._board.tick(self._needs.streams.wallboards)

    async def work(self) -> None:
        """Do what is waiting: snapshots first, then what was touched."""
        waiting, self._waiting = self._waiting, {}
        touched, unread = self.follower.take()
        if touched.everything or touched.rights:
            await self._needs.hub.staff.load()
            self._rights_changed()
        if touched.everything:
            waiting |= dict.fromkeys(self._needs.streams, "set_up")
        for contact_id in touched.masked:
            waiting |= dict.fromkeys(self._needs.streams.holding(contact_id), "masked")
        self._board.touch(touched)
        for stream, cause in waiting.items():
            if stream in self._needs.streams:
                await self._snapshot(stream, cause)
        if unread:
            await read_on(self._needs, unread)
        if touched:
            await refresh(self._needs, touched)

    async def _snapshot(self, stream: Stream, cause: str) -> None:
        needs = self._needs
        RESYNCS.labels(cause).inc()
        with SNAPSHOT_SECONDS.labels(stream.topic).time():
            needs.streams.forget(stream)
            await fill(needs, stream)
            stream.put_once("setup", "setup", setup_view(needs.hub, needs.desk))
            if stream.topic == DESK:
                state: dict[str, dict[str, str]] = {name: {} for name in _EMPTY}
                self._put_day([stream])
            else:
                state = await self._board.state(stream.viewer)
            stream.snapshot(needs.hub.clock.now(), state)

    def _put_day(self, streams: list[Stream]) -> None:
        hub, counters = self._needs.hub, self._needs.counters
        now, waiting = hub.clock.now(), spells_by_queue(counters)
        strips = {
            key: dump(queue_strip(hub, key, waiting.get(key, []), now)) for key in hub.setup.queues
        }
        for stream in streams:
            member = hub.staff.get(stream.viewer.user_id)
            for queue_id in member.profile.queues if member else ():
                if queue_id in strips:
                    stream.put_text_once("queues", queue_id, strips[queue_id])
            figures = day_figures(counters.agent(stream.viewer.user_id))
            stream.put_once("figures", "today", figures)
