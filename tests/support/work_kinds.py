"""Kinds of Tasks and Cases for tests: few, with round times."""

from hub.domain.work import CaseKind, CaseStage, TaskKind, WorkSetUp

_LABEL = {"en": "Label", "zh": "标签"}

WORK = WorkSetUp(
    tasks={
        kind.code: kind
        for kind in (
            TaskKind(code="follow_up", label=_LABEL, queue_id="cards", priority=-1),
            TaskKind(
                code="callback", label=_LABEL, queue_id="cards", in_customers_language=True
            ),
            TaskKind(
                code="message", label=_LABEL, queue_id="cards", staff_may_open=False,
                in_customers_language=True,
            ),
            TaskKind(
                code="payment_check", label=_LABEL, queue_id="cards", priority=2,
                staff_may_open=False,
            ),
            TaskKind(code="case_due", label=_LABEL, queue_id="cards", staff_may_open=False),
            TaskKind(code="low_score", label=_LABEL, staff_may_open=False),
            TaskKind(code="voicemail", label=_LABEL, staff_may_open=False),
            TaskKind(code="abandoned_call", label=_LABEL, staff_may_open=False),
            TaskKind(code="verify_address", label=_LABEL, queue_id="cards", staff_may_open=False),
            TaskKind(code="article_care", label=_LABEL, staff_may_open=False),
            TaskKind(code="dial_limit", label=_LABEL, staff_may_open=False),
        )
    },
    cases={
        code: CaseKind(
            code=code,
            label=_LABEL,
            stages=(
                CaseStage("open", _LABEL),
                CaseStage("in_progress", _LABEL),
                CaseStage("solved", _LABEL, is_final=True),
            ),
            due_seconds=3_600.0,
            queue_id="cards",
            resolutions={"done": _LABEL},
            is_acknowledged=code == "complaint",
        )
        for code in ("complaint", "other")
    },
    overdue_after_seconds=600.0,
)  # fmt: skip
