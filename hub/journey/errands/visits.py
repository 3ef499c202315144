"""Appointments at a branch: booked, moved, cancelled. Each question offers what is free now.

`visit` says which: `new`, or `move-` and `cancel-` with the reference of one that there is. For one
that there is the questions after it have their only answer, so nobody is asked what is known.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select

from hub.domain.banking import OrderKind, OrderState
from hub.domain.branches import Branch
from hub.domain.errors import Invalid, NotFound
from hub.domain.states import IdentityLevel
from hub.journey.banking.appointments import book_appointment, free_slots
from hub.journey.banking.orders import SELF_SERVICE, arguments_of, reference
from hub.journey.banking.receipts import appointment_texts
from hub.journey.banking.visits import cancel_appointment, move_appointment
from hub.journey.context import Hub
from hub.journey.errands import visit_words, words
from hub.journey.errands.answer import Answer, as_asked, ask_again, done, offered, refused
from hub.journey.errands.known import NotProved, speaker_of
from hub.ports import SelfServiceContact
from hub.store.rows import table_of
from hub.store.tables import BankOrder
from hub.store.unit import Prepared

NEW, MOVE, CANCEL = "new", "move", "cancel"
VISITS_SAID: Final = 2
DAYS_SAID: Final = 5
TIMES_SAID: Final = 6
_o = table_of(BankOrder).c
_booked = Prepared(
    select(_o.id, _o.arguments_sealed).where(
        _o.customer_id == bindparam("of"),
        _o.kind == OrderKind.APPOINTMENT.value,
        _o.state == OrderState.APPLIED.value,
    )
)


class Visit(NamedTuple):
    """An appointment that is still ahead."""

    order_id: str
    told: Mapping[str, str]

    @property
    def reference(self) -> str:
        """What the customer knows it by."""
        return reference(self.order_id)


async def visits(hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]) -> Answer:
    """Offer to move or cancel what is booked, or to book; who has nothing booked books."""
    try:
        ahead = await _ahead(hub, contact)
    except NotProved:
        return refused(contact, "proof_needed")
    wish = arguments.get("visit", "")
    choices = [
        (f"{deed}-{one.reference}", _label(hub, contact, deed, one))
        for one in ahead[:VISITS_SAID]
        for deed in (MOVE, CANCEL)
    ]
    meant = [one for one in choices if wish in (one[0], one[0].partition("-")[0])]
    if meant:
        return offered(meant)
    return offered([*choices, (NEW, words.of(visit_words.BOOK, contact.language))])


async def visit_branches(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Offer the branches."""
    if (held := await _held(hub, contact, arguments)) is not None:
        return offered([(held.told["branch_id"], "")])
    branches = hub.banking.calendar.branches.values()
    if not branches:
        return refused(contact, "no_branch")
    return offered([(one.id, words.of(one.name, contact.language)) for one in branches])


