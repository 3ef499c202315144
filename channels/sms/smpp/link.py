"""The one connection to the carrier: texts go out in a window, texts and receipts come in.

A text is acknowledged to the carrier when `Ears` has stored it. One that was written to the
connection and not answered has an unknown outcome; one that was not written can be tried again.
"""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from aiosmpplib import AbstractHook, DeliverSm, OptionalParam, SmppMessage, SubmitSm
from aiosmpplib.state import SmppSessionState

from channels.sms.smpp import pdus
from channels.sms.smpp.library import Memory, Pause, Queue, Session
from channels.sms.smpp.pace import Pace
from channels.sms.smpp.pdus import Receipt
from channels.sms.smpp.settings import SmppSettings
from channels.sms.text import alphabet_of
from hub.ports import Clock, SendLater, SendNever

SAR_REF, SAR_TOTAL, SAR_NUMBER = 0x020C, 0x020E, 0x020F
WINDOW_SECONDS: Final = 8.0
"""So long a text waits for its place in the window; then it is tried again later."""
ENCODINGS: Final = {"gsm7": "gsm0338", "ucs2": "ucs2"}


class Unanswered(Exception):
    """The text was written and no answer came: it may have been sent."""


class Ears(Protocol):
    """Who hears what comes; raise `ConnectionError` to have it brought again."""

    async def text(self, sender: str, to: str, words: str, session: int) -> None:
        """A customer wrote."""

    async def part(self, sender: str, ref: int, number: int, total: int, words: str) -> str | None:
        """Keep a part of a long text; return the whole when this was the last."""

    async def receipt(self, receipt: Receipt) -> None:
        """Something became of a text of ours."""

    async def taken(self, part: "Part", ref: str) -> str:
        """The carrier took a part and calls it `ref`; return the name of the whole text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A segment of a text of ours."""

    sender: str
    address: str
    words: str
    number: int = 1
    total: int = 1
    sar: int = 0
    first_ref: str = ""
    """The carrier's name of the first segment, by which the whole is known."""


@dataclass(slots=True, eq=False)
class _Waiting:
    part: Part
    answer: "asyncio.Future[str]"
    is_written: bool = False


