"""The provider as the channel finds it: `[channels.sms.smpp]`."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

import structlog
from starlette.routing import BaseRoute

from channels.sms.intake import DAY_SECONDS, Inbound, Intake
from channels.sms.part import SmsHealth
from channels.sms.settings import CHANNEL
from channels.sms.smpp.link import Link, Part, Unanswered
from channels.sms.smpp.pdus import Receipt
from channels.sms.smpp.settings import SmppSettings, settings_from
from channels.sms.text import join, split
from hub.domain.accounts import Way, WayState, end_of
from hub.domain.errors import HubError, Invalid
from hub.domain.outbound import DeliveryState, Outbound
from hub.journey.channel_state import ChannelState
from hub.journey.context import Hub
from hub.ports import Health, NeedsAttention, SendLater, SendNever
from hub.store.unit import Unit

AGAIN_SECONDS: Final = 60.0
"""A text that comes again so soon after a lost connection is the one that came before it."""
KEPT_SECONDS: Final = 3 * DAY_SECONDS
T = TypeVar("T")
log = structlog.get_logger(__name__)


class SmppSms:
    """`Provider` over a carrier's SMPP; it is also the ears of its `Link`."""

    name = "smpp"

    def __init__(self, hub: Hub, intake: Intake, settings: SmppSettings) -> None:
        self._hub, self._intake, self._settings = hub, intake, settings
        self._state = ChannelState(hub, CHANNEL, self.name)
        self._recent: dict[str, tuple[str, int, float]] = {}
        """Key, connection and time of what came lately, by its content."""
        self._replies: set[asyncio.Task[None]] = set()
        self.link = Link(settings, self, hub.clock)

    def routes(self) -> Sequence[BaseRoute]:
        """None: the connection is ours."""
        return []

    async def run(self) -> None:
        """Keep the connection."""
        try:
            await self.link.run()
        finally:
            for task in self._replies:
                task.cancel()

    async def check(self) -> Health:
        """Say whether we are bound."""
        return SmsHealth(self.link.is_bound, self.link.trouble or "ok")

    def ways(self, number: str, *, rests: bool) -> tuple[Way, Way]:
        """Both are the one connection; what comes is taken at rest too: nobody would keep it."""
        link, chosen = self.link, self._settings
        ends = {"certificate": link.certificate_ends_at, "secret": end_of(chosen.secret_until)}
        comes = Way(
            kind=self.name, place=f"{chosen.host}:{chosen.port}",
            tls="implicit" if chosen.tls else "none", user=chosen.system_id,
            state=WayState.FAILS if link.trouble else WayState.WORKS, trouble=link.trouble,
            ends={name: at for name, at in ends.items() if at is not None},
        )  # fmt: skip
        return comes, replace(comes, state=WayState.RESTS, trouble="") if rests else comes

    async def send(self, sender: str, outbound: Outbound) -> str:
        """Give all segments to the carrier, one after the other; the first one's name is ours."""
        if outbound.files:
            raise SendNever(code="files_not_carried")
        return await self._say(sender, outbound.address, outbound.text)

    async def _say(self, sender: str, address: str, text: str) -> str:
        parts, ref = split(text), ""
        whole = Part(sender=sender, address=address, words="", total=len(parts))
        if whole.total > 1:
            whole = replace(whole, sar=self.link.next_sar())
        for number, words in enumerate(parts, 1):
            part = replace(whole, words=words, number=number, first_ref=ref)
            try:
                ref = await self.link.submit(part)
            except (SendLater, SendNever, NeedsAttention):
                if number > 1:  # some of it is under way: all of it again would come twice
                    raise Unanswered from None
                raise
        return ref

    # -- what comes ----------------------------------------------------------------------------

    async def text(self, sender: str, to: str, words: str, session: int) -> None:
        """Store a text; the carrier brings it again when this raises."""
        account = next((one for one in (to, f"+{to}") if self._intake.knows(one)), None)
        if account is None:
            log.warning("sms_for_nobody")
            return
        key = self._key(f"{sender}\n{to}\n{words}", session)
        inbound = Inbound(account=account, address=sender, key=key, text=words)
        try:
            reply = await self._intake.take(inbound)
        except Invalid as error:
            log.warning("sms_refused", code=error.code)
            return
        except HubError as error:
            raise ConnectionError(error.code) from None
        if reply:
            task = asyncio.get_running_loop().create_task(self._reply(account, sender, reply))
            self._replies.add(task)
            task.add_done_callback(self._replies.discard)

    async def part(self, sender: str, ref: int, number: int, total: int, words: str) -> str | None:
        """Keep a part; parts survive a restart between the first and the last."""
        name = f"parts/{sender}/{ref}/{total}"
        expires_at = self._hub.clock.now() + DAY_SECONDS

        def unit() -> Unit[str | None]:
            found: str | None = yield from self._state.kept(name)
            parts = json.loads(found) if found else {}
            parts[str(number)] = words
            text = join({int(one): said for one, said in parts.items()}, total)
            kept = "{}" if text is not None else json.dumps(parts)
            yield from self._state.keep(name, kept, expires_at=expires_at)
            return text

        return await self._store(unit)

    async def receipt(self, receipt: Receipt) -> None:
        """Tell what became of a text; one of several segments is there when all are."""
        try:
            whole = await self._hub.journal.run(lambda: self._progress(receipt))
            if whole is not None:
                await self._intake.told(whole, receipt.state, receipt.error_code)
        except HubError as error:
            raise ConnectionError(error.code) from None

    async def taken(self, part: Part, ref: str) -> str:
        """Remember which text a segment belongs to, before its receipt can come."""
        if part.total == 1:
            return ref
        whole = part.first_ref or ref

        def unit() -> Unit[None]:
            expires_at = self._hub.clock.now() + KEPT_SECONDS
            said = json.dumps([whole, part.number, part.total])
            yield from self._state.keep(f"segment/{ref}", said, expires_at=expires_at)

        await self._store(unit)
        return whole

    def _progress(self, receipt: Receipt) -> Unit[str | None]:
        found: str | None = yield from self._state.kept(f"segment/{receipt.ref}")
        if found is None:
            return receipt.ref
        whole, number, total = json.loads(found)
        if receipt.state is not DeliveryState.DELIVERED:
            return str(whole)
        name = f"there/{whole}"
        before: str | None = yield from self._state.kept(name)
        there = set(json.loads(before)) if before else set()
        there.add(number)
        expires_at = self._hub.clock.now() + KEPT_SECONDS
        yield from self._state.keep(name, json.dumps(sorted(there)), expires_at=expires_at)
        return str(whole) if len(there) == total else None

    async def _store(self, unit: Callable[[], Unit[T]]) -> T:
        try:
            return await self._hub.journal.run(unit)
        except HubError as error:
            raise ConnectionError(error.code) from None

    def _key(self, content: str, session: int) -> str:
        """Return the key of a text; the protocol has none, so a redelivery is recognised."""
        now = self._hub.clock.now()
        self._recent = {
            one: known for one, known in self._recent.items() if now - known[2] < AGAIN_SECONDS
        }
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
        key, before, _ = self._recent.get(digest, ("", session, now))
        if before == session:
            key = self._hub.new_id("msg")
        self._recent[digest] = (key, session, now)
        return key

    async def _reply(self, account: str, address: str, reply: str) -> None:
        try:
            await self._say(account, address, reply)
        except (SendLater, SendNever, NeedsAttention, Unanswered) as error:
            log.info("sms_reply_lost", error=type(error).__name__)


def make_provider(hub: Hub, intake: Intake, options: Mapping[str, Any]) -> SmppSms:
    """Make the provider."""
    return SmppSms(hub, intake, settings_from(options))
