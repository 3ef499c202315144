"""Names and queues of the people who work here, kept in memory and read again on change."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from hub.domain.routing import AgentProfile, Requirement
from hub.store.reader import Reader
from hub.store.rows import find, table_of
from hub.store.tables import Assist, User
from hub.store.unit import Prepared

COLUMNS = (
    "id", "name", "team", "roles", "skills", "queues", "capacity_units", "floor_units", "enabled",
)  # fmt: skip
_a = table_of(Assist).c
_in_force = select(_a.id, _a.agent_id, _a.queue_id, _a.skills, _a.until_at).where(
    _a.ended_at.is_(None)
)
_all_assists = Prepared(_in_force)
assists_of = Prepared(_in_force.where(_a.agent_id == bindparam("agent")))


@dataclass(frozen=True, slots=True)
class LentHelp:
    """An Assist in force."""

    assist_id: str
    queue_id: str | None
    skills: tuple[Requirement, ...]
    until_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """One user of the bank, as colleagues may know them."""

    user_id: str
    name: dict[str, str]
    """Name per language."""
    team: str
    roles: tuple[str, ...]
    enabled: bool
    profile: AgentProfile
    """With what is lent."""
    assists: tuple[LentHelp, ...] = ()


class StaffDirectory:
    """Everybody by identifier. `load` after a change; reads never wait."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._members: dict[str, StaffMember] = {}

    async def load(self) -> None:
        """Read all users again."""
        lent: dict[str, list[Sequence[Any]]] = {}
        for row in await self._reader.rows(_all_assists()):
            lent.setdefault(row[1], []).append(row)
        rows = await self._reader.rows(find(User, *COLUMNS))
        self._members = {row[0]: member_of(row, lent.get(row[0], ())) for row in rows}

    def get(self, user_id: str) -> StaffMember | None:
        """Return the member or None."""
        return self._members.get(user_id)

    def name_of(self, user_id: str | None) -> dict[str, str] | None:
        """Return the name per language, or None for nobody."""
        member = self._members.get(user_id) if user_id else None
        return member.name if member else None

    def all(self) -> list[StaffMember]:
        """Return everybody, by identifier."""
        return [self._members[key] for key in sorted(self._members)]


def member_of(row: Sequence[Any], assists: Sequence[Sequence[Any]] = ()) -> StaffMember:
    """Read a user's row and what is lent to them; of a Skill the higher level counts."""
    user_id, name, team, roles, skills, queues, capacity, floors, enabled = row
    lent = tuple(_assist(one) for one in assists)
    levels = {str(s): int(level) for s, level in json.loads(str(skills))}
    for one in lent:
        levels |= {own.skill: max(own.level, levels.get(own.skill, 0)) for own in one.skills}
    more_queues = [one.queue_id for one in lent if one.queue_id is not None]
    profile = AgentProfile(
        agent_id=str(user_id),
        skills=tuple(Requirement(s, level) for s, level in levels.items()),
        queues=tuple(dict.fromkeys([*json.loads(str(queues)), *more_queues])),
        capacity_units=int(str(capacity)),
        floor_units=tuple((c, int(u)) for c, u in json.loads(str(floors))),
    )
    return StaffMember(
        user_id=str(user_id),
        name=json.loads(str(name)),
        team=str(team),
        roles=tuple(json.loads(str(roles))),
        enabled=bool(enabled),
        profile=profile,
        assists=lent,
    )


def _assist(row: Sequence[Any]) -> LentHelp:
    assist_id, _, queue_id, skills, until_at = row
    lent = tuple(Requirement(s, int(level)) for s, level in json.loads(skills))
    return LentHelp(assist_id, queue_id, lent, until_at)
