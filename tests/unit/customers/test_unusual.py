"""Unusual payments: each rule speaks for what it names, and for nothing else."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hub.customers.unusual import Paid, UnusualRules, findings

RULES = UnusualRules()
DAY = 86_400.0


def paid(number: int, at: float, amount: str = "100", **more: str) -> Paid:
    named = {"merchant": "Bakery", "place": None} | more
    return Paid(
        id=f"p{number}", account_id="a", at=at, amount=Decimal(amount),
        merchant=str(named["merchant"]), place=named["place"],
    )  # fmt: skip


USUAL = [paid(n, n * DAY) for n in range(10)]


def rules_of(payment: Paid, before: list[Paid]) -> list[str]:
    return [one.rule for one in findings(payment, before, RULES)]


def test_an_ordinary_payment_is_not_looked_at() -> None:
    assert rules_of(paid(99, 20 * DAY), USUAL) == []


def test_a_large_amount_says_how_many_times_the_usual() -> None:
    (found,) = findings(paid(99, 20 * DAY, "750"), USUAL, RULES)
    assert (found.rule, found.value, found.usual) == ("amount", "7.5", "100.00")


def test_small_sums_are_never_large() -> None:
    cheap = [paid(n, n * DAY, "1") for n in range(10)]
    assert rules_of(paid(99, 20 * DAY, "499"), cheap) == []


def test_a_new_merchant_counts_only_for_much_money() -> None:
    rich = [paid(n, n * DAY, "1900") for n in range(10)]
    assert rules_of(paid(99, 20 * DAY, "2000", merchant="Jeweller"), rich) == ["new_merchant"]
    assert rules_of(paid(99, 20 * DAY, "1999", merchant="Jeweller"), rich) == []


def test_the_fifth_payment_in_ten_minutes_is_fast() -> None:
    burst = [paid(n, 20 * DAY + n * 60) for n in range(4)]
    assert rules_of(paid(99, 20 * DAY + 240), burst) == ["fast"]
    assert rules_of(paid(99, 20 * DAY + 180), burst[:3]) == []


def test_nobody_pays_in_two_places_within_two_hours() -> None:
    here = [paid(1, 0.0, place="Shanghai")]
    assert rules_of(paid(2, 3_600.0, place="Paris"), here) == ["place"]
    assert rules_of(paid(2, 3_600.0, place="Shanghai"), here) == []
    assert rules_of(paid(2, 3 * 3_600.0, place="Paris"), here) == []


amounts = st.decimals(min_value=1, max_value=100_000, places=2)


@given(st.lists(amounts, max_size=30), amounts, st.integers(0, 40))
def test_what_comes_later_never_matters(before: list[Decimal], amount: Decimal, cut: int) -> None:
    made = [paid(n, n * DAY, str(one)) for n, one in enumerate(before)]
    judged = paid(99, cut * DAY, str(amount))
    earlier = [one for one in made if one.at <= judged.at]
    assert findings(judged, made, RULES) == findings(judged, earlier, RULES)


@given(st.lists(amounts, min_size=5, max_size=30), amounts)
def test_more_money_is_never_less_unusual(before: list[Decimal], amount: Decimal) -> None:
    made = [paid(n, n * DAY, str(one)) for n, one in enumerate(before)]
    less = {one.rule for one in findings(paid(99, 99 * DAY, str(amount)), made, RULES)}
    more = {one.rule for one in findings(paid(99, 99 * DAY, str(amount * 2)), made, RULES)}
    assert less <= more
