"""The little talk about other ways than waiting: what the customer chose or wrote, and its answer.

Who chooses a way leaves the line: the Contact is parked, with a timer, while the customer is
asked for number and time or writes a message. Going back keeps the start of waiting.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, select

from hub.customers.profile import open_profile
from hub.domain.events import ContactParked
from hub.domain.states import ContactState, IdentityLevel, QueueCause, Speaker
from hub.journey.close import end_contact
from hub.journey.contact_row import ContactRow, load_contact, move
from hub.journey.context import Hub
from hub.journey.enqueue import queue_is_full, to_queue
from hub.journey.floor import promise, words
from hub.journey.floor.offer import PREFIX, QUEUE_FULL, ask, choices
from hub.journey.floor.slots import slots
from hub.journey.messages import message_columns, open_message
from hub.journey.returning import needs_beside_language
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.security.masks import mask_phone
from hub.store.rows import change, find, table_of
from hub.store.tables import Alternative, Contact, Customer, Message
from hub.store.unit import Append, Prepared, Unit
from hub.text.digits import normalise_digits

ANSWER_SECONDS: Final = 600.0
"""So long a question of ours waits; then a message is taken as it is, and the rest is over."""
TEXTS_MOST: Final = 100
_WAYS: Final = ("callback", "message")
TALKING: Final = frozenset({"number", "time", "message"})
"""Steps in which the customer is asked something."""
_NUMBER: Final = re.compile(r"\+?\d(?:[\s\-().]{0,2}\d){6,14}")

_m = table_of(Message).c
_texts = Prepared(
    select(*message_columns)
    .where(_m.conversation_id == bindparam("of"), _m.seq > bindparam("after_seq"))
    .where(_m.speaker == Speaker.CUSTOMER.value, _m.kind == "text")
    .order_by(_m.seq)
    .limit(TEXTS_MOST)
)
_COLUMNS = ("step", "cause", "queue_id", "since_seq", "heard_seq", "number_sealed")


@dataclass(frozen=True, slots=True)
class Turn:
    """The Contact, where the little talk stands, and when it is heard."""

    contact: ContactRow
    at: float
    step: str
    cause: str
    queue_id: str
    since_seq: int
    heard_seq: int
    number_sealed: bytes | None


def is_way(choice: object) -> bool:
    """Whether a choice belongs here."""
    return isinstance(choice, str) and choice.startswith(PREFIX)


def choose(hub: Hub, contact_id: str, choice: str, seq: int, at: float) -> Unit[None]:
    """Answer a choice in the unit that stores it; one that is not open any more does nothing."""
    turn = yield from _turn(contact_id, at)
    code = choice.removeprefix(PREFIX)
    if turn is None or turn.contact.state in (ContactState.ASSIGNED, ContactState.CLOSED):
        return
    if turn.contact.state == ContactState.RESERVED:
        yield from _say(hub, turn, "joining")
        return
    yield change(Alternative, contact_id, heard_seq=seq)
    if code.startswith("at:") and turn.step == "time":
        yield from _take_time(hub, turn, code.removeprefix("at:"))
    elif code in _CHOICES:
        yield from _CHOICES[code](hub, turn)


async def listen(hub: Hub, contact_id: str) -> None:
    """Timer `ways`: the parked customer wrote something, or has been silent for too long."""
    await hub.journal.run(lambda: _listen(hub, contact_id))


def _listen(hub: Hub, contact_id: str) -> Unit[None]:
    at = hub.clock.now()
    taken = yield ring(hub, TimerKind.WAYS, contact_id)
    turn = yield from _turn(contact_id, at)
    if not taken or turn is None or turn.contact.state != ContactState.PARKED:
        return
    if turn.step not in TALKING:
        return
    said = yield from _said(hub, turn, turn.heard_seq)
    if said:
        yield change(Alternative, contact_id, heard_seq=said[-1][0])
        yield arm(TimerKind.WAYS, contact_id, at + ANSWER_SECONDS)
        yield from _take_words(hub, turn, said[-1][1])
    elif turn.step == "message" and (yield from _said(hub, turn, turn.since_seq)):
        yield from _send(hub, turn)
    else:
        yield from end_contact(hub, turn.contact, at, by="system", reason="silence")


def _turn(contact_id: str, at: float) -> Unit[Turn | None]:
    rows = yield find(Alternative, *_COLUMNS, lock=True, id=contact_id)
    if not rows:
        return None
    contact = yield from load_contact(contact_id)
    return Turn(contact, at, *rows[0])


def _said(hub: Hub, turn: Turn, after_seq: int) -> Unit[list[tuple[int, str]]]:
    """The customer's own words after a message; what was said by choosing is left out."""
    rows = yield _texts(of=turn.contact.conversation_id, after_seq=after_seq)
    read = [open_message(hub, row) for row in rows]
    return [(m.seq, str(m.body["text"])) for m in read if "choice" not in m.body]


