"""Our SMTP server behind the bank's relay: 250 after COMMIT, 451 while we cannot keep a mail."""

import asyncio
import ipaddress
from collections.abc import Callable
from typing import Any, Final, Protocol

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from channels.email.door.smtp_data import Refused, read_mail
from channels.email.settings import EmailSettings
from hub.domain.errors import HubError

LOCAL: Final = "451 4.3.0 Try again later"
RESTS: Final = "450 4.2.1 This mailbox is at rest, try again later"
RECIPIENTS_MOST: Final = 100
LINE_MOST_BYTES: Final = 1024 * 1024
"""Programs write longer lines than the standard's 998, relays pass them on: nobody else has it."""
log = structlog.get_logger(__name__)


class Takes(Protocol):
    """What stands behind the door."""

    async def take(self, raw: bytes, account: str, *, via: str) -> object:
        """Take a mail; returns after COMMIT."""


class SmtpDoor:
    """Listens until it is closed."""

    def __init__(
        self, settings: EmailSettings, behind: Takes, rests: Callable[[str], bool] = lambda _: False
    ) -> None:
        self._settings, self._behind, self._rests = settings, behind, rests
        self._peers = [ipaddress.ip_network(one) for one in settings.door.peers]
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.BaseTransport] = set()

    @property
    def port(self) -> int:
        """Where it listens; 0 while it is closed."""
        return int(self._server.sockets[0].getsockname()[1]) if self._server else 0

    async def open(self) -> None:
        """Begin to listen."""
        door = self._settings.door
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, door.host, door.port)

    async def close(self) -> None:
        """Stop listening, and end what is open: a mail without 250 comes again."""
        if self._server is None:
            return
        self._server.close()
        for transport in list(self._open):
            transport.close()
        self._server = None

    def _protocol(self) -> asyncio.Protocol:
        return _Smtp(
            _Handler(self._settings, self._behind, self._peers, self._rests),
            self._open,
            most=self._settings.door.sessions_most,
            data_size_limit=self._settings.mail_max_bytes,
            enable_SMTPUTF8=True,
            hostname=self._settings.door.name,
            ident="ESMTP",
            timeout=self._settings.door.idle_seconds,
            loop=asyncio.get_running_loop(),
        )


class _Smtp(SMTP):
    """Counts the sessions that are open, and reads a mail in large pieces."""

    def __init__(
        self, handler: "_Handler", sessions: set[asyncio.BaseTransport], *, most: int, **rest: Any
    ) -> None:
        super().__init__(handler, **rest)
        self._sessions, self._most = sessions, most

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if len(self._sessions) >= self._most:
            transport.close()
            return
        self._sessions.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._sessions.discard(self.transport)
        super().connection_lost(error)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  the library's name
        """Read the mail and give it to the handler, as the library's own does."""
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        assert self.envelope is not None
        assert self.data_size_limit is not None
        if not self.envelope.rcpt_tos:
            await self.push("503 Error: need RCPT command")
            return
        if arg:
            await self.push("501 Syntax: DATA")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        try:
            mail = await read_mail(
                self._reader, most_bytes=self.data_size_limit, line_most=LINE_MOST_BYTES
            )
            self.envelope.content = self.envelope.original_content = mail
            status = await self._call_handler_hook("DATA")
        except Refused as error:
            status = error.status
        self._set_post_data_state()  # type: ignore[no-untyped-call]  # the package has no types
        await self.push(status)


class _Handler:
    """What `aiosmtpd` asks of us, by its names."""

    def __init__(
        self, settings: EmailSettings, behind: Takes, peers: list[Any], rests: Callable[[str], bool]
    ) -> None:
        self._settings, self._behind, self._peers = settings, behind, peers
        self._rests = rests

    async def handle_MAIL(  # noqa: N802  the library's name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str,
        options: list[str],
    ) -> str:  # fmt: skip
        """Take mail from our relays alone."""
        peer = session.peer[0] if session.peer else ""
        if not _is_among(str(peer), self._peers):
            return "550 5.7.1 Not a relay of ours"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Ok"

    async def handle_RCPT(  # noqa: N802  the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str,
        _options: list[str],
    ) -> str:  # fmt: skip
        """Take mail for our mailboxes alone."""
        account = account_of(address, self._settings)
        if account is None:
            return "550 5.1.1 No such mailbox"
        if self._rests(account):
            return RESTS
        if len(envelope.rcpt_tos) >= RECIPIENTS_MOST:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(  # noqa: N802  the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take the mail for each mailbox once; one that was stored before is fine again."""
        raw = envelope.original_content or b""
        found = (account_of(address, self._settings) for address in envelope.rcpt_tos)
        try:
            for account in dict.fromkeys(found):
                if account is not None:
                    await self._behind.take(raw, account, via="smtp")
        except HubError as error:
            log.warning("mail_not_taken", code=error.code)
            return LOCAL
        return "250 2.0.0 Stored"

    async def handle_exception(self, error: Exception) -> str:
        """Whatever it was, the mail was not taken."""
        log.error("mail_door_failed", exc_info=error)
        return LOCAL


def account_of(address: str, settings: EmailSettings) -> str | None:
    """Return the mailbox of an address, which may carry a `+tag`; None for one that is not ours."""
    local, _, domain = address.strip().lower().rpartition("@")
    plain = f"{local.partition('+')[0]}@{domain}"
    return next((one for one in (f"{local}@{domain}", plain) if one in settings.mailboxes), None)


def _is_among(peer: str, networks: list[Any]) -> bool:
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    return any(address in network for network in networks)
