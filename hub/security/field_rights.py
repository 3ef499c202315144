"""Which field of a customer's record a viewer sees, and how: decided here and nowhere else.

Each field has a class, an identity level the customer must have proved before it is shown, and,
where an outline helps, a mask. A field that is not in the table is closed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from hub.domain.identity import FieldClass
from hub.domain.states import IdentityLevel
from hub.security import masks
from hub.security.roles import Right, Role, may


class Sight(StrEnum):
    """How a field appears."""

    SHOWN = "shown"
    MASKED = "masked"
    CLOSED = "closed"


class ClosedBecause(StrEnum):
    """Why a field is closed; the page has a sentence for each."""

    ROLE = "role"
    IDENTITY_LEVEL = "identity_level"
    UNKNOWN_FIELD = "unknown_field"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """`level` opens the field: in full, or for a sensitive one its mask and the right to reveal."""

    field_class: FieldClass
    level: int = IdentityLevel.UNKNOWN
    mask: Callable[[str], str] | None = None
    outline_level: int | None = None
    """From this lower level on the mask may be seen; None: not before `level`."""


@dataclass(frozen=True, slots=True)
class Visible:
    """The decision on one field for one viewer."""

    sight: Sight
    reason: ClosedBecause | None = None
    needs_level: int = IdentityLevel.UNKNOWN
    may_reveal: bool = False

    @property
    def why(self) -> str | None:
        """Why it is not shown in full, as a code; None when it is, or may be revealed."""
        if self.needs_level:
            return f"identity_level_{self.needs_level}"
        return None if self.reason is None else self.reason.value


class FieldView(NamedTuple):
    """What leaves the server for one field; `text` is None when it is closed."""

    visible: Visible
    text: str | None


_OPEN = FieldRule(FieldClass.OPEN)
_INTERNAL = FieldRule(FieldClass.INTERNAL)
_CLAIMED, _PROVED = IdentityLevel.CLAIMED, IdentityLevel.PROVED


def _personal(level: int) -> FieldRule:
    return FieldRule(FieldClass.PERSONAL, level)


def _sensitive(mask: Callable[[str], str]) -> FieldRule:
    return FieldRule(FieldClass.SENSITIVE, _PROVED, mask, outline_level=_CLAIMED)


_PERSON_NAME = FieldRule(
    FieldClass.PERSONAL, _CLAIMED, masks.mask_name, outline_level=IdentityLevel.UNKNOWN
)

FIELDS: Final[dict[str, FieldRule]] = {
    "language": _OPEN,
    "number": _INTERNAL,
    "segment": _INTERNAL,
    "lifecycle": _INTERNAL,
    "since_year": _INTERNAL,
    "manager": _INTERNAL,
    "standing": _INTERNAL,
    "preference": _INTERNAL,
    "warnings": _INTERNAL,
    "name": _PERSON_NAME,
    "name_zh": _PERSON_NAME,
    "phone": _sensitive(masks.mask_phone),
    "email": _sensitive(masks.mask_mail),
    "id_number": _sensitive(masks.mask_id_number),
    "birth_date": _sensitive(masks.mask_birth_date),
    "address": _personal(_PROVED),
    "account.kind": _personal(_CLAIMED),
    "account.name": _personal(_CLAIMED),
    "account.currency": _personal(_CLAIMED),
    "account.number": _sensitive(masks.mask_number),
    "account.balance": _personal(_PROVED),
    "account.limit": _personal(_PROVED),
    "card.kind": _personal(_CLAIMED),
    "card.last_four": _personal(_CLAIMED),
    "card.state": _personal(_CLAIMED),
    "card.expires": _personal(_PROVED),
    "order": _personal(_CLAIMED),
    "payment": _personal(_PROVED),
    "case": _personal(_CLAIMED),
    "history": _personal(_CLAIMED),
    "consent": _INTERNAL,
}
"""Every field of the record by its name; a field of a part is `part.field`."""


def visible(field: str, roles: Iterable[Role], level: int) -> Visible:
    """Decide how a viewer with these roles sees a field of a customer proved to this level."""
    return _visible(field, frozenset(roles), level)


# Asked some twenty times for every ScreenPop, nearly always with the same roles and levels.
@lru_cache(maxsize=2048)
def _visible(field: str, held: frozenset[Role], level: int) -> Visible:
    if not may(held, Right.SEE_CUSTOMERS):
        return Visible(Sight.CLOSED, ClosedBecause.ROLE)
    rule = FIELDS.get(field)
    if rule is None:
        return Visible(Sight.CLOSED, ClosedBecause.UNKNOWN_FIELD)
    if level >= rule.level:
        if rule.field_class is FieldClass.SENSITIVE:
            return Visible(Sight.MASKED, may_reveal=may(held, Right.REVEAL_FIELD))
        return Visible(Sight.SHOWN)
    if rule.outline_level is not None and level >= rule.outline_level:
        return Visible(Sight.MASKED, needs_level=rule.level)
    return Visible(Sight.CLOSED, ClosedBecause.IDENTITY_LEVEL, rule.level)


def view(field: str, value: str, roles: Iterable[Role], level: int) -> FieldView:
    """Return what may leave the server of a value: all, its mask, or nothing and why."""
    seen = visible(field, roles, level)
    if seen.sight is Sight.SHOWN:
        return FieldView(seen, value)
    mask = FIELDS[field].mask if seen.sight is Sight.MASKED else None
    return FieldView(seen, mask(value) if mask else None)


def may_reveal(field: str, roles: Iterable[Role], level: int) -> bool:
    """Tell whether a viewer may see a masked field in full for a moment, with reason and audit."""
    return visible(field, roles, level).may_reveal
