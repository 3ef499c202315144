"""What staff do with Tasks: promise, put off, give to another, finish."""

from hub.domain.errors import Invalid, Refused
from hub.domain.events import TaskChanged
from hub.domain.states import ContactState
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.work.open import NewTask, add_task, set_clock
from hub.journey.work.route import park_work, withdraw_work
from hub.journey.work.settle import settle_task
from hub.journey.work.task_row import TaskRow, kind_of, load_task, require_hand_in
from hub.store.rows import change
from hub.store.tables import Task
from hub.store.unit import Append, Unit

FARTHEST_SECONDS = 366 * 86_400.0
DONE_WELL = "done"


async def open_task(hub: Hub, new: NewTask) -> str:
    """Promise something; returns the Task's id. Raises `Invalid` for what cannot be kept."""
    kind = kind_of(hub, new.kind)
    if not kind.staff_may_open:
        raise Invalid("no_task_kind", "tasks of this kind are opened by the hub itself")
    require_time(hub, new.due_at)
    return await hub.journal.run(lambda: add_task(hub, new))


def require_time(hub: Hub, due_at: float | None) -> None:
    """Raise `Invalid` for a time that is past or farther than a year away."""
    now = hub.clock.now()
    if due_at is not None and not now - 60.0 <= due_at <= now + FARTHEST_SECONDS:
        raise Invalid("bad_time", "name a time from now to a year ahead")


async def snooze_task(hub: Hub, viewer: Viewer, task_id: str, *, until: float) -> None:
    """Put a Task off; whoever has it in hand is free again."""
    require_time(hub, until)
    await hub.journal.run(lambda: _snooze(hub, viewer, task_id, until))


def _snooze(hub: Hub, viewer: Viewer, task_id: str, until: float) -> Unit[None]:
    task = yield from load_task(task_id)
    require_hand_in(hub, task, viewer)
    at = hub.clock.now()
    owner = task.owner_id
    if task.work_contact_id is not None:
        contact = yield from load_contact(task.work_contact_id)
        owner = contact.owner_agent_id or owner
        yield from park_work(hub, contact, until)
    yield from _change(
        hub, task, at, "snoozed", due_at=until, owner_id=owner, is_overdue=False,
        attempts=task.attempts + 1,
    )  # fmt: skip
    yield from set_clock(hub, task_id, until)


async def reassign_task(
    hub: Hub, viewer: Viewer, task_id: str, *, owner_id: str | None, queue_id: str | None = None
) -> None:
    """Give a Task to a colleague, or to whoever of a Queue is free."""
    if owner_id is None and queue_id is None:
        raise Invalid("no_goal", "name a colleague or a queue")
    await hub.journal.run(lambda: _reassign(hub, viewer, task_id, owner_id, queue_id))


def _reassign(
    hub: Hub, viewer: Viewer, task_id: str, owner_id: str | None, queue_id: str | None
) -> Unit[None]:
    task = yield from load_task(task_id)
    require_hand_in(hub, task, viewer)
    if owner_id is not None and hub.staff.name_of(owner_id) is None:
        raise Invalid("no_agent", "there is no such colleague")
    if queue_id is not None and queue_id not in hub.setup.queues:
        raise Invalid("no_queue", f"there is no queue {queue_id}")
    if task.work_contact_id is not None:
        contact = yield from load_contact(task.work_contact_id)
        if contact.state == ContactState.ASSIGNED:
            raise Refused("task_in_hand", "somebody works on it now: transfer it there")
    yield from _change(
        hub, task, hub.clock.now(), "reassigned", due_at=task.due_at, owner_id=owner_id,
        queue_id=queue_id or task.queue_id,
    )  # fmt: skip
    details = {"owner_id": owner_id or "", "queue_id": queue_id or ""}
    yield from audited(hub, viewer.user_id, "task_reassigned", task_id, details=details)


def _change(
    hub: Hub,
    task: TaskRow,
    at: float,
    cause: str,
    *,
    due_at: float | None,
    owner_id: str | None,
    **columns: object,
) -> Unit[None]:
    yield change(
        Task, task.id, due_at=due_at, owner_id=owner_id, version=task.version + 1, **columns
    )
    yield Append(
        TaskChanged(
            at=at,
            task_id=task.id,
            owner_id=owner_id,
            cause=cause,
            due_at=due_at,
            owner_before=task.owner_id,
        )
    )


async def finish_task(hub: Hub, viewer: Viewer, task_id: str, *, outcome: str = DONE_WELL) -> None:
    """Mark a Task as done, once; work that was routed for it ends too."""
    await hub.journal.run(lambda: _finish(hub, viewer, task_id, outcome))


def _finish(hub: Hub, viewer: Viewer, task_id: str, outcome: str) -> Unit[None]:
    task = yield from load_task(task_id)
    require_hand_in(hub, task, viewer)
    yield from settle_task(hub, task, by=viewer.user_id, outcome=outcome)
    if task.work_contact_id is not None:
        yield from withdraw_work(hub, task.work_contact_id, by=viewer.user_id)
