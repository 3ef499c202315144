"""The Case as its commands read it inside a unit, and the one way to add to its story."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields

from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.work import CaseKind
from hub.journey.context import Hub
from hub.security.redaction import redact_cards
from hub.store.rows import change_if, find, put
from hub.store.tables import Case, CaseEntry
from hub.store.unit import Unit

WORDS_MAX_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True)
class CaseRow:
    """The columns of `Case` that decisions need, in the order they are selected."""

    id: str
    number: str
    customer_id: str
    contact_id: str | None
    kind: str
    title: str
    stage: str
    owner_id: str | None
    due_at: float | None
    closed_at: float | None
    version: int


CASE_COLUMNS = tuple(one.name for one in fields(CaseRow))


def load_case(case_id: str) -> Unit[CaseRow]:
    """Read and hold a Case for this unit; raise `NotFound`."""
    rows = yield find(Case, *CASE_COLUMNS, lock=True, id=case_id)
    if not rows:
        raise NotFound("no_case")
    return CaseRow(*rows[0])


def load_open_case(case_id: str) -> Unit[CaseRow]:
    """Like `load_case`; raise `Refused("case_closed")` for one that is solved."""
    case = yield from load_case(case_id)
    if case.closed_at is not None:
        raise Refused("case_closed", "the case is solved; reopen it first")
    return case


def case_kind(hub: Hub, code: str) -> CaseKind:
    """The kind by its code; raise `Invalid`."""
    kind = hub.work.cases.get(code)
    if kind is None:
        raise Invalid("no_case_kind", "there is no such kind of case")
    return kind


def edit(case: CaseRow, seen_version: int, **columns: object) -> Unit[None]:
    """Change what two people could change at once, only if it is as the editor saw it.

    Raises `Refused("case_changed")`; what was written meanwhile stands, and the page shows it
    beside the refused edit, so nobody's words are lost.
    """
    changed = yield change_if(
        Case, case.id, {"version": seen_version}, version=seen_version + 1, **columns
    )
    if not changed:
        raise Refused("case_changed", "somebody changed it meanwhile: look, then try again")


def add_entry(
    hub: Hub,
    case_id: str,
    *,
    by: str,
    what: str,
    words: str = "",
    data: Mapping[str, object] | None = None,
) -> Unit[None]:
    """Add a line to the story of a Case; card numbers are redacted from its words."""
    if len(words) > WORDS_MAX_CHARACTERS:
        raise Invalid("words_too_long", f"at most {WORDS_MAX_CHARACTERS} characters")
    entry_id = hub.new_id("cen")
    sealed = None
    if words:
        sealed = hub.vault.seal(redact_cards(words)[0], "case_entry", "words", entry_id)
    yield put(
        CaseEntry,
        id=entry_id,
        case_id=case_id,
        at=hub.clock.now(),
        by=by,
        what=what,
        data=json.dumps(dict(data or {})),
        words_sealed=sealed,
    )
