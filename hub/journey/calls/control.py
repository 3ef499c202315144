"""What an agent does with the line: hold, mute, keys. Only who owns the Contact steers its call."""

from hub.domain.calls import Hold, LegKind, Mute, SendDigits
from hub.domain.calls_events import HoldGrewLong
from hub.domain.errors import Invalid, Refused
from hub.journey.calls.commands import tell
from hub.journey.calls.connect import release_hold
from hub.journey.calls.legs import (
    CallRow,
    LegRow,
    customer_leg,
    live_legs,
    load_call,
    load_leg,
    moved,
)
from hub.journey.contact_row import ContactRow, load_contact, load_owned
from hub.journey.context import Hub
from hub.journey.waiting import TimerKind, arm, ring
from hub.store.rows import change, find
from hub.store.tables import CallLeg
from hub.store.unit import Append, Unit

DIGITS_MOST = 32
KEYS = frozenset("0123456789*#")


async def hold_call(hub: Hub, agent_id: str, *, contact_id: str, on: bool) -> None:
    """Put the customer on hold, with music, or fetch them back."""
    await hub.journal.run(lambda: _hold(hub, agent_id, contact_id, on=on))


def _hold(hub: Hub, agent_id: str, contact_id: str, *, on: bool) -> Unit[None]:
    _, call, customer = yield from steered(contact_id, agent_id)
    if customer.is_held == on:
        return
    at = hub.clock.now()
    if on:
        yield from hold(hub, call, customer, at)
    else:
        yield from release_hold(hub, call, customer, at)


def hold(hub: Hub, call: CallRow, leg: LegRow, at: float) -> Unit[CallRow]:
    """Put a Leg on hold; after a while the agent is reminded."""
    yield change(CallLeg, leg.id, is_held=True, held_since=at)
    yield arm(TimerKind.CALL_HOLD, leg.id, at + hub.phone.hold_reminder_seconds)
    yield from moved(leg, "held", at)
    return (yield from tell(hub, call, Hold, room_id=call.id, leg_id=leg.id, is_on=True))


async def remind(hub: Hub, leg_id: str) -> None:
    """Timer `call_hold`: the agent is reminded of who waits for them, again and again."""
    await hub.journal.run(lambda: _remind(hub, leg_id))


def _remind(hub: Hub, leg_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.CALL_HOLD, leg_id)
    leg = yield from load_leg(leg_id)
    if not taken or not leg.is_live or not leg.is_held or leg.contact_id is None:
        return
    contact = yield from load_contact(leg.contact_id)
    if contact.owner_agent_id is None:
        return
    at = hub.clock.now()
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(HoldGrewLong(at=at, agent_id=contact.owner_agent_id, **ids))
    yield arm(TimerKind.CALL_HOLD, leg_id, at + hub.phone.hold_reminder_seconds)


async def mute_call(hub: Hub, agent_id: str, *, contact_id: str, on: bool) -> None:
    """Be heard by nobody, or be heard again; for whoever is in the room."""
    await hub.journal.run(lambda: _mute(hub, agent_id, contact_id, on=on))


def _mute(hub: Hub, agent_id: str, contact_id: str, *, on: bool) -> Unit[None]:
    yield from load_contact(contact_id)
    call = yield from load_call(contact_id)
    own = yield from own_leg(contact_id, agent_id)
    if own.is_muted == on:
        return
    yield change(CallLeg, own.id, is_muted=on)
    yield from moved(own, "muted" if on else "unmuted", hub.clock.now())
    yield from tell(hub, call, Mute, room_id=call.id, leg_id=own.id, is_on=on)


async def send_digits(hub: Hub, agent_id: str, *, contact_id: str, digits: str) -> None:
    """Press keys towards whoever was dialled last, else towards the customer."""
    if not 0 < len(digits) <= DIGITS_MOST or not KEYS.issuperset(digits):
        raise Invalid("bad_digits", f"1 to {DIGITS_MOST} of 0-9 * #")
    await hub.journal.run(lambda: _send_digits(hub, agent_id, contact_id, digits))


def _send_digits(hub: Hub, agent_id: str, contact_id: str, digits: str) -> Unit[None]:
    _, call, customer = yield from steered(contact_id, agent_id)
    legs = yield from live_legs(contact_id)
    outside = [leg for leg in legs if leg.kind == LegKind.OUTSIDE and leg.is_up]
    goal = outside[-1] if outside else customer
    yield from tell(hub, call, SendDigits, leg_id=goal.id, digits=digits)


# -- who may -------------------------------------------------------------------------------------


def steered(contact_id: str, agent_id: str) -> Unit[tuple[ContactRow, CallRow, LegRow]]:
    """Hold Contact, call and customer's Leg for the owner; raise `Refused("not_connected")`."""
    contact = yield from load_owned(contact_id, agent_id)
    call = yield from load_call(contact_id)
    customer = yield from customer_leg(call)
    if customer is None or not customer.is_up:
        raise Refused("not_connected", "the customer is not on the line")
    return contact, call, customer


def own_leg(contact_id: str, user_id: str) -> Unit[LegRow]:
    """The Leg of somebody who is in the room; raise `Refused("not_connected")`."""
    rows = yield find(CallLeg, "id", contact_id=contact_id, party=user_id, state="up")
    if not rows:
        raise Refused("not_connected", "you are not on the line")
    return (yield from load_leg(str(rows[0][0])))
