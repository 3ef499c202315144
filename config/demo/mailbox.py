"""Customers' mailboxes of the demo: mail leaves them to the hub's own door, and the hub's arrives.

A real SMTP server on this machine receives what the hub sends to anybody, and keeps it for the
page, sealed, for a week.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Final

import aiosmtplib
from aiosmtpd.smtp import SMTP, Envelope, Session

from config.demo.core.child import free_port
from config.settings import Settings
from hub.journey.channel_state import ChannelState
from hub.journey.context import Hub

CHANNEL: Final = "demo_mailbox"
HOST: Final = "127.0.0.1"
SERVICE: Final = "service@northmere.example"
CARDS: Final = "cards@northmere.example"
KEPT_SECONDS: Final = 7 * 86_400.0
MAILS_MOST: Final = 12
TEXT_MOST: Final = 3_500
FOREVER_SECONDS: Final = 86_400.0
_NAMES: Final = {"en": "Northmere Bank", "zh": "北湄银行"}
_SIGNATURE: Final = {
    "en": "{agent_name}\nNorthmere Bank, customer service",
    "zh": "{agent_name}\n北湄银行客户服务",
}
_HEADERS: Final = policy.SMTP.clone(max_line_length=998)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A mail as it lies in a customer's mailbox."""

    at: float
    is_from_bank: bool
    subject: str
    text: str
    message_id: str
    references: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a customer sends."""

    sender: str
    name: str
    to: str
    subject: str
    text: str
    answers: str = ""
    """Message-ID of the mail that is answered."""
    file: tuple[str, str, bytes] | None = None
    """Name, media type and bytes."""


def mail_options(settings: Settings) -> dict[str, Any]:
    """Return the channel's options: two mailboxes, our door, and a relay that is this page."""
    chosen = dict(settings.channels.get("email", {}))
    if chosen.get("mailboxes"):
        return chosen
    relay = {"host": HOST, "port": free_port(), "tls": "none"}
    named = {"name": _NAMES, "signature": _SIGNATURE, "answer_hours": 4.0, "relay": relay}
    return {
        "door": {"port": free_port(), "host": HOST, "name": "northmere.example"},
        "mailboxes": {
            SERVICE: {**named, "queue": "messages"},
            CARDS: {**named, "queue": "cards"},
        },
        **chosen,
    }


class Mailboxes:
    """All customers' mailboxes, and the server that brings mail to them."""

    def __init__(self, hub: Hub, options: Mapping[str, Any]) -> None:
        self._hub = hub
        self._door = int(options["door"]["port"])
        self._port = int(options["mailboxes"][SERVICE]["relay"]["port"])
        self._line = asyncio.Lock()

    async def run(self) -> None:
        """Receive until cancelled."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(self, hostname="mail.example", enable_SMTPUTF8=True, loop=loop),
            HOST,
            self._port,
        )
        try:
            while True:
                await self._hub.clock.sleep(FOREVER_SECONDS)
        finally:
            server.close()

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Put a mail into each recipient's mailbox; an act of `aiosmtpd`."""
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(("plain",))
        kept = Kept(
            at=self._hub.clock.now(),
            is_from_bank=True,
            subject=str(mail["Subject"] or ""),
            text=str(body.get_content() if body else "").replace("\r\n", "\n")[:TEXT_MOST],
            message_id=str(mail["Message-ID"] or ""),
            references=str(mail["References"] or ""),
            files=tuple(part.get_filename() or "" for part in mail.iter_attachments()),
        )
        for address in envelope.rcpt_tos:
            await self._put(address, kept)
        return "250 Ok"

    async def send(self, written: Written) -> None:
        """Send a customer's mail to the bank; raises `aiosmtplib.SMTPException` or `OSError`."""
        before = await self.of(written.sender)
        answered = next((one for one in before if one.message_id == written.answers), None)
        mail, kept = self._mail(written, answered)
        client = aiosmtplib.SMTP(hostname=HOST, port=self._door, start_tls=False, timeout=20)
        async with client:
            data = mail.as_bytes(policy=_HEADERS)
            await client.sendmail(written.sender, [written.to], data)
        await self._put(written.sender, kept)

    def _mail(self, written: Written, answered: Kept | None) -> tuple[EmailMessage, Kept]:
        at = self._hub.clock.now()
        name = f"<{self._hub.new_id('mail')}@mail.example>"
        mail = EmailMessage(policy=_HEADERS)
        mail["From"] = Address(written.name, addr_spec=written.sender)
        mail["To"], mail["Subject"] = Address(addr_spec=written.to), written.subject
        mail["Date"] = format_datetime(datetime.fromtimestamp(int(at), UTC))
        mail["Message-ID"] = name
        text, references = written.text, ""
        if answered is not None:
            references = f"{answered.references} {answered.message_id}".strip()
            mail["In-Reply-To"], mail["References"] = answered.message_id, references
            quoted = "\n".join(f"> {line}" for line in answered.text.splitlines())
            text = f"{text}\n\nOn {mail['Date']}, Northmere Bank wrote:\n{quoted}"
        mail.set_content(text)
        files: tuple[str, ...] = ()
        if written.file is not None:
            file_name, media_type, data = written.file
            kind, _, sub = media_type.partition("/")
            mail.add_attachment(data, maintype=kind, subtype=sub, filename=file_name)
            files = (file_name,)
        return mail, Kept(
            at=at, is_from_bank=False, subject=written.subject, text=written.text[:TEXT_MOST],
            message_id=name, references=references, files=files,
        )  # fmt: skip

    async def of(self, address: str) -> list[Kept]:
        """Return what lies in a mailbox, the newest first."""
        text = await self._state(address).recall("mails")
        found = json.loads(text) if text else []
        return [Kept(**{**one, "files": tuple(one["files"])}) for one in found]

    async def _put(self, address: str, kept: Kept) -> None:
        async with self._line:
            mails = [kept, *await self.of(address)][:MAILS_MOST]
            text = json.dumps([asdict(one) for one in mails], ensure_ascii=False)
            until = self._hub.clock.now() + KEPT_SECONDS
            await self._state(address).remember("mails", text, expires_at=until)

    def _state(self, address: str) -> ChannelState:
        return ChannelState(self._hub, CHANNEL, address.lower())
