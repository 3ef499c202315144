"""Signed requests of the carrier: documents that a call waits for, and facts that nobody waits for.

A lost request is repeated; a doubled one must be answered alike, else a complaint is kept.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx2 as httpx
import structlog

from channels._twilio.carrier.faults import Faults
from channels._twilio.signature import SIGNATURE, signature_of
from hub.ports import Clock

LIMIT_SECONDS: Final = 15.0
AGAIN_SECONDS: Final = 1.0
TRIES: Final = 4
IDEMPOTENCY: Final = "I-Twilio-Idempotency-Token"
ACCEPTED: Final = ("application/xml", "text/xml", "text/html")
log = structlog.get_logger(__name__)


class Failed(Exception):
    """No document came: the call has an application error; `code` is Twilio's number."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code


@dataclass(kw_only=True)
class Messenger:
    """Sends on behalf of one account."""

    account_sid: str
    auth_token: str = field(repr=False)
    http: httpx.AsyncClient
    clock: Clock
    faults: Faults
    in_flight: int = 0
    """Requests that the hub has and has not answered."""
    sent: int = 0
    complaints: list[str] = field(default_factory=list)
    _facts: set[asyncio.Task[None]] = field(default_factory=set)

    async def document(self, url: str, form: Mapping[str, str], *, method: str = "POST") -> str:
        """Return the TwiML that a URL answers with; raise `Failed`."""
        await self.clock.sleep(self.faults.delay(1.0))
        answer = await self._delivered(url, form, method)
        if self.faults.happens("double"):
            again = await self._delivered(url, form, method)
            if again != answer:
                self.complaints.append(f"a doubled request was answered otherwise: {url}")
        status, kind, text = answer
        if status != 200:
            raise Failed(11200, f"status {status}")
        if kind not in ACCEPTED:
            raise Failed(12300, f"content type {kind}")
        return text

    def tell(self, url: str, form: Mapping[str, str], *, method: str = "POST") -> None:
        """Send a fact some time; it may overtake others and come twice."""
        task = asyncio.create_task(self._tell(url, form, method))
        self._facts.add(task)
        task.add_done_callback(self._told)

    async def file(self, url: str) -> bytes:
        """Return a sound file; raise `Failed`."""
        self.in_flight += 1
        try:
            answer = await self.http.get(url)
        except httpx.HTTPError:
            raise Failed(11200, "no sound file") from None
        finally:
            self.in_flight -= 1
        if answer.status_code != 200:
            raise Failed(11200, f"sound file: status {answer.status_code}")
        return answer.content

    @property
    def is_quiet(self) -> bool:
        """Whether no fact is on its way."""
        return not self._facts and not self.in_flight

    async def close(self) -> None:
        """Drop what is on its way."""
        for task in self._facts:
            task.cancel()
        await asyncio.gather(*self._facts, return_exceptions=True)

    def _told(self, task: asyncio.Task[None]) -> None:
        self._facts.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.complaints.append(f"a fact was not taken: {error}")

    async def _tell(self, url: str, form: Mapping[str, str], method: str) -> None:
        await self.clock.sleep(self.faults.delay())
        for _ in range(2 if self.faults.happens("double") else 1):
            status, _, _ = await self._delivered(url, form, method)
            if status >= 300:
                log.warning("carrier_callback_refused", status=status)
            await self.clock.sleep(self.faults.delay())

    async def _delivered(
        self, url: str, form: Mapping[str, str], method: str
    ) -> tuple[int, str, str]:
        """Send until an answer comes back; a server's error is tried again too."""
        token = hashlib.sha256(f"{url}{sorted(form.items())}{self.sent}".encode()).hexdigest()
        answer: tuple[int, str, str] | None = None
        for attempt in range(TRIES):
            is_last = attempt == TRIES - 1
            if attempt:
                await self.clock.sleep(AGAIN_SECONDS * attempt)
            if not is_last and self.faults.happens("lose_request"):
                continue
            answer = await self._send(url, form, method, token)
            is_lost = not is_last and self.faults.happens("lose_answer")
            if not is_lost and answer is not None and answer[0] < 500:
                return answer
        if answer is None:
            raise Failed(11200, "no answer")
        return answer

    async def _send(
        self, url: str, form: Mapping[str, str], method: str, token: str
    ) -> tuple[int, str, str] | None:
        pairs = list({**form, "AccountSid": self.account_sid}.items())
        headers = {IDEMPOTENCY: token, "User-Agent": "TwilioProxy/1.1"}
        asked: dict[str, Any] = {"data": dict(pairs)}
        if method == "GET":
            url, pairs, asked = str(httpx.URL(url).copy_merge_params(dict(pairs))), [], {}
        headers[SIGNATURE] = signature_of(self.auth_token, url, pairs)
        self.in_flight += 1
        self.sent += 1
        try:
            answer = await self.http.request(method, url, headers=headers, **asked)
        except httpx.HTTPError as error:
            log.warning("carrier_no_answer", error=type(error).__name__)
            return None
        finally:
            self.in_flight -= 1
        kind = answer.headers.get("content-type", "").partition(";")[0].strip()
        return answer.status_code, kind, answer.text
