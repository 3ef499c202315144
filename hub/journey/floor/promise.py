"""What the customer was promised instead of waiting becomes a Task; the Contact is over."""

import json
from dataclasses import dataclass
from typing import Final

from hub.journey.close import end_contact
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.work.open import NewTask, add_task
from hub.journey.work.task_row import WORDS_MAX_CHARACTERS, Words
from hub.store.rows import find
from hub.store.tables import Contact
from hub.store.unit import Unit

CALLBACK: Final = "callback"
MESSAGE: Final = "message"


@dataclass(frozen=True, slots=True)
class Call:
    """Where and when a customer wants to be called."""

    number: str
    due_at: float
    when: str
    """As the customer read it."""


def take_callback(hub: Hub, contact: ContactRow, queue_id: str, call: Call, at: float) -> Unit[str]:
    """Promise a call; one that is due at once keeps the start of waiting. Returns the Task."""
    is_now = call.due_at <= at
    wants = yield from _wants(hub, contact)
    task = NewTask(
        kind=CALLBACK,
        by="system",
        due_at=call.due_at,
        words=Words(wants, (("number", call.number), ("when", call.when))),
        queue_id=queue_id,
        contact_id=contact.id,
        customer_id=contact.customer_id,
        language=contact.language,
        waiting_since=contact.queued_at if is_now else None,
    )
    return (yield from _promise(hub, contact, task, "callback_promised", at))


def take_message(hub: Hub, contact: ContactRow, queue_id: str, text: str, at: float) -> Unit[str]:
    """Take a message that is answered later. Returns the Task."""
    task = NewTask(
        kind=MESSAGE,
        by="system",
        due_at=at,
        words=Words(text[:WORDS_MAX_CHARACTERS]),
        queue_id=queue_id,
        contact_id=contact.id,
        customer_id=contact.customer_id,
        language=contact.language,
    )
    return (yield from _promise(hub, contact, task, "message_left", at))


def _promise(hub: Hub, contact: ContactRow, task: NewTask, reason: str, at: float) -> Unit[str]:
    task_id = yield from add_task(hub, task)
    yield from end_contact(hub, contact, at, by="system", reason=reason)
    return task_id


def _wants(hub: Hub, contact: ContactRow) -> Unit[str]:
    """What self-service learned that the customer wants."""
    rows = yield find(Contact, "hand_off_sealed", id=contact.id)
    if rows[0][0] is None:
        return ""
    learned = json.loads(hub.vault.open(rows[0][0], "contact", "hand_off", contact.id))
    return str(learned.get("wants", ""))
