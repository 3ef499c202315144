"""Who stands in front of the queues for mail: nobody talks; the mail gets a reference and a queue.

The desk is pure. What it must know (which mailbox, whether a machine may answer, by when a person
will) is the errand `mail_arrived`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from channels.email.door.letter import GREET, SCAM_REPORT
from channels.email.settings import CHANNEL, EmailSettings, Mailbox
from hub.domain.reference import shown_reference
from hub.domain.states import Speaker
from hub.domain.steps import Do, HandOff, Heard, Say, Step
from hub.journey.channel_state import ChannelState
from hub.journey.context import Hub
from hub.journey.messages import messages_of
from hub.journey.written.targets import due_after
from hub.ports import SelfServiceContact
from hub.store.rows import find
from hub.store.tables import Address, Contact, Conversation
from hub.store.unit import Unit

ERRAND: Final = "mail_arrived"
HOUR_SECONDS: Final = 3600.0
_WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "en": (
        "Thank you for your mail. Its reference is {reference}.",
        " We will answer by {time}.",
        " Please never send us card numbers or passwords by mail.",
    ),
    "zh": (
        "感谢您的来信，受理编号为 {reference}。",
        "我们将在 {time} 前答复您。",
        "请勿通过邮件发送卡号或密码。",
    ),
}
_TIMES: Final = {"en": "%d/%m/%Y %H:%M (%Z)", "zh": "%Y-%m-%d %H:%M (%Z)"}


class MailDesk:
    """`SelfService` of the channel."""

    def __init__(self, settings: EmailSettings) -> None:
        self._last_queue = next((box.queue for box in settings.mailboxes.values()), "")

    async def turn(
        self, contact: SelfServiceContact, state: dict[str, Any], heard: Heard
    ) -> tuple[dict[str, Any], Sequence[Step]]:
        """Ask what is to be known, then greet, or not, and hand off."""
        if heard.result is None:
            return state, [Do(command=ERRAND)]
        greeting = heard.result.get("greeting", "")
        queue = heard.result.get("queue", "") or self._last_queue
        said = [Say(text=greeting)] if greeting else []
        return state, [*said, HandOff(queue_id=queue)]


class MailArrived:
    """The errand: which queue, and the automatic answer if there may be one."""

    def __init__(self, settings: EmailSettings) -> None:
        self._settings = settings

    async def __call__(
        self, hub: Hub, contact: SelfServiceContact, _arguments: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Return `queue` and `greeting`; the latter is empty where a machine is to be silent."""
        rows = await hub.reader.rows(
            find(Contact, "account", "conversation_id", id=contact.contact_id)
        )
        account, conversation_id = rows[0]
        box = self._mailboxes(hub)[account]
        greeting, queue = "", box.queue
        newest = await _newest(hub, conversation_id, contact.contact_id)
        may_be_greeted = box.acknowledges and newest.get(GREET) == "yes"
        if newest.get(SCAM_REPORT) == "yes":
            queue = self._settings.spam.scam_queue or queue
        if may_be_greeted and await self._may_greet(hub, conversation_id):
            greeting = self._words(hub, box, contact)
        return {"ok": "yes", "queue": queue, "greeting": greeting}

    def _mailboxes(self, hub: Hub) -> Mapping[str, Mailbox]:
        """The channel knows those too that were connected since the start."""
        found: Mapping[str, Mailbox] = getattr(
            hub.writers.get(CHANNEL), "mailboxes", self._settings.mailboxes
        )
        return found

    async def _may_greet(self, hub: Hub, conversation_id: str) -> bool:
        """One automatic answer per address and day, some hundred an hour."""
        state, now = ChannelState(hub, CHANNEL, ""), hub.clock.now()
        place = f"greeted/{await _address_of(hub, conversation_id)}"
        hour = f"greeted_in/{now // HOUR_SECONDS:.0f}"
        many = int(await state.recall(hour) or "0")
        if await state.recall(place) or many >= self._settings.greets_an_hour_most:
            return False
        until = now + self._settings.greet_hours * HOUR_SECONDS

        def note() -> Unit[None]:
            yield from state.keep(place, "yes", expires_at=until)
            yield from state.keep(hour, str(many + 1), expires_at=now + 2 * HOUR_SECONDS)

        await hub.journal.run(note)
        return True

    def _words(self, hub: Hub, box: Mailbox, contact: SelfServiceContact) -> str:
        language = contact.language if contact.language in _WORDS else "en"
        first, promise, last = _WORDS[language]
        text = first.format(reference=shown_reference(contact.contact_id))
        if box.answer_hours:
            seconds = box.answer_hours * HOUR_SECONDS
            due_at = due_after(hub.setup, box.queue, hub.clock.now(), seconds)
            if due_at is not None:
                at = datetime.fromtimestamp(due_at, ZoneInfo(self._settings.time_zone))
                text += promise.format(time=f"{at:{_TIMES[language]}}")
        return text + last


async def _newest(hub: Hub, conversation_id: str, contact_id: str) -> Mapping[str, str]:
    """What the channel keeps beside the customer's newest words."""
    spoken = [
        one
        for one in await messages_of(hub, conversation_id, limit=10)
        if one.contact_id == contact_id and one.speaker == Speaker.CUSTOMER and one.kind == "text"
    ]
    found: Mapping[str, str] = spoken[-1].body.get("channel_data", {}) if spoken else {}
    return found


async def _address_of(hub: Hub, conversation_id: str) -> str:
    rows = await hub.reader.rows(find(Conversation, "address_id", id=conversation_id))
    found = await hub.reader.rows(find(Address, "value_key", id=rows[0][0]))
    return str(found[0][0])
