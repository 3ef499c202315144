"""Reading Announcements: who is meant, who has read them, and the line customers see."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, select

from hub.domain.states import Audience, Speaker
from hub.journey.context import Hub
from hub.journey.messages import Draft
from hub.journey.staff import StaffMember
from hub.security.roles import Role
from hub.store.rows import table_of
from hub.store.tables import Announcement, AnnouncementRead
from hub.store.unit import Prepared

CUSTOMERS, AGENTS, EVERYONE = "customers", "agents", "everyone"
AUDIENCES: Final = frozenset({CUSTOMERS, AGENTS, EVERYONE})
_a, _r = table_of(Announcement).c, table_of(AnnouncementRead).c
_columns = (
    _a.id, _a.audience, _a.team, _a.queue_id, _a.must_confirm, _a.words_sealed, _a.given_by,
    _a.given_at, _a.until_at,
)  # fmt: skip
in_force = Prepared(
    select(*_columns)
    .where(_a.ended_at.is_(None), _a.until_at > bindparam("now"))
    .order_by(_a.given_at)
)
_read = Prepared(
    select(_r.announcement_id, _r.user_id)
    .join_from(table_of(AnnouncementRead), table_of(Announcement), _a.id == _r.announcement_id)
    .where(_a.ended_at.is_(None), _a.until_at > bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Told:
    """An Announcement in force."""

    id: str
    audience: str
    team: str | None
    queue_id: str | None
    must_confirm: bool
    words: Mapping[str, str]
    given_by: str
    given_at: float
    until_at: float

    @property
    def is_for_customers(self) -> bool:
        """Whether customers in chat are told."""
        return self.audience != AGENTS

    def is_for(self, member: StaffMember) -> bool:
        """Whether this colleague is meant."""
        if self.audience == CUSTOMERS or not member.enabled or Role.AGENT not in member.roles:
            return False
        if self.team is not None and member.team != self.team:
            return False
        return self.queue_id is None or self.queue_id in member.profile.queues


def opened(hub: Hub, row: Sequence[Any]) -> Told:
    """Read a row of `in_force`."""
    announcement_id, audience, team, queue_id, must_confirm, sealed, by, given_at, until_at = row
    words = json.loads(hub.vault.open(sealed, "announcement", "words", announcement_id))
    return Told(
        announcement_id, audience, team, queue_id, bool(must_confirm), words, by, given_at, until_at
    )


async def told_now(hub: Hub) -> list[Told]:
    """Return what is in force, the oldest first."""
    rows = await hub.reader.rows(in_force(now=hub.clock.now()))
    return [opened(hub, row) for row in rows]


async def reads_now(hub: Hub) -> set[tuple[str, str]]:
    """Return who has read which of those in force: (Announcement, user)."""
    return {(row[0], row[1]) for row in await hub.reader.rows(_read(now=hub.clock.now()))}


async def unread_of(hub: Hub, users: Iterable[str]) -> dict[str, list[Told]]:
    """Return what each of these colleagues is told and has not read yet."""
    told = await told_now(hub)
    read = await reads_now(hub) if told else set()
    return {user: [one for one in told if _is_new(hub, one, user, read)] for user in users}


def _is_new(hub: Hub, told: Told, user: str, read: set[tuple[str, str]]) -> bool:
    member = hub.staff.get(user)
    return member is not None and told.is_for(member) and (told.id, user) not in read


def meant(hub: Hub, told: Told) -> Collection[str]:
    """Return the ids of those who are meant."""
    return [one.user_id for one in hub.staff.all() if told.is_for(one)]


def line_of(told: Told, language: str) -> Draft:
    """The line in a customer's chat; its key makes it one, however often it is given."""
    text = told.words["zh" if language == "zh" else "en"]
    return Draft(
        key=f"announcement-{told.id}",
        speaker=Speaker.SYSTEM,
        kind="event",
        body={"text": text, "event": "announcement", "data": {"text": text}},
        audience=Audience.EVERYONE,
    )
