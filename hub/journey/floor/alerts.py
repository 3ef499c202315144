"""Alerts of the wallboard are taken on by name; what calls, the wallboard decides itself."""

import re
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select

from hub.domain.errors import Invalid
from hub.domain.events import AlertAcknowledged
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.security.redaction import redact_cards
from hub.store.rows import put, table_of
from hub.store.tables import AlertTaken
from hub.store.unit import Append, Prepared, Unit

NOTE_MAX_CHARACTERS: Final = 200
HISTORY_MOST: Final = 100
_ALERT_ID: Final = re.compile(r"[a-z_]{1,40}:[\w.:-]{1,80}")
_t = table_of(AlertTaken).c
_taken = select(_t.id, _t.alert_id, _t.severity, _t.by, _t.at, _t.note_sealed)
_since = Prepared(
    _taken.where(_t.at >= bindparam("since")).order_by(_t.at.desc()).limit(HISTORY_MOST)
)
_between = Prepared(
    _taken.where(_t.at >= bindparam("since"), _t.at < bindparam("until")).order_by(_t.at)
)


class TakenOn(NamedTuple):
    """A supervisor said that they see to an alert."""

    by: str
    at: float
    note: str


async def acknowledge(
    hub: Hub, supervisor_id: str, *, alert_id: str, severity: int, note: str = ""
) -> None:
    """Say that one sees to it, with a note for the others."""
    if len(note) > NOTE_MAX_CHARACTERS or not _ALERT_ID.fullmatch(alert_id):
        raise Invalid("bad_note", f"name an alert, with at most {NOTE_MAX_CHARACTERS} characters")
    await hub.journal.run(lambda: _acknowledge(hub, supervisor_id, alert_id, severity, note))


def _acknowledge(
    hub: Hub, supervisor_id: str, alert_id: str, severity: int, note: str
) -> Unit[None]:
    row_id, at = hub.new_id("alt"), hub.clock.now()
    words = redact_cards(note.strip())[0]
    yield put(
        AlertTaken,
        id=row_id,
        alert_id=alert_id,
        severity=severity,
        by=supervisor_id,
        at=at,
        note_sealed=hub.vault.seal(words, "alert_taken", "note", row_id) if words else None,
    )
    yield from audited(hub, supervisor_id, "alert_acknowledged", alert_id)
    yield Append(AlertAcknowledged(at=at, alert_id=alert_id, severity=severity, by=supervisor_id))


async def acknowledged_since(hub: Hub, since: float) -> list[tuple[str, int, str, float, str]]:
    """Return (alert, severity, by, at, note) since then, the newest first."""
    return [
        (alert_id, severity, by, at, _note(hub, row_id, sealed))
        for row_id, alert_id, severity, by, at, sealed in await hub.reader.heavy(
            _since(since=since)
        )
    ]


async def taken_between(hub: Hub, since: float, until: float) -> dict[str, list[TakenOn]]:
    """Return who took which alert on between the two moments, by alert, the first first."""
    found: dict[str, list[TakenOn]] = {}
    rows = await hub.reader.heavy(_between(since=since, until=until))
    for row_id, alert_id, _, by, at, sealed in rows:
        found.setdefault(alert_id, []).append(TakenOn(by, at, _note(hub, row_id, sealed)))
    return found


def _note(hub: Hub, row_id: str, sealed: bytes | None) -> str:
    return "" if sealed is None else hub.vault.open(sealed, "alert_taken", "note", row_id)
