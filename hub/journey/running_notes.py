"""Notes that an agent writes while a talk runs: kept as they are written, part of its wrap-up."""

from sqlalchemy import bindparam, or_, select

from hub.domain.errors import Invalid, Refused
from hub.journey.context import Hub
from hub.journey.wrap_up import NOTES_MAX_CHARACTERS
from hub.security.send_guard import guard
from hub.store.rows import change, table_of
from hub.store.tables import Assignment
from hub.store.unit import Prepared, Unit

_a = table_of(Assignment).c
_in_hand = (
    select(_a.id, _a.notes_sealed)
    .where(_a.contact_id == bindparam("contact"), _a.agent_id == bindparam("agent"))
    .where(or_(_a.ended_at.is_(None), _a.wrap_up == "open"))
    .order_by(_a.started_at.desc())
    .limit(1)
)
_read = Prepared(_in_hand)
_held = Prepared(_in_hand.with_for_update())


async def keep_notes(hub: Hub, agent_id: str, *, contact_id: str, text: str) -> float:
    """Keep what is written so far, secrets in it hidden; returns when.

    Raises `Refused("not_your_contact")` for who does not have the Contact in hand.
    """
    if len(text) > NOTES_MAX_CHARACTERS:
        raise Invalid("notes_too_long", f"at most {NOTES_MAX_CHARACTERS} characters")
    return await hub.journal.run(lambda: _keep(hub, agent_id, contact_id, text))


def _keep(hub: Hub, agent_id: str, contact_id: str, text: str) -> Unit[float]:
    rows = yield _held(contact=contact_id, agent=agent_id)
    if not rows:
        raise Refused("not_your_contact", "it is not in your hands")
    assignment_id = str(rows[0][0])
    words = guard(text).text
    sealed = hub.vault.seal(words, "assignment", "notes", assignment_id) if words else None
    yield change(Assignment, assignment_id, notes_sealed=sealed)
    return hub.clock.now()


async def kept_notes(hub: Hub, agent_id: str, contact_id: str) -> str:
    """Return what the agent has written so far; empty when nothing is kept."""
    rows = await hub.reader.rows(_read(contact=contact_id, agent=agent_id))
    if not rows or rows[0][1] is None:
        return ""
    return hub.vault.open(rows[0][1], "assignment", "notes", str(rows[0][0]))
