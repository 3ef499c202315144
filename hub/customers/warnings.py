"""Warnings on top of a record: which there are, and who may set and remove them; pure."""

import json
from collections.abc import Iterable
from typing import Final, NamedTuple

from hub.security.roles import Right, Role, may

VULNERABLE: Final = "vulnerable"
DECEASED: Final = "deceased"
FRAUD_WATCH: Final = "fraud_watch"
COMPLAINT: Final = "complaint"
STAFF_RECORD: Final = "staff_record"
_NONE: Final = "[]"


class _Kind(NamedTuple):
    set: Right
    remove: Right


KINDS: Final[dict[str, _Kind]] = {
    DECEASED: _Kind(Right.STEER_WARNINGS, Right.STEER_WARNINGS),
    FRAUD_WATCH: _Kind(Right.SET_WARNINGS, Right.STEER_WARNINGS),
    STAFF_RECORD: _Kind(Right.STEER_WARNINGS, Right.STEER_WARNINGS),
    VULNERABLE: _Kind(Right.SET_WARNINGS, Right.SET_WARNINGS),
    COMPLAINT: _Kind(Right.SET_WARNINGS, Right.SET_WARNINGS),
}
"""In the order of weight: the heaviest stands on top."""


def may_set(kind: str, roles: Iterable[Role]) -> bool:
    """Tell whether these roles may put the warning on a record."""
    return kind in KINDS and may(roles, KINDS[kind].set)


def may_remove(kind: str, roles: Iterable[Role]) -> bool:
    """Tell whether these roles may take the warning off a record."""
    return kind in KINDS and may(roles, KINDS[kind].remove)


def is_restricted(kinds: Iterable[str], roles: Iterable[Role]) -> bool:
    """Whether a record is a colleague's, which these roles may not open."""
    return STAFF_RECORD in kinds and not may(roles, Right.SEE_STAFF_RECORDS)


def in_force(column: str) -> list[str]:
    """Return the codes of `Customer.warnings`, the heaviest first."""
    if column == _NONE:  # of nearly all customers, and asked with every record
        return []
    weight = list(KINDS)
    found: list[str] = json.loads(column)
    return sorted(found, key=lambda kind: weight.index(kind) if kind in weight else len(weight))
