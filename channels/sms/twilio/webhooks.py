"""Requests of Twilio about texts: one that came, and what became of one of ours.

Answered after COMMIT. What cannot be stored now is answered with 503, and Twilio asks again when
the address is set with `#rc=5&rp=all`; the fallback address is tried after that.
"""

import asyncio
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from channels._twilio.client import Gone, Provider, Unsure
from channels._twilio.door import Door, Form
from channels.sms.intake import UNSUBSCRIBED, Attached, Inbound, Intake
from channels.sms.twilio import facts
from channels.sms.twilio.settings import TwilioTexts
from hub.domain.errors import HubError, Invalid, Unavailable
from hub.ports import NeedsAttention, SendLater, SendNever

PREFIX: Final = "/sms/twilio"
log = structlog.get_logger(__name__)


class Webhooks:
    """The routes under `/sms/twilio` that the provider calls."""

    def __init__(
        self, intake: Intake, door: Door, provider: Provider, settings: TwilioTexts
    ) -> None:
        self._intake, self._door = intake, door
        self._provider, self._settings = provider, settings

    def routes(self) -> Sequence[BaseRoute]:
        """Return them; each is guarded."""
        handlers = {
            "/text": self.text,
            "/fallback": self.fallback,
            "/status": self.status,
        }
        return [
            Route(PREFIX + path, self._door.guard(handler), methods=["POST"])
            for path, handler in handlers.items()
        ]

    async def text(self, _request: Request, form: Form) -> Response:
        """A customer wrote."""
        return await self._take(form, is_last=False)

    async def fallback(self, _request: Request, form: Form) -> Response:
        """The same, tried for the last time: a file that still cannot be had is left out."""
        return await self._take(form, is_last=True)

    async def status(self, _request: Request, form: Form) -> Response:
        """Something became of a text of ours."""
        ref, told = facts.ref_of(form), facts.state_of(form)
        if ref is None or told is None:
            return Response(status_code=204)
        state, error_code = told
        try:
            await self._intake.told(ref, state, error_code)
            if error_code == UNSUBSCRIBED:
                await self._intake.refused_by_provider(form.get("To", ""), ref)
        except HubError as error:
            log.info("sms_report_dropped", code=error.code)
            return Response(status_code=503 if isinstance(error, Unavailable) else 204)
        return Response(status_code=204)

    async def _take(self, form: Form, *, is_last: bool) -> Response:
        ref, ends = facts.ref_of(form), facts.ends_of(form)
        if ref is None or ends is None or not self._intake.knows(ends[0]):
            log.warning("sms_for_nobody")
            return _document("")
        asks = facts.asked_of(form)
        inbound = Inbound(
            account=ends[0], address=ends[1], key=ref, text=form.get("Body", ""), asks=asks,
            is_answered=asks is not None, files=self._files(form, is_last=is_last),
        )  # fmt: skip
        try:
            return _document(await self._intake.take(inbound))
        except Invalid as error:
            log.warning("sms_refused", code=error.code)
            return _document("")
        except (HubError, SendLater, TimeoutError) as error:
            log.info("sms_later", error=type(error).__name__)
            return Response(status_code=503)

    def _files(self, form: Form, *, is_last: bool) -> list[Attached]:
        ends_at = asyncio.get_running_loop().time() + self._settings.media_seconds
        return [
            self._file(path, kind, ends_at, is_last=is_last)
            for path, kind in facts.media_of(form, self._settings.account_sid)
        ]

    def _file(self, path: str, kind: str, ends_at: float, *, is_last: bool) -> Attached:
        async def fetch() -> bytes:
            if not path:
                raise Invalid("no_file", "it does not lie at the provider")
            try:
                async with asyncio.timeout_at(ends_at):
                    return await self._provider.media(path, self._settings.media_most_bytes)
            except (Gone, SendNever):
                raise Invalid("no_file", "the provider does not give it") from None
            except (SendLater, Unsure, NeedsAttention, TimeoutError):
                if is_last:
                    raise Invalid("no_file", "the provider was away too long") from None
                raise SendLater("provider_away") from None

        return Attached(name=f"mms.{kind.rpartition('/')[2] or 'bin'}", fetch=fetch)


def _document(reply: str) -> Response:
    said = f"<Message>{escape(reply)}</Message>" if reply else ""
    text = f'<?xml version="1.0" encoding="UTF-8"?><Response>{said}</Response>'
    return Response(text, media_type="text/xml")
