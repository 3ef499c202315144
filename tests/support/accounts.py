"""The mail channel as it is mounted, with mailboxes that come and go; servers of others beside it.

async with connected(mail_room) as post:
    await post.connect()
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest_asyncio

from channels.email.adapter import Email
from channels.email.settings import settings_from
from hub.journey.accounts import keep
from hub.security.keyring import fresh_key_ring
from hub.security.signed_link import SignedLinks
from hub.store.rows import find
from hub.store.tables import AuditEntry
from tests.support.imap_server import PASSWORD, USER, ImapServer
from tests.support.mail_room import BANK, MailRoom, PlainReader
from tests.support.waiting import in_background, until

LOANS = "loans@bank.example"
ADMIN = "ines"


class _Reader(PlainReader):
    """Reads here, as the channel's own reader does in its process."""

    async def start(self) -> None:
        """There is none."""

    async def close(self) -> None:
        """There is none."""


class Connected:
    """A mail room whose channel is the real one."""

    def __init__(self, mail_room: MailRoom, server: ImapServer, port: int) -> None:
        self.room, self.server, self.port = mail_room, server, port
        relay = mail_room.settings.mailboxes[BANK].relay
        assert relay is not None
        self.relay_port = relay.port
        self.email = self.mount()

    def mount(self) -> Email:
        """The channel as a start of the hub makes it: the settings file knows one mailbox."""
        server = {"host": "127.0.0.1", "port": self.relay_port, "tls": "none"}
        options = {"mailboxes": {BANK: {"queue": "cards", "relay": server}}}
        settings = settings_from(options)
        reader: Any = _Reader(settings)
        email = Email(self.room.hub, settings, SignedLinks(fresh_key_ring()), reader)
        self.room.hub.writers.add(email)
        return email

    def options(self, **more: Any) -> dict[str, Any]:
        """A mailbox as the page describes it."""
        out = {"host": "127.0.0.1", "port": self.relay_port, "tls": "none"}
        signed_in = {"user": USER, "password": PASSWORD, "folders": ["INBOX"]}
        return {
            "address": LOANS, "queue": "payments", "name": {"en": "Loans"}, "relay": out,
            "imap": {**out, "port": self.port, **signed_in}, **more,
        }  # fmt: skip

    async def connect(self, **more: Any) -> str:
        """An administrator connects it."""
        return await keep.connect(self.room.hub, ADMIN, "email", self.options(**more))

    async def comes(self, raw: bytes) -> None:
        """A mail comes to the mailbox, and is read."""
        await until(lambda: self.server.is_waited_at)
        uid = self.server.deliver(raw)
        await until(lambda: uid in self.server.seen)

    async def audited(self) -> list[str]:
        """What the audit says of accounts."""
        rows = await self.room.hub.reader.rows(find(AuditEntry, "action", actor=ADMIN))
        return [row[0] for row in rows]


@asynccontextmanager
async def connected(mail_room: MailRoom) -> AsyncIterator[Connected]:
    """Run the channel beside a mailbox on a server of others."""
    server = ImapServer()
    post = Connected(mail_room, server, await server.open())
    async with in_background(post.email.run()):
        yield post
    await server.close()


@pytest_asyncio.fixture
async def post(mail_room: MailRoom) -> AsyncIterator[Connected]:
    """The channel, running."""
    async with connected(mail_room) as found:
        yield found
