"""Which closed Contacts somebody may find, and which of them they ask for, as conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, or_, select

from hub.domain.errors import Invalid
from hub.domain.reference import read_reference
from hub.domain.states import ContactState
from hub.journey.context import Hub, Viewer
from hub.journey.finding.search import customers_in_hand
from hub.journey.finding.words.index import is_indexed
from hub.security.roles import Right, may
from hub.store.rows import table_of
from hub.store.tables import Assignment, Contact
from hub.store.unit import Prepared

_c, _a = table_of(Contact).c, table_of(Assignment).c
COLUMNS: Final = (
    _c.id, _c.conversation_id, _c.channel, _c.queue_id, _c.customer_id, _c.arrived_at,
    _c.closed_at, _c.ending, _c.disposition, _c.score, _c.language, _c.identity_level,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to look for; None does not matter. Times are UTC epoch seconds."""

    since_at: float
    until_at: float
    agent_id: str | None = None
    customer_id: str | None = None
    reference: str | None = None
    disposition: str | None = None
    queue_id: str | None = None
    channel: str | None = None
    words: str | None = None


class Closed(NamedTuple):
    """A closed Contact as its row has it."""

    id: str
    conversation_id: str
    channel: str
    queue_id: str | None
    customer_id: str | None
    arrived_at: float
    closed_at: float
    ending: str
    disposition: str | None
    score: int | None
    language: str
    identity_level: int


class Chosen(NamedTuple):
    """The names of the conditions that hold, and the values of their parameters."""

    names: tuple[str, ...]
    is_own_only: bool
    values: Mapping[str, Any]


async def choose(hub: Hub, viewer: Viewer, filters: Filters) -> Chosen:
    """Return what the viewer asks for, within what they may find."""
    values: dict[str, Any] = {"since": filters.since_at, "until": filters.until_at}
    names = []
    for name in ("agent_id", "customer_id", "disposition", "queue_id", "channel"):
        if (value := getattr(filters, name)) is not None:
            names.append(name)
            values[name] = value
    if filters.reference is not None:
        found = read_reference(filters.reference)
        if found is None:
            raise Invalid("bad_reference", "a reference has nine letters and digits")
        names.append("reference")
        values["reference"] = found
    is_own_only = not may(viewer.roles, Right.WATCH_CONTACTS) and filters.reference is None
    if is_own_only:
        values["viewer"] = viewer.user_id
        values["in_hand"] = list(await customers_in_hand(hub, viewer.user_id)) or [""]
    return Chosen(tuple(names), is_own_only, values)


def conditions(names: tuple[str, ...], *, is_own_only: bool) -> list[ColumnElement[bool]]:
    """Return what a row must be, besides when it was closed."""
    found: list[ColumnElement[bool]] = [_c.state == ContactState.CLOSED.value]
    for name in names:
        found.append(_had(name) if name == "agent_id" else _c[name] == bindparam(name))
    if is_own_only:
        in_hand = _c.customer_id.in_(bindparam("in_hand", expanding=True))
        found.append(or_(_had("viewer"), in_hand))
    return found


@cache
def newest(names: tuple[str, ...], *, is_own_only: bool, is_fresh: bool = False) -> Prepared:
    """The newest of a selection; `is_fresh`: only what is not in the word index yet."""
    found = select(*COLUMNS).where(*conditions(names, is_own_only=is_own_only))
    found = found.where(_c.closed_at >= bindparam("since"), _c.closed_at < bindparam("until"))
    if is_fresh:
        found = found.where(_c.closed_at >= bindparam("fresh_since"), ~is_indexed)
    return Prepared(found.order_by(_c.closed_at.desc()).limit(bindparam("most")))


def _had(name: str) -> ColumnElement[bool]:
    return exists().where(_a.contact_id == _c.id, _a.agent_id == bindparam(name))