# -- choices -------------------------------------------------------------------------------------


def _keep_waiting(hub: Hub, turn: Turn) -> Unit[None]:
    if turn.step == "offered":
        yield change(Alternative, turn.contact.id, step="waiting")
        yield from _say(hub, turn, "kept", *_WAYS)


def _want_call(hub: Hub, turn: Turn) -> Unit[None]:
    yield from _set_aside(hub, turn, "callback_asked")
    known = yield from _number_of_record(hub, turn.contact)
    text = "number" if known is None else "number_or_record"
    ways = ("back",) if known is None else ("record", "back")
    number = "" if known is None else mask_phone(known)
    yield from _say(hub, turn, text, *ways, step="number", number=number)


def _want_message(hub: Hub, turn: Turn) -> Unit[None]:
    yield from _set_aside(hub, turn, "message_asked")
    yield from _say(hub, turn, "message", "back", step="message")


def _take_record(hub: Hub, turn: Turn) -> Unit[None]:
    known = yield from _number_of_record(hub, turn.contact)
    if turn.step == "number" and known is not None:
        yield from _take_number(hub, turn, known)


def _send(hub: Hub, turn: Turn) -> Unit[None]:
    if turn.step != "message":
        return
    said = yield from _said(hub, turn, turn.since_seq)
    if not said:
        yield from _say(hub, turn, "no_message", "back")
        return
    yield from _say(hub, turn, "message_left", step="promised")
    text = "\n".join(line for _, line in said)
    yield from promise.take_message(hub, turn.contact, turn.queue_id, text, turn.at)


def _go_back(hub: Hub, turn: Turn) -> Unit[None]:
    """Back to the line, at the old place; to the doors if it is full or closed."""
    contact = turn.contact
    if turn.step not in TALKING or contact.state != ContactState.PARKED:
        return
    yield disarm(TimerKind.WAYS, contact.id)
    yield change(Alternative, contact.id, step="offered")
    if turn.cause == QUEUE_FULL and queue_is_full(hub, turn.queue_id):
        yield from _say(hub, turn, QUEUE_FULL, *_WAYS)
        return
    yield from _say(hub, turn, "kept", *_WAYS)
    yield from to_queue(
        hub, contact, queue_id=turn.queue_id, cause=QueueCause.HANDED_OFF, at=turn.at,
        more=needs_beside_language(contact),
    )  # fmt: skip


_CHOICES: Final[Mapping[str, Callable[[Hub, Turn], Unit[None]]]] = {
    "wait": _keep_waiting,
    "callback": _want_call,
    "message": _want_message,
    "record": _take_record,
    "send": _send,
    "back": _go_back,
}


# -- words ---------------------------------------------------------------------------------------


def _take_words(hub: Hub, turn: Turn, text: str) -> Unit[None]:
    if turn.step == "message":
        yield from _say(hub, turn, "noted", "send", "back")
    elif turn.step == "number":
        found = _NUMBER.search(normalise_digits(text))
        if found is None:
            yield from _say(hub, turn, "bad_number", "back")
        else:
            yield from _take_number(hub, turn, re.sub(r"[^\d+]", "", found.group()))
    else:
        yield from _ask_time(hub, turn)


