"""The wallboard of this node: one picture for all who look, renewed once a second.

While nobody looks it is renewed as often as alerts must be noticed, for they are kept. Touched
contacts and agents are read again in one batch; figures come from the live counters. Every value
is encoded once for all viewers.
"""

import asyncio
from collections.abc import Iterable
from typing import Any, Final

from agent_console.feed.encoding import Op
from agent_console.feed.needs import Needs
from agent_console.feed.stream import Stream
from agent_console.feed.touched import Touched
from agent_console.reading import board as reading
from agent_console.reading.agents import AgentFacts, load_agents
from agent_console.reading.callers import due_calls
from agent_console.reading.contacts import ContactFacts
from agent_console.rights import shows_title
from agent_console.views.queue import spells_by_queue
from agent_console.wallboard import people, tiles
from agent_console.wallboard.alerts import Alerts, Cause, Scene, Taken, alerts
from agent_console.wallboard.in_progress import InProgress
from agent_console.wallboard.shown import Picture, Shown
from agent_console.wallboard.spells import AlertSpells
from agent_console.wallboard.stuck import CALM, stuck
from hub.domain.states import ContactState
from hub.journey.context import Hub, Viewer
from hub.journey.floor.switches import parts_of

FRESH_SECONDS: Final = 2.0
"""No page begins with an older picture."""
UNSEEN_SECONDS: Final = 15.0
"""Between two looks at what calls while nobody looks."""
_OWN: Final = ("me", "watched", "records", "messages", "setup")


