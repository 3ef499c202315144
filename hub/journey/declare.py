"""Writing down an agent's Presence; used by every step that changes it."""

from typing import Any

from sqlalchemy import bindparam, update

from hub.domain.events import PresenceChanged
from hub.domain.states import Presence
from hub.store.rows import find, put, table_of
from hub.store.tables import AgentPresence
from hub.store.unit import Append, Prepared, Unit

_p = table_of(AgentPresence).c
_update = Prepared(
    update(table_of(AgentPresence))
    .where(_p.agent_id == bindparam("of"))
    .values(
        {
            name: bindparam(name)
            for name in (
                "presence", "reason", "since_at", "before", "next_presence", "next_reason"
            )
        }
    )
)  # fmt: skip


def presence_of(agent_id: str) -> Unit[tuple[str, str, str]]:
    """Read and hold (presence, reason, before) of an agent; offline when never declared."""
    rows = yield find(AgentPresence, "presence", "reason", "before", lock=True, agent_id=agent_id)
    return rows[0] if rows else (Presence.OFFLINE.value, "", Presence.OFFLINE.value)


def next_of(agent_id: str) -> Unit[tuple[str, str]]:
    """Read (presence, reason) that follow `finishing`; empty when nothing was chosen."""
    rows = yield find(AgentPresence, "next_presence", "next_reason", agent_id=agent_id)
    return rows[0] if rows else ("", "")


def declare(
    agent_id: str,
    presence: Presence,
    at: float,
    *,
    reason: str = "",
    by: str = "",
    before: str = "",
    then: tuple[str, str] = ("", ""),
) -> Unit[None]:
    """Store the new Presence and tell the log.

    `before` is what reconnecting returns to, `then` (presence, reason) what follows `finishing`.
    """
    values: dict[str, Any] = {
        "presence": presence.value, "reason": reason, "since_at": at,
        "before": before or presence.value, "next_presence": then[0], "next_reason": then[1],
    }  # fmt: skip
    changed = yield _update(of=agent_id, **values)
    if not changed:
        yield put(AgentPresence, agent_id=agent_id, **values)
    yield Append(
        PresenceChanged(
            at=at,
            agent_id=agent_id,
            presence=presence.value,
            reason=reason,
            by=by or agent_id,
            then=then[0],
        )
    )
