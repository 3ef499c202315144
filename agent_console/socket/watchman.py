"""Ends the sockets of who may not be here any more, within seconds.

A change of rights on this node is seen at once in the log; everything else (sign-out or change on
another node, a session that idled out or grew too old) by looking every few seconds.
"""

import asyncio
from collections.abc import Mapping

import structlog

from agent_console.gate import Gate
from agent_console.socket.page import Page
from agent_console.socket.server import ConsoleServer
from hub.domain.errors import HubError
from hub.journey.context import Hub
from hub.security.roles import Role

log = structlog.get_logger(__name__)

LOOK_SECONDS = 3.0


class Watchman:
    """Looks at every open page again and again."""

    def __init__(self, hub: Hub, gate: Gate, server: ConsoleServer) -> None:
        self._hub = hub
        self._gate = gate
        self._server = server
        self._lock = asyncio.Lock()

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self._hub.clock.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except HubError as error:
                log.warning("sessions_not_looked_at", code=error.code)

    async def look(self) -> None:
        """Close pages whose session is over or whose user has other roles now."""
        async with self._lock:
            pages = self._server.pages
            sessions = {page.signed_in.session.id for page in pages}
            self._gate.forget(sessions)
            await self._keep_alive(pages)
            live = await self._gate.live(sorted(sessions))
            reasons = {page: _why(page, live) for page in pages}
            if any(reason is not None for reason in reasons.values()):
                await self._hub.staff.load()
            await self._close({page: why for page, why in reasons.items() if why is not None})

    async def end(self, session_ids: set[str], reason: str) -> None:
        """Close the pages of sessions that were ended just now."""
        pages = self._server.pages
        await self._close({p: reason for p in pages if p.signed_in.session.id in session_ids})

    async def _close(self, reasons: Mapping[Page, str]) -> None:
        await asyncio.gather(*(self._server.close_page(*one) for one in reasons.items()))

    async def _keep_alive(self, pages: list[Page]) -> None:
        """Who has a customer in hand is not idle, however long the customer thinks."""
        for page in pages:
            stream = page.stream
            if stream is not None and stream.shown:
                await self._gate.touch(page.signed_in.session.id)


def _why(page: Page, live: Mapping[str, frozenset[Role]]) -> str | None:
    """Return why a page must go, or None."""
    roles = live.get(page.signed_in.session.id)
    if roles is None:
        return "session_ended"
    if not roles:
        return "revoked"
    return None if roles == page.signed_in.viewer.roles else "rights_changed"
