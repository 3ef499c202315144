"""A supervisor lends an agent a Queue or Skills; waiting Contacts are offered at once."""

import json
import re
from typing import Final

from hub.domain.errors import Invalid, NotFound
from hub.domain.events import AgentProfileSet
from hub.domain.routing import Requirement
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.staff import COLUMNS, assists_of, member_of
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.reports.day import day_start, next_day_start
from hub.security.roles import Role
from hub.store.rows import change, find, put
from hub.store.tables import Assist, User
from hub.store.unit import Append, Unit

LONGEST_SECONDS: Final = 7 * 86_400.0
LEAST_SECONDS: Final = 60.0
_LANGUAGE: Final = re.compile(r"lang:[a-z]{2,3}")


async def assist(
    hub: Hub,
    supervisor_id: str,
    *,
    agent_id: str,
    queue_id: str | None = None,
    skills: tuple[Requirement, ...] = (),
    until_at: float | None = None,
) -> str:
    """Lend it; `until_at` None: until midnight in the bank's zone. Returns the Assist's id."""
    _require_known(hub, queue_id, skills)
    now = hub.clock.now()
    if until_at is None:
        zone = hub.banking.calendar.zone
        until_at = next_day_start(day_start(now, zone), zone)
    elif not now + LEAST_SECONDS <= until_at <= now + LONGEST_SECONDS:
        raise Invalid("bad_time", "name an end from a minute to a week from now")
    assist_id = await hub.journal.run(
        lambda: _assist(hub, supervisor_id, agent_id, queue_id, skills, until_at)
    )
    await hub.staff.load()
    return assist_id


def _assist(
    hub: Hub,
    supervisor_id: str,
    agent_id: str,
    queue_id: str | None,
    skills: tuple[Requirement, ...],
    until_at: float,
) -> Unit[str]:
    assist_id, at = hub.new_id("ast"), hub.clock.now()
    yield put(
        Assist,
        id=assist_id,
        agent_id=agent_id,
        queue_id=queue_id,
        skills=json.dumps([[one.skill, one.level] for one in skills]),
        given_by=supervisor_id,
        given_at=at,
        until_at=until_at,
    )
    yield from _tell(hub, agent_id, at)
    yield arm(TimerKind.ASSIST_END, assist_id, until_at)
    named = {one.skill: one.level for one in skills}
    details = {"queue_id": queue_id or "", "skills": named, "until_at": until_at}
    yield from audited(hub, supervisor_id, "assist_given", agent_id, details=details)
    return assist_id


async def end_assist(hub: Hub, supervisor_id: str, *, assist_id: str) -> None:
    """Take it back before its time; what the agent has in hand stays with them."""
    await hub.journal.run(lambda: _end(hub, assist_id, supervisor_id))
    await hub.staff.load()


async def run_out(hub: Hub, assist_id: str) -> None:
    """Timer `assist_end`: its time is over."""
    await hub.journal.run(lambda: _run_out(hub, assist_id))
    await hub.staff.load()


def _run_out(hub: Hub, assist_id: str) -> Unit[None]:
    if (yield ring(hub, TimerKind.ASSIST_END, assist_id)):
        yield from _end(hub, assist_id, "system")


def _end(hub: Hub, assist_id: str, by: str) -> Unit[None]:
    rows = yield find(Assist, "agent_id", "ended_at", lock=True, id=assist_id)
    if not rows:
        raise NotFound("no_assist")
    agent_id, ended_at = rows[0]
    if ended_at is not None:
        return
    at = hub.clock.now()
    yield change(Assist, assist_id, ended_at=at, ended_by=by)
    yield disarm(TimerKind.ASSIST_END, assist_id)
    yield from _tell(hub, agent_id, at)
    yield from audited(hub, by, "assist_ended", agent_id, details={"assist_id": assist_id})


def _tell(hub: Hub, agent_id: str, at: float) -> Unit[None]:
    """Tell the log what the agent can do now, as this unit leaves it."""
    rows = yield find(User, *COLUMNS, lock=True, id=agent_id)
    assists = yield assists_of(agent=agent_id)
    member = member_of(rows[0], assists) if rows else None
    if member is None or not member.enabled or Role.AGENT not in member.roles:
        raise NotFound("no_agent", "there is no such agent")
    yield Append(AgentProfileSet(at=at, profile=member.profile))


def _require_known(hub: Hub, queue_id: str | None, skills: tuple[Requirement, ...]) -> None:
    if queue_id is None and not skills:
        raise Invalid("nothing_lent", "name a queue or a skill")
    if queue_id is not None and queue_id not in hub.setup.queues:
        raise Invalid("no_queue", f"there is no queue {queue_id}")
    known = {need.skill for queue in hub.setup.policy.queues for need in queue.requirements}
    known |= {own.skill for member in hub.staff.all() for own in member.profile.skills}
    for one in skills:
        if one.skill not in known and not _LANGUAGE.fullmatch(one.skill):
            raise Invalid("no_skill", "there is no such skill")
