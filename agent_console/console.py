"""The console as one value: made by `config/wiring.py`, started and stopped with the node."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

import structlog

from agent_console.commands.command import Desk
from agent_console.feed.drafts import hear_draft
from agent_console.feed.encoding import tell
from agent_console.feed.needs import Needs
from agent_console.feed.worker import Worker
from agent_console.gate import Gate
from agent_console.reading.log import log_position_at
from agent_console.replies.shelf import ReplyShelf
from agent_console.settings import ConsoleSettings
from agent_console.setup import DeskSetUp
from agent_console.socket.library import socketio
from agent_console.socket.presence import DeskPages
from agent_console.socket.server import PATH, ConsoleServer
from agent_console.socket.watchman import Watchman
from agent_console.tickets import Tickets
from agent_console.wallboard.board import Board
from agent_console.wallboard.concerns import CONCERNS
from hub.domain import events as e
from hub.domain.events import Logged
from hub.domain.states import Presence
from hub.journey import drafts
from hub.journey.context import Hub
from hub.reports.day import day_start
from hub.reports.live import COUNTED, LiveCounters
from hub.security.sign_in import Door
from hub.security.signed_link import SignedLinks

log = structlog.get_logger(__name__)

TICK_SECONDS = 1.0
DAY_SECONDS = 86_400.0
PAGE_OF_LOG = 2_000


class Console:
    """Sockets, feed and wallboard of this node."""

    def __init__(
        self, hub: Hub, setup: DeskSetUp, links: SignedLinks, settings: ConsoleSettings, door: Door
    ) -> None:
        self.hub = hub
        self.settings = settings
        self.door = door
        self.gate = Gate(hub, door, settings)
        self.zone, self.links = setup.zone, links
        self.tickets = Tickets(hub, links, settings)
        counters = LiveCounters(zone=setup.zone, policy=hub.setup.policy)
        self.needs = Needs(hub, setup, counters, ReplyShelf(hub, setup.replies))
        self.board = Board(self.needs)
        self.worker = Worker(self.needs, self.board, self._rights_changed)
        self.desk_pages = DeskPages(hub)
        self.server = ConsoleServer(
            self.needs, self.worker, Desk(hub, self.tickets), self.gate, self.desk_pages, settings
        )
        self.watchman = Watchman(hub, self.gate, self.server)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._ends: list[Callable[[], object]] = []

    @property
    def counters(self) -> LiveCounters:
        """Today's figures."""
        return self.needs.counters

    def socket_app(self, others: Any = None) -> Any:
        """Return the ASGI application of `/console/socket.io`; `others` takes all other paths."""
        return socketio.ASGIApp(self.server, other_asgi_app=others, socketio_path=PATH)

    async def start(self) -> None:
        """Restore the figures from the log, then follow it."""
        early: list[Logged] = []
        end_early = self.hub.journal.follow(early.extend)
        await self.hub.staff.load()
        await self.needs.replies.start()
        restored_to = await self._restore()
        end_early()
        self._ends.append(self.hub.journal.follow(self._follow))
        self._follow([one for one in early if one.position > restored_to])
        self._ends.append(self.hub.signal.subscribe("typing", self._typing))
        self._ends.append(self.hub.signal.subscribe("customer_page", self._customer_page))
        self._ends.append(self.hub.signal.subscribe(drafts.TOPIC, self._draft))
        for task in (
            self.worker.run(), self.watchman.run(), self.board.spells.run(), self._tick(),
            self.needs.replies.run(self.worker.tell_setup),
        ):  # fmt: skip
            self._start(task)

    async def stop(self) -> None:
        """End the tasks; sockets are closed by the web server."""
        for end in self._ends:
            end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.server.shutdown()

    # -- following -----------------------------------------------------------------------------

    def _follow(self, batch: Sequence[Logged]) -> None:
        self.worker.follower.follow(batch)
        for logged in batch:
            match logged.event:
                case e.PresenceChanged(agent_id=agent, presence=Presence.RECONNECTING):
                    # Another node lost the agent's page there; here is one.
                    if self.desk_pages.has(agent):
                        self.desk_pages.settle(agent)
                case e.Mentioned():
                    self._mentioned(logged.event)

    async def _restore(self) -> tuple[int, int]:
        """Apply the log since yesterday, the policy in force being the published one."""
        since = day_start(self.hub.clock.now(), self.needs.desk.zone) - DAY_SECONDS
        position = await log_position_at(self.hub, since)
        kinds = COUNTED | CONCERNS
        while page := await self.hub.reader.log_from(position, PAGE_OF_LOG, kinds=kinds):
            for logged in page:
                self.counters.apply(logged.event)
                self.needs.concerns.apply(logged.event)
            position = page[-1].position
        self.counters.roll_to(self.hub.clock.now())
        return position

    def _typing(self, payload: str) -> None:
        said = json.loads(payload)
        if said["by"] == "customer":
            self._tell(said["conversation_id"], "typing", said)
        elif (writer := said.get("agent_id")) is not None:
            said |= {"name": self.hub.staff.name_of(writer)}
            self._tell(said["conversation_id"], "typing", said, but=writer)

    def _tell(
        self, conversation_id: str, kind: str, payload: dict[str, Any], *, but: str = ""
    ) -> None:
        for stream in self.needs.streams.of_conversation(conversation_id):
            if stream.viewer.user_id != but:
                stream.op(tell(kind, payload))
                stream.flush()

    def _mentioned(self, event: e.Mentioned) -> None:
        """A note names colleagues: their desks say so, with the way to the talk."""
        by = self.hub.staff.name_of(event.by)
        told = tell("mention", {"contact_id": event.contact_id, "by": by, "seq": event.seq})
        for user_id in event.user_ids:
            for stream in self.needs.streams.of_user(user_id):
                stream.op(told)
                stream.flush()

    def _draft(self, payload: str) -> None:
        hear_draft(self.needs, payload)

    def _customer_page(self, payload: str) -> None:
        said = json.loads(payload)
        conversation_id, present = said["conversation_id"], bool(said["present"])
        if present:
            self.needs.present.add(conversation_id)
        else:
            self.needs.present.discard(conversation_id)
        for stream in self.needs.streams.of_conversation(conversation_id):
            for shown in tuple(stream.shown.values()):
                if shown.conversation_id == conversation_id:
                    stream.change(shown.contact_id, customer_present=present)
            stream.flush()

    # -- tasks ---------------------------------------------------------------------------------

    async def _tick(self) -> None:
        while True:
            await self.hub.clock.sleep(TICK_SECONDS)
            try:
                await self.worker.tick()
            except Exception:  # the clock of the pages goes on
                log.exception("tick_failed")

    def _rights_changed(self) -> None:
        self._start(self.watchman.look())

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
