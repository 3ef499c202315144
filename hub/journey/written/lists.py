"""Written work as lists: mine, my team's, nobody's, due, set aside, not delivered.

A page of a list begins after a key (time, id), never after a number of rows: the thousandth page
costs what the first does, and what comes or goes meanwhile is neither shown twice nor skipped.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, Literal, NamedTuple, get_args

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    null,
    or_,
    select,
)

from hub.domain.errors import Invalid
from hub.domain.outbound import DeliveryState
from hub.domain.states import ContactState
from hub.journey.context import Hub, Viewer
from hub.security.roles import Right, may
from hub.store.rows import table_of
from hub.store.tables import Address, Assignment, Contact, Conversation, MessageDelivery
from hub.store.unit import Call, Prepared

View = Literal["mine", "team", "unassigned", "due", "waiting", "failed"]
VIEWS: Final[tuple[View, ...]] = get_args(View)
PAGE: Final = 50
COUNT_MOST: Final = 1_000
"""A longer list is counted as this many; nobody reads the exact number."""
DUE_SECONDS: Final = 3600.0
"""What must be answered within so long is due."""
FAILED_SECONDS: Final = 30 * 86_400.0

_c, _v, _a, _d, _s = (
    table_of(one).c for one in (Contact, Conversation, Address, MessageDelivery, Assignment)
)
_KEYS: Final[dict[str, ColumnElement[Any]]] = {
    "due": _c.answer_due_at, "waiting": _c.parked_until, "failed": _d.at,
}  # fmt: skip
"""What a list is ordered by; the others by arrival."""
_NO_DELIVERY: Final = (null().label("seq"), null().label("delivery"), null().label("error_code"))
_OPEN: Final = _c.state != ContactState.CLOSED.value
"""Named as the partial index's condition is."""
_NOBODYS: Final = _c.state.in_((ContactState.QUEUED.value, ContactState.RESERVED.value)) | (
    (_c.state == ContactState.PARKED.value) & _c.waits_for.is_(None)
)


class Line(NamedTuple):
    """A row of a list as the tables have it."""

    at: float
    key_id: str
    id: str
    seq: int | None
    delivery: str | None
    error_code: str | None
    conversation_id: str
    channel: str
    account: str
    state: str
    waits_for: str | None
    queue_id: str | None
    owner_agent_id: str | None
    preferred_agent_id: str | None
    target_agent_id: str | None
    customer_id: str | None
    segment: str | None
    language: str
    arrived_at: float
    answer_due_at: float | None
    parked_until: float | None
    guest_number: int
    address_id: str
    address_sealed: bytes | None


class Key(NamedTuple):
    """Where a page ended: the next one begins after it."""

    at: float
    id: str


START: Final = Key(-1.0, "")
END: Final = Key(1e12, "\uffff")


class Scope(NamedTuple):
    """Whose work a viewer looks at."""

    user_id: str
    steers: bool
    mates: tuple[str, ...]
    queues: tuple[str, ...]


def scope_of(hub: Hub, viewer: Viewer) -> Scope:
    """An agent's team and Queues; a supervisor's are all."""
    steers = may(viewer.roles, Right.STEER_CONTACTS)
    member = hub.staff.get(viewer.user_id)
    team = member.team if member else ""
    mates = {viewer.user_id} | {
        one.user_id for one in hub.staff.all() if steers or (team and one.team == team)
    }
    queues = tuple(hub.setup.queues) if steers else (member.profile.queues if member else ())
    return Scope(viewer.user_id, steers, tuple(sorted(mates)), tuple(queues))


async def read_lines(hub: Hub, scope: Scope, view: View, after: Key | None) -> list[Line]:
    """Return up to a page and one row more, which says that the list goes on."""
    if view not in VIEWS:
        raise Invalid("bad_view", f"one of {', '.join(VIEWS)}")
    values = _values(hub, scope, view) | {"most": PAGE + 1}
    begin = after or (END if view == "failed" else START)
    call = _list(view, steers=scope.steers)(**values, key_at=begin.at, key_id=begin.id)
    return [Line(*row) for row in await hub.reader.heavy(call)]


async def count_lines(hub: Hub, scope: Scope) -> dict[str, int]:
    """Return how long each list is, up to `COUNT_MOST`."""
    calls: list[Call] = [
        _count(view, steers=scope.steers)(**_values(hub, scope, view), most=COUNT_MOST)
        for view in VIEWS
    ]
    found = await hub.reader.gather(calls)
    return {view: int(rows[0][0]) for view, rows in zip(VIEWS, found, strict=True)}


