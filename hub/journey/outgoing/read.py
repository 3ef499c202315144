"""Words that wait, as pages show them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, select

from hub.journey.context import Hub
from hub.journey.outgoing.keep import STOPPED, WAITING, opened_words
from hub.store.rows import table_of
from hub.store.tables import OutgoingLetter
from hub.store.unit import Prepared

_o = table_of(OutgoingLetter).c
_ids: BindParameter[list[str]] = bindparam("ids", expanding=True)
_WAIT: Final = Prepared(
    select(
        _o.id, _o.conversation_id, _o.contact_id, _o.agent_id, _o.key, _o.words_sealed,
        _o.is_scheduled, _o.heard_seq, _o.written_at, _o.leaves_at, _o.state, _o.why,
    )
    .where(_o.conversation_id.in_(_ids), _o.state.in_((WAITING, STOPPED)))
    .order_by(_o.leaves_at, _o.id)
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingRead:
    """Words that wait, opened."""

    id: str
    conversation_id: str
    contact_id: str
    agent_id: str
    key: str
    kind: str
    body: Mapping[str, Any]
    is_scheduled: bool
    heard_seq: int
    written_at: float
    leaves_at: float
    state: str
    why: str


async def outgoing_of(
    hub: Hub, conversation_ids: Collection[str]
) -> dict[str, tuple[OutgoingRead, ...]]:
    """Return what waits in these Conversations, the soonest first."""
    if not conversation_ids:
        return {}
    found: dict[str, list[OutgoingRead]] = {}
    for row in await hub.reader.rows(_WAIT(ids=list(conversation_ids))):
        letter_id, conversation_id, contact_id, agent_id, key, sealed, *rest = row
        words = opened_words(hub, letter_id, sealed)
        is_scheduled, heard_seq, written_at, leaves_at, state, why = rest
        found.setdefault(conversation_id, []).append(
            OutgoingRead(
                id=letter_id, conversation_id=conversation_id, contact_id=contact_id,
                agent_id=agent_id, key=key, kind=words["kind"], body=words["body"],
                is_scheduled=bool(is_scheduled), heard_seq=heard_seq, written_at=written_at,
                leaves_at=leaves_at, state=state, why=why,
            )
        )  # fmt: skip
    return {of: tuple(letters) for of, letters in found.items()}
