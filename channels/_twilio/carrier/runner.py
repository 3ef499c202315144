"""Runs the TwiML of one call, verb by verb, as Twilio would."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from channels._twilio.carrier import listening
from channels._twilio.carrier.call import Call
from channels._twilio.carrier.document import IN_ROOM, TOP, WAITING, BadDocument, Verb, read
from channels._twilio.carrier.messenger import Failed

if TYPE_CHECKING:
    from channels._twilio.carrier.carrier import Carrier

LETTER_SECONDS: Final = 0.06
HAN_SECONDS: Final = 0.2
SOUND_SECONDS: Final = 3.0
DOCUMENTS_MOST: Final = 500
"""A call that asks for more is a loop without an exit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The document that takes over."""

    url: str
    method: str = "POST"
    told: Mapping[str, str] = field(default_factory=dict)


class HungUp(Exception):
    """The document ends the call."""


class Left(Exception):
    """The document leaves the queue."""


class Runner:
    """One call's document, from its first to its last."""

    def __init__(self, carrier: "Carrier", call: Call) -> None:
        self._carrier, self._call = carrier, call
        self._url = call.url

    async def run(self, start: Next | str) -> None:
        """Run a document, given as text or by its address, and what follows; then hang up."""
        try:
            await self._follow(start, TOP)
        except HungUp:
            pass
        except (Failed, BadDocument) as error:
            if not await self._fall_back(error):
                self._carrier.complain(self._call, str(error))
        self._carrier.end(self._call, "completed")

    async def entertain(self, url: str, *, is_loop: bool) -> None:
        """Play hold music or an announcement, beside the room."""
        with suppress(HungUp):
            while True:
                try:
                    await self._follow(Next(url=url), IN_ROOM)
                except (Failed, BadDocument) as error:
                    self._carrier.complain(self._call, str(error))
                    return
                if not is_loop:
                    return

    async def _follow(self, start: Next | str, allowed: frozenset[str]) -> None:
        going: Next | str | None = start
        for _ in range(DOCUMENTS_MOST):
            if going is None:
                return
            text = going if isinstance(going, str) else await self._fetch(going)
            going = await self._perform(read(text, allowed, code=_code(allowed)), allowed)
        raise BadDocument(64901, "a loop without an exit")

    async def _fetch(self, going: Next) -> str:
        self._url = going.url
        told = {**self._carrier.facts(self._call), **going.told}
        return await self._carrier.messenger.document(going.url, told, method=going.method)

    async def _fall_back(self, error: Failed | BadDocument) -> bool:
        if not self._call.fallback_url:
            return False
        told = {"ErrorCode": str(error.code), "ErrorUrl": self._url}
        try:
            await self._follow(Next(url=self._call.fallback_url, told=told), TOP)
        except HungUp:
            return True
        except (Failed, BadDocument):
            return False
        return True

    # -- verbs ---------------------------------------------------------------------------------

    async def _perform(self, verbs: Sequence[Verb], allowed: frozenset[str]) -> Next | None:
        for place, verb in enumerate(verbs):
            match verb.name:
                case "Say" | "Play" | "Pause":
                    await self.sound(verb)
                case "Gather":
                    if (going := await self._gather(verb)) is not None:
                        return going
                case "Redirect":
                    return self._to(verb.text, verb)
                case "Hangup":
                    raise HungUp
                case "Reject":
                    self._reject(verb, is_first=place == 0)
                case "Leave":
                    if allowed is not WAITING:
                        raise BadDocument(13410, "Leave outside of a queue")
                    raise Left
                case _:
                    if (going := await self._long(verb)) is not None:
                        return going
        return None

    async def _long(self, verb: Verb) -> Next | None:
        """Verbs that have a life of their own."""
        match verb.name:
            case "Enqueue":
                return await self._enqueue(verb)
            case "Dial":
                told = await self._carrier.dialling.dial(self._call, verb)
                return self._action(verb, told)
            case "Record":
                kept = await listening.record(self._carrier, self._call, verb)
                return self._action(verb, kept, default=self._url) if kept else None
            case "Start":
                self._carrier.streams.start(self._call, verb)
            case "Stop":
                self._carrier.streams.stop(self._call, verb)
            case "Connect":
                await self._carrier.streams.connect(self._call, verb)
                return self._action(verb, {})
            case "Refer":
                sip = verb.children[0].text if verb.children else ""
                told = {"ReferCallStatus": "completed", "ReferSipResponseCode": "202"}
                return self._action(verb, {**told, "ReferTransferTarget": sip})
        return None

    def _reject(self, verb: Verb, *, is_first: bool) -> None:
        if not is_first or self._call.status == "in-progress":
            raise BadDocument(12200, "Reject comes first")
        is_busy = verb.attributes.get("reason") == "busy"
        self._carrier.end(self._call, "busy" if is_busy else "no-answer")
        raise HungUp

    async def sound(self, verb: Verb) -> None:
        """Let the line hear a sound for as long as it lasts."""
        carrier, call = self._carrier, self._call
        carrier.pick_up(call)
        if verb.name == "Pause":
            await carrier.clock.sleep(verb.number("length", 1))
        elif verb.name == "Say":
            carrier.hear(call, "say", verb.text)
            await carrier.clock.sleep(spoken_seconds(verb.text))
        elif digits := verb.attributes.get("digits"):
            carrier.press_from(call, digits)
            await carrier.clock.sleep(0.5 * len(digits))
        else:
            url = urljoin(self._url, verb.text)
            carrier.hear(call, "play", url)
            await carrier.clock.sleep(await played_seconds(carrier, url))

    async def _gather(self, verb: Verb) -> Next | None:
        self._carrier.pick_up(self._call)
        told = await listening.gather(self._carrier, self._call, verb, self.sound)
        if told is None and not verb.flag("actionOnEmptyResult", default=False):
            return None
        return self._action(verb, told or {"Digits": ""}, default=self._url)

    async def _enqueue(self, verb: Verb) -> Next | None:
        carrier, call = self._carrier, self._call
        carrier.pick_up(call)
        result = "redirected"
        began_at = carrier.clock.now()
        queue_sid = carrier.queue_in(call, verb.text)
        try:
            while True:
                await self._wait_in(verb)
        except Left:
            result = "leave"
        except HungUp:
            result = "hangup"
            raise
        except asyncio.CancelledError:
            result = "hangup" if call.is_over else "redirected"
            raise
        finally:
            call.queue = ""
            told = {
                "QueueSid": queue_sid,
                "QueueResult": result,
                "QueueTime": str(int(carrier.clock.now() - began_at)),
            }
            action = verb.attributes.get("action")
            if action and result != "leave":
                carrier.messenger.tell(urljoin(self._url, action), {**carrier.facts(call), **told})
        return self._action(verb, told)

    async def _wait_in(self, verb: Verb) -> None:
        url = verb.attributes.get("waitUrl", "")
        if not url:
            await self._carrier.clock.sleep(3600)
            return
        told = self._carrier.queue_facts(self._call)
        await self._follow(Next(url=urljoin(self._url, url), told=told), WAITING)

    # -- addresses -----------------------------------------------------------------------------

    def _action(self, verb: Verb, told: Mapping[str, str], default: str = "") -> Next | None:
        url = verb.attributes.get("action") or default
        return self._to(url, verb, told) if url else None

    def _to(self, url: str, verb: Verb, told: Mapping[str, str] | None = None) -> Next:
        method = verb.attributes.get("method", "POST")
        return Next(url=urljoin(self._url, url), method=method, told=told or {})


def spoken_seconds(text: str) -> float:
    """Return about how long a voice needs."""
    return sum(HAN_SECONDS if ord(one) > 0x2E80 else LETTER_SECONDS for one in text)


async def played_seconds(carrier: "Carrier", url: str) -> float:
    """Return how long a sound file is; each is fetched once."""
    if url not in carrier.sound_seconds:
        data = await carrier.messenger.file(url)
        carrier.sound_seconds[url] = _wave_seconds(data)
    return carrier.sound_seconds[url]


def _wave_seconds(data: bytes) -> float:
    """Return how long a WAV file is, also of mu-law, which the standard library does not read."""
    at, rate = 12, 0
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name == b"fmt ":
            rate = int.from_bytes(data[at + 16 : at + 20], "little")
        elif name == b"data" and rate:
            return size / rate
        at += 8 + size + size % 2
    return SOUND_SECONDS


def _code(allowed: frozenset[str]) -> int:
    return 13238 if allowed is IN_ROOM else 12200
