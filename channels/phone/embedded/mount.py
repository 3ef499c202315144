"""The engine as the phone channel finds it: `[channels.phone.embedded]`."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.routing import BaseRoute

from channels.phone.embedded.caller_page import CallerPage
from channels.phone.embedded.child import MediaChild
from channels.phone.embedded.engine import EmbeddedCalls
from channels.phone.embedded.exchange import Scope
from channels.phone.embedded.settings import EmbeddedSettings, settings_from
from channels.phone.embedded.socket import AsgiReceive, AsgiSend
from hub.journey.context import Hub
from hub.security.signed_link import SignedLinks


class EmbeddedPart:
    """`EnginePart` with the pages' socket."""

    def __init__(self, hub: Hub, settings: EmbeddedSettings, links: SignedLinks) -> None:
        self._settings, self._clock = settings, hub.clock
        self.engine = EmbeddedCalls(hub, settings, links)
        self._page = CallerPage(hub, settings)

    def routes(self) -> Sequence[BaseRoute]:
        """The caller's page."""
        return self._page.routes()

    async def run(self) -> None:
        """Keep the engine, and its process where we start it."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.engine.run())
            if self._settings.media_command:
                link = self.engine.link
                child = MediaChild(self._settings.media_command, self._clock, lambda: link.is_up)
                group.create_task(child.run())

    async def socket(self, scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        """Serve a page's WebSocket."""
        await self.engine.socket(scope, receive, send)


def make_part(hub: Hub, links: SignedLinks, options: Mapping[str, Any]) -> EmbeddedPart | None:
    """Make the engine; None when it is switched off."""
    settings = settings_from(options)
    return EmbeddedPart(hub, settings, links) if settings.is_on else None
