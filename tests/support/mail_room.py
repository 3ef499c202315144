"""A world with mailboxes: our doors, a relay that takes our mail, customers who write with SMTP.

await mail_room.writes("Where is my card?", subject="My card")
await mail_room.answer("It is on its way.")
mail = mail_room.relay.mails[-1]
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest_asyncio
from aiosmtpd.smtp import SMTP, Envelope, Session

from channels.email.door.smtp import SmtpDoor
from channels.email.door.taking import MailIn, Taken
from channels.email.greeting import ERRAND, MailArrived, MailDesk
from channels.email.out.compose import POLICY
from channels.email.out.relays import Relays
from channels.email.out.writer import MailOut
from channels.email.parse.mail import ParsedMail
from channels.email.parse.read import part_bytes, read_mail
from channels.email.settings import EmailSettings, settings_from
from channels.email.thread import Threads
from hub.domain.outbound import Outbound, Sent
from hub.journey import effects
from hub.journey.answer import accept
from hub.journey.context import Errand
from hub.journey.converse import say
from hub.journey.delivery.effects import handlers
from hub.journey.messages import MessageRead, messages_of
from hub.security.keyring import fresh_key_ring
from hub.security.signed_link import SignedLinks
from hub.store.engine import Store
from hub.store.rows import find
from hub.store.tables import MessageDelivery
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.letters import Lanes
from tests.support.world import World, make_hub

BANK = "service@bank.example"
CARDS = "cards@bank.example"
CUSTOMER = "lin.wei@mail.example"
RELAY_NAME = "mx.bank.example"


class Relay:
    """A real SMTP server that takes what we send; `refuse` says what goes wrong."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.refuse: Callable[[str, Envelope], str | None] = lambda _step, _envelope: None
        """An answer instead of 250 at `MAIL`, `RCPT` or `DATA`."""
        self.hang_up_after_data = False
        self.sessions = 0
        self._server: asyncio.Server | None = None

    @property
    def mails(self) -> list[EmailMessage]:
        """What has arrived, read by the standard library."""
        found = [message_from_bytes(raw, policy=policy.default) for raw in self.raw]
        return [one for one in found if isinstance(one, EmailMessage)]

    async def open(self, port: int = 0) -> int:
        """Listen, perhaps where it did before; returns the port."""
        loop = asyncio.get_running_loop()

        def session() -> SMTP:
            self.sessions += 1
            return SMTP(self, hostname="relay", enable_SMTPUTF8=True, loop=loop)

        self._server = await loop.create_server(session, "127.0.0.1", port)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop."""
        assert self._server is not None
        self._server.close()

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _more: list[str]
    ) -> str:
        """Take a sender."""
        envelope.mail_from = address
        return self.refuse("MAIL", envelope) or "250 Ok"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _more: list[str]
    ) -> str:
        """Take a recipient."""
        envelope.rcpt_tos.append(address)
        return self.refuse("RCPT", envelope) or "250 Ok"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take the mail, and perhaps die before saying so."""
        if refused := self.refuse("DATA", envelope):
            return refused
        self.raw.append(envelope.original_content or b"")
        if self.hang_up_after_data:
            assert server.transport is not None
            server.transport.close()
        return "250 Ok"


class PlainReader:
    """Reads mails in this process, as the worker does in its own."""

    def __init__(self, settings: EmailSettings) -> None:
        self._settings = settings

    async def read(self, raw: bytes) -> ParsedMail:
        """Say what a mail says."""
        names, own = self._settings.relay_names, frozenset(self._settings.mailboxes)
        return read_mail(raw, relays=names, own_addresses=own)

    async def part(self, raw: bytes, path: str) -> bytes | None:
        """Return an attachment."""
        return part_bytes(raw, path)


class _Writer:
    name = "email"
    honours_key = False

    def __init__(self, out: MailOut) -> None:
        self._out = out

    async def send(self, outbound: Outbound) -> Sent:
        """Send it."""
        return await self._out.send(outbound)