def _take_number(hub: Hub, turn: Turn, number: str) -> Unit[None]:
    sealed = hub.vault.seal(number, "alternative", "number", turn.contact.id)
    yield change(Alternative, turn.contact.id, number_sealed=sealed, step="time")
    yield from _ask_time(hub, turn)


def _ask_time(hub: Hub, turn: Turn) -> Unit[None]:
    options: list[Mapping[str, str]] = [
        {"value": f"{PREFIX}at:{slot.due_at:.0f}", "label": slot.label}
        for slot in _slots(hub, turn)
    ]
    options += choices(turn.contact, ["back"])
    text = words.of(words.SAID["time"], turn.contact.language)
    yield from ask(hub, turn.contact, text, options, turn.at)


def _take_time(hub: Hub, turn: Turn, named: str) -> Unit[None]:
    """Promise the call; a time that has passed meanwhile is asked for anew."""
    due_at = float(named) if named.isdecimal() else 0.0
    offered = _slots(hub, turn)
    slot = next((one for one in offered if abs(one.due_at - due_at) < 1.0), None)
    if slot is None and offered and 0 < turn.at - due_at < ANSWER_SECONDS:
        slot = offered[0] if offered[0].due_at <= turn.at else None
    if slot is None or turn.number_sealed is None:
        yield from _ask_time(hub, turn)
        return
    contact = turn.contact
    number = hub.vault.open(turn.number_sealed, "alternative", "number", contact.id)
    yield from _say(
        hub, turn, "callback_promised", step="promised", number=mask_phone(number), when=slot.label
    )
    yield change(Alternative, contact.id, number_sealed=None)
    call = promise.Call(number=number, due_at=slot.due_at, when=slot.label)
    yield from promise.take_callback(hub, contact, turn.queue_id, call, turn.at)


def _slots(hub: Hub, turn: Turn) -> list[Any]:
    def is_open(at: float) -> bool:
        return hub.setup.is_open(turn.queue_id, at)

    return slots(hub.banking.calendar.zone, is_open, turn.at, turn.contact.language)


# -- parts ---------------------------------------------------------------------------------------


def _say(
    hub: Hub, turn: Turn, code: str, *ways: str, step: str | None = None, **values: str
) -> Unit[None]:
    """Say a text with choices; with `step` the talk moves there and listens from here on."""
    contact = turn.contact
    texts = words.SAID.get(code) or words.CAUSES[code]
    text = words.of(texts, contact.language, **values)
    seq = yield from ask(hub, contact, text, choices(contact, ways, **values), turn.at)
    if step is not None:
        yield change(Alternative, contact.id, step=step, since_seq=seq, heard_seq=seq)


def _set_aside(hub: Hub, turn: Turn, reason: str) -> Unit[None]:
    """Take the Contact out of the line while its customer answers our questions."""
    contact, until = turn.contact, turn.at + ANSWER_SECONDS
    if contact.state == ContactState.PARKED:
        yield change(Contact, contact.id, parked_until=until)
    else:
        yield from move(
            contact, ContactState.PARKED, turn.at, queue_id=turn.queue_id, parked_until=until
        )
    yield disarm(TimerKind.OPENING, contact.id)
    yield disarm(TimerKind.SELF_SERVE, contact.id)
    yield arm(TimerKind.WAYS, contact.id, until)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(ContactParked(at=turn.at, reason=reason, due_at=until, **ids))


def _number_of_record(hub: Hub, contact: ContactRow) -> Unit[str | None]:
    """The phone of a proved Customer; nobody else learns that the record has one."""
    if contact.customer_id is None or contact.identity_level < IdentityLevel.PROVED:
        return None
    rows = yield find(Customer, "profile_sealed", id=contact.customer_id)
    phone = open_profile(hub.vault, rows[0][0], contact.customer_id).get("phone", "")
    return phone or None