def _values(hub: Hub, scope: Scope, view: View) -> dict[str, Any]:
    now = hub.clock.now()
    known: dict[str, Any] = {
        "channels": [writer.name for writer in hub.writers] or [""],
        "user": scope.user_id, "mates": _some(scope.mates), "queues": _some(scope.queues),
        "soon": now + DUE_SECONDS, "since": now - FAILED_SECONDS,
    }  # fmt: skip
    return {name: known[name] for name in _NAMES[view, scope.steers]}


def _some(ids: Sequence[str]) -> list[str]:
    return list(ids) or [""]


@cache
def _list(view: View, *, steers: bool) -> Prepared:
    key, key_id = _KEYS.get(view, _c.arrived_at), _d.effect_id if view == "failed" else _c.id
    columns = (
        key.label("at"), key_id.label("key_id"), _c.id,
        *((_d.seq, _d.state, _d.error_code) if view == "failed" else _NO_DELIVERY),
        _c.conversation_id,
        _c.channel, _c.account, _c.state, _c.waits_for, _c.queue_id, _c.owner_agent_id,
        _c.preferred_agent_id, _c.target_agent_id, _c.customer_id, _c.segment, _c.language,
        _c.arrived_at, _c.answer_due_at, _c.parked_until, _v.guest_number, _a.id, _a.value_sealed,
    )  # fmt: skip
    found = _from(view, select(*columns)).where(_condition(view, steers=steers))
    found = found.join(table_of(Conversation), _v.id == _c.conversation_id)
    found = found.join(table_of(Address), _a.id == _v.address_id)
    at: BindParameter[float] = bindparam("key_at")
    of: BindParameter[str] = bindparam("key_id")
    if view == "failed":
        found = found.where((key < at) | ((key == at) & (key_id < of)))
        found = found.order_by(key.desc(), key_id.desc())
    else:
        found = found.where((key > at) | ((key == at) & (key_id > of)))
        found = found.order_by(key, key_id)
    return Prepared(found.limit(bindparam("most")))


@cache
def _count(view: View, *, steers: bool) -> Prepared:
    some = _from(view, select(_c.id)).where(_condition(view, steers=steers))
    some = some.limit(bindparam("most"))
    return Prepared(select(func.count()).select_from(some.subquery()))


def _from(view: View, found: Select[Any]) -> Select[Any]:
    if view != "failed":
        return found.select_from(table_of(Contact))
    return found.join_from(
        table_of(MessageDelivery), table_of(Contact), _c.id == _d.contact_id
    )  # fmt: skip


def _condition(view: View, *, steers: bool) -> ColumnElement[bool]:
    mine = _c.owner_agent_id == bindparam("user")
    written = and_(_OPEN, _c.channel.in_(bindparam("channels", expanding=True)))
    queues = _c.queue_id.in_(bindparam("queues", expanding=True))
    mates: BindParameter[list[str]] = bindparam("mates", expanding=True)
    match view:
        case "mine":
            return and_(written, mine)
        case "team":
            return and_(written, _c.owner_agent_id.in_(mates))
        case "unassigned":
            return and_(written, _NOBODYS, queues)
        case "due":
            due = and_(written, _c.answer_due_at <= bindparam("soon"))
            return due if steers else and_(due, or_(mine, and_(_NOBODYS, queues)))
        case "waiting":
            had = _c.preferred_agent_id.in_(mates)
            return and_(written, _c.waits_for.is_not(None), or_(had, queues))
        case "failed":
            lost = _d.state.in_((DeliveryState.FAILED.value, DeliveryState.UNKNOWN.value))
            recent = and_(lost, _d.at > bindparam("since"))
            return recent if steers else and_(recent, _had_by_user())


def _had_by_user() -> ColumnElement[bool]:
    return (
        select(_s.id)
        .where(_s.contact_id == _c.id, _s.agent_id == bindparam("user"))
        .correlate(table_of(Contact))
        .exists()
    )


_NAMES: Final[dict[tuple[str, bool], tuple[str, ...]]] = {
    (view, steers): names
    for view, of_agent, of_all in (
        ("mine", ("channels", "user"), ("channels", "user")),
        ("team", ("channels", "mates"), ("channels", "mates")),
        ("unassigned", ("channels", "queues"), ("channels", "queues")),
        ("due", ("channels", "soon", "user", "queues"), ("channels", "soon")),
        ("waiting", ("channels", "mates", "queues"), ("channels", "mates", "queues")),
        ("failed", ("since", "user"), ("since",)),
    )
    for steers, names in ((False, of_agent), (True, of_all))
}
"""The values each statement takes."""
