"""Two people answer the same letter: who comes second is told before the words leave."""

from typing import Final

from sqlalchemy import bindparam, select

from hub.domain.errors import Refused
from hub.domain.states import Audience, Speaker
from hub.journey.context import Hub
from hub.journey.guarding import Guard
from hub.journey.outgoing.words import Words
from hub.store.rows import table_of
from hub.store.tables import Message, OutgoingLetter
from hub.store.unit import Prepared, Unit

_m, _o = table_of(Message).c, table_of(OutgoingLetter).c
_SAID: Final = Prepared(
    select(_m.agent_id)
    .where(_m.conversation_id == bindparam("of"), _m.seq > bindparam("seen"))
    .where(_m.speaker == Speaker.AGENT.value, _m.audience == Audience.EVERYONE.value)
    .where(_m.agent_id != bindparam("agent"))
    .order_by(_m.seq.desc())
    .limit(1)
)
_WAITS: Final = Prepared(
    select(_o.agent_id)
    .where(_o.conversation_id == bindparam("of"), _o.state == "waiting")
    .where(_o.agent_id != bindparam("agent"))
    .limit(1)
)


def require_unanswered(
    hub: Hub, channel: str, conversation_id: str, agent_id: str, words: Words
) -> Unit[None]:
    """Raise `Refused("answered_meanwhile")`, its detail the colleague, unless staff insist.

    Inside a unit that holds the Contact: of two who send at the same moment one is asked.
    """
    is_asked = words.seen_seq is not None and Guard.ANSWERED not in words.sure
    if channel not in hub.writers or not is_asked:
        return
    by = {"of": conversation_id, "agent": agent_id}
    rows = yield _SAID(seen=words.seen_seq, **by)
    rows = rows or (yield _WAITS(**by))
    if rows:
        raise Refused(Guard.ANSWERED, str(rows[0][0]))
