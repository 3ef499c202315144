"""The end of a Task: asked for in a list, or because the work that it became is closed."""

from hub.domain.banking import Verdict
from hub.domain.errors import Refused
from hub.domain.events import TaskDone
from hub.domain.work import PAYMENT_CHECK
from hub.journey.context import Hub
from hub.journey.work.open import set_clock
from hub.journey.work.task_row import DONE, OPEN, TASK_COLUMNS, TaskRow
from hub.store.rows import change, find
from hub.store.tables import Task
from hub.store.unit import Append, Unit

WORKED = "worked"
"""The outcome of a Task whose routed Contact was closed: its Disposition says more."""


def settle_task(hub: Hub, task: TaskRow, *, by: str, outcome: str) -> Unit[None]:
    """Mark a held Task as done; `Refused("verdict_needed")` for a payment nobody has judged."""
    if task.kind == PAYMENT_CHECK and outcome not in frozenset(Verdict):
        raise Refused("verdict_needed", "say first whether the payment was fraud or genuine")
    at = hub.clock.now()
    yield change(
        Task, task.id, state=DONE, done_at=at, done_by=by, outcome=outcome,
        version=task.version + 1,
    )  # fmt: skip
    yield from set_clock(hub, task.id, None)
    yield Append(TaskDone(at=at, task_id=task.id, owner_id=task.owner_id, by=by, outcome=outcome))


def settle_work(hub: Hub, contact_id: str, *, by: str) -> Unit[None]:
    """The Contact that a Task became is closed: the Task is done.

    A check that the hub itself ended waits in the lists for its verdict.
    """
    rows = yield find(Task, *TASK_COLUMNS, lock=True, work_contact_id=contact_id, state=OPEN)
    for task in (TaskRow(*row) for row in rows):
        if by != "system" or task.kind != PAYMENT_CHECK:
            yield from settle_task(hub, task, by=by, outcome=WORKED)
