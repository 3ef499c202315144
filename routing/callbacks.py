"""Who should be told that nobody can answer soon, and be offered to be called back."""

from hub.domain.routing import Decision, OfferCallback, Requirement
from routing.contacts import WAITING, Contact, Queue
from routing.estimate import position_of
from routing.floor import Floor


def offer_callbacks(floor: Floor, now: float, decisions: list[Decision]) -> None:
    """Look once at everyone who was left unserved: when they came, and when the limit is over."""
    unserved, floor.unserved = floor.unserved, []
    for contact in unserved:
        contact.callback_offered = False
        due_at = contact.callback_due_at()
        if contact.stage is not WAITING or due_at is None:
            continue
        offer = _offer(floor, contact, due_at, now)
        if offer is not None:
            contact.callback_offered = True
            floor.arm(contact)
            decisions.append(offer)


def _offer(floor: Floor, contact: Contact, due_at: float, now: float) -> OfferCallback | None:
    place = position_of(floor, contact.contact_id, now)
    if place is None:
        return None
    lacks = contact.owner is None and not can_anybody(floor, contact)
    expected = place.estimate_seconds
    is_long = expected is not None and expected > due_at - contact.since
    if not lacks and not is_long and due_at > now:
        return None
    return OfferCallback(
        contact_id=contact.contact_id,
        cause="nobody_skilled" if lacks else "long_wait",
        position=place.position,
        estimate_seconds=expected,
    )


def can_anybody(floor: Floor, contact: Contact) -> bool:
    """Say whether somebody who is signed in has what the contact needs, busy or not."""
    cls = contact.cls
    queues = (cls.queue_id, *cls.overflows)
    return any(kind.can_serve(queues, cls.requirements) for kind in floor.signed_in)


def lacking(floor: Floor, queue: Queue) -> dict[tuple[Requirement, ...], int]:
    """Return what nobody signed in has -> how many wait for it; looks at kinds, not at contacts."""
    floor.settle()
    missing: dict[tuple[Requirement, ...], int] = {}
    for (owner, _), (cls, line) in queue.lines.items():
        queues = (cls.queue_id, *cls.overflows)
        if owner or not line.size:
            continue
        if any(kind.can_serve(queues, cls.requirements) for kind in floor.signed_in):
            continue
        needs = _nobody_has(floor, queues, cls.requirements)
        missing[needs] = missing.get(needs, 0) + line.size
    return missing


def _nobody_has(
    floor: Floor, queues: tuple[str, ...], needs: tuple[Requirement, ...]
) -> tuple[Requirement, ...]:
    """The skills that are missing one by one; where each is there, all that must come together."""
    single = tuple(
        need
        for need in needs
        if not any(kind.can_serve(queues, (need,)) for kind in floor.signed_in)
    )
    return single or needs
