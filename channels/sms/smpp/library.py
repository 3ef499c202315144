"""Where aiosmpplib asks us: its queue, its memory, its pause, and two of its faults.

Its own memory joins parts of two customers under one number and sorts the tenth part before the
second, so parts are kept by us, with their sender. A receipt that it cannot read would end the
connection, be delivered again and end it again: we read such ones ourselves.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeVar

from aiosmpplib import (
    ESME,
    AbstractBroker,
    AbstractCorrelator,
    AbstractRetryTimer,
    DeliverSm,
    GenericNack,
    PduHeader,
    SmppMessage,
    SubmitSm,
)
from aiosmpplib.state import SmppError

from hub.adapters.certificates import certificate_end, is_certificate_refused

SIXTEEN_BITS: Final = 0xFFFF
MOST_SECONDS: Final = 60.0
NETWORK_BUFFER_BYTES: Final = 2**16 + 1024
T = TypeVar("T")
Joined = Callable[[DeliverSm, int, int, int], Awaitable[str | None]]
"""Keeps a part by reference, number and total; returns the text once all are there."""


class Queue(AbstractBroker):  # type: ignore[misc]  # the package has no types
    """What waits for the connection; what nobody waits for any more is dropped."""

    def __init__(self, is_wanted: Callable[[str], bool]) -> None:
        self._is_wanted = is_wanted
        self._waiting: asyncio.Queue[SubmitSm] = asyncio.Queue()

    async def enqueue(self, message: SmppMessage) -> None:
        """Take a text."""
        assert isinstance(message, SubmitSm)
        self._waiting.put_nowait(message)

    async def dequeue(self) -> SmppMessage:
        """Give the next one that is wanted."""
        while True:
            message = await self._waiting.get()
            if self._is_wanted(message.log_id):
                return message


class Memory(AbstractCorrelator):  # type: ignore[misc]  # the package has no types
    """Remembers nothing itself: answers are told by their number, parts are kept by us."""

    def __init__(self, joined: Joined) -> None:
        self._joined = joined

    def get_cumulated_status(self, ref_num: int) -> int:
        """Not asked: no text is segmented by the library."""
        return 0

    async def expired(self, smpp_message: SmppMessage) -> None:
        """Nothing expires here."""

    async def put(self, smpp_message: SmppMessage) -> None:
        """Nothing is kept."""

    async def put_delivery(self, smsc_message_id: str, submit_sm: SubmitSm) -> None:
        """Nothing is kept."""

    async def put_delivery_segmented(self, deliver_sm: DeliverSm) -> DeliverSm | None:
        """Keep a part; return the whole when this was the last."""
        ref, number, total = deliver_sm.get_segmentation_data()
        if ref > SIXTEEN_BITS:  # the library reads four bytes where the reference has two
            ref >>= 16
        text = await self._joined(deliver_sm, ref, number, total)
        if text is None:
            return None
        deliver_sm.short_message, deliver_sm.message_payload = text, ""
        return deliver_sm

    async def get(self, response: SmppMessage) -> SmppMessage | None:
        """Nothing is known."""
        return None

    async def get_segmented(
        self,
        smpp_seq_num: int,
        *,
        remove: bool = False,
    ) -> tuple[Any, int]:
        """Nothing is known."""
        return None, 0

    async def get_delivery(self, receipt: DeliverSm) -> SubmitSm | None:
        """Nothing is known."""
        return None


class Pause(AbstractRetryTimer):  # type: ignore[misc]  # the package has no types
    """Between two binds; `lost` is told first, for nobody answers what was under way."""

    def __init__(
        self, first_seconds: float, lost: Callable[[], None],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._first, self._lost, self._sleep = first_seconds, lost, sleep
        self._next = first_seconds

    async def wait(self) -> None:
        """Wait, longer each time."""
        self._lost()
        seconds, self._next = self._next, min(self._next * 2, MOST_SECONDS)
        await self._sleep(seconds)

    def reset(self) -> None:
        """Begin anew: there is a connection."""
        self._next = self._first

    def next_delay(self) -> float:
        """Return the pause in seconds."""
        return self._next


class Session(ESME):  # type: ignore[misc]  # the package has no types
    """The library's client, which survives what it cannot read, and speaks TLS."""

    _writer: asyncio.StreamWriter | None

    def __init__(self, *, tls: ssl.SSLContext | None, **rest: Any) -> None:
        super().__init__(**rest)
        self._tls = tls
        self.trouble = "not_bound"
        """Why we are not bound; empty while we are."""
        self.certificate_ends_at: float | None = None

    async def connect(self) -> None:
        """Bind; the connection of before is closed, which the library forgets."""
        self._close(self._writer)
        try:
            await super().connect()
        except Exception as error:  # whatever it was, the page says why, and it goes on up
            self.trouble = _trouble_of(error)
            raise
        self.trouble = ""
        if self._writer is not None:
            self.certificate_ends_at = certificate_end(self._writer.get_extra_info("ssl_object"))

    async def _socket_operation(self, coro: Coroutine[Any, Any, T]) -> T:
        if self._tls is not None and self._writer is None:
            # The library opens plain connections only: this one has not begun.
            coro.close()
            coro = asyncio.open_connection(  # type: ignore[assignment]  # what it wanted, with TLS
                self.smsc_host, self.smsc_port, limit=NETWORK_BUFFER_BYTES, ssl=self._tls
            )
        found: T = await super()._socket_operation(coro)
        return found

    async def _disconnect(self) -> None:
        writer = self._writer
        if self._tls is None:
            await super()._disconnect()
        # The library's way of leaving waits for ever over TLS, which knows no half-closed line.
        self._writer = None
        self._close(writer)

    async def _end_task(self, task: "asyncio.Task[Any]") -> None:
        # At once: the library gives each half a second, in which nobody is bound.
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    @staticmethod
    def _close(writer: asyncio.StreamWriter | None) -> None:
        if writer is not None:
            writer.close()

    async def _handle_request(self, pdu: bytes, header: PduHeader) -> SmppMessage | None:
        try:
            return await super()._handle_request(pdu, header)
        except ConnectionError:
            raise  # the store did not take it: the carrier shall bring it again
        except Exception:  # whatever a carrier sends must not end the connection for ever
            return await self._read_plainly(pdu, header)

    async def _read_plainly(self, pdu: bytes, header: PduHeader) -> SmppMessage | None:
        try:
            message = DeliverSm.from_pdu(pdu, header, self.default_encoding, self.custom_codecs)
            if isinstance(message, DeliverSm) and message.is_receipt():
                return message
        except Exception:
            pass
        await self._send_data(GenericNack(header.sequence_num))
        return None


def _trouble_of(error: BaseException) -> str:
    if isinstance(error, SmppError):
        return "sign_in_refused"
    return "certificate_refused" if is_certificate_refused(error) else "carrier_away"
