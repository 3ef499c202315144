"""The clock of a Case: as it falls due, its owner or its Queue gets a Task."""

import json

from hub.journey.cases.case_row import CASE_COLUMNS, CaseRow, case_kind
from hub.journey.context import Hub
from hub.journey.waiting import TimerKind, ring
from hub.journey.work.open import NewTask, add_task
from hub.journey.work.task_row import Words
from hub.store.rows import find
from hub.store.tables import Case
from hub.store.unit import Unit


async def come_due(hub: Hub, case_id: str) -> None:
    """Timer `case_due`: the time promised to the Customer is over."""
    await hub.journal.run(lambda: _come_due(hub, case_id))


def _come_due(hub: Hub, case_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.CASE_DUE, case_id)
    rows = yield find(Case, *CASE_COLUMNS, id=case_id)
    case = CaseRow(*rows[0]) if rows else None
    if not taken or case is None or case.closed_at is not None:
        return
    title = json.loads(case.title)
    yield from add_task(
        hub,
        NewTask(
            kind="case_due",
            by="system",
            due_at=hub.clock.now(),
            title={language: f"{text} {case.number}" for language, text in title.items()},
            words=Words(evidence=(("case", case.number),)),
            owner_id=case.owner_id,
            queue_id=case_kind(hub, case.kind).queue_id,
            customer_id=case.customer_id,
            case_id=case_id,
        ),
    )
