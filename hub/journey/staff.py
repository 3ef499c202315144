"""Names and queues of the people who work here, kept in memory and read again on change."""

import json
from dataclasses import dataclass

from hub.domain.routing import AgentProfile, Requirement
from hub.store.reader import Reader
from hub.store.rows import find
from hub.store.tables import User

COLUMNS = (
    "id", "name", "team", "roles", "skills", "queues", "capacity_units", "floor_units", "enabled",
)  # fmt: skip


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


class StaffDirectory:
    """Everybody by identifier. `load` after a change; reads never wait."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._members: dict[str, StaffMember] = {}

    async def load(self) -> None:
        """Read all users again."""
        rows = await self._reader.rows(find(User, *COLUMNS))
        self._members = {row[0]: _member(row) for row in rows}

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


def _member(row: tuple[object, ...]) -> StaffMember:
    user_id, name, team, roles, skills, queues, capacity, floors, enabled = row
    profile = AgentProfile(
        agent_id=str(user_id),
        skills=tuple(Requirement(s, int(level)) for s, level in json.loads(str(skills))),
        queues=tuple(json.loads(str(queues))),
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
    )
