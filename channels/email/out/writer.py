"""A Message becomes a mail and leaves through the mailbox that the customer wrote to."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from channels.email.out.compose import POLICY, Answered, Part, compose, recipients
from channels.email.out.dkim import signed as with_dkim
from channels.email.out.relays import Relays
from channels.email.out.signature import signed
from channels.email.settings import EmailSettings, Mailbox
from channels.email.thread import Threads
from hub.domain.letter import Letter
from hub.domain.outbound import Outbound, OutboundFile, Sent
from hub.domain.reference import shown_reference
from hub.domain.states import Audience, Speaker
from hub.journey.context import Hub
from hub.journey.messages import messages_of
from hub.ports import NeedsAttention, SendNever

LOOKED_BACK: Final = 50
SENT_MAX_BYTES: Final = 20 * 1024 * 1024
_ADDRESS: Final = re.compile(
    r"[^\s\x00-\x1f\x7f<>(),;:\\\"\[\]@]{1,64}@[^\s\x00-\x1f\x7f<>(),;:\\\"@]{1,253}"
)


class MailOut:
    """Writes and sends mails."""

    def __init__(self, hub: Hub, settings: EmailSettings, threads: Threads, relays: Relays) -> None:
        self._hub, self._settings = hub, settings
        self._threads, self._relays = threads, relays

    async def send(self, outbound: Outbound) -> Sent:
        """Give it to the mailbox's relay; raises only the errors of a channel, or is unknown."""
        box = self._settings.mailboxes.get(outbound.account)
        if box is None or box.relay is None:
            raise NeedsAttention(code="no_relay")
        if not _ADDRESS.fullmatch(outbound.address):
            raise SendNever(code="no_address")
        hub = self._hub
        domain = box.address.partition("@")[2]
        name = self._threads.name(outbound.key, outbound.conversation_id, outbound.address, domain)
        at = hub.clock.now()
        letter = Letter.of(outbound.channel_data)
        mail = compose(
            outbound,
            message_id=name,
            sender=(_worded(box.name, outbound.language), box.address),
            signature=signed(_worded(box.signature, outbound.language), outbound.signed_by),
            answered=await self._answered(outbound),
            reference=shown_reference(outbound.contact_id),
            at=at,
            parts=await _parts(outbound.files),
        )
        utf8 = not outbound.address.isascii()
        data = mail.as_bytes(policy=POLICY.clone(utf8=utf8))
        if box.dkim is not None:
            data = await asyncio.to_thread(with_dkim, data, box.dkim, at)
        goals = recipients(mail, letter)
        await self._relays.send(box.relay, box.address, goals, data, utf8=utf8)
        return Sent(ref=name)

    async def check(self, box: Mailbox, *, anew: bool = False) -> None:
        """Sign in to the mailbox's relay; raises `SendLater` or `NeedsAttention`."""
        if box.relay is not None:
            await self._relays.check(box.relay, anew=anew)

    async def _answered(self, outbound: Outbound) -> Answered | None:
        """The customer's newest words, as they were stored: without card numbers."""
        words = await messages_of(
            self._hub, outbound.conversation_id, limit=LOOKED_BACK, audience=Audience.EVERYONE
        )
        spoken = (m for m in reversed(words) if m.speaker == Speaker.CUSTOMER and m.kind == "text")
        newest = next(spoken, None)
        if newest is None:
            return None
        lines = str(newest.body.get("text", "")).splitlines()[: self._settings.quote_lines]
        at = datetime.fromtimestamp(newest.at, ZoneInfo(self._settings.time_zone))
        return Answered(text="\n".join(lines), date=f"{at:%Y-%m-%d %H:%M}")


async def _parts(files: Sequence[OutboundFile]) -> list[Part]:
    if sum(one.size_bytes for one in files) > SENT_MAX_BYTES:
        raise SendNever(code="files_too_large")
    return [Part(name=f.name, media_type=f.media_type, data=await f.read()) for f in files]


def _worded(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en", "")
