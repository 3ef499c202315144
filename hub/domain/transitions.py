"""One table of legal moves for Contacts and one for Reservations.

Whoever changes a state asks here first; an illegal move is a refusal, never a surprise.
"""

from hub.domain.errors import Refused
from hub.domain.states import ContactState as C
from hub.domain.states import ReservationState as R

CONTACT_MOVES: dict[C, frozenset[C]] = {
    C.ARRIVED: frozenset({C.IN_SELF_SERVICE, C.QUEUED, C.ASSIGNED, C.PARKED, C.CLOSED}),
    C.IN_SELF_SERVICE: frozenset({C.QUEUED, C.ASSIGNED, C.PARKED, C.CLOSED}),
    C.QUEUED: frozenset({C.QUEUED, C.RESERVED, C.ASSIGNED, C.PARKED, C.CLOSED}),
    C.RESERVED: frozenset({C.ASSIGNED, C.QUEUED, C.CLOSED}),
    C.ASSIGNED: frozenset({C.QUEUED, C.ASSIGNED, C.IN_SELF_SERVICE, C.PARKED, C.CLOSED}),
    C.PARKED: frozenset({C.QUEUED, C.ASSIGNED, C.IN_SELF_SERVICE, C.CLOSED}),
    C.CLOSED: frozenset(),
}

RESERVATION_MOVES: dict[R, frozenset[R]] = {
    R.PENDING: frozenset({R.ACCEPTED, R.DECLINED, R.TIMED_OUT, R.RESCINDED}),
    R.ACCEPTED: frozenset(),
    R.DECLINED: frozenset(),
    R.TIMED_OUT: frozenset(),
    R.RESCINDED: frozenset(),
}


def require_contact_move(old: C | str, new: C) -> None:
    """Raise `Refused("contact_moved_on")` unless a Contact may go from `old` to `new`."""
    if new not in CONTACT_MOVES[C(old)]:
        raise Refused("contact_moved_on", f"a contact cannot go from {old} to {new}")


def require_reservation_move(old: R | str, new: R) -> None:
    """Raise `Refused("offer_gone")` unless a Reservation may go from `old` to `new`."""
    if new not in RESERVATION_MOVES[R(old)]:
        raise Refused("offer_gone", f"an offer that is {old} cannot become {new}")
