"""What staff and self-service do with a Case: open, add to its story, move on, solve, reopen."""

import json
from dataclasses import dataclass

from hub.domain.errors import Invalid, Refused
from hub.domain.events import CaseOpened, CaseResolved, CaseUpdated
from hub.domain.states import IdentityLevel
from hub.journey.audited import audited
from hub.journey.cases.case_row import (
    CaseRow,
    add_entry,
    case_kind,
    edit,
    load_case,
    load_open_case,
)
from hub.journey.cases.news import tell_customer
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.journey.waiting import TimerKind, arm, disarm
from hub.store.rows import change, find, put
from hub.store.tables import Case
from hub.store.unit import Append, Unit

NUMBER_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEdit:
    """What to change; None leaves it as it is. `seen_version` is the one the editor looked at."""

    seen_version: int
    stage: str | None = None
    due_at: float | None = None
    owner_id: str | None = None
    words: str = ""


async def open_case(
    hub: Hub, *, contact_id: str, kind: str, words: str, by: str, owner_id: str | None = None,
    tells: bool = True,
) -> str:  # fmt: skip
    """Open a Case for the Customer of a Contact; returns its id.

    Of a kind that is acknowledged the Customer is told, unless who opens it `tells` by itself.
    Raises `Refused("no_customer")` while nobody is known, `Invalid` for an unknown kind.
    """
    return await hub.journal.run(
        lambda: _open(hub, contact_id, kind, words, by, owner_id, tells=tells)
    )


def _open(
    hub: Hub, contact_id: str, kind: str, words: str, by: str, owner_id: str | None, *, tells: bool
) -> Unit[str]:
    contact = yield from load_contact(contact_id)
    if contact.customer_id is None or contact.identity_level < IdentityLevel.CLAIMED:
        raise Refused("no_customer", "find out who it is first")
    return (
        yield from add_case(
            hub, customer_id=contact.customer_id, kind=kind, words=words, by=by,
            contact_id=contact_id, owner_id=owner_id, tells=tells,
        )
    )  # fmt: skip


def add_case(
    hub: Hub,
    *,
    customer_id: str,
    kind: str,
    words: str,
    by: str,
    contact_id: str | None = None,
    owner_id: str | None = None,
    tells: bool = True,
) -> Unit[str]:
    """The unit of `open_case`, also for steps that open one on their own."""
    of = case_kind(hub, kind)
    _require_colleague(hub, owner_id)
    at, case_id = hub.clock.now(), hub.new_id("cas")
    number = yield from _fresh_number(hub, case_id)
    due_at = at + of.due_seconds
    yield put(
        Case,
        id=case_id,
        number=number,
        customer_id=customer_id,
        contact_id=contact_id,
        kind=kind,
        title=json.dumps(dict(of.label), ensure_ascii=False),
        stage=of.stages[0].code,
        owner_id=owner_id,
        due_at=due_at,
        opened_at=at,
        opened_by=by,
    )
    yield from add_entry(hub, case_id, by=by, what="opened", words=words, data={"kind": kind})
    yield arm(TimerKind.CASE_DUE, case_id, due_at)
    yield from audited(hub, by, "case_opened", case_id, details={"kind": kind})
    yield Append(
        CaseOpened(
            at=at, case_id=case_id, customer_id=customer_id, case_kind=kind,
            contact_id=contact_id, due_at=due_at, by=by,
        )
    )  # fmt: skip
    if of.is_acknowledged and tells:
        case = yield from load_case(case_id)
        yield from tell_customer(hub, case, "acknowledged", case.version, at)
    return case_id


def _fresh_number(hub: Hub, case_id: str) -> Unit[str]:
    """Derive a number that people can say from the identifier; a taken one goes one further."""
    number = int.from_bytes(case_id.encode()[-8:], "big") % 10**NUMBER_DIGITS
    while True:
        text = f"{number:0{NUMBER_DIGITS}d}"
        taken = yield find(Case, "id", number=text)
        if not taken:
            return text
        number = (number + 1) % 10**NUMBER_DIGITS


async def update_case(hub: Hub, case_id: str, edited: CaseEdit, *, by: str) -> int:
    """Move a Case on; returns its new version.

    A note alone never collides. Raises `Refused("case_changed")` when somebody else moved it on.
    """
    return await hub.journal.run(lambda: _update(hub, case_id, edited, by))


