"""The channel as the hub knows it: the engines that are set up, kept in step with the hub."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from channels.phone.part import EnginePart, HasSocket, find_parts
from channels.phone.settings import RESYNC_SECONDS, settings_from
from hub.domain.calls import CHANNEL
from hub.journey.calls.resync import resync
from hub.journey.context import Hub
from hub.ports import NeedsAttention, SendLater, SendNever
from hub.security.signed_link import SignedLinks

SOCKET_PATH: Final = "/phone/socket"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PhoneHealth:
    """What `check` answers: the first engine that does not work."""

    ok: bool
    code: str


class Phone:
    """`ChannelAdapter` of the phone: as many engines as are set up."""

    name = CHANNEL
    capabilities = frozenset({"voice"})

    def __init__(self, hub: Hub, parts: Sequence[EnginePart]) -> None:
        self._hub, self._parts = hub, parts
        self._sockets = [part for part in parts if isinstance(part, HasSocket)]
        for part in parts:
            hub.engines.add(part.engine)

    def routes(self) -> Sequence[BaseRoute]:
        """The engines' own."""
        return [route for part in self._parts for route in part.routes()]

    async def socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a page; without an engine for pages there is nothing here."""
        if not self._sockets:
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self._sockets[0].socket(scope, receive, send)

    async def run(self) -> None:
        """Keep every engine connected, and agree with it from time to time."""
        async with asyncio.TaskGroup() as group:
            for part in self._parts:
                group.create_task(part.run())
                group.create_task(self._keep_in_step(part))

    async def check(self) -> PhoneHealth:
        """Say whether calls can be made and taken."""
        if not self._parts:
            return PhoneHealth(ok=True, code="no_engine")
        for part in self._parts:
            found = await part.engine.check()
            if not found.ok:
                return PhoneHealth(ok=False, code=f"{part.engine.name}_{found.code}")
        return PhoneHealth(ok=True, code="ok")

    async def _keep_in_step(self, part: EnginePart) -> None:
        while True:
            await self._hub.clock.sleep(RESYNC_SECONDS)
            try:
                await resync(self._hub, part.engine)
            except (SendLater, SendNever, NeedsAttention):
                log.info("engine_away", engine=part.engine.name)


def make_channel(hub: Hub, links: SignedLinks, options: Mapping[str, Any]) -> Phone:
    """Make the channel from the operator's choices; raise `Invalid` for one it does not know."""
    found = dict(find_parts())
    settings = settings_from(options, set(found))
    made = (module.make_part(hub, links, settings.engines[name]) for name, module in found.items())
    return Phone(hub, [part for part in made if part is not None])
