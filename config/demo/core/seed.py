"""The customers of the demo bank as its own system has them: the same as the hub was given."""

from collections.abc import Iterable
from typing import Any

from config.demo import known
from config.demo.holdings import (
    AccountHeld,
    CardHeld,
    PaymentMade,
    accounts_of,
    cards_of,
    payments_of,
)
from config.demo.people import FIRST_NUMBER, luck_of, person


def customer_of(number: str, count: int, most_payments: int, now: float) -> dict[str, Any] | None:
    """Return a customer of the first `count`; `now`, when the hub was seeded, dates payments."""
    named = known.known_customers(now)
    for one in named:
        if one.person.number == number:
            return _customer(number, one.accounts, one.cards, one.payments)
    n = int(number) - FIRST_NUMBER if number.isascii() and number.isdigit() else -1
    if not len(named) <= n < count:
        return None
    who = person(n)
    accounts = accounts_of(who)
    share = luck_of("how much", who.number).uniform(0.3, 1.0)
    payments = payments_of(who, accounts[0], now, round(most_payments * share))
    return _customer(number, accounts, cards_of(who, accounts), payments)


def _customer(
    number: str,
    accounts: Iterable[AccountHeld],
    cards: Iterable[CardHeld],
    payments: Iterable[PaymentMade],
) -> dict[str, Any]:
    return {
        "number": number,
        "accounts": [_account(one) for one in accounts],
        "cards": [_card(one) for one in cards],
        "payments": [_payment(one) for one in payments],
    }


def _account(one: AccountHeld) -> dict[str, Any]:
    return {
        "id": one.id, "kind": one.kind, "currency": one.currency, "number": one.number,
        "balance": one.balance, "name": one.name, "transfer_limit": one.limit,
    }  # fmt: skip


def _card(one: CardHeld) -> dict[str, Any]:
    return {
        "id": one.id, "account_id": one.account_id, "kind": one.kind, "last_four": one.last_four,
        "state": one.state, "expires": one.expires,
    }  # fmt: skip


def _payment(one: PaymentMade) -> dict[str, Any]:
    return {
        "id": one.id, "account_id": one.account_id, "booked_at": one.at,
        "merchant": one.merchant, "amount": one.amount, "currency": "CNY",
    }  # fmt: skip
