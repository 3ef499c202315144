"""What a customer of the demo bank has: accounts, cards, payments of six months, consents."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from config.demo import words
from config.demo.people import Person, luck_of

DAY_SECONDS = 86_400.0
MONTHS = 6
CONSENTS = ("recording", "marketing", "data_sharing", "email_statements", "surveys")
_ALWAYS = frozenset({"recording", "surveys"})
_NAMES = {
    "current": {"en": "Everyday account", "zh": "日常账户"},
    "savings": {"en": "Savings account", "zh": "储蓄账户"},
    "credit": {"en": "Credit card account", "zh": "信用卡账户"},
    "business": {"en": "Business account", "zh": "企业账户"},
    "loan": {"en": "Home loan", "zh": "住房贷款"},
}

_LIMITS = {"current": "20000.00", "savings": "5000.00", "business": "200000.00"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountHeld:
    """One account."""

    id: str
    kind: str
    number: str
    balance: str
    currency: str = "CNY"

    @property
    def limit(self) -> str | None:
        """What may be transferred in a day; nothing from a loan or a credit card."""
        return None if self.kind in ("credit", "loan") else _LIMITS[self.kind]

    @property
    def name(self) -> dict[str, str]:
        """The product's name per language."""
        return _NAMES[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardHeld:
    """One card."""

    id: str
    account_id: str
    kind: str
    last_four: str
    state: str = "active"
    expires: str = "2029-08"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMade:
    """One payment; `amount` is a decimal text, negative when money left the account."""

    id: str
    account_id: str
    at: float
    merchant: str
    amount: str
    unusual: str | None = None
    unusual_times: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """One answer about what the bank may do."""

    code: str
    given: bool
    at: float


def accounts_of(person: Person) -> list[AccountHeld]:
    """Return one to three accounts, by segment."""
    dice = luck_of("accounts", person.number)
    kinds = ["business" if person.segment == "business" else "current"]
    if person.segment == "premier" or dice.random() < 0.4:
        kinds.append("savings")
    if person.segment != "student" and dice.random() < 0.35:
        kinds.append("credit")
    if person.segment in ("everyday", "premier") and dice.random() < 0.12:
        kinds.append("loan")
    return [_account(person, kind, n, dice) for n, kind in enumerate(kinds)]


def _account(person: Person, kind: str, n: int, dice: Random) -> AccountHeld:
    rich = {"premier": 12.0, "business": 20.0, "student": 0.2}.get(person.segment, 1.0)
    cents = int(dice.lognormvariate(9.2, 0.9) * rich * 100)
    sign = "-" if kind in ("credit", "loan") else ""
    return AccountHeld(
        id=f"acc_demo{person.number}{n}",
        kind=kind,
        number=f"6600{dice.randint(10**11, 10**12 - 1)}",
        balance=f"{sign}{cents // 100}.{cents % 100:02}",
    )


def cards_of(person: Person, accounts: list[AccountHeld]) -> list[CardHeld]:
    """Return a card for each account that can have one."""
    dice = luck_of("cards", person.number)
    states, weights = ("active", "blocked", "expired"), (92, 5, 3)
    return [
        CardHeld(
            id=f"crd_demo{person.number}{n}",
            account_id=account.id,
            kind="credit" if account.kind == "credit" else "debit",
            last_four=f"{dice.randint(0, 9999):04}",
            state=dice.choices(states, weights)[0],
            expires=f"{dice.randint(2027, 2031)}-{dice.randint(1, 12):02}",
        )
        for n, account in enumerate(accounts)
        if account.kind in ("current", "credit", "business")
    ]


def payments_of(person: Person, account: AccountHeld, now: float, count: int) -> list[PaymentMade]:
    """Return `count` payments of the last six months, now and then one that stands out."""
    dice = luck_of("payments", account.id)
    begin = now - MONTHS * 30.4 * DAY_SECONDS
    moments = sorted(dice.uniform(begin, now - 3600) for _ in range(count))
    return list(_spent(person, account, moments, dice))


def _spent(
    person: Person, account: AccountHeld, moments: list[float], dice: Random
) -> Iterator[PaymentMade]:
    scale = 4 if person.segment == "business" else 1
    for n, at in enumerate(moments):
        shop, least, most = dice.choice(words.SHOPS)
        cents = dice.randint(least * 100, most * 100) * scale
        unusual, times, sign = None, None, "-"
        if n % 12 == 11:
            shop, cents, sign = f"Salary, {dice.choice(words.EMPLOYERS)}", cents * 80, ""
        elif dice.random() < 0.008:
            unusual = dice.choice(("new_merchant", "amount", "abroad", "night", "frequency"))
            times = round(dice.uniform(2.5, 9), 1)
            shop, cents = dice.choice(words.STRANGE_SHOPS), int(cents * times)
        yield PaymentMade(
            id=f"pay_demo{account.id[8:]}{n:03}",
            account_id=account.id,
            at=at,
            merchant=shop,
            amount=f"{sign}{cents // 100}.{cents % 100:02}",
            unusual=unusual,
            unusual_times=times,
        )


def consents_of(person: Person, now: float) -> list[ConsentGiven]:
    """Return the customer's answers."""
    dice = luck_of("consents", person.number)
    return [
        ConsentGiven(
            code=code,
            given=code in _ALWAYS or dice.random() < 0.5,
            at=now - dice.uniform(30, 900) * DAY_SECONDS,
        )
        for code in CONSENTS
    ]
