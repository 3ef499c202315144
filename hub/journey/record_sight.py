"""What was kept from a viewer, and who opened a colleague's record, is in the audit: once each."""

import json
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import structlog

from hub.customers.warnings import STAFF_RECORD
from hub.domain.errors import Unavailable
from hub.journey.audited import audited
from hub.journey.context import Hub, Viewer
from hub.store.rows import find, table_of
from hub.store.tables import FieldDenial
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert

log = structlog.get_logger(__name__)
STAFF_RECORD_OPENED = "staff_record"
"""Stands among the names of fields, so that opening it is noted once as well."""

_new = upsert(table_of(FieldDenial))
_remember = Prepared(
    _new.on_conflict_do_update(
        index_elements=["contact_id", "viewer_id"],
        set_={"fields": _new.excluded.fields, "at": _new.excluded.at},
    )
)


def note_sight(
    hub: Hub, viewer: Viewer, contact_id: str, pop: Mapping[str, Any], denied: Iterable[str]
) -> None:
    """Have the journal write down what is new; the record does not wait for it."""
    seen = set(denied)
    customer = pop["customer"]
    if customer is not None and STAFF_RECORD in customer["warnings"]:
        seen.add(STAFF_RECORD_OPENED)
    if not seen:
        return
    unit = partial(_note, hub, viewer.user_id, contact_id, frozenset(seen))
    try:
        hub.journal.submit(unit, _told)
    except Unavailable as error:
        _told(error)


def _told(outcome: object) -> None:
    if isinstance(outcome, BaseException):
        log.warning("sight_not_noted", error=type(outcome).__name__)


def _note(hub: Hub, viewer_id: str, contact_id: str, seen: frozenset[str]) -> Unit[None]:
    rows = yield find(FieldDenial, "fields", lock=True, contact_id=contact_id, viewer_id=viewer_id)
    before = frozenset(json.loads(rows[0][0])) if rows else frozenset()
    fresh = seen - before
    if not fresh:
        return
    yield _remember(
        contact_id=contact_id, viewer_id=viewer_id, fields=json.dumps(sorted(before | seen)),
        at=hub.clock.now(),
    )  # fmt: skip
    if fields := sorted(fresh - {STAFF_RECORD_OPENED}):
        yield from audited(hub, viewer_id, "fields_closed", contact_id, details={"fields": fields})
    if STAFF_RECORD_OPENED in fresh:
        yield from audited(hub, viewer_id, "staff_record_opened", contact_id)
