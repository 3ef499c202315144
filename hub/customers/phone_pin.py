"""A customer's telephone PIN: six digits, kept as a keyed hash bound to the Customer."""

from typing import Any, Final

from hub.domain.errors import Invalid
from hub.security.lookup import LookupKey
from hub.store.rows import table_of
from hub.store.tables import PhonePin
from hub.store.unit import Call, Prepared
from hub.store.upsert import upsert

DIGITS: Final = 6
_COUNT: Final = ("misses", "first_missed_at", "locked_until")


def _write(*columns: str) -> Prepared:
    new = upsert(table_of(PhonePin))
    return Prepared(
        new.on_conflict_do_update(
            index_elements=["customer_id"], set_={name: new.excluded[name] for name in columns}
        )
    )


_set = _write("pin_key", "set_at", *_COUNT)
_count = _write(*_COUNT)


def pin_key(lookup: LookupKey, customer_id: str, digits: str) -> str:
    """Return what is stored and compared; without the key of this database it says nothing."""
    return lookup.of("phone_pin", f"{customer_id}/{digits}")


def set_pin(lookup: LookupKey, customer_id: str, digits: str, at: float) -> Call:
    """Store a PIN in place of the one before, unlocked; raise `Invalid` unless it is six digits."""
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        raise Invalid("bad_pin", f"a telephone PIN is {DIGITS} digits")
    key = pin_key(lookup, customer_id, digits)
    return _set(customer_id=customer_id, pin_key=key, set_at=at, **_no_misses())


def count_misses(
    customer_id: str, *, misses: int, first_missed_at: float, locked_until: float | None
) -> Call:
    """Store how often proving by phone went wrong, for a Customer with or without a PIN."""
    return _count(
        customer_id=customer_id, pin_key=None, set_at=None,
        misses=misses, first_missed_at=first_missed_at, locked_until=locked_until,
    )  # fmt: skip


def forget_misses(customer_id: str) -> Call:
    """Begin to count anew."""
    return count_misses(customer_id, **_no_misses())


def _no_misses() -> dict[str, Any]:
    return {"misses": 0, "first_missed_at": 0.0, "locked_until": None}