class Link(AbstractHook):  # type: ignore[misc]  # the package has no types
    """Keeps one bind."""

    def __init__(self, settings: SmppSettings, ears: Ears, clock: Clock) -> None:
        self._settings, self._ears = settings, ears
        self._waiting: dict[str, _Waiting] = {}
        self._numbers: dict[int, str] = {}
        """Which text a request's number belongs to."""
        self._names = itertools.count(1)
        self._sar = itertools.count(1)
        self._window = asyncio.Semaphore(settings.window)
        self._pace = Pace(settings.per_second, clock)
        self._queue = Queue(lambda name: name in self._waiting)
        self.session = 0
        """Counts connections."""
        self._esme = Session(
            tls=settings.context(), smsc_host=settings.host, smsc_port=settings.port,
            system_id=settings.system_id,
            password=settings.password, system_type=settings.system_type, hook=self,
            broker=self._queue, correlator=Memory(self._part),
            retry_timer=Pause(settings.back_seconds, self._lost, clock.sleep),
            enquire_link_interval=settings.enquire_seconds, log_handler=logging.NullHandler(),
            log_level=logging.CRITICAL, client_id="hub",
        )  # fmt: skip

    @property
    def is_bound(self) -> bool:
        """Whether the carrier takes texts now."""
        return bool(self._esme.session_state is SmppSessionState.BOUND_TRX)

    @property
    def trouble(self) -> str:
        """Why it does not; empty while it does."""
        return "" if self.is_bound else self._esme.trouble or "not_bound"

    @property
    def certificate_ends_at(self) -> float | None:
        """When the certificate of the carrier ends; None without TLS."""
        ends_at: float | None = self._esme.certificate_ends_at
        return ends_at

    async def run(self) -> None:
        """Keep the connection until cancelled."""
        await self._esme.start()

    def next_sar(self) -> int:
        """Return a number that the parts of one text share."""
        return next(self._sar) & 0xFFFF

    async def submit(self, part: Part) -> str:
        """Give a segment to the carrier and return its name; raise `Unanswered` or a channel's."""
        # Of a text that is on its way the rest is waited for; a whole one can be tried again.
        is_begun = part.number > 1
        async with self._place(is_patient=is_begun):
            await self._pace.turn(is_patient=is_begun)
            if not self.is_bound:
                raise SendLater("not_bound")
            name = str(next(self._names))
            waiting = _Waiting(part, asyncio.get_running_loop().create_future())
            self._waiting[name] = waiting
            try:
                await self._queue.enqueue(_message(part, name))
                async with asyncio.timeout(self._settings.answer_seconds):
                    return await waiting.answer
            except TimeoutError:
                raise _unanswered(waiting) from None
            finally:
                del self._waiting[name]

    @asynccontextmanager
    async def _place(self, *, is_patient: bool) -> AsyncIterator[None]:
        """Hold a place in the window."""
        try:
            async with asyncio.timeout(None if is_patient else WINDOW_SECONDS):
                await self._window.acquire()
        except TimeoutError:
            raise SendLater("window_full") from None
        try:
            yield
        finally:
            self._window.release()

    # -- what the library tells ----------------------------------------------------------------

    async def sending(self, smpp_message: SmppMessage, pdu: bytes, client_id: str) -> None:
        """A request is about to be written."""
        if isinstance(smpp_message, SubmitSm) and smpp_message.log_id in self._waiting:
            self._waiting[smpp_message.log_id].is_written = True
            self._numbers[smpp_message.sequence_num] = smpp_message.log_id

    async def received(self, smpp_message: SmppMessage | None, pdu: bytes, client_id: str) -> None:
        """Something came; the carrier gets its acknowledgement when this returns."""
        if (answer := pdus.answer_in(pdu)) is not None:
            await self._answered(answer)
        elif isinstance(smpp_message, DeliverSm):
            if not smpp_message.is_receipt():
                await self._ears.text(
                    pdus.number_of(smpp_message.source), pdus.number_of(smpp_message.destination),
                    smpp_message.short_message or smpp_message.message_payload, self.session,
                )  # fmt: skip
            elif (receipt := pdus.receipt_in(smpp_message)) is not None:
                await self._ears.receipt(receipt)

    async def send_error(self, smpp_message: SmppMessage, error: Exception, client_id: str) -> None:
        """A text could not be written."""
        waiting = self._waiting.get(getattr(smpp_message, "log_id", ""))
        if waiting is not None:
            is_ours = isinstance(error, ValueError)
            _fail(waiting, SendNever(code="bad_text") if is_ours else _unanswered(waiting))

    async def _answered(self, answer: pdus.Answer) -> None:
        waiting = self._waiting.get(self._numbers.pop(answer.number, ""))
        if waiting is None:
            return
        if answer.status == 0:
            # Before the next word of the carrier is read, which may be the receipt of this part.
            ref = await self._ears.taken(waiting.part, answer.ref)
            if not waiting.answer.done():
                waiting.answer.set_result(ref)
        elif answer.status in pdus.LATER:
            _fail(waiting, SendLater(f"smpp_{answer.status}"))
        else:
            _fail(waiting, SendNever(code=f"smpp_{answer.status}"))

    async def _part(self, message: DeliverSm, ref: int, number: int, total: int) -> str | None:
        words = message.short_message or message.message_payload
        sender = f"{pdus.number_of(message.source)} {pdus.number_of(message.destination)}"
        return await self._ears.part(sender, ref, number, total, words)

    def _lost(self) -> None:
        self.session += 1
        self._numbers.clear()
        for waiting in self._waiting.values():
            _fail(waiting, _unanswered(waiting))


def _message(part: Part, name: str) -> SubmitSm:
    params: list[Any] = []
    if part.total > 1:
        params = [
            OptionalParam(SAR_REF, part.sar),
            OptionalParam(SAR_TOTAL, part.total),
            OptionalParam(SAR_NUMBER, part.number),
        ]
    return SubmitSm(
        short_message=part.words, source=pdus.end_of(part.sender),
        destination=pdus.end_of(part.address), encoding=ENCODINGS[alphabet_of(part.words)],
        optional_params=params, log_id=name,
    )  # fmt: skip


def _unanswered(waiting: _Waiting) -> Exception:
    return Unanswered() if waiting.is_written else SendLater("not_written")


def _fail(waiting: _Waiting, error: Exception) -> None:
    if not waiting.answer.done():
        waiting.answer.set_exception(error)
