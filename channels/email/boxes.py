"""Mailboxes of this node: opened, closed and rested while the hub runs; how each fares.

Those of the settings file are there from the start; others come from the set-up page.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from channels.email.door.imap import ImapFolder
from channels.email.door.imap_session import ImapSession
from channels.email.door.smtp import Takes
from channels.email.oauth import TokenHook
from channels.email.settings import EmailSettings, Mailbox, Relay
from channels.email.way import WayNews, way_of
from hub.domain.accounts import AccountNow, Way, WayState
from hub.journey.context import Hub

DOOR: Final = "smtp_door"


class Boxes:
    """Keeps a reader per folder of each mailbox that is not at rest."""

    def __init__(self, hub: Hub, settings: EmailSettings, behind: Takes) -> None:
        self._hub, self._settings, self._behind = hub, settings, behind
        self._boxes = settings.mailboxes
        self._readers: dict[str, list[tuple[ImapFolder, asyncio.Task[None] | None]]] = {}
        self._group: asyncio.TaskGroup | None = None
        self.resting: set[str] = set()
        self.leaving: dict[str, WayNews] = {}
        """How the last try to send went, by mailbox."""
        for box in list(self._boxes.values()):
            self.open(box)

    @property
    def folders(self) -> Iterator[ImapFolder]:
        """Readers of all folders."""
        return (reader for readers in self._readers.values() for reader, _ in readers)

    def open(self, box: Mailbox) -> None:
        """Use a mailbox, in place of the one of before."""
        self._stop(box.address)
        self.leaving.pop(box.address, None)
        self._boxes[box.address] = _with_tokens(box, self._hub)
        self._start(box.address)

    def close(self, address: str) -> None:
        """Use it no more."""
        self._stop(address)
        self._boxes.pop(address, None)

    def rest(self, address: str, *, on: bool) -> None:
        """Read nothing of it, or go on."""
        (self.resting.add if on else self.resting.discard)(address)
        self._stop(address)
        self._start(address)

    def wake(self, address: str) -> None:
        """Try again at once what waits after a failure."""
        if any(reader.trouble for reader, _ in self._readers.get(address, [])):
            self._stop(address)
            self._start(address)

    async def run(self) -> None:
        """Read until cancelled."""
        try:
            async with asyncio.TaskGroup() as self._group:
                for address in list(self._boxes):
                    self._stop(address)
                    self._start(address)
                # A group without tasks would end.
                await asyncio.Event().wait()
        finally:
            self._group = None

    async def look_into(self, box: Mailbox) -> None:
        """Sign in to each folder and leave; raises `SendLater` or `NeedsAttention`."""
        if box.imap is None:
            return
        relay = box.imap.relay
        token = await relay.token() if relay.token is not None else ""
        for folder in box.imap.folders:
            await asyncio.to_thread(_look, relay, folder, token)

    def now(self, box: Mailbox, *, door: str, certificate: Callable[[Relay], float | None]) -> (
        AccountNow
    ):  # fmt: skip
        """Say how a mailbox fares; `door` is where our SMTP server listens, empty when closed."""
        return AccountNow(
            id=box.address, name=box.name, queue_id=box.queue, comes=self._comes(box, door),
            leaves=self._leaves(box, certificate),
        )  # fmt: skip

    def _comes(self, box: Mailbox, door: str) -> Way | None:
        rests = box.address in self.resting
        if box.imap is None:
            state = WayState.RESTS if rests else WayState.WORKS
            return Way(kind=DOOR, place=door, state=state) if door else None
        readers = [reader for reader, _ in self._readers.get(box.address, [])]
        failing = next((one for one in readers if one.trouble), None)
        first = failing or next(iter(readers), None)
        news = WayNews(first.trouble, first.since_at) if first else None
        ends = {one.certificate_ends_at for one in readers} - {None}
        certificate = min((at for at in ends if at is not None), default=None)
        return way_of("imap", box.imap.relay, news, rests=rests, certificate=certificate)

    def _leaves(self, box: Mailbox, certificate: Callable[[Relay], float | None]) -> Way | None:
        if box.relay is None:
            return None
        return way_of(
            "smtp", box.relay, self.leaving.get(box.address),
            rests=box.address in self.resting, certificate=certificate(box.relay),
        )  # fmt: skip

    def _start(self, address: str) -> None:
        box = self._boxes.get(address)
        if box is None or box.imap is None or address in self.resting:
            return
        most = self._settings.mail_max_bytes
        self._readers[address] = [
            (reader, self._group.create_task(reader.run()) if self._group else None)
            for reader in (
                ImapFolder(self._hub, box, box.imap, folder, self._behind, most)
                for folder in box.imap.folders
            )
        ]

    def _stop(self, address: str) -> None:
        for _, task in self._readers.pop(address, []):
            if task is not None:
                task.cancel()


def _with_tokens(box: Mailbox, hub: Hub) -> Mailbox:
    def hooked(relay: Relay) -> Relay:
        return replace(relay, token=TokenHook(relay.oauth, hub.clock)) if relay.oauth else relay

    return replace(
        box,
        relay=hooked(box.relay) if box.relay else None,
        imap=replace(box.imap, relay=hooked(box.imap.relay)) if box.imap else None,
    )


def _look(relay: Relay, folder: str, token: str) -> None:
    session = ImapSession(relay, folder, token)
    session.close()
