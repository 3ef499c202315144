"""Kinds of Tasks and Cases as the operator's file names them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Both = Mapping[str, str]
"""A text per language: `en` and `zh`."""

TASK_CHANNEL = "task"
"""The channel of a Contact that is a due Task: no customer is on its other side."""
PAYMENT_CHECK = "payment_check"
"""The kind of Task in which a person judges an unusual payment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKind:
    """What Tasks of a kind have in common."""

    code: str
    label: Both
    queue_id: str | None = None
    """Who serves it when it is due and its Queue is not named; None: it is never routed."""
    priority: int = 0
    """Priority class in the line: a higher one is served first whatever the wait."""
    staff_may_open: bool = True
    in_customers_language: bool = False
    """Whoever does it will speak with the customer."""

    @property
    def is_routed(self) -> bool:
        """Whether a due Task of this kind joins a line; others are for supervisors' lists."""
        return self.queue_id is not None


@dataclass(frozen=True, slots=True)
class CaseStage:
    """A step in the life of a Case."""

    code: str
    label: Both
    is_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKind:
    """What Cases of a kind have in common."""

    code: str
    label: Both
    stages: tuple[CaseStage, ...]
    """In their usual order; the first is where a Case begins."""
    due_seconds: float
    """The clock: solved within this time of its opening."""
    queue_id: str
    """Who is asked when nobody owns it as it falls due."""
    resolutions: Mapping[str, Both]
    """Code -> label: how a Case of this kind can end."""
    is_acknowledged: bool = False
    """Its Customer is told in writing that it was opened, and by when it is answered."""

    def stage(self, code: str) -> CaseStage | None:
        """The stage of this code, if the kind has it."""
        return next((one for one in self.stages if one.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSetUp:
    """All kinds, by their codes."""

    tasks: Mapping[str, TaskKind] = field(default_factory=lambda: MappingProxyType({}))
    cases: Mapping[str, CaseKind] = field(default_factory=lambda: MappingProxyType({}))
    overdue_after_seconds: float = 1800.0
    """So long after its due time an open Task calls a supervisor."""