class Board:
    """Holds the collections as JSON by key, and tells viewers what changed."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._lock = asyncio.Lock()
        self._loaded = False
        self._touched = Touched()
        self._contacts = InProgress()
        self._agents: dict[str, AgentFacts] = {}
        self._follow_ups: list[Cause] = []
        self._failed: list[Cause] = []
        self._due_calls: list[float] = []
        self._comments: list[dict[str, Any]] = []
        self._announcements: list[dict[str, Any]] = []
        self._switches: list[dict[str, Any]] = []
        self._taken: list[tuple[str, Taken]] = []
        self._alerts: Alerts = {}
        self._day_start_at = 0.0
        self._tiles_of_agents = people.AgentTiles(needs.hub)
        self.spells = AlertSpells(needs.hub)
        self._shown = Shown()
        self._painted_at: float | None = None
        self._unseen_until = needs.hub.clock.now() + UNSEEN_SECONDS

    def touch(self, touched: Touched) -> None:
        """Note what must be read again."""
        if self._loaded:
            self._touched.merge(touched)

    async def state(self, viewer: Viewer) -> dict[str, dict[str, str]]:
        """Return the picture as it is now, for a snapshot.

        Mostly without waiting: what changes while a page is told of it comes as an increment.
        """
        if not self._is_fresh():
            async with self._lock:
                if not self._is_fresh():
                    await self._renew()
        state: dict[str, dict[str, str]] = {name: {} for name in _OWN}
        state |= self._shown.state()
        if not shows_title(viewer):
            state["contacts"] = {}
        return state

    async def tick(self) -> None:
        """Renew the picture and send the changes, as one frame per viewer."""
        now = self._needs.hub.clock.now()
        if not self._needs.streams.wallboards and now < self._unseen_until:
            return
        async with self._lock:
            await self._renew()
        self._unseen_until = now + UNSEEN_SECONDS
        self.spells.see(self._alerts)

    def _is_fresh(self) -> bool:
        now = self._needs.hub.clock.now()
        return self._painted_at is not None and now - self._painted_at <= FRESH_SECONDS

    async def _renew(self) -> None:
        """Read, paint, and tell all who look at that moment: nobody else may paint meanwhile."""
        try:
            await (self._reread() if self._loaded else self._load())
        except BaseException:
            self._loaded = False  # what was touched is forgotten: all is read again
            raise
        ops = self._paint()
        self._painted_at = self._needs.hub.clock.now()
        if ops:
            for stream in self._needs.streams.wallboards:
                _send(stream, ops)

    # -- reading -------------------------------------------------------------------------------

    async def _load(self) -> None:
        hub = self._needs.hub
        self._touched = Touched()
        self._loaded = True
        self._alerts = self._alerts | await self.spells.restore()
        await self._contacts.load(hub)
        self._agents = await load_agents(hub, [one.user_id for one in self._staff()])
        self._follow_ups = await self._calls(hub)
        self._failed = await reading.failed_effects(hub)
        self._due_calls = await due_calls(hub)
        self._day_start_at = self._needs.counters.figures.day_start_at
        self._comments = await reading.comments(hub, self._day_start_at)
        self._announcements = await reading.announcements(hub)
        self._switches = await reading.switches(hub)
        self._taken = await reading.taken(hub, self._day_start_at)

    async def _reread(self) -> None:
        hub, touched = self._needs.hub, self._touched
        self._touched = Touched()
        new_day = self._day_start_at != self._needs.counters.figures.day_start_at
        if (
            touched.everything
            or touched.rights
            or touched.profiles
            or new_day
            or self._contacts.misses_some
        ):
            await self._load()
            return
        await self._contacts.reread(hub, touched.contacts)
        self._agents |= await load_agents(hub, sorted(touched.agents & self._agents.keys()))
        if touched.tasks or touched.orders or touched.locks:
            self._follow_ups = await self._calls(hub)
            self._due_calls = await due_calls(hub)
        if touched.announcements or touched.readers:
            self._announcements = await reading.announcements(hub)
        if touched.switches:
            self._switches = await reading.switches(hub)
        if touched.alerts:
            self._taken = await reading.taken(hub, self._day_start_at)
        if touched.effects:
            self._failed = await reading.failed_effects(hub)
        if touched.surveys:
            fresh = await reading.comments(hub, self._day_start_at, sorted(touched.surveys))
            self._comments = [*fresh, *self._comments][: reading.COMMENTS_SHOWN]

    @staticmethod
    async def _calls(hub: Hub) -> list[Cause]:
        return [
            *await reading.follow_ups(hub),
            *await reading.overdue_tasks(hub),
            *await reading.orders_to_decide(hub),
            *await reading.locked_proofs(hub),
        ]

    def _staff(self) -> list[Any]:
        return [one for one in self._needs.hub.staff.all() if one.enabled and one.profile.queues]

    # -- painting ------------------------------------------------------------------------------

    def _paint(self) -> list[Op]:
        """Build every collection anew and return what differs from what was shown."""
        needs, now = self._needs, self._needs.hub.clock.now()
        figures, rules = needs.counters.figures, needs.desk.alerts
        waiting = spells_by_queue(needs.counters)
        queue_tiles = self._tiles(now)
        agent_tiles = self._tiles_of_agents.of(self._staff(), self._agents)
        lines = self._lines(now)
        levels = {q: tiles.judged_level(needs.counters.queue(q), rules) for q in queue_tiles}
        self._alerts = alerts(
            Scene(
                now=now, tiles=queue_tiles, agents=agent_tiles, levels=levels, contacts=lines,
                unanswered=needs.concerns.unanswered, bot_talks=needs.concerns.bot_talks,
                causes=self._causes(),
                taken=dict(reversed(self._taken)), before=self._alerts,
            ),
            rules,
        )  # fmt: skip
        picture: Picture = {
            "totals": {
                "today": tiles.totals(figures, waiting, rules, now, due_calls=self._due_calls)
            },
            "tiles": queue_tiles,
            "agents": agent_tiles,
            "contacts": lines,
            "alerts": self._alerts,
            "satisfaction": {"today": tiles.satisfaction(figures.scores, self._comments)},
            "announcements": {"now": self._announcements},
            "switches": {"now": self._switches, "parts": parts_of(needs.hub)},
            "intervals": tiles.interval_views(figures),
        }
        return self._shown.take(picture)

    def _tiles(self, now: float) -> dict[str, dict[str, Any]]:
        needs, waiting = self._needs, spells_by_queue(self._needs.counters)
        staff = self._staff_by_queue()
        return {
            queue_id: tiles.queue_tile(
                needs.hub, needs.desk, needs.counters, queue_id, waiting.get(queue_id, []),
                staff.get(queue_id, []), now,
            )
            for queue_id in needs.hub.setup.queues
        }  # fmt: skip

    def _staff_by_queue(self) -> dict[str, list[AgentFacts]]:
        found: dict[str, list[AgentFacts]] = {}
        for member in self._staff():
            for queue_id in member.profile.queues:
                if member.user_id in self._agents:
                    found.setdefault(queue_id, []).append(self._agents[member.user_id])
        return found

    def _lines(self, now: float) -> dict[str, dict[str, Any]]:
        concerns = self._needs.concerns
        return {
            key: people.wall_contact(
                self._needs.hub, contact, now, help_asked=key in concerns.help,
                silent=key in concerns.silent, is_stuck=self._is_stuck(contact, now),
            )
            for key, contact in self._contacts.facts.items()
        }  # fmt: skip

    def _is_stuck(self, contact: ContactFacts, now: float) -> bool:
        if contact.state != ContactState.IN_SELF_SERVICE:
            return False
        talk = self._needs.concerns.bot_talks.get(contact.id, CALM)
        return stuck(talk, contact.state_since, now, self._needs.desk.alerts) is not None

    def _causes(self) -> Iterable[Cause]:
        yield from self._follow_ups
        yield from self._failed
        for contact_id, (agent_id, since) in self._needs.concerns.help.items():
            contact = self._contacts.facts.get(contact_id)
            queue_id = contact.queue_id if contact else None
            yield Cause("help_asked", contact_id, since, agent_id, contact_id, queue_id)


def _send(stream: Stream, ops: list[Op]) -> None:
    shows = shows_title(stream.viewer)
    for op in ops:
        if shows or op.collection != "contacts":
            stream.op(op)
    stream.flush()
