"""The channel as the hub knows it: doors for mail that comes, relays for mail that leaves."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from starlette.routing import BaseRoute

from channels.email.door.imap import ImapFolder
from channels.email.door.smtp import SmtpDoor
from channels.email.door.taking import MailIn
from channels.email.out.relays import Relays
from channels.email.out.writer import MailOut
from channels.email.settings import CHANNEL, EmailSettings, settings_from
from channels.email.thread import Threads
from channels.email.worker.reader import MailReader
from hub.domain.outbound import Outbound, Sent, WrittenAccount
from hub.domain.steps import InboundFact
from hub.journey.context import Hub
from hub.journey.messages import Posted
from hub.ports import WRITTEN, NeedsAttention, SendLater
from hub.security.signed_link import SignedLinks

DAY_SECONDS = 86_400.0
FORGET_SECONDS = 3600.0
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class EmailHealth:
    """What `check` answers: the first mailbox that does not work."""

    ok: bool
    code: str


class Email:
    """`ChannelAdapter` and `Writer` of e-mail."""

    name = CHANNEL
    capabilities = frozenset({"text", "file", WRITTEN})
    honours_key = False

    def __init__(
        self, hub: Hub, settings: EmailSettings, signed: SignedLinks, reader: MailReader
    ) -> None:
        self._hub, self._settings, self._reader = hub, settings, reader
        threads = Threads(hub, signed, settings.remember_days * DAY_SECONDS)
        self._relays = Relays(hub.clock)
        self._out = MailOut(hub, settings, threads, self._relays)
        self.mail_in = MailIn(hub, settings, reader, threads)
        self.door = SmtpDoor(settings, self.mail_in)
        self.folders = [
            ImapFolder(hub, box, box.imap, folder, self.mail_in, settings.mail_max_bytes)
            for box in settings.mailboxes.values()
            if box.imap is not None
            for folder in box.imap.folders
        ]

    @property
    def accounts(self) -> Sequence[WrittenAccount]:
        """Mailboxes that can be written from."""
        return [
            WrittenAccount(id=box.address, name=box.name, queue_id=box.queue)
            for box in self._settings.mailboxes.values()
            if box.relay is not None
        ]

    def routes(self) -> Sequence[BaseRoute]:
        """None: mail does not come over HTTP."""
        return ()

    async def send(self, outbound: Outbound) -> Sent:
        """Send a Message as a mail; see `Writer`."""
        return await self._out.send(outbound)

    async def unpack_released(self, fact: InboundFact, posted: Posted) -> None:
        """Put the files of a released mail beside its words."""
        await self.mail_in.unpack(fact, posted)

    async def run(self) -> None:
        """Keep the doors open."""
        if not self._settings.mailboxes:
            return
        await self._reader.start()
        try:
            async with asyncio.TaskGroup() as group:
                if self._settings.door.port:
                    await self.door.open()
                for folder in self.folders:
                    group.create_task(folder.run())
                group.create_task(self._forget())
        finally:
            await self.door.close()
            await self._relays.close()
            await self._reader.close()

    async def check(self) -> EmailHealth:
        """Say whether mail comes and goes."""
        if not self._settings.mailboxes:
            return EmailHealth(ok=True, code="no_mailboxes")
        if self._settings.door.port and not self.door.port:
            return EmailHealth(ok=False, code="door_closed")
        if trouble := next((one.trouble for one in self.folders if one.trouble), ""):
            return EmailHealth(ok=False, code=trouble)
        for box in self._settings.mailboxes.values():
            try:
                await self._out.check(box)
            except (SendLater, NeedsAttention) as error:
                return EmailHealth(ok=False, code=f"{box.queue}_{error}")
        return EmailHealth(ok=True, code="ok")

    async def _forget(self) -> None:
        while True:
            await self._hub.clock.sleep(FORGET_SECONDS)
            await self.mail_in.forget_expired()


def make_channel(hub: Hub, links: SignedLinks, options: Mapping[str, Any]) -> Email:
    """Make the channel from the operator's choices; raise `Invalid` for one it does not know."""
    settings = settings_from(options)
    reader = MailReader(relays=settings.relay_names, own_addresses=settings.mailboxes)
    return Email(hub, settings, links, reader)
