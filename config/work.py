"""`work.toml`: the kinds of Tasks and Cases."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.set_up import HubSetUp
from config.toml_file import Strict, Texts, read_toml, refuse_unknown
from hub.domain.work import CaseKind, CaseStage, TaskKind, WorkSetUp

WORK_FILE = "work.toml"
NEEDED_TASKS = frozenset({
    "callback", "message", "payment_check", "case_due", "low_score", "voicemail", "abandoned_call",
    "dial_limit",
    "verify_address", "article_care",
})  # fmt: skip
"""Kinds that the hub itself opens."""
NEEDED_CASES = frozenset({"complaint"})
HOUR_SECONDS = 3600.0
Hours = Annotated[float, Field(gt=0, le=24 * 366)]


class _Task(Strict):
    label: Texts
    queue: str | None = None
    priority: Annotated[int, Field(ge=-9, le=9)] = 0
    staff_may_open: bool = True
    in_customers_language: bool = False


class _Stage(Strict):
    code: str
    label: Texts
    is_final: bool = False


class _Resolution(Strict):
    code: str
    label: Texts


class _Case(Strict):
    label: Texts
    queue: str
    due_hours: Hours
    stages: Annotated[tuple[_Stage, ...], Field(min_length=2)]
    resolutions: Annotated[tuple[_Resolution, ...], Field(min_length=1)]
    acknowledged: bool = False


class _WorkFile(Strict):
    overdue_after_hours: Hours = 0.5
    tasks: dict[str, _Task]
    cases: dict[str, _Case]


def load_work(folder: Path, set_up: HubSetUp) -> WorkSetUp:
    """Read and check the kinds; raise `CannotStart` naming file, line and remedy."""
    file = folder / WORK_FILE
    found = read_toml(file, _WorkFile)
    served = {row.queue for row in found.tasks.values()} | {
        row.queue for row in found.cases.values()
    }
    refuse_unknown(file, "queue", {queue for queue in served if queue}, set(set_up.queues))
    refuse_unknown(file, "needed kind of task", set(NEEDED_TASKS), set(found.tasks))
    refuse_unknown(file, "needed kind of case", set(NEEDED_CASES), set(found.cases))
    return WorkSetUp(
        tasks={code: _task(code, row) for code, row in found.tasks.items()},
        cases={code: _case(code, row) for code, row in found.cases.items()},
        overdue_after_seconds=found.overdue_after_hours * HOUR_SECONDS,
    )


def _task(code: str, row: _Task) -> TaskKind:
    return TaskKind(
        code=code,
        label=row.label.model_dump(),
        queue_id=row.queue,
        priority=row.priority,
        staff_may_open=row.staff_may_open,
        in_customers_language=row.in_customers_language,
    )


def _case(code: str, row: _Case) -> CaseKind:
    return CaseKind(
        code=code,
        label=row.label.model_dump(),
        stages=tuple(CaseStage(s.code, s.label.model_dump(), s.is_final) for s in row.stages),
        due_seconds=row.due_hours * HOUR_SECONDS,
        queue_id=row.queue,
        resolutions={one.code: one.label.model_dump() for one in row.resolutions},
        is_acknowledged=row.acknowledged,
    )