def _update(hub: Hub, case_id: str, edited: CaseEdit, by: str) -> Unit[int]:
    case = yield from load_open_case(case_id)
    columns, data = _changes(hub, case, edited)
    if not columns and not edited.words:
        raise Invalid("nothing_said", "say what changes")
    version = case.version
    if columns:
        yield from edit(case, edited.seen_version, **columns)
        version += 1
    if "due_at" in columns:
        yield arm(TimerKind.CASE_DUE, case_id, float(str(columns["due_at"])))
    what = "noted" if not columns else next(iter(data["changed"]))
    yield from add_entry(hub, case_id, by=by, what=what, words=edited.words, data=data)
    if "stage" in columns:
        yield from tell_customer(hub, case, "staged", version, hub.clock.now())
    yield from _told(hub, case, what, by)
    return version


def _changes(
    hub: Hub, case: CaseRow, edited: CaseEdit
) -> tuple[dict[str, object], dict[str, dict[str, object]]]:
    """The columns to write, and the same as data of the story's line."""
    columns: dict[str, object] = {}
    changed: dict[str, object] = {}
    if edited.stage is not None and edited.stage != case.stage:
        stage = case_kind(hub, case.kind).stage(edited.stage)
        if stage is None or stage.is_final:
            raise Invalid("no_stage", "this kind of case has no such stage")
        columns["stage"], changed["staged"] = edited.stage, [case.stage, edited.stage]
    if edited.due_at is not None and edited.due_at != case.due_at:
        if edited.due_at < hub.clock.now():
            raise Invalid("bad_time", "a due time lies ahead")
        columns["due_at"], changed["due_set"] = edited.due_at, [case.due_at, edited.due_at]
    if edited.owner_id is not None and edited.owner_id != case.owner_id:
        _require_colleague(hub, edited.owner_id)
        columns["owner_id"], changed["owned"] = edited.owner_id, [case.owner_id, edited.owner_id]
    return columns, {"changed": changed}


def _require_colleague(hub: Hub, owner_id: str | None) -> None:
    if owner_id is not None and hub.staff.name_of(owner_id) is None:
        raise Invalid("no_agent", "there is no such colleague")


async def resolve_case(
    hub: Hub, case_id: str, *, resolution: str, words: str, seen_version: int, by: str
) -> None:
    """Solve a Case, once, with one of the resolutions of its kind."""
    await hub.journal.run(lambda: _resolve(hub, case_id, resolution, words, seen_version, by))


def _resolve(
    hub: Hub, case_id: str, resolution: str, words: str, seen_version: int, by: str
) -> Unit[None]:
    case = yield from load_open_case(case_id)
    kind = case_kind(hub, case.kind)
    if resolution not in kind.resolutions:
        raise Invalid("no_resolution", "choose one of the resolutions of this kind")
    at = hub.clock.now()
    final = next((one.code for one in kind.stages if one.is_final), case.stage)
    yield from edit(case, seen_version, stage=final, resolution=resolution, closed_at=at)
    yield disarm(TimerKind.CASE_DUE, case_id)
    data = {"resolution": resolution}
    yield from add_entry(hub, case_id, by=by, what="resolved", words=words, data=data)
    yield from audited(hub, by, "case_resolved", case_id, details=data)
    yield from tell_customer(hub, case, "resolved", case.version + 1, at)
    yield Append(
        CaseResolved(
            at=at, case_id=case_id, customer_id=case.customer_id, resolution=resolution, by=by
        )
    )


async def reopen_case(hub: Hub, case_id: str, *, words: str, by: str) -> None:
    """The matter was not solved after all; its clock starts anew."""
    await hub.journal.run(lambda: _reopen(hub, case_id, words, by))


def _reopen(hub: Hub, case_id: str, words: str, by: str) -> Unit[None]:
    case = yield from load_case(case_id)
    if case.closed_at is None:
        raise Refused("case_open", "the case is open")
    kind, at = case_kind(hub, case.kind), hub.clock.now()
    due_at = at + kind.due_seconds
    yield change(
        Case, case_id, stage=kind.stages[0].code, resolution=None, closed_at=None, due_at=due_at,
        version=case.version + 1,
    )  # fmt: skip
    yield arm(TimerKind.CASE_DUE, case_id, due_at)
    yield from add_entry(hub, case_id, by=by, what="reopened", words=words)
    yield from audited(hub, by, "case_reopened", case_id)
    yield from tell_customer(hub, case, "reopened", case.version + 1, at)
    yield from _told(hub, case, "reopened", by)


def _told(hub: Hub, case: CaseRow, what: str, by: str) -> Unit[None]:
    yield Append(
        CaseUpdated(
            at=hub.clock.now(), case_id=case.id, customer_id=case.customer_id, what=what, by=by
        )
    )
