"""CallView: a call as one viewer has it. Numbers are masked here."""

from collections.abc import Mapping
from typing import Any, Final

from agent_console.reading.calls import CallFacts, LegFacts, PathStep
from agent_console.reading.contacts import ContactFacts
from hub.domain.calls import CallAbility, LegKind, LegState, RoomRole
from hub.domain.states import ContactState
from hub.journey.calls.arrive import CUT_OFF
from hub.journey.calls.legs import Phase
from hub.journey.context import Hub, Viewer
from hub.security.masks import mask_phone

_IN_LINE: Final = frozenset({ContactState.QUEUED, ContactState.RESERVED, ContactState.PARKED})


def call_view(hub: Hub, contact: ContactFacts, viewer: Viewer) -> dict[str, Any] | None:
    """Build the view; None for a Contact that is no call."""
    call = contact.call
    if call is None:
        return None
    customer = _of_kind(call, LegKind.CUSTOMER)
    return {
        "state": state_of(contact, call),
        "started_at": contact.arrived_at,
        "talking_since": call.row.talking_since,
        "held_since": customer.held_since if customer and customer.is_held else None,
        "number": _masked(customer.number) if customer else None,
        "number_is": call.number_is,
        "called": call.row.account,
        "legs": [_leg(hub, leg, viewer) for leg in call.legs if _shows(leg, viewer)],
        "recording": {"id": call.row.recording_id, "state": call.row.recording},
        "path": [_step(one) for one in call.path],
        "quality": customer.quality if customer else None,
        "dropped": contact.end_reason == CUT_OFF,
        "threat": call.row.threat_at is not None,
        "abilities": abilities(hub, call.row.engine),
    }


def call_setup(hub: Hub) -> dict[str, Any] | None:
    """Return what agents choose from when they call somebody; None where there is no phone."""
    phone = hub.phone
    if not phone.numbers:
        return None
    return {
        "numbers": [
            {"number": one.number, "name": dict(one.name)}
            for one in phone.numbers.values()
            if CallAbility.DIAL_OUT in abilities(hub, one.engine)
        ],
        "directory": [
            {"number": number, "name": dict(name)} for number, name in phone.directory.items()
        ],
        "flows": [{"code": code, "label": dict(label)} for code, label in phone.menus.items()],
    }


def abilities(hub: Hub, engine: str) -> list[str]:
    """What the line can do; an engine that is not here can do nothing."""
    found = hub.engines.get(engine)
    return sorted(found.abilities) if found else []


def state_of(contact: ContactFacts, call: CallFacts) -> str:
    """Say in one word how the call is."""
    if call.row.ended_at is not None or contact.state == ContactState.CLOSED:
        return "ended"
    customer = _of_kind(call, LegKind.CUSTOMER)
    if contact.state != ContactState.ASSIGNED:
        return "waiting" if contact.state in _IN_LINE else "ivr"
    if customer is not None and customer.phase == Phase.MENU:
        return "ivr"
    own = next((leg for leg in call.legs if leg.party == contact.owner_agent_id), None)
    if customer is None or not _is_up(customer) or own is None or not _is_up(own):
        return "connecting"
    if not customer.is_held:
        return "talking"
    return "consulting" if _guests(call, own) else "held"


def _guests(call: CallFacts, own: LegFacts) -> list[LegFacts]:
    return [
        leg
        for leg in call.legs
        if leg is not own and leg.kind != LegKind.CUSTOMER and leg.role == RoomRole.TALK
    ]


def _of_kind(call: CallFacts, kind: LegKind) -> LegFacts | None:
    return next((leg for leg in call.legs if leg.kind == kind), None)


def _is_up(leg: LegFacts) -> bool:
    return leg.state == LegState.UP


def _shows(leg: LegFacts, viewer: Viewer) -> bool:
    """Who listens unheard is shown to nobody else."""
    return leg.role != RoomRole.LISTEN or leg.party == viewer.user_id


def _leg(hub: Hub, leg: LegFacts, viewer: Viewer) -> dict[str, Any]:
    name = hub.staff.name_of(leg.party)
    return {
        "id": leg.id,
        "kind": leg.kind,
        "name": dict(name) if name else None,
        "number": _masked(leg.number),
        "part": leg.part,
        "state": leg.state,
        "role": leg.role,
        "on_hold": leg.is_held,
        "muted": leg.is_muted,
        "is_mine": leg.party == viewer.user_id,
        "since": leg.since,
    }


def _masked(number: str) -> str | None:
    """Mask a number; None when it was withheld, empty for a caller from the bank's own page."""
    if not number:
        return None
    return mask_phone(number) if number.startswith("+") else ""


def _step(one: PathStep) -> Mapping[str, Any]:
    return {"keys": one.keys, "label": one.label, "words": one.words, "at": one.at}
