"""A seat at a branch: the calendar is the operator's file, what is taken lies in a table."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from hub.domain.banking import OrderKind
from hub.domain.branches import Branch
from hub.domain.errors import Invalid, NotFound, Refused
from hub.journey.banking.ask import Asked, Wanted, ask
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.store.rows import find, put, table_of
from hub.store.tables import Appointment
from hub.store.unit import Prepared, Unit

_a = table_of(Appointment).c
_taken = Prepared(
    select(_a.starts_at).where(
        _a.branch_id == bindparam("of"),
        _a.starts_at >= bindparam("since"),
        _a.starts_at < bindparam("until"),
    )
)


async def free_slots(hub: Hub, *, branch_id: str, day: str) -> list[float]:
    """Return when one may still come on a day (`2026-11-24`, the bank's zone), in order."""
    branch, when = _branch(hub, branch_id), _day(day)
    calendar, now = hub.banking.calendar, hub.clock.now()
    if when not in calendar.days(now):
        return []
    slots = list(calendar.slots(branch, when))
    if not slots:
        return []
    rows = await hub.reader.rows(_taken(of=branch_id, since=slots[0], until=slots[-1] + 1))
    taken = [row[0] for row in rows]
    return [at for at in slots if taken.count(at) < branch.seats]


def choices(hub: Hub) -> dict[str, Any]:
    """What one may choose from: branches, days and topics."""
    calendar = hub.banking.calendar
    return {
        "branches": [
            {
                "id": one.id,
                "name": dict(one.name),
                "address": dict(one.address),
                "days": sorted(one.days),
            }
            for one in calendar.branches.values()
        ],
        "topics": [{"code": one.code, "label": dict(one.name)} for one in calendar.topics.values()],
        "days": [day.isoformat() for day in calendar.days(hub.clock.now())],
    }


async def book_appointment(
    hub: Hub, by: str, *, contact_id: str, key: str, branch_id: str, starts_at: float, topic: str
) -> Asked:
    """Take a seat for the customer; `Refused("slot_taken")` when the last one has gone."""
    calendar = hub.banking.calendar
    if topic not in calendar.topics:
        raise Invalid("bad_topic", f"topic: one of {', '.join(calendar.topics)}")
    branch = require_slot(hub, branch_id, starts_at)

    def look_up(contact: ContactRow) -> Unit[Wanted]:
        yield from take_seat(branch, starts_at, f"{contact.id}/{key}")
        told = {"branch_id": branch_id, "starts_at": f"{starts_at:.0f}", "topic": topic}
        return Wanted(OrderKind.APPOINTMENT, str(contact.customer_id), told)

    return await ask(hub, by, contact_id, key, OrderKind.APPOINTMENT, look_up)


def require_slot(hub: Hub, branch_id: str, starts_at: float) -> Branch:
    """Return the branch; raise unless it offers appointments at that time."""
    branch = _branch(hub, branch_id)
    if not hub.banking.calendar.is_slot(branch, starts_at, hub.clock.now()):
        raise Invalid("bad_time", "starts_at: one of the branch's times in the next days")
    return branch


def take_seat(branch: Branch, starts_at: float, taken_for: str) -> Unit[None]:
    """Take a free seat; the row's key keeps two from getting the same."""
    rows = yield find(Appointment, "seat", branch_id=branch.id, starts_at=starts_at)
    free = set(range(1, branch.seats + 1)) - {row[0] for row in rows}
    if not free:
        raise Refused("slot_taken", "choose another time")
    yield put(
        Appointment,
        branch_id=branch.id,
        starts_at=starts_at,
        seat=min(free),
        taken_for=taken_for,
    )


def _branch(hub: Hub, branch_id: str) -> Branch:
    branch = hub.banking.calendar.branches.get(branch_id)
    if branch is None:
        raise NotFound("no_branch")
    return branch


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        raise Invalid("bad_day", "day: such as 2026-11-24") from None
