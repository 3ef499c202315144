"""The end of a Contact: what waits for an undo leaves now, what has a time of its own is asked."""

from typing import Final

from sqlalchemy import bindparam, select

from hub.domain.errors import Refused
from hub.domain.states import LEFT_OUT
from hub.journey.context import Hub
from hub.journey.outgoing.keep import STOPPED, TAKEN_BACK, WAITING
from hub.journey.outgoing.leave import Row, end_letter, let_leave
from hub.store.rows import table_of
from hub.store.tables import OutgoingLetter
from hub.store.unit import Prepared, Unit

_o = table_of(OutgoingLetter).c
_OF_CONTACT: Final = Prepared(
    select(*(_o[name] for name in Row._fields))
    .where(_o.contact_id == bindparam("of"), _o.conversation_id == bindparam("talk"))
    .where(_o.state.in_((WAITING, STOPPED)))
    .order_by(_o.leaves_at, _o.id)
)


def settle_outgoing(
    hub: Hub, contact_id: str, conversation_id: str, *, by: str, reason: str
) -> Unit[None]:
    """Settle what waits in a Contact that ends.

    Raises `Refused("letter_waits")` when staff close it over words that have a time of their own,
    or were stopped. Those outlive an end by silence and leave at their time.
    """
    for found in (yield _OF_CONTACT(of=contact_id, talk=conversation_id)):
        row = Row(*found)
        if reason in LEFT_OUT:
            yield from end_letter(hub, row, TAKEN_BACK, by=by)
        elif row.state == WAITING and not row.is_scheduled:
            yield from let_leave(hub, row)
        elif by not in ("customer", "system"):
            raise Refused("letter_waits", "words wait there for their time, or for your word")
