"""The channel as the hub knows it: doors for mail that comes, relays for mail that leaves."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from starlette.routing import BaseRoute

from channels.email.boxes import Boxes
from channels.email.door.smtp import SmtpDoor
from channels.email.door.taking import MailIn
from channels.email.out.relays import Relays
from channels.email.out.writer import MailOut
from channels.email.settings import (
    CHANNEL,
    EmailSettings,
    Mailbox,
    mailbox_from,
    settings_from,
)
from channels.email.thread import Threads
from channels.email.trial import trial_mail
from channels.email.way import WayNews
from channels.email.worker.reader import MailReader
from hub.domain.accounts import AccountNow, Options
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
        self.boxes = Boxes(hub, settings, self.mail_in)
        self.door = SmtpDoor(settings, self.mail_in, self.boxes.resting.__contains__)

    @property
    def accounts(self) -> Sequence[WrittenAccount]:
        """Mailboxes that can be written from."""
        return [
            WrittenAccount(
                id=box.address, name=box.name, signature=box.signature, queue_id=box.queue
            )
            for box in self._settings.mailboxes.values()
            if box.relay is not None
        ]

    def routes(self) -> Sequence[BaseRoute]:
        """None: mail does not come over HTTP."""
        return ()

    @property
    def mailboxes(self) -> Mapping[str, Mailbox]:
        """All of them, also those connected since the start."""
        return self._settings.mailboxes

    async def send(self, outbound: Outbound) -> Sent:
        """Send a Message as a mail; see `Writer`."""
        async with self._noting(outbound.account):
            return await self._out.send(outbound)

    async def unpack_released(self, fact: InboundFact, posted: Posted) -> None:
        """Put the files of a released mail beside its words."""
        await self.mail_in.unpack(fact, posted)

    async def run(self) -> None:
        """Keep the doors open."""
        if self._settings.mailboxes:
            await self._reader.start()
        try:
            async with asyncio.TaskGroup() as group:
                if self._settings.door.port:
                    await self.door.open()
                group.create_task(self.boxes.run())
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
        if trouble := next((one.trouble for one in self.boxes.folders if one.trouble), ""):
            return EmailHealth(ok=False, code=trouble)
        for box in self._settings.mailboxes.values():
            try:
                await self._out.check(box)
            except (SendLater, NeedsAttention) as error:
                return EmailHealth(ok=False, code=f"{box.queue}_{error}")
        return EmailHealth(ok=True, code="ok")

    # -- accounts, as administrators look after them -------------------------------------------

    def accounts_now(self) -> Sequence[AccountNow]:
        """Return every mailbox with how it fares."""
        listens = self._settings.door
        door = f"{listens.host}:{self.door.port}" if self.door.port else ""
        certificate = self._relays.certificate_ends_at
        return [
            self.boxes.now(box, door=door, certificate=certificate)
            for box in self._settings.mailboxes.values()
        ]

    def judge_account(self, options: Options) -> str:
        """Return the address that is described; raise `Invalid`."""
        return mailbox_from(options).address

    def open_account(self, options: Options) -> None:
        """Use a mailbox from now on."""
        self.boxes.open(mailbox_from(options))

    def close_account(self, account: str) -> None:
        """Use it no more."""
        self.boxes.close(account)

    def rest(self, account: str, *, on: bool) -> None:
        """Leave what comes on its server, or go on."""
        self.boxes.rest(account, on=on)

    async def check_account(self, account: str) -> None:
        """Sign in where mail comes from and where it leaves."""
        box = self._settings.mailboxes[account]
        await self.boxes.look_into(box)
        self.boxes.wake(account)
        async with self._noting(account):
            await self._out.check(box, anew=True)

    async def send_test(self, account: str, to: str, language: str) -> None:
        """Send a mail that says it is a test; coming back to us it is no work."""
        async with self._noting(account):
            await self._out.send(trial_mail(account, to, language, self._hub.new_id("msg")))

    @asynccontextmanager
    async def _noting(self, account: str) -> AsyncIterator[None]:
        """Keep in mind how it went, unless it was about the recipient."""
        before, at = self.boxes.leaving.get(account), self._hub.clock.now
        trouble = ""
        try:
            yield
        except NeedsAttention as error:
            trouble = error.code
            raise
        except SendLater as error:
            trouble = str(error)
            raise
        finally:
            if before is None or before.trouble != trouble:
                self.boxes.leaving[account] = WayNews(trouble, at())

    async def _forget(self) -> None:
        while True:
            await self._hub.clock.sleep(FORGET_SECONDS)
            await self.mail_in.forget_expired()


def make_channel(hub: Hub, links: SignedLinks, options: Mapping[str, Any]) -> Email:
    """Make the channel from the operator's choices; raise `Invalid` for one it does not know."""
    settings = settings_from(options)
    reader = MailReader(relays=settings.relay_names, own_addresses=settings.mailboxes)
    return Email(hub, settings, links, reader)
