"""When looking at values in full asks for a fresh code of the authenticator, as exports do."""

from sqlalchemy import bindparam, func, literal_column, select

from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.store.rows import table_of
from hub.store.tables import AuditEntry
from hub.store.unit import Prepared, Unit

_a = table_of(AuditEntry).c
_reveals = Prepared(
    select(func.count())
    .select_from(table_of(AuditEntry))
    # Written out, not bound: only so does a store see that its partial index answers this.
    .where(literal_column("action = 'field_revealed'"))
    .where(_a.actor == bindparam("who"), _a.at > bindparam("since"))
)


async def reveal_is_grave(hub: Hub, viewer: Viewer, field: str) -> bool:
    """Tell whether one more reveal is one too many, or the field is never shown without a code."""
    if field.rpartition(".")[2] in hub.settings.code_fields:
        return True
    since = hub.clock.now() - hub.settings.reveals_within_seconds
    rows = await hub.reader.rows(_reveals(who=viewer.user_id, since=since))
    return bool(rows[0][0] >= hub.settings.reveals_before_code)


async def note_code_asked(hub: Hub, viewer: Viewer, subject: str, command: str) -> None:
    """Write down that somebody was asked for a code before a grave act."""

    def unit() -> Unit[None]:
        yield from audited(hub, viewer.user_id, "code_asked", subject, details={"command": command})

    await hub.journal.run(unit)
