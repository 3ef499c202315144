"""`LiveCall` over our own media process: calls by browser, without any account."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from channels.phone.embedded.exchange import Exchange, Scope
from channels.phone.embedded.link import MediaLink
from channels.phone.embedded.pages import Pages
from channels.phone.embedded.settings import ENGINE, EmbeddedSettings
from channels.phone.embedded.socket import AsgiReceive, AsgiSend
from channels.phone.local import recordings_folder
from hub.domain.calls import (
    CallAbility,
    CallCommand,
    KnownLeg,
    LegEvent,
    LegState,
    Program,
    SoftphoneGrant,
)
from hub.domain.calls_codec import from_wire, to_wire
from hub.domain.errors import HubError
from hub.journey.calls.hear import hear
from hub.journey.calls.resync import all_lost, resync
from hub.journey.context import Hub
from hub.ports import Health, SendNever
from hub.security.signed_link import SignedLinks
from hub.store.rows import find
from hub.store.tables import CallLeg

SOCKET_PATH: Final = "/phone/socket"
DRIVER: Final = "hub-webrtc"
CHUNK_BYTES: Final = 256 * 1024


@dataclass(slots=True)
class EmbeddedHealth:
    """What `check` answers."""

    ok: bool
    code: str


class EmbeddedCalls:
    """The engine `embedded`."""

    name = ENGINE
    abilities = frozenset(CallAbility) - {CallAbility.SPEECH, CallAbility.DIAL_OUT}

    def __init__(self, hub: Hub, settings: EmbeddedSettings, links: SignedLinks) -> None:
        self._hub, self._settings = hub, settings
        pages = Pages()
        self.link = MediaLink(
            settings, hub.clock, hear=self._hear, agree=self._agree, note=pages.show
        )
        self.exchange = Exchange(hub, settings, links, self.link, pages)

    async def run(self) -> None:
        """Keep the link and the pages until cancelled."""
        states = self.exchange.states
        stop_following = self._hub.journal.follow(states.heard)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.link.run())
                group.create_task(states.run())
        finally:
            stop_following()

    async def socket(self, scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        """Serve a page's WebSocket."""
        await self.exchange.socket(scope, receive, send)

    async def carry_out(self, command: CallCommand) -> None:
        """Do it, once per `command_id`."""
        try:
            await self.link.ask("carry_out", command=to_wire(command))
        except HubError as refused:
            raise SendNever(refused.code) from None

    async def softphone_grant(self, agent_id: str) -> SoftphoneGrant:
        """Return what opens the agent's standing connection."""
        expires_at = self._hub.clock.now() + self._settings.grant_seconds
        token = self.exchange.grant(agent_id, expires_at)
        return SoftphoneGrant(
            driver=DRIVER, token=token, expires_at=expires_at, endpoints=(SOCKET_PATH,)
        )

    async def legs(self) -> Sequence[KnownLeg]:
        """Return every Leg the process has now; raise `SendLater` when it is away.

        A call that is just being opened counts as well: it is here already, and there in a moment.
        """
        known = [from_wire(raw) for raw in await self.link.ask("legs")]
        for ref in [*self.exchange.calling]:
            rows = await self._hub.reader.rows(find(CallLeg, "id", engine=self.name, ref=ref))
            known += [KnownLeg(leg_id=row[0], ref=ref, state=LegState.DIALLED) for row in rows]
        return known

    async def fetch_recording(self, ref: str) -> AsyncIterator[bytes]:
        """Yield a recording from the process's own folder."""
        if "/" in ref or ref.startswith(".") or not ref.endswith(".wav"):
            raise SendNever("no_recording")
        path = recordings_folder(self._settings.folder) / ref
        at = 0
        while data := await asyncio.to_thread(_read, path, at):
            at += len(data)
            yield data

    async def check(self) -> Health:
        """Say whether the process is there."""
        return EmbeddedHealth(ok=self.link.is_up, code="ok" if self.link.is_up else "engine_away")

    async def _hear(self, event: LegEvent) -> Program | None:
        return await hear(self._hub, event)

    async def _agree(self, *, is_there: bool) -> None:
        """Both sides agree which legs live, or all of them are lost."""
        if is_there:
            await resync(self._hub, self)
        else:
            await all_lost(self._hub, self.name)


def _read(path: Path, at: int) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(at)
            return file.read(CHUNK_BYTES)
    except FileNotFoundError:
        raise SendNever("no_recording") from None
