"""A payment that nobody expects of this customer, for a visitor to see what becomes of it; pure."""

from typing import Any, Final

_KINDS: Final = {
    "amount": ("Aurora Jewellers", "-28600.00", "Dubai"),
    "new_merchant": ("Northwind Online Casino", "-2450.00", "Valletta"),
    "usual": ("Luma Bakery", "-38.00", "Shanghai"),
}
PAYMENT_KINDS: Final = tuple(_KINDS)


def strange_payment(payment_id: str, kind: str, at: float) -> dict[str, Any]:
    """Return the payment of this kind, without its account; an unknown kind is the first."""
    merchant, amount, place = _KINDS.get(kind, _KINDS["amount"])
    return {
        "id": payment_id, "booked_at": at, "merchant": merchant, "amount": amount,
        "currency": "CNY", "place": place,
    }  # fmt: skip
