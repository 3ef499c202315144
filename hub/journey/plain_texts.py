"""Customers' words in which nothing has to be looked for: the texts of many chats stored as one."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select, update

from hub.domain.errors import Refused
from hub.domain.states import ContactState
from hub.journey.context import Hub
from hub.journey.messages import Posted, customer_text, insert_message
from hub.journey.receive import wake_self_service
from hub.store.rows import table_of
from hub.store.tables import Contact, Conversation
from hub.store.unit import Many, Prepared, Unit

_LISTENING: Final = frozenset({ContactState.IN_SELF_SERVICE.value, ContactState.PARKED.value})
_c = table_of(Conversation).c

_take_numbers = Prepared(
    update(table_of(Conversation))
    .where(
        _c.id.in_(bindparam("of", expanding=True)),
        # An open Contact is that of one Conversation, so two lists are as good as pairs.
        _c.open_contact_id.in_(bindparam("contacts", expanding=True)),
    )
    .values(last_seq=_c.last_seq + bindparam("count"))
    .returning(
        _c.id,
        _c.open_contact_id,
        _c.last_seq,
        select(table_of(Contact).c.state)
        .where(table_of(Contact).c.id == _c.open_contact_id)
        .scalar_subquery(),
    )
)

Talk = tuple[str, str]
"""A Conversation and the Contact that its customer speaks in."""


class PlainText(NamedTuple):
    """What a customer says: cards are redacted, and no digits in it go on from another text."""

    hub: Hub
    conversation_id: str
    contact_id: str
    key: str
    text: str


def store_plain_texts(said: Sequence[PlainText]) -> Unit[list[Posted | Refused]]:
    """Store what several customers said, in this order.

    Measured in commits of a hundred: one unit each costs the writer a third more, in statements
    begun and in turns taken with the event loop.
    """
    hub = said[0].hub
    talks = yield from _numbers_of(said)
    at = hub.clock.now()
    outcomes: list[Posted | Refused] = []
    rows, told = [], []
    for _, conversation_id, contact_id, key, text in said:
        talk = (conversation_id, contact_id)
        if talk not in talks:
            detail = "the contact is over; a new one will be opened"
            outcomes.append(Refused("contact_closed", detail))
            continue
        seq, state = talks[talk]
        talks[talk] = (seq + 1, state)
        row, append = customer_text(hub, conversation_id, contact_id, key, seq, text, at)
        rows.append(row)
        told.append(append)
        outcomes.append(Posted(conversation_id, contact_id, seq, at))
    if rows:
        yield Many(insert_message, rows)
    yield from told
    for (_, contact_id), (_, state) in talks.items():
        if state in _LISTENING:
            yield from wake_self_service(hub, contact_id, state, at)
    return outcomes


def _numbers_of(said: Sequence[PlainText]) -> Unit[dict[Talk, tuple[int, str]]]:
    """Take the numbers of all texts; returns of each open talk the first one, and its state."""
    by_count: dict[int, list[Talk]] = {}
    for talk, count in Counter((one.conversation_id, one.contact_id) for one in said).items():
        by_count.setdefault(count, []).append(talk)
    found: dict[Talk, tuple[int, str]] = {}
    for count, talks in by_count.items():
        conversations, contacts = zip(*talks, strict=True)
        rows = yield _take_numbers(of=conversations, contacts=contacts, count=count)
        found |= {(of, contact): (last - count + 1, state) for of, contact, last, state in rows}
    return found
