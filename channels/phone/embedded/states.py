"""Where callers are, for their pages: menu, waiting line, or somebody of the bank.

Read from the rows whenever an event of their Contact is heard, and told when it changed.
"""

import asyncio
import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import structlog
from sqlalchemy import bindparam, select

from channels.phone.embedded.pages import Pages
from channels.phone.embedded.settings import EmbeddedSettings
from hub.domain.calls import LegState
from hub.domain.events import Logged
from hub.journey.calls.legs import Phase
from hub.journey.context import Hub
from hub.store.rows import table_of
from hub.store.tables import CallLeg, Contact
from hub.store.unit import Prepared

ESTIMATE_STEP_SECONDS: Final = 30.0
WAITING: Final = frozenset({Phase.WAITING, Phase.CONNECTING})

log = structlog.get_logger(__name__)

_leg, _contact = table_of(CallLeg).c, table_of(Contact).c
_place = Prepared(
    select(
        _leg.contact_id, _leg.state, _leg.phase, _leg.is_held,
        _contact.queue_id, _contact.owner_agent_id,
    )
    .outerjoin_from(table_of(CallLeg), table_of(Contact), _contact.id == _leg.contact_id)
    .where(_leg.id == bindparam("id"))
)  # fmt: skip

State = dict[str, Any]


class Row(NamedTuple):
    """What is read of a caller, in the order of `_place`."""

    contact_id: str | None
    state: str
    phase: str
    is_held: bool
    queue_id: str | None
    agent_id: str | None


class CallerStates:
    """Keeps the pages of callers told."""

    def __init__(self, hub: Hub, pages: Pages, settings: EmbeddedSettings) -> None:
        self._hub, self._pages, self._settings = hub, pages, settings
        self._legs: dict[str, str] = {}
        """Contact -> Leg of the callers whose pages are here."""
        self._told: dict[str, State] = {}
        self._changed: set[str] = set()
        self._wake = asyncio.Event()

    async def watch(self, leg_id: str) -> None:
        """Tell this caller's page from now on."""
        self._told.pop(leg_id, None)
        await self._look(leg_id)

    def heard(self, logged: Sequence[Logged]) -> None:
        """Follow the log: who has news is looked at."""
        for _, event, _ in logged:
            leg_id = self._legs.get(getattr(event, "contact_id", ""))
            if leg_id is not None:
                self._changed.add(leg_id)
                self._wake.set()

    async def run(self) -> None:
        """Tell who has news, and every few seconds those who wait, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._tell_news())
            group.create_task(self._tell_places())

    async def _tell_news(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            changed, self._changed = self._changed, set()
            for leg_id in changed:
                await self._safely(leg_id)

    async def _tell_places(self) -> None:
        while True:
            await self._hub.clock.sleep(self._settings.position_seconds)
            for leg_id, told in [*self._told.items()]:
                if told["phase"] == "queue":
                    await self._safely(leg_id)

    async def _safely(self, leg_id: str) -> None:
        try:
            await self._look(leg_id)
        except Exception:  # what is shown of a call must not end it
            log.exception("caller_state_unread", leg_id=leg_id)

    async def _look(self, leg_id: str) -> None:
        page = self._pages.callers.get(leg_id)
        rows = await self._hub.reader.rows(_place(id=leg_id))
        contact_id = rows[0][0] if rows else None
        if page is None or not rows:
            self._forget(leg_id, contact_id)
            return
        state = self._state(Row(*rows[0]))
        if contact_id is not None:
            self._legs[contact_id] = leg_id
        if self._told.get(leg_id) != state:
            self._told[leg_id] = state
            page.send({"type": "state", **state})
        if state["phase"] == "ended":
            self._forget(leg_id, contact_id)

    def _forget(self, leg_id: str, contact_id: str | None) -> None:
        self._told.pop(leg_id, None)
        self._legs.pop(contact_id or "", None)

    def _state(self, row: Row) -> State:
        if row.state == LegState.ENDED:
            return {"phase": "ended"}
        if row.phase == Phase.ROOM:
            name = self._hub.staff.name_of(row.agent_id)
            return {"phase": "call", "agent": name, "on_hold": bool(row.is_held)}
        if row.phase in WAITING and row.contact_id is not None:
            queue = self._hub.setup.queues.get(row.queue_id or "")
            return {
                "phase": "queue",
                "queue": None if queue is None else dict(queue.names),
                **self._standing(row.contact_id),
            }
        return {"phase": "ivr"}

    def _standing(self, contact_id: str) -> State:
        """Position (1 = next) and expected wait, in steps that do not flicker."""
        found = self._hub.line.position_of(contact_id)
        if found is None:
            return {"position": None, "estimate_seconds": None}
        seconds = found.estimate_seconds
        if seconds is not None:
            seconds = math.ceil(seconds / ESTIMATE_STEP_SECONDS) * ESTIMATE_STEP_SECONDS
        return {"position": found.position, "estimate_seconds": seconds}
