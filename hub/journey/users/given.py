"""What may be said of a User, judged before anything is written."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hub.domain.errors import Invalid
from hub.domain.events import AgentProfileSet
from hub.domain.routing import AgentProfile, Requirement
from hub.journey.context import Hub
from hub.security.roles import Role

LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
NAME_MOST: Final = 80
LEVELS: Final = range(1, 6)
CAPACITY: Final = range(1, 41)
ListOfSkills = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Skills and queues of the operator's files."""

    skills: frozenset[str]
    queues: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChange:
    """What is to be different; None leaves it as it is."""

    name_en: str | None = None
    name_zh: str | None = None
    team: str | None = None
    roles: frozenset[Role] | None = None
    skills: ListOfSkills | None = None
    queues: tuple[str, ...] | None = None
    capacity_units: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser(UserChange):
    """A User to be added."""

    login: str


def require_login(login: str) -> str:
    """Return the login as it is stored; raise `Invalid` for what nobody could type."""
    small = login.strip().casefold()
    if not LOGIN.fullmatch(small):
        raise Invalid("bad_login", "small letters, digits and . _ @ -, two to 64 of them")
    return small


def columns_of(known: Vocabulary, change: UserChange) -> dict[str, Any]:
    """Return the columns that a change sets; raise `Invalid` naming what is not right."""
    found: dict[str, Any] = {}
    if change.team is not None:
        found["team"] = _line(change.team, "bad_team", least=0)
    if change.roles is not None:
        found["roles"] = json.dumps(_roles(change.roles))
    if change.skills is not None:
        found["skills"] = json.dumps(_skills(change.skills, known.skills))
    if change.queues is not None:
        found["queues"] = json.dumps(_queues(change.queues, known.queues))
    if change.capacity_units is not None:
        if change.capacity_units not in CAPACITY:
            raise Invalid("bad_capacity", f"{CAPACITY.start} to {CAPACITY.stop - 1}")
        found["capacity_units"] = change.capacity_units
    return found


def name_of(change: UserChange, before: Mapping[str, str]) -> str | None:
    """Return the JSON of the name, or None when it stays; one language serves for both."""
    if change.name_en is None and change.name_zh is None:
        return None
    en = _line(change.name_en or "", "bad_name", least=0) or before.get("en", "")
    zh = _line(change.name_zh or "", "bad_name", least=0) or before.get("zh", "")
    if not en and not zh:
        raise Invalid("bad_name", "a name in one language at least")
    return json.dumps({"en": en or zh, "zh": zh or en}, ensure_ascii=False)


def told(hub: Hub, user_id: str, row: Mapping[str, Any]) -> AgentProfileSet:
    """Return what routing and the pages hear of a User's columns."""
    profile = AgentProfile(
        agent_id=user_id,
        skills=tuple(Requirement(skill, level) for skill, level in json.loads(row["skills"])),
        queues=tuple(json.loads(row["queues"])),
        capacity_units=row["capacity_units"],
        floor_units=tuple((c, int(units)) for c, units in json.loads(row["floor_units"])),
    )
    return AgentProfileSet(at=hub.clock.now(), profile=profile)


def _line(text: str, code: str, *, least: int) -> str:
    plain = " ".join(text.split())
    if not least <= len(plain) <= NAME_MOST or not plain.isprintable():
        raise Invalid(code, f"up to {NAME_MOST} characters on one line")
    return plain


def _roles(roles: Iterable[Role]) -> list[str]:
    named = sorted(role.value for role in roles)
    if not named:
        raise Invalid("no_role", "a user needs at least one role; disable who left")
    return named


def _skills(skills: ListOfSkills, known: Iterable[str]) -> list[list[Any]]:
    unknown = {skill for skill, _ in skills} - set(known)
    if unknown:
        raise Invalid("unknown_skill", ", ".join(sorted(unknown))[:100])
    if any(level not in LEVELS for _, level in skills):
        raise Invalid("bad_level", "1 (learning) to 5 (teaches it)")
    return [[skill, level] for skill, level in sorted(dict(skills).items())]


def _queues(queues: Iterable[str], known: Iterable[str]) -> list[str]:
    unknown = set(queues) - set(known)
    if unknown:
        raise Invalid("unknown_queue", ", ".join(sorted(unknown))[:100])
    return sorted(set(queues))
