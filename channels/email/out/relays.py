"""Connections to the servers that take our mail: few, kept for a while, with the TLS we insist on.

Until the mail itself is on its way, every failure means that it was not sent. After that only the
server's word counts: without one the outcome is unknown, and nobody repeats it by himself.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import aiosmtplib

from channels.email.settings import Relay
from hub.adapters.certificates import certificate_end, is_certificate_refused
from hub.ports import Clock, NeedsAttention, SendLater, SendNever

IDLE_SECONDS: Final = 20.0
"""A connection that rested longer is not trusted again."""
BYE_SECONDS: Final = 2.0
PERMANENT: Final = 500


class Relays:
    """A pool per server."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pools: dict[Relay, _Pool] = {}

    async def send(
        self, relay: Relay, sender: str, recipients: Sequence[str], data: bytes, *, utf8: bool
    ) -> None:
        """Give a mail to the server; raises the errors of a channel, or what leaves it unknown."""
        async with self._pool(relay).connection() as client:
            try:
                await client.mail(sender, options=["SMTPUTF8", "BODY=8BITMIME"] if utf8 else [])
                for recipient in recipients:
                    await client.rcpt(recipient, encoding="utf-8" if utf8 else "ascii")
            except aiosmtplib.SMTPResponseException as error:
                raise _refused(error) from error
            except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
                raise SendLater("connection_lost") from error
            try:
                await client.data(data)
            except aiosmtplib.SMTPResponseException as error:
                raise _refused(error) from error

    async def check(self, relay: Relay, *, anew: bool = False) -> None:
        """Sign in and leave; raises `SendLater` or `NeedsAttention`.

        A connection that was kept is good enough, unless it is to be made `anew`.
        """
        if anew:
            await self._pool(relay).close()
        async with self._pool(relay).connection():
            return

    def certificate_ends_at(self, relay: Relay) -> float | None:
        """Return when the certificate of a server ends, as it was last seen; None: not known."""
        pool = self._pools.get(relay)
        return pool.certificate_ends_at if pool else None

    async def close(self) -> None:
        """Say goodbye to all servers."""
        for pool in self._pools.values():
            await pool.close()

    def _pool(self, relay: Relay) -> "_Pool":
        return self._pools.setdefault(relay, _Pool(relay, self._clock))


class _Pool:
    def __init__(self, relay: Relay, clock: Clock) -> None:
        self._relay, self._clock = relay, clock
        self._room = asyncio.Semaphore(relay.connections_most)
        self._idle: list[tuple[float, aiosmtplib.SMTP]] = []
        self.certificate_ends_at: float | None = None

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[aiosmtplib.SMTP]:
        async with self._room:
            client = await self._rested() or await self._connect()
            is_good = False
            try:
                yield client
                is_good = True
            except (SendLater, SendNever):
                is_good = await _answers(client, self._relay.timeout_seconds)
                raise
            finally:
                if is_good:
                    self._idle.append((self._clock.monotonic(), client))
                else:
                    client.close()

    async def close(self) -> None:
        idle, self._idle = self._idle, []
        await asyncio.gather(*(_leave(client, self._relay.timeout_seconds) for _, client in idle))

    async def _rested(self) -> aiosmtplib.SMTP | None:
        """A connection that was kept and still answers."""
        while self._idle:
            since, client = self._idle.pop()
            is_fresh = self._clock.monotonic() - since < IDLE_SECONDS
            if is_fresh and await _answers(client, self._relay.timeout_seconds):
                return client
            await _leave(client, self._relay.timeout_seconds)
        return None

    async def _connect(self) -> aiosmtplib.SMTP:
        relay = self._relay
        token = await relay.token() if relay.token is not None else ""

        async def given() -> str:
            return token

        client = aiosmtplib.SMTP(
            hostname=relay.host, port=relay.port, timeout=relay.timeout_seconds,
            use_tls=relay.tls == "implicit", start_tls=relay.tls == "starttls",
            username=relay.user or None,
            password=None if relay.token else relay.password or None,
            oauth_token_generator=given if relay.token is not None else None,
        )  # fmt: skip
        try:
            await client.connect()
        except aiosmtplib.SMTPAuthenticationError as error:
            client.close()
            raise NeedsAttention(code="sign_in_refused") from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            client.close()
            if is_certificate_refused(error):
                raise NeedsAttention(code="certificate_refused") from error
            raise SendLater("relay_away") from error
        assert client.transport is not None
        self.certificate_ends_at = certificate_end(client.transport.get_extra_info("ssl_object"))
        return client


async def _answers(client: aiosmtplib.SMTP, seconds: float) -> bool:
    """Whether a connection can carry another mail."""
    try:
        await client.rset(timeout=seconds)
    except (aiosmtplib.SMTPException, OSError, TimeoutError):
        return False
    return True


async def _leave(client: aiosmtplib.SMTP, seconds: float) -> None:
    """Say goodbye: who is only hung up on keeps the connection open, and counts it as ours."""
    try:
        await client.quit(timeout=min(seconds, BYE_SECONDS))
    except (aiosmtplib.SMTPException, OSError, TimeoutError):
        client.close()


def _refused(error: aiosmtplib.SMTPResponseException) -> SendLater | SendNever:
    code = f"smtp_{error.code}"
    return SendNever(code=code) if error.code >= PERMANENT else SendLater(code)
