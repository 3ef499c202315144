"""Text messages of the carrier: what somebody writes to the bank, and what the bank writes.

A text of the bank's goes `queued`, `sent`, `delivered` (or `undelivered`), each told to its status
callback. With `keeps_opt_outs` the carrier itself obeys STOP and START, as Twilio does by default.
"""

import asyncio
import re
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from channels._twilio.carrier.messenger import Failed

if TYPE_CHECKING:
    from channels._twilio.carrier.carrier import Carrier

NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}")
BODY_MOST: Final = 1600
ON_THE_WAY_SECONDS: Final = 0.2
STOPS: Final = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit"})
STARTS: Final = frozenset({"start", "unstop", "yes"})


class Refused(Exception):
    """A text is not taken; `code` is Twilio's number."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file that came with a text."""

    sid: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(slots=True, kw_only=True)
class Text:
    """One text message."""

    sid: str
    direction: str
    """inbound | outbound-api | outbound-reply"""
    from_: str
    to: str
    body: str
    created_at: float
    status: str
    error_code: str = ""
    callback_url: str = ""
    media: Sequence[Media] = ()


class Texts:
    """All of them, oldest first."""

    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier
        self.texts: dict[str, Text] = {}
        self.unsubscribed: set[tuple[str, str]] = set()
        """Customer's number and ours."""
        self.unreachable: set[str] = set()
        """Numbers whose telephone is off."""
        self.keeps_opt_outs = False
        self.is_away = False
        """Every request for a text is answered with 503."""
        self._tasks: set[asyncio.Task[None]] = set()

    # -- from a telephone ----------------------------------------------------------------------

    def text_in(
        self, from_: str, to: str, body: str, files: Sequence[tuple[str, bytes]] = ()
    ) -> Text:
        """Let somebody write to a number of the account, with files as type and bytes."""
        sid = self._carrier.sid
        media = [Media(sid=sid("ME"), media_type=kind, data=data) for kind, data in files]
        text = self._keep(
            sid("MM" if media else "SM"), "inbound", from_, to, body, "received", media=media
        )
        self.start(self._deliver(text))
        return text

    async def _deliver(self, text: Text) -> None:
        line, messenger = self._carrier.numbers[text.to], self._carrier.messenger
        form = self._facts(text) | self._obeyed(text)
        for url in (line.sms_url, line.sms_fallback_url):
            try:
                document = await messenger.document(url, form)
                self._reply(text, document)
            except Failed as error:
                self._carrier.complaints.append(f"{text.sid}: {error}")
                continue
            text.status = "taken"
            return

    def _obeyed(self, text: Text) -> dict[str, str]:
        word, pair = text.body.strip().lower(), (text.from_, text.to)
        if not self.keeps_opt_outs or word not in STOPS | STARTS:
            return {}
        if word in STOPS:
            self.unsubscribed.add(pair)
        else:
            self.unsubscribed.discard(pair)
        return {"OptOutType": "STOP" if word in STOPS else "START"}

    def _reply(self, text: Text, document: str) -> None:
        """Do what the answer says: nothing but `Message` is for texts."""
        try:
            root = ElementTree.fromstring(document)
        except ElementTree.ParseError:
            raise Failed(12100, "not a document") from None
        if root.tag != "Response" or any(child.tag != "Message" for child in root):
            raise Failed(14101, "not a document for texts")
        for child in root:
            words = "".join(child.itertext())
            if not words or len(words) > BODY_MOST:
                raise Failed(14103, "a text without words, or with too many")
            if (text.from_, text.to) not in self.unsubscribed:
                self._keep(
                    self._carrier.sid("SM"), "outbound-reply", text.to, text.from_, words,
                    "delivered",
                )  # fmt: skip

    # -- from the bank -------------------------------------------------------------------------

    def send(self, *, from_: str, to: str, body: str, callback_url: str) -> Text:
        """Take a text of the bank's; raise `Refused`."""
        if not NUMBER.fullmatch(to):
            raise Refused(21211, f"{to} is not a number")
        if from_ not in self._carrier.numbers:
            raise Refused(21606, f"{from_} is not a number of the account")
        if not body:
            raise Refused(21602, "a text needs words")
        if len(body) > BODY_MOST:
            raise Refused(21617, f"more than {BODY_MOST} characters")
        if (to, from_) in self.unsubscribed:
            raise Refused(21610, "the recipient has unsubscribed")
        sid = self._carrier.sid("SM")
        text = self._keep(sid, "outbound-api", from_, to, body, "queued")
        text.callback_url = callback_url
        self.start(self._carry(text))
        return text

    async def _carry(self, text: Text) -> None:
        clock = self._carrier.clock
        await clock.sleep(ON_THE_WAY_SECONDS)
        self._goes_to(text, "sent")
        await clock.sleep(ON_THE_WAY_SECONDS)
        if text.to in self.unreachable:
            text.error_code = "30003"
            self._goes_to(text, "undelivered")
        else:
            self._goes_to(text, "delivered")

    def _goes_to(self, text: Text, status: str) -> None:
        text.status = status
        if text.callback_url:
            told = {
                "MessageSid": text.sid, "SmsSid": text.sid, "MessageStatus": status,
                "SmsStatus": status, "To": text.to, "From": text.from_,
                "ApiVersion": "2010-04-01",
            }  # fmt: skip
            if text.error_code:
                told["ErrorCode"] = text.error_code
            self._carrier.messenger.tell(text.callback_url, told)

    # -- help ----------------------------------------------------------------------------------

    def media(self, text_sid: str, media_sid: str) -> Media | None:
        """Return a file of a text."""
        text = self.texts.get(text_sid)
        return next((one for one in text.media if one.sid == media_sid), None) if text else None

    def of(self, number: str) -> list[Text]:
        """Return what a telephone has written and got, oldest first; nothing on its way."""
        return [
            one
            for one in self.texts.values()
            if one.from_ == number
            or (one.to == number and one.status not in ("queued", "undelivered"))
        ]

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Let something go on by itself."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Drop what is on its way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._carrier.complaints.append(f"the carrier broke: {error!r}")

    def _keep(
        self, sid: str, direction: str, from_: str, to: str, body: str, status: str,
        media: Sequence[Media] = (),
    ) -> Text:  # fmt: skip
        text = self.texts[sid] = Text(
            sid=sid, direction=direction, from_=from_, to=to, body=body, status=status,
            created_at=self._carrier.clock.now(), media=media,
        )  # fmt: skip
        return text

    def _facts(self, text: Text) -> dict[str, str]:
        base = f"https://api.twilio.com/2010-04-01/Accounts/{self._carrier.account.sid}"
        told = {
            "MessageSid": text.sid, "SmsSid": text.sid, "SmsMessageSid": text.sid,
            "From": text.from_, "To": text.to, "Body": text.body, "SmsStatus": "received",
            "NumMedia": str(len(text.media)), "NumSegments": "1", "ApiVersion": "2010-04-01",
        }  # fmt: skip
        for at, one in enumerate(text.media):
            told[f"MediaUrl{at}"] = f"{base}/Messages/{text.sid}/Media/{one.sid}"
            told[f"MediaContentType{at}"] = one.media_type
        return told
