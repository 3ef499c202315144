"""Which payments a person should look at: few plain rules, each with its explanation; pure.

A payment is judged against the same customer's payments before it. What is found says by how
much, so that the one who looks need not count again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """Money that left an account; `amount` is positive, `place` the country or city, if known."""

    id: str
    account_id: str
    at: float
    merchant: str
    amount: Decimal
    currency: str = ""
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusualRules:
    """The operator's measures (`unusual.toml`)."""

    least_history: int = 5
    """With fewer payments before, only speed and place are judged: nothing is usual yet."""
    fresh_seconds: float = 3 * DAY_SECONDS
    """A payment that is older when we first hear of it is history, not work."""
    amount_times: float = 5.0
    """So many times the median of the payments before."""
    amount_least: Decimal = Decimal(500)
    """Smaller amounts are never unusual by size or merchant."""
    new_merchant_least: Decimal = Decimal(2000)
    """A merchant never paid before, for this much or more."""
    fast_count: int = 5
    fast_seconds: float = 600.0
    """So many payments within this time, the judged one included."""
    place_seconds: float = 2 * 3600.0
    """Two places within this time: nobody travels so fast."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that spoke: `amount`, `new_merchant`, `fast` or `place`."""

    rule: str
    value: str
    """What was seen, e.g. `7.5` times, `6` payments, `Paris`."""
    usual: str
    """What it was held against, e.g. the median amount."""


def findings(payment: Paid, before: Sequence[Paid], rules: UnusualRules) -> tuple[Finding, ...]:
    """Judge a payment by those before it (any order; later ones are not looked at)."""
    earlier = [one for one in before if one.at <= payment.at and one.id != payment.id]
    found = [_fast(payment, earlier, rules), _place(payment, earlier, rules)]
    alike = [one for one in earlier if one.currency == payment.currency]
    if len(alike) >= rules.least_history:
        found += [_amount(payment, alike, rules), _new_merchant(payment, earlier, rules)]
    return tuple(one for one in found if one is not None)


def _amount(payment: Paid, earlier: Sequence[Paid], rules: UnusualRules) -> Finding | None:
    usual = median(one.amount for one in earlier)
    if payment.amount < rules.amount_least or usual <= 0:
        return None
    times = float(payment.amount / usual)
    if times < rules.amount_times:
        return None
    return Finding("amount", f"{times:.1f}", f"{usual:.2f}")


def _new_merchant(payment: Paid, earlier: Sequence[Paid], rules: UnusualRules) -> Finding | None:
    if payment.amount < max(rules.new_merchant_least, rules.amount_least):
        return None
    if any(one.merchant == payment.merchant for one in earlier):
        return None
    return Finding("new_merchant", payment.merchant, str(len({one.merchant for one in earlier})))


def _fast(payment: Paid, earlier: Sequence[Paid], rules: UnusualRules) -> Finding | None:
    since = payment.at - rules.fast_seconds
    count = 1 + sum(one.at >= since for one in earlier)
    if count < rules.fast_count:
        return None
    return Finding("fast", str(count), f"{rules.fast_seconds / 60:.0f}")


def _place(payment: Paid, earlier: Sequence[Paid], rules: UnusualRules) -> Finding | None:
    if payment.place is None:
        return None
    since = payment.at - rules.place_seconds
    near = [one for one in earlier if one.place is not None and one.at >= since]
    last = max(near, key=lambda one: one.at, default=None)
    if last is None or last.place == payment.place:
        return None
    return Finding("place", payment.place, str(last.place))