class MailRoom:
    """A world seen through its mailboxes."""

    def __init__(self, world: World, relay: Relay, relay_port: int) -> None:
        self.world, self.relay = world, relay
        out = {"host": "127.0.0.1", "port": relay_port, "tls": "none", "timeout_seconds": 20.0}
        box = {"queue": "cards", "relay": out, "answer_hours": 4.0}
        named = {
            "name": {"en": "Northmere Bank", "zh": "北溟银行"},
            "signature": {"en": "Northmere Bank\nService", "zh": "北溟银行\n客户服务"},
        }
        self.settings = settings_from(
            {"mailboxes": {BANK: {**box, **named}, CARDS: box}, "relay_names": [RELAY_NAME]}
        )
        errands: dict[str, Errand] = {**world.hub.errands, ERRAND: MailArrived(self.settings)}
        world.hub = replace(world.hub, self_service=MailDesk(self.settings), errands=errands)
        self.hub = hub = world.hub
        self.threads = Threads(hub, SignedLinks(fresh_key_ring()), 86_400.0)
        self.relays = Relays(hub.clock)
        self.taking = MailIn(hub, self.settings, PlainReader(self.settings), self.threads)
        self.door = SmtpDoor(self.settings, self.taking)
        hub.writers.add(_Writer(MailOut(hub, self.settings, self.threads, self.relays)))

    async def writes(
        self, text: str, *, subject: str = "A question", to: str = BANK, **headers: str
    ) -> EmailMessage:
        """The customer writes, and their server brings it."""
        mail = letter(text, subject=subject, to=to, **headers)
        await self.brings(mail.as_bytes(policy=POLICY), to=to)
        return mail

    async def brings(self, raw: bytes, *, to: str = BANK, sender: str = CUSTOMER) -> str:
        """A server of others brings these bytes; returns our answer."""
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=self.door.port, start_tls=False)
        async with client:
            answer = await client.sendmail(sender, [to], raw)
        await self.world.settle()
        return str(answer[1])

    async def take(self, raw: bytes, to: str = BANK) -> Taken:
        """A mail comes by no door at all."""
        taken = await self.taking.take(raw, to, via="test")
        await self.world.settle()
        return taken

    async def deliver(self) -> None:
        """Send all that is due."""
        await self.runner().act_all()

    def runner(self) -> Lanes:
        """A node's outbox."""
        hub = self.hub
        return Lanes(
            hub.journal, hub.reader, hub.clock, handlers(hub), node="a", random=random.Random(1),
            on_failed=partial(effects.failed, hub), on_done=partial(effects.done, hub),
        )  # fmt: skip

    async def accepted(self, agent: str = "amara", *, skills: str = '[["lang:en", 5]]') -> str:
        """An agent comes and takes what is offered; returns the Contact."""
        await self.world.add_agent(agent, skills=skills)
        await self.world.settle()
        offer = await self.world.offer_of(agent)
        assert offer is not None, f"nothing is offered to {agent}"
        await accept(self.hub, agent, offer)
        arrived = [e for e in await self.world.events() if type(e).__name__ == "ContactArrived"]
        return str(arrived[-1].contact_id)  # type: ignore[attr-defined]

    async def answer(self, contact_id: str, text: str, *, key: str = "a1", **more: Any) -> None:
        """The agent answers, and it leaves."""
        await say(self.hub, "amara", contact_id=contact_id, key=key, text=text, **more)
        await self.deliver()

    async def said(self, conversation_id: str) -> list[MessageRead]:
        """What staff see."""
        return await messages_of(self.hub, conversation_id, limit=200)

    async def states(self, conversation_id: str) -> list[tuple[str, str]]:
        """State and error code of what was sent, in order."""
        columns = ("seq", "state", "error_code")
        call = find(MessageDelivery, *columns, conversation_id=conversation_id)
        return [(row[1], row[2]) for row in sorted(await self.hub.reader.rows(call))]


def letter(
    text: str, *, subject: str = "A question", to: str = BANK, sender: str = CUSTOMER,
    name: str = "<m1@mail.example>", **headers: str,
) -> EmailMessage:  # fmt: skip
    """Return a plain mail; further headers have `_` for `-`."""
    mail = EmailMessage(policy=POLICY)
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"], mail["Date"] = name, "Mon, 23 Nov 2026 10:00:00 +0000"
    for key, value in headers.items():
        mail[key.replace("_", "-")] = value
    mail.set_content(text)
    return mail


@pytest_asyncio.fixture
async def mail_room(
    sqlite_store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path
) -> AsyncIterator[MailRoom]:
    """Mailboxes with an open door and a relay; what differs by store is tested elsewhere."""
    relay = Relay()
    port = await relay.open()
    room = MailRoom(make_hub(sqlite_store, clock, new_id, tmp_path), relay, port)
    await room.door.open()
    yield room
    await room.door.close()
    await room.relays.close()
    await relay.close()
