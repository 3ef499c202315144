"""Against toll fraud: which numbers may be called, how many by whom, and who hears of it."""

from typing import Final

import structlog
from sqlalchemy import bindparam, func, select

from hub.domain.errors import Refused
from hub.journey.audited import audited
from hub.journey.calls.numbers import international
from hub.journey.context import Hub
from hub.journey.work.open import NewTask, add_task
from hub.journey.work.task_row import Words
from hub.store.rows import find, table_of
from hub.store.tables import CallLeg, Task
from hub.store.unit import Prepared, Unit

LIMIT: Final = "dial_limit"
"""The kind of Task that calls a supervisor."""
HOUR_SECONDS: Final = 3600.0
DAY_SECONDS: Final = 86_400.0
log = structlog.get_logger(__name__)

_l = table_of(CallLeg).c
_dialled = Prepared(
    select(func.count(), func.count().filter(_l.dialled_by == bindparam("by"))).where(
        _l.dialled_by.is_not(None), _l.started_at > bindparam("since")
    )
)


def dialable(hub: Hub, written: str) -> str:
    """Return the number in E.164; raise `Invalid`, or `Refused("number_not_allowed")`."""
    limits = hub.phone.dial_out
    number = international(written, limits.plan)
    if not number.startswith(limits.prefixes) or number.startswith(limits.refused or "-"):
        raise Refused("number_not_allowed", "the bank does not call numbers of this kind")
    return number


def require_within_limits(hub: Hub, agent_id: str, at: float) -> Unit[None]:
    """Raise `Refused` beyond the agent's hour or the bank's day; near the end tell a supervisor."""
    limits = hub.phone.dial_out
    _, in_hour = (yield _dialled(since=at - HOUR_SECONDS, by=agent_id))[0]
    if in_hour >= limits.agent_hour_most:
        raise Refused("dial_limit_agent", f"at most {limits.agent_hour_most} calls an hour")
    in_day, _ = (yield _dialled(since=at - DAY_SECONDS, by=agent_id))[0]
    if in_day >= limits.day_most:
        raise Refused("dial_limit_day", f"the bank makes at most {limits.day_most} calls a day")
    if in_day + 1 >= limits.day_most * limits.alert_ratio:
        yield from _alert(hub, agent_id, in_day + 1, at)


def _alert(hub: Hub, agent_id: str, calls: int, at: float) -> Unit[None]:
    """Call a supervisor, once until somebody has looked."""
    if (yield find(Task, "id", kind=LIMIT, state="open")):
        return
    log.warning("dial_limit_near", calls=calls)
    evidence = (("calls", str(calls)), ("most", str(hub.phone.dial_out.day_most)))
    task = NewTask(kind=LIMIT, by="system", due_at=at, words=Words("", evidence), agent_id=agent_id)
    yield from add_task(hub, task)
    yield from audited(hub, agent_id, "dial_limit_near", agent_id, details=dict(evidence))
