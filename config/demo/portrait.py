"""The form of a customer who is written by hand; what is not said is invented as for others."""

from dataclasses import dataclass

from config.demo.holdings import (
    DAY_SECONDS,
    AccountHeld,
    CardHeld,
    PaymentMade,
    accounts_of,
    cards_of,
    payments_of,
)
from config.demo.people import Person, invalid_id_number
from config.demo.stories import CaseOpened, PastContact

PAYMENTS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyNamed:
    """A person who may act on some accounts of another's record."""

    id: str
    own: Person
    """Their own record."""
    role: str
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A customer with all that is special about them; the rest is invented as for others."""

    person: Person
    accounts: tuple[AccountHeld, ...] = ()
    cards: tuple[CardHeld, ...] = ()
    payments: tuple[PaymentMade, ...] = ()
    cases: tuple[CaseOpened, ...] = ()
    contacts: tuple[PastContact, ...] = ()
    matter: tuple[str, str] = ("", "")
    """What they may ask about, en and zh: a hint on the demo's pages."""
    parties: tuple[PartyNamed, ...] = ()
    """Who else may act on the record."""


def portrait(number: str, name: str, name_zh: str, **more: object) -> Person:
    """Return a person; what is not said is like for most."""
    values: dict[str, object] = {
        "language": "zh" if name_zh else "en",
        "segment": "everyday",
        "lifecycle": "active",
        "since_year": 2019,
        "phone": f"+8613800{number[-6:]}",
        "email": f"{name.lower().replace(' ', '.')}@mail.example",
        "birth_date": "1988-05-17",
        "address": "上海市湖滨路16号" if name_zh else "16 Lake Road, Shanghai",
    }
    values |= more
    born = str(values["birth_date"])
    values.setdefault("id_number", invalid_id_number(born, int(number[-3:])))
    # A table of texts by field: wrong ones are refused by the class when the demo is built.
    return Person(number=number, name=name, name_zh=name_zh, **values)  # type: ignore[arg-type]


def as_known(person: Person, now: float, matter: tuple[str, str], **more: object) -> Known:
    """Return a customer with invented accounts, cards and payments."""
    accounts = accounts_of(person)
    values: dict[str, object] = {
        "accounts": tuple(accounts),
        "cards": tuple(cards_of(person, accounts)),
        "payments": tuple(payments_of(person, accounts[0], now - DAY_SECONDS, PAYMENTS)),
        "matter": matter,
    }
    # As above.
    return Known(person=person, **(values | more))  # type: ignore[arg-type]
