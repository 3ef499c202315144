"""The end of a Task: asked for in a list, or because the work that it became is closed."""

from hub.domain.events import TaskDone
from hub.journey.context import Hub
from hub.journey.work.open import set_clock
from hub.journey.work.task_row import DONE, OPEN, TASK_COLUMNS, TaskRow
from hub.store.rows import change, find
from hub.store.tables import Task
from hub.store.unit import Append, Unit

WORKED = "worked"
"""The outcome of a Task whose routed Contact was closed: its Disposition says more."""


def settle_task(hub: Hub, task: TaskRow, *, by: str, outcome: str) -> Unit[None]:
    """Mark a held Task as done."""
    at = hub.clock.now()
    yield change(
        Task, task.id, state=DONE, done_at=at, done_by=by, outcome=outcome,
        version=task.version + 1,
    )  # fmt: skip
    yield from set_clock(hub, task.id, None)
    yield Append(TaskDone(at=at, task_id=task.id, owner_id=task.owner_id, by=by, outcome=outcome))


def settle_work(hub: Hub, contact_id: str, *, by: str) -> Unit[None]:
    """The Contact that a Task became is closed: the Task is done."""
    rows = yield find(Task, *TASK_COLUMNS, lock=True, work_contact_id=contact_id, state=OPEN)
    for row in rows:
        yield from settle_task(hub, TaskRow(*row), by=by, outcome=WORKED)
