"""Events of Tasks and Cases: work that outlives a Contact."""

from dataclasses import dataclass

from hub.domain.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEvent(Event):
    """An event of one Task."""

    task_id: str
    owner_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened(TaskEvent):
    """Work for staff without a customer waiting, e.g. a follow-up after a low Score."""

    task_kind: str
    contact_id: str | None
    customer_id: str | None
    due_at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskChanged(TaskEvent):
    """Its time, its reminder or its owner changed."""

    cause: str
    """snoozed | reassigned | came_due | edited"""
    due_at: float | None
    owner_before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOverdue(TaskEvent):
    """Its time passed long enough ago that a supervisor must look."""

    due_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(TaskEvent):
    """The task is finished."""

    by: str
    outcome: str = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentJudged(TaskEvent):
    """A person looked at an unusual payment; the core will be told."""

    payment_id: str
    customer_id: str
    verdict: str
    """fraud | genuine"""
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent(Event):
    """An event of one Case."""

    case_id: str
    customer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(CaseEvent):
    """A matter of the Customer is now followed until it is solved."""

    case_kind: str
    contact_id: str | None
    due_at: float | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseUpdated(CaseEvent):
    """A note, a stage, a due time or an owner was added to its story."""

    what: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResolved(CaseEvent):
    """It is solved, with its resolution."""

    resolution: str
    by: str
