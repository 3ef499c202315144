"""The customer's page comes and goes: agents are told, and a line is not held for who is gone.

Only channels that know whether a customer is there say so; an SMS waits without any page.
"""

from collections.abc import Collection
from functools import partial
from typing import Final

from sqlalchemy import bindparam, or_, select, update

from hub.domain.json_text import dumper
from hub.domain.states import ContactState
from hub.journey.close import end_contact
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.silence import patience_of
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.store.rows import find, table_of
from hub.store.tables import Contact, Conversation, Timer
from hub.store.unit import Prepared, Unit

TOPIC: Final = "customer_page"
PART = 200
COME_BACK_SECONDS: Final = 15.0
_dump: Final = dumper()
_IN_LINE: Final = (ContactState.QUEUED, ContactState.RESERVED)
_MAY_COME_TO_LINE: Final = (*_IN_LINE, ContactState.IN_SELF_SERVICE)

_c, _v = table_of(Contact).c, table_of(Conversation).c
_open_contact = Prepared(
    select(_c.state, _c.account, _v.page_node)
    .join_from(table_of(Conversation), table_of(Contact), _c.id == _v.open_contact_id)
    .where(_v.id == bindparam("of"))
)
_waiting = (
    select(_c.conversation_id, _c.account)
    .join_from(table_of(Contact), table_of(Conversation), _v.id == _c.conversation_id)
    .where(_c.state != "closed")  # names the partial index's condition
    .where(_c.state.in_([state.value for state in _MAY_COME_TO_LINE]))
    .where(_c.channel.in_(bindparam("channels", expanding=True)))
)
_waiting_but = Prepared(
    _waiting.where(
        or_(_v.page_node.is_(None), _v.page_node.not_in(bindparam("living", expanding=True)))
    )
)
_waiting_with = Prepared(_waiting.where(_v.page_node == bindparam("node")))
_held_by = Prepared(
    update(table_of(Conversation))
    .where(_v.id == bindparam("of"))
    .values(page_node=bindparam("here"))
)
_page_node = Prepared(
    select(_v.page_node, table_of(Timer).c.id)
    .join_from(
        table_of(Conversation),
        table_of(Timer),
        (table_of(Timer).c.kind == TimerKind.CUSTOMER_GRACE.value)
        & (table_of(Timer).c.subject == _v.id),
        isouter=True,
    )
    .where(_v.id == bindparam("of"))
)


async def customer_came(hub: Hub, conversation_id: str) -> None:
    """A page of the customer is connected; told to the agent's console, not stored."""
    hub.pages.open.add(conversation_id)
    rows = await hub.reader.rows(_page_node(of=conversation_id))
    if rows and (rows[0][0] != hub.node or rows[0][1] is not None):
        await hub.journal.run(lambda: _stay(hub, conversation_id))
    await _tell(hub, conversation_id, present=True)


async def customer_left(hub: Hub, conversation_id: str) -> None:
    """The customer's last page is gone; in a line, or before it, the grace time begins."""
    hub.pages.open.discard(conversation_id)
    rows = await hub.reader.rows(_open_contact(of=conversation_id))
    if rows and rows[0][0] in _MAY_COME_TO_LINE and rows[0][2] in (None, hub.node):
        await hub.journal.run(lambda: _expect(hub, [(conversation_id, rows[0][1])]))
    await _tell(hub, conversation_id, present=False)


async def expect_the_absent(
    hub: Hub, channels: Collection[str], living: Collection[str] = ()
) -> None:
    """After a start: who waits on these channels and has not come back gets the grace time.

    Customers whose pages other nodes hold that live (`living`) are left alone.
    Pages come back within seconds. Asking later, and for the absent only, spares a start with
    20,000 waiting as many timers, and each page that comes back a write.
    """
    await hub.clock.sleep(COME_BACK_SECONDS)
    waiting = _waiting_but(channels=list(channels), living=list(living))
    rows = await hub.reader.heavy(waiting)
    absent = [(row[0], row[1]) for row in rows if row[0] not in hub.pages.open]
    for first in range(0, len(absent), PART):
        part = absent[first : first + PART]
        await hub.journal.run(partial(_expect, hub, part))


async def expect_those_of(hub: Hub, node: str, channels: Collection[str]) -> None:
    """A node is gone: who waits, and has not come to another one, gets the grace time."""
    rows = await hub.reader.heavy(_waiting_with(channels=list(channels), node=node))
    for first in range(0, len(rows), PART):
        part = [(row[0], row[1]) for row in rows[first : first + PART]]
        await hub.journal.run(partial(_expect_if_still, hub, node, part))


def _expect_if_still(hub: Hub, node: str, waiting: Collection[tuple[str, str]]) -> Unit[None]:
    for conversation_id, account in waiting:
        rows = yield find(Conversation, "page_node", lock=True, id=conversation_id)
        if rows and rows[0][0] == node:
            yield from _expect(hub, [(conversation_id, account)])


async def give_up_customer(hub: Hub, conversation_id: str) -> None:
    """Timer `customer_grace`: the customer did not come back; the place in line is free."""
    await hub.journal.run(lambda: _give_up(hub, conversation_id))


def _give_up(hub: Hub, conversation_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.CUSTOMER_GRACE, conversation_id)
    rows = yield find(Conversation, "open_contact_id", id=conversation_id)
    if not taken or not rows or rows[0][0] is None or conversation_id in hub.pages.open:
        return
    contact = yield from load_contact(rows[0][0])
    if contact.state in _IN_LINE:
        yield from end_contact(hub, contact, hub.clock.now(), by="system", reason="customer_gone")


def _expect(hub: Hub, waiting: Collection[tuple[str, str]]) -> Unit[None]:
    now = hub.clock.now()
    for conversation_id, account in waiting:
        due_at = now + patience_of(hub, account).away_seconds
        yield arm(TimerKind.CUSTOMER_GRACE, conversation_id, due_at)


def _stay(hub: Hub, conversation_id: str) -> Unit[None]:
    yield _held_by(of=conversation_id, here=hub.node)
    yield disarm(TimerKind.CUSTOMER_GRACE, conversation_id)


async def _tell(hub: Hub, conversation_id: str, *, present: bool) -> None:
    word = _dump({"conversation_id": conversation_id, "present": present})
    await hub.signal.publish(TOPIC, word)
