"""What a past mail was about: the subject in which its Contact began."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select

from hub.domain.letter import Letter
from hub.domain.states import Audience, Speaker
from hub.journey.context import Hub
from hub.journey.messages import message_columns, open_message
from hub.store.rows import table_of
from hub.store.tables import Contact, Message
from hub.store.unit import Prepared

LOOKED_AT: Final = 5
"""Lines that may stand before the first words."""

_c, _m = table_of(Contact).c, table_of(Message).c
_BEGINNINGS = Prepared(
    select(*message_columns)
    .join_from(table_of(Contact), table_of(Message), _m.conversation_id == _c.conversation_id)
    .where(_c.id.in_(bindparam("ids", expanding=True)), _m.contact_id == _c.id)
    .where(_m.seq >= _c.first_seq, _m.seq <= _c.first_seq + LOOKED_AT)
    .where(_m.kind == "text", _m.audience == Audience.EVERYONE.value)
    .where(_m.speaker.in_((Speaker.CUSTOMER.value, Speaker.AGENT.value)))
    .order_by(_m.seq.desc())
)


async def subjects_of(hub: Hub, contact_ids: Sequence[str]) -> dict[str, str]:
    """Return the subject per Contact, where its channel knows one."""
    if not contact_ids:
        return {}
    found: dict[str, str] = {}
    for row in await hub.reader.rows(_BEGINNINGS(ids=list(contact_ids))):
        message = open_message(hub, row)
        letter = Letter.of(message.body.get("channel_data", {}))
        if letter is not None and letter.subject:
            found[message.contact_id] = letter.subject
    return found