async def visit_topics(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Offer what one may come for."""
    if (held := await _held(hub, contact, arguments)) is not None:
        return offered([(held.told["topic"], "")])
    topics = hub.banking.calendar.topics.values()
    return offered([(one.code, words.of(one.name, contact.language)) for one in topics])


async def visit_days(hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]) -> Answer:
    """Offer the next days on which the branch has a free time; a day that was told, if it has."""
    held = await _held(hub, contact, arguments)
    if held is not None and _deed(arguments) == CANCEL:
        return offered([(_day_of(hub, float(held.told["starts_at"])), "")])
    branch, told = _branch(hub, arguments), arguments.get("date", "")
    if told and await _free(hub, branch, told):
        return offered([(told, "")])
    days = [day.isoformat() for day in hub.banking.calendar.days(hub.clock.now())]
    free: list[tuple[str, str]] = []
    for day in days:
        slots = await _free(hub, branch, day) if len(free) < DAYS_SAID else []
        if slots:
            free.append((day, visit_words.day_text(_local(hub, slots[0]), contact.language)))
    if not free:
        return refused(contact, "no_time")
    said = words.of(visit_words.NOT_THAT_DAY, contact.language) if told else ""
    return offered(free, text=said)


async def visit_times(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Offer the free times of the day; the one that was told, if it is free."""
    held = await _held(hub, contact, arguments)
    if held is not None and _deed(arguments) == CANCEL:
        return offered([(_time_of(hub, float(held.told["starts_at"])), "")])
    slots = await _free(hub, _branch(hub, arguments), arguments.get("date", ""))
    if not slots:
        return ask_again(contact, "slot_taken", "date")
    times, told = [_time_of(hub, at) for at in slots], arguments.get("time", "")
    if told in times:
        return offered([(told, told)])
    said = words.of(visit_words.NOT_THAT_TIME, contact.language) if told else ""
    return offered([(one, one) for one in _spread(times, told)], text=said)


async def visit_summary(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Say what will be done, before `yes`."""
    held = await _held(hub, contact, arguments)
    if _deed(arguments) != NEW and held is None:
        return ask_again(contact, "which_visit", "visit")
    if held is not None and _deed(arguments) == CANCEL:
        texts = appointment_texts(hub, held.told, contact.language)
        return as_asked(contact, words.of(visit_words.CANCEL_SUM, contact.language, **texts))
    starts_at = await _start(hub, arguments)
    if starts_at is None:
        return ask_again(contact, "slot_taken", "time")
    now = {
        "branch_id": arguments.get("branch", ""), "starts_at": f"{starts_at:.0f}",
        "topic": arguments.get("appointment_topic", ""),
    }  # fmt: skip
    texts = appointment_texts(hub, now, contact.language)
    said = visit_words.BOOK_SUM if held is None else visit_words.MOVE_SUM
    return as_asked(contact, words.of(said, contact.language, **texts))


async def appointment(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Answer:
    """Book, move or cancel it; asked twice in one Contact it is one."""
    held = await _held(hub, contact, arguments)
    deed, here = _deed(arguments), contact.contact_id
    if deed != NEW and held is None:
        return refused(contact, "appointment_over")
    if held is not None and deed == CANCEL:
        key = f"cancel-{held.order_id}"
        await cancel_appointment(
            hub, SELF_SERVICE, contact_id=here, key=key, order_id=held.order_id
        )
        return done(contact, visit_words.CANCELLED, reference=held.reference)
    starts_at = await _start(hub, arguments)
    if starts_at is None:
        return refused(contact, "slot_taken")
    branch_id, topic = arguments.get("branch", ""), arguments.get("appointment_topic", "")
    if held is not None:
        key = f"move-{held.order_id}-{starts_at:.0f}"
        await move_appointment(
            hub, SELF_SERVICE, contact_id=here, key=key, order_id=held.order_id,
            branch_id=branch_id, starts_at=starts_at,
        )  # fmt: skip
        return done(contact, visit_words.MOVED, reference=held.reference)
    key = f"visit-{branch_id}-{starts_at:.0f}"
    asked = await book_appointment(
        hub, SELF_SERVICE, contact_id=here, key=key, branch_id=branch_id, starts_at=starts_at,
        topic=topic,
    )  # fmt: skip
    return done(contact, visit_words.BOOKED, reference=reference(asked.order_id))


# -- what is there -------------------------------------------------------------------------------


async def _ahead(hub: Hub, contact: SelfServiceContact) -> list[Visit]:
    """The appointments of who speaks that have not begun, the next one first; their own only."""
    speaker = await speaker_of(hub, contact, level=IdentityLevel.PROVED)
    if speaker.party_id is not None:
        return []
    rows: Sequence[Any] = await hub.reader.rows(_booked(of=speaker.customer_id))
    found = [Visit(order_id, arguments_of(hub, order_id, sealed)) for order_id, sealed in rows]
    ahead = [one for one in found if float(one.told["starts_at"]) > hub.clock.now()]
    return sorted(ahead, key=lambda one: float(one.told["starts_at"]))


async def _held(
    hub: Hub, contact: SelfServiceContact, arguments: Mapping[str, str]
) -> Visit | None:
    """The appointment that is to be moved or cancelled; the only one needs no reference."""
    deed, _, named = arguments.get("visit", "").partition("-")
    if deed not in (MOVE, CANCEL):
        return None
    try:
        ahead = await _ahead(hub, contact)
    except NotProved:
        return None
    if not named and len(ahead) == 1:
        return ahead[0]
    return next((one for one in ahead if one.reference == named), None)


def _deed(arguments: Mapping[str, str]) -> str:
    return arguments.get("visit", NEW).partition("-")[0] or NEW


def _branch(hub: Hub, arguments: Mapping[str, str]) -> Branch:
    branch = hub.banking.calendar.branches.get(arguments.get("branch", ""))
    if branch is None:
        raise NotFound("no_branch")
    return branch


async def _free(hub: Hub, branch: Branch, day: str) -> list[float]:
    try:
        return await free_slots(hub, branch_id=branch.id, day=day)
    except Invalid:
        return []


async def _start(hub: Hub, arguments: Mapping[str, str]) -> float | None:
    """When it begins, if that time is free."""
    slots = await _free(hub, _branch(hub, arguments), arguments.get("date", ""))
    told = arguments.get("time", "")
    return next((at for at in slots if _time_of(hub, at) == told), None)


def _spread(times: Sequence[str], told: str) -> list[str]:
    """Few times: those about the one that was told, else some from the whole day."""
    if len(times) <= TIMES_SAID:
        return list(times)
    if told:
        first = min(sum(one < told for one in times), len(times) - 1)
        begin = max(0, min(first - TIMES_SAID // 2, len(times) - TIMES_SAID))
        return list(times[begin : begin + TIMES_SAID])
    return [times[place * len(times) // TIMES_SAID] for place in range(TIMES_SAID)]


def _local(hub: Hub, at: float) -> datetime:
    return datetime.fromtimestamp(at, hub.banking.calendar.zone)


def _day_of(hub: Hub, at: float) -> str:
    return _local(hub, at).date().isoformat()


def _time_of(hub: Hub, at: float) -> str:
    return f"{_local(hub, at):%H:%M}"


def _label(hub: Hub, contact: SelfServiceContact, deed: str, one: Visit) -> str:
    texts = appointment_texts(hub, one.told, contact.language)
    said = visit_words.MOVE if deed == MOVE else visit_words.CANCEL
    return words.of(said, contact.language, **texts)
