"""The one task that reads for the pages: snapshots, and what the log has touched."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import structlog

from agent_console.feed.encoding import dump
from agent_console.feed.follower import Follower
from agent_console.feed.needs import Needs
from agent_console.feed.ready import Ready
from agent_console.feed.refresh import fill, people, read_on, refresh
from agent_console.feed.stream import Stream
from agent_console.metrics import RESYNCS, SNAPSHOT_SECONDS, written
from agent_console.rights import DESK
from agent_console.views.queue import day_figures, queue_strip, spells_by_queue
from agent_console.views.setup import setup_view
from agent_console.wallboard.board import Board

log = structlog.get_logger(__name__)

T = TypeVar("T")

PAUSE_SECONDS = 1.0
PAGES_AT_ONCE = 16
_EMPTY = (
    "me", "contacts", "offers", "records", "messages", "queues", "figures", "tasks",
    "announcements", "drafts", "setup",
)  # fmt: skip


class Worker:
    """Answers `hello` with a snapshot and keeps pages current; reads one thing after another."""

    def __init__(self, needs: Needs, board: Board, rights_changed: Callable[[], None]) -> None:
        self._needs = needs
        self._board = board
        self._rights_changed = rights_changed
        self._woken = asyncio.Event()
        self._waiting: dict[Stream, str] = {}
        self._ready = Ready(needs.hub)
        self.follower = Follower(needs, self._ready, self._woken.set)
        self._busied: set[str] = set()
        """Agents whose load and day are told at the next tick."""

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
            except Exception:  # one bad view must not end the feed; it is read again
                log.exception("feed_failed")
                await self._needs.hub.clock.sleep(PAUSE_SECONDS)
                for stream in self._needs.streams:
                    self.hello(stream, "failure")

    async def tick(self) -> None:
        """Once a second: the wallboard, and the queues, loads and figures of the desks."""
        now = self._needs.hub.clock.now()
        self._needs.counters.roll_to(now)
        written.publish()
        await self._tell_day()
        await self._tell_loads()
        await self._board.tick()

    def tell_setup(self) -> None:
        """Give every desk the lists it chooses from, when one of them has changed."""
        told = setup_view(self._needs)
        for stream in self._needs.streams.desks:
            stream.put_once("setup", "setup", told)
        self._needs.streams.flush()

    async def work(self) -> None:
        """Do what is waiting: snapshots first, then what was touched."""
        waiting, self._waiting = self._waiting, {}
        touched, unread, queued = self.follower.take()
        if touched.everything or touched.rights or touched.profiles:
            listed = self._colleagues()
            await self._needs.hub.staff.load()
            self._rights_changed()
            touched.everything |= listed != self._colleagues()
        for agent_id in touched.profiles:
            waiting |= dict.fromkeys(self._needs.streams.of_user(agent_id), "set_up")
        if touched.everything:
            waiting |= dict.fromkeys(self._needs.streams, "set_up")
        for contact_id in touched.masked:
            waiting |= dict.fromkeys(self._needs.streams.holding(contact_id), "masked")
        self._board.touch(touched)
        self._busied |= touched.agents
        for stream, cause in waiting.items():
            if stream in self._needs.streams:
                await self._snapshot(stream, cause)
        if queued and self._needs.streams.has_desks:
            await self._ready.prepare(queued)
        if unread:
            await read_on(self._needs, unread)
        if touched:
            await refresh(self._needs, touched)

    def _colleagues(self) -> list[dict[str, object]]:
        """Whom pages name in their lists: only when that changes, all of them begin anew."""
        listed: list[dict[str, object]] = setup_view(self._needs)["agents"]
        return listed

    async def _snapshot(self, stream: Stream, cause: str) -> None:
        needs = self._needs
        RESYNCS.labels(cause).inc()
        with SNAPSHOT_SECONDS.labels(stream.topic).time():
            needs.streams.forget(stream)
            await fill(needs, stream)
            stream.put_once("setup", "setup", setup_view(needs))
            if stream.topic == DESK:
                state: dict[str, dict[str, str]] = {name: {} for name in _EMPTY}
                self._put_day([stream], self._strips())
            else:
                state = await self._board.state(stream.viewer)
            stream.snapshot(needs.hub.clock.now(), state)

    async def _tell_day(self) -> None:
        """A few pages at a time, for between them an Offer may want to go out."""
        strips = self._strips()
        for desks in _parts(self._needs.streams.desks):
            self._put_day(desks, strips)
            self._needs.streams.flush()
            await asyncio.sleep(0)

    async def _tell_loads(self) -> None:
        busied, self._busied = sorted(self._busied), set()
        for agents in _parts(busied):
            await people(self._needs, agents)
            self._needs.streams.flush()
            await asyncio.sleep(0)

    def _strips(self) -> dict[str, str]:
        hub, now = self._needs.hub, self._needs.hub.clock.now()
        waiting = spells_by_queue(self._needs.counters)
        return {
            key: dump(queue_strip(hub, key, waiting.get(key, []), now)) for key in hub.setup.queues
        }

    def _put_day(self, streams: Sequence[Stream], strips: Mapping[str, str]) -> None:
        hub, counters = self._needs.hub, self._needs.counters
        for stream in streams:
            member = hub.staff.get(stream.viewer.user_id)
            for queue_id in member.profile.queues if member else ():
                if queue_id in strips:
                    stream.put_text_once("queues", queue_id, strips[queue_id])
            figures = day_figures(counters.agent(stream.viewer.user_id))
            stream.put_once("figures", "today", figures)


def _parts(whole: Sequence[T]) -> Iterator[Sequence[T]]:
    return (whole[at : at + PAGES_AT_ONCE] for at in range(0, len(whole), PAGES_AT_ONCE))
