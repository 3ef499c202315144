"""Alerts are kept from their begin to their end, whether somebody takes them on or not."""

import asyncio

import structlog

from agent_console.wallboard.alerts import Alerts
from hub.journey.context import Hub
from hub.journey.floor.alert_spells import Began, begin_and_end, open_spells

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 5.0


class AlertSpells:
    """Which alerts are written down as open. All nodes write the same, each spell once.

    Writing has a task of its own: figures do not wait for it.
    """

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._woken = asyncio.Event()
        self._now: Alerts = {}
        self._open: set[str] | None = None

    async def restore(self) -> Alerts:
        """Return the alerts that were open when the last node stopped: they keep their begin."""
        if self._open is not None:
            return {}
        found = await open_spells(self._hub)
        self._open = set(found)
        return {alert_id: {"since": began_at} for alert_id, began_at in found.items()}

    def see(self, alerts: Alerts) -> None:
        """Take what calls now."""
        self._now = alerts
        if self._open != alerts.keys():
            self._woken.set()

    async def run(self) -> None:
        """Write until cancelled; what failed is written later."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                await self.write()
            except Exception:  # tried again; the wallboard does not depend on it
                log.exception("alerts_not_kept")
                await self._hub.clock.sleep(PAUSE_SECONDS)
                self._woken.set()

    async def write(self) -> None:
        """Write down what has begun and what is over since the last time."""
        alerts, held = self._now, self._open or set()
        began = [
            Began(key, one["since"], one["queue_id"], one["agent_id"], one["contact_id"])
            for key, one in alerts.items()
            if key not in held
        ]
        await begin_and_end(self._hub, began, sorted(held - alerts.keys()))
        self._open = set(alerts)
