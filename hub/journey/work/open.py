"""A new promise: the row, its clock and its event, within whatever unit makes it."""

import json
from dataclasses import dataclass

from hub.domain.errors import Invalid
from hub.domain.events import TaskOpened
from hub.domain.work import Both
from hub.journey.context import Hub
from hub.journey.waiting import TimerKind, arm, disarm
from hub.journey.work.task_row import NO_WORDS, Words, kind_of, seal_words
from hub.store.rows import put
from hub.store.tables import Task
from hub.store.unit import Append, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A Task to be; `title` None: the kind's own label."""

    kind: str
    by: str
    due_at: float | None = None
    remind_at: float | None = None
    title: Both | None = None
    words: Words = NO_WORDS
    owner_id: str | None = None
    queue_id: str | None = None
    contact_id: str | None = None
    customer_id: str | None = None
    case_id: str | None = None
    agent_id: str | None = None
    language: str | None = None
    waiting_since: float | None = None
    """Keeps the place in line of a customer who waited before."""


def add_task(hub: Hub, new: NewTask) -> Unit[str]:
    """Promise something; returns the Task's id. `Invalid` for an unknown colleague or queue."""
    kind, at, task_id = kind_of(hub, new.kind), hub.clock.now(), hub.new_id("tsk")
    if new.owner_id is not None and hub.staff.name_of(new.owner_id) is None:
        raise Invalid("no_agent", "there is no such colleague")
    if new.queue_id is not None and new.queue_id not in hub.setup.queues:
        raise Invalid("no_queue", f"there is no queue {new.queue_id}")
    yield put(
        Task,
        id=task_id,
        kind=kind.code,
        contact_id=new.contact_id,
        customer_id=new.customer_id,
        case_id=new.case_id,
        queue_id=new.queue_id or kind.queue_id,
        agent_id=new.agent_id,
        owner_id=new.owner_id,
        title=json.dumps(dict(new.title or kind.label), ensure_ascii=False),
        words_sealed=seal_words(hub, task_id, new.words),
        priority=kind.priority,
        due_at=new.due_at,
        remind_at=new.remind_at,
        language=new.language,
        waiting_since=new.waiting_since,
        created_at=at,
        created_by=new.by,
    )
    yield from set_clock(hub, task_id, new.due_at)
    yield Append(
        TaskOpened(
            at=at,
            task_id=task_id,
            owner_id=new.owner_id,
            task_kind=kind.code,
            contact_id=new.contact_id,
            customer_id=new.customer_id,
            due_at=new.due_at,
        )
    )
    return task_id


def set_clock(hub: Hub, task_id: str, due_at: float | None) -> Unit[None]:
    """Arm what a due time sets off, or take it away."""
    if due_at is None:
        yield disarm(TimerKind.TASK_DUE, task_id)
        yield disarm(TimerKind.TASK_OVERDUE, task_id)
        return
    yield arm(TimerKind.TASK_DUE, task_id, due_at)
    yield arm(TimerKind.TASK_OVERDUE, task_id, due_at + hub.work.overdue_after_seconds)
