"""The one way in, behind every door: a mail is taken once, and what becomes of it is written down.

`take` returns after COMMIT of all that belongs to the mail; only then may a door say 250 or mark it
as seen. When it raises, the mail is not taken, and the same mail again completes what is there.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, Protocol
from weakref import WeakValueDictionary

import structlog

from channels.email.door.judging import SAID, judge
from channels.email.door.letter import (
    GREET,
    RAW_FILE,
    SCAM_REPORT,
    clean,
    content_key,
    data_of,
    has_card,
    is_cut,
    redacted_form,
    text_of,
)
from channels.email.parse.mail import Attachment, ParsedMail
from channels.email.settings import CHANNEL, EmailSettings, Mailbox
from channels.email.spam.score import Known, is_scam_report, judge_spam
from channels.email.thread import Threaded, Threads
from hub.domain.errors import Invalid, Refused
from hub.domain.outbound import DeliveryState, DeliveryTold
from hub.domain.steps import InboundFact
from hub.journey.channel_state import ChannelState
from hub.journey.context import Hub
from hub.journey.delivery.told import delivery_told
from hub.journey.files import keep_original, open_file, store_file
from hub.journey.joined.where import place_of
from hub.journey.messages import Posted, call_by_key
from hub.journey.receive import receive
from hub.journey.remark import remark
from hub.journey.threads import Reach, find_thread, open_thread
from hub.journey.written.approval import Goal, by_another, offer_to_thread
from hub.journey.written.held import hold, word_about
from hub.journey.written.marks import mark_fraud
from hub.store.unit import Unit

Outcome = Literal["work", "no_work", "duplicate"]
UPLOADED_BY: Final = "email"
FILES_MOST: Final = 30
DELIVERIES_KEPT: Final = 20
_STATES: Final = {"failed": DeliveryState.FAILED, "delivered": DeliveryState.DELIVERED}
log = structlog.get_logger(__name__)


class Reads(Protocol):
    """What reads mails: the limited process of `worker/`."""

    async def read(self, raw: bytes) -> ParsedMail:
        """Say what a mail says; never raises for what is in it."""

    async def part(self, raw: bytes, path: str) -> bytes | None:
        """Return the bytes of an attachment; None when they cannot be had."""


class Taken(NamedTuple):
    """What became of a mail."""

    outcome: Outcome
    reason: str
    conversation_id: str = ""
    contact_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """A mail on its way in."""

    mail: ParsedMail
    raw: bytes
    key: str
    box: Mailbox
    address: str
    language: str


class MailIn:
    """Takes mails for all mailboxes of this node."""

    def __init__(self, hub: Hub, settings: EmailSettings, reader: Reads, threads: Threads) -> None:
        self._hub, self._settings = hub, settings
        self._reader, self._threads = reader, threads
        self._state = ChannelState(hub, CHANNEL, "")
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, raw: bytes, account: str, *, via: str) -> Taken:
        """Take a mail that came for a mailbox; `via` names the door, for the record."""
        box = self._settings.mailboxes[account]
        mail = await self._reader.read(raw)
        key = await asyncio.to_thread(content_key, raw)
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            taken = await self._take_once(raw, mail, key, box, via)
        self._hub.accounts.came(CHANNEL, box.address, self._hub.clock.now())
        log.info("mail_taken", outcome=taken.outcome, reason=taken.reason, via=via, account=account)
        return taken

    async def forget_expired(self) -> None:
        """Forget mails that will hardly come again."""
        await self._state.forget_expired()

    async def _take_once(
        self, raw: bytes, mail: ParsedMail, key: str, box: Mailbox, via: str
    ) -> Taken:
        known = await self._state.recall(f"in/{key}")
        if known is not None:
            return await self._again(key, json.loads(known), box, via)
        letter = await self._letter(raw, mail, key, box)
        is_ours = bool(mail.message_id) and self._threads.read(mail.message_id) is not None
        judged = judge(mail, frozenset(self._settings.mailboxes), names_itself_ours=is_ours)
        reach = _reach(letter)
        thread = await open_thread(self._hub, reach)
        kept, html = await asyncio.gather(
            self._keep_raw(thread.conversation_id, letter),
            self._keep_html(thread.conversation_id, mail if judged.is_work else None),
        )
        if not judged.is_work:
            await self._hear_bounce(mail)
            taken = Taken("no_work", judged.reason, thread.conversation_id)
        else:
            threaded = await self._judge_thread(letter)
            data = data_of(
                mail, threaded, raw_file=kept, html_file=html, greet=judged.may_be_greeted,
                is_scam_report=is_scam_report(mail, self._settings.spam),
            )  # fmt: skip
            held = await self._hold(letter, data, threaded, thread.conversation_id)
            taken = held or await self._post(letter, data, threaded, thread.conversation_id)
        await self._hub.journal.run(lambda: self._write_down(letter, taken, kept, via))
        return taken

    async def _letter(self, raw: bytes, mail: ParsedMail, key: str, box: Mailbox) -> _Letter:
        is_said = bool(mail.sender) and mail.sender_certainty in SAID
        # A sender who is said in two ways, or not at all, is nobody's: an Address of its own.
        address = clean(mail.sender).lower() if is_said else f"unknown-{key[:24]}"
        reach = Reach(channel=CHANNEL, account=box.address, address=address)
        language = mail.language
        if language is None:
            before = await find_thread(self._hub, reach)
            language = before.language if before else box.language
        return _Letter(mail=mail, raw=raw, key=key, box=box, address=address, language=language)

    async def _judge_thread(self, letter: _Letter) -> Threaded:
        mail = letter.mail
        sender = letter.address if "@" in letter.address else ""
        names = (*mail.references, *mail.in_reply_to)
        return await self._threads.judge(letter.box.address, sender, names)

    async def _keep_raw(self, conversation_id: str, letter: _Letter) -> str:
        """Keep the mail byte for byte; one that holds a card number only without it."""
        has_secret = has_card(letter.mail)
        return await keep_original(
            self._hub,
            conversation_id=conversation_id,
            uploaded_by=UPLOADED_BY,
            name="mail.json" if has_secret else "mail.eml",
            media_type="application/json" if has_secret else "message/rfc822",
            data=redacted_form(letter.mail, letter.raw) if has_secret else letter.raw,
        )

    async def _keep_html(self, conversation_id: str, mail: ParsedMail | None) -> str:
        if mail is None or not mail.html or has_card(mail):
            return ""
        return await keep_original(
            self._hub, conversation_id=conversation_id, uploaded_by=UPLOADED_BY, name="mail.html",
            media_type="text/html", data=clean(mail.html).encode(),
        )  # fmt: skip

    async def _hold(
        self, letter: _Letter, data: dict[str, str], threaded: Threaded, conversation_id: str
    ) -> Taken | None:
        """Keep a mail back that the rules take for spam; None for one that is work."""
        rules, hub = self._settings.spam, self._hub
        if rules.hold_at is None:
            return None
        word = await word_about(hub, CHANNEL, letter.address)
        known = Known(
            is_blocked=word is True, is_trusted=word is False,
            has_thread=threaded.proof == "token",
        )  # fmt: skip
        verdict = judge_spam(letter.mail, rules, known, frozenset(self._settings.mailboxes))
        if not verdict.is_held:
            return None
        fact, asks_for = await self._placed(letter, data, threaded, conversation_id)
        if asks_for:
            fact = replace(fact, channel_data=_ungreeted(data))
        await hold(
            hub, fact, conversation_id, score=verdict.score, reasons=verdict.reasons,
            keep_seconds=rules.keep_days * 86_400.0, asks_for=asks_for,
        )  # fmt: skip
        return Taken("no_work", "held", conversation_id)

    async def unpack(self, fact: InboundFact, posted: Posted) -> None:
        """Read a released mail once more, for its files; one with a card number has none left."""
        raw_file = fact.channel_data.get(RAW_FILE, "")
        stored = await open_file(self._hub, raw_file)
        if stored.media_type != "message/rfc822":
            await remark(self._hub, posted.contact_id, "mail_file_refused", {"name": "mail.eml"})
            return
        raw = stored.data
        mail = await self._reader.read(raw)
        letter = _Letter(
            mail=mail, raw=raw, key=fact.key, box=self._settings.mailboxes[fact.account],
            address=fact.address, language=fact.language or "en",
        )  # fmt: skip
        await self._post_files(letter, posted)
        if mail.message_id and "@" in fact.address:
            await self._hub.journal.run(
                lambda: self._threads.keep(
                    fact.account, mail.message_id, posted.conversation_id, fact.address
                )
            )

    async def _post(
        self, letter: _Letter, data: dict[str, str], threaded: Threaded, own_id: str
    ) -> Taken:
        fact, asks_for = await self._placed(letter, data, threaded, own_id)
        goal = await offer_to_thread(self._hub, fact, asks_for) if asks_for else Goal("apart")
        if goal.state == "waits":
            return Taken("work", "waits", own_id)
        if goal.state == "let_in":
            letter = replace(letter, address=goal.address)
            fact = by_another(replace(fact, channel_data=_ungreeted(data)), goal.address)
        try:
            posted = await receive(self._hub, fact)
        except (Refused, Invalid) as error:
            return Taken("no_work", error.code)
        if SCAM_REPORT in data:
            await mark_fraud(self._hub, posted.contact_id)
        is_apart = threaded.proof == "other_sender" and goal.state == "apart"
        if is_apart and not posted.duplicate:
            await remark(self._hub, posted.contact_id, "mail_other_sender", {})
        await self._post_files(letter, posted)
        return Taken("work", "person", posted.conversation_id, posted.contact_id)

    async def _placed(
        self, letter: _Letter, data: dict[str, str], threaded: Threaded, own_id: str
    ) -> tuple[InboundFact, str]:
        """Say what was heard, and whose thread it asks for; empty: its sender's own."""
        fact, named = _fact(letter, data), threaded.conversation_id
        place = await place_of(self._hub, named, own_id) if named else "own"
        if place == "branch" and threaded.proof != "other_sender":
            return replace(fact, thread_id=named), ""
        return fact, named if place != "own" else ""

    async def _post_files(self, letter: _Letter, posted: Posted) -> None:
        found: list[tuple[str, str, bytes | None]] = []
        if is_cut(letter.mail):
            whole = clean(letter.mail.visible_reply.strip() or letter.mail.text.strip())
            found.append(("text", "mail.txt", whole.encode()))
        wanted = _worth_keeping(letter.mail)
        for one in wanted[:FILES_MOST]:
            found.append((one.path, one.name, await self._reader.part(letter.raw, one.path)))
        for place, name, data in found:
            await self._post_file(letter, posted, f"{letter.key}/{place}", name, data)
        if len(wanted) > FILES_MOST:
            names = ", ".join(clean(one.name) for one in wanted[FILES_MOST:][:FILES_MOST])
            await remark(self._hub, posted.contact_id, "mail_file_refused", {"name": names})

    async def _post_file(
        self, letter: _Letter, posted: Posted, key: str, name: str, data: bytes | None
    ) -> None:
        hub = self._hub
        if await hub.reader.rows(call_by_key(posted.conversation_id, key)):
            return
        try:
            file_id = await store_file(
                hub, conversation_id=posted.conversation_id, uploaded_by="customer",
                name=clean(name), data=data or b"", takes_office=True,
            )  # fmt: skip
            await receive(
                hub,
                InboundFact(
                    channel=CHANNEL, account=letter.box.address, address=letter.address, key=key,
                    file_id=file_id, language=letter.language,
                    thread_id=posted.conversation_id,
                ),
            )  # fmt: skip
        except (Invalid, Refused) as error:
            data_of_line = {"name": clean(name), "why": error.code}
            await remark(hub, posted.contact_id, "mail_file_refused", data_of_line)

    async def _hear_bounce(self, mail: ParsedMail) -> None:
        """Tell what a delivery report says; only one about a mail of ours to that very address."""
        if mail.bounce is None or not mail.bounce.original_message_id:
            return
        name = mail.bounce.original_message_id
        for report in mail.bounce.reports:
            state = _STATES.get(report.action)
            if state and self._threads.was_sent_to(name, report.recipient):
                told = DeliveryTold(
                    channel=CHANNEL, ref=name, state=state, error_code=report.status
                )
                await delivery_told(self._hub, told)

    def _write_down(self, letter: _Letter, taken: Taken, raw_file: str, via: str) -> Unit[None]:
        entry = {
            "outcome": taken.outcome, "reason": taken.reason, "raw_file": raw_file,
            "conversation_id": taken.conversation_id, "contact_id": taken.contact_id,
            "deliveries": [[letter.box.address, via]],
        }  # fmt: skip
        until = self._hub.clock.now() + self._settings.remember_days * 86_400.0
        yield from self._state.keep(f"in/{letter.key}", json.dumps(entry), expires_at=until)
        mail = letter.mail
        if taken.outcome == "work" and mail.message_id and "@" in letter.address:
            yield from self._threads.keep(
                letter.box.address, mail.message_id, taken.conversation_id, letter.address
            )

    async def _again(self, key: str, entry: dict[str, object], box: Mailbox, via: str) -> Taken:
        """The same mail by another way: one more delivery in the record, and nothing else."""
        deliveries = entry["deliveries"]
        assert isinstance(deliveries, list)
        if [box.address, via] not in deliveries and len(deliveries) < DELIVERIES_KEPT:
            deliveries.append([box.address, via])
            until = self._hub.clock.now() + self._settings.remember_days * 86_400.0
            await self._state.remember(f"in/{key}", json.dumps(entry), expires_at=until)
        where = str(entry["conversation_id"]), str(entry["contact_id"])
        return Taken("duplicate", str(entry["reason"]), *where)


def _reach(letter: _Letter) -> Reach:
    return Reach(
        channel=CHANNEL, account=letter.box.address, address=letter.address,
        language=letter.language,
    )  # fmt: skip


def _fact(letter: _Letter, data: dict[str, str]) -> InboundFact:
    return InboundFact(
        channel=CHANNEL, account=letter.box.address, address=letter.address, key=letter.key,
        text=text_of(letter.mail), language=letter.language, channel_data=data,
    )  # fmt: skip


def _ungreeted(data: dict[str, str]) -> dict[str, str]:
    return {name: said for name, said in data.items() if name != GREET}


def _worth_keeping(mail: ParsedMail) -> Sequence[Attachment]:
    """Pictures inside the HTML belong to its look, unless there is nothing else."""
    return [one for one in mail.attachments if not (one.is_inline and one.content_id)]
