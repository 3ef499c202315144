"""Persons who may act on a record besides its holder, and on which accounts."""

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, or_, select

from hub.security.vault import Vault
from hub.store.rows import find, table_of
from hub.store.tables import Account, Party, PartyAccount
from hub.store.unit import Prepared, Unit


class PartyRole(StrEnum):
    """Why somebody besides the holder may act."""

    JOINT_HOLDER = "joint_holder"
    DIRECTOR = "director"
    ATTORNEY = "attorney"


HOLDER: Final = "holder"

_p, _pa, _a = (table_of(one).c for one in (Party, PartyAccount, Account))
_with_accounts = (
    select(
        _p.id, _p.customer_id, _p.holder_customer_id, _p.person_sealed, _p.role, _p.until_at,
        _pa.account_id,
    )
    .join_from(table_of(Party), table_of(PartyAccount), _pa.party_id == _p.id, isouter=True)
    .order_by(_p.created_at, _p.id, _pa.account_id)
)  # fmt: skip
of_record = Prepared(
    _with_accounts.where(
        or_(_p.customer_id == bindparam("of"), _p.holder_customer_id == bindparam("of"))
    )
)
"""Rows for `persons` of one record: its own persons, and its holder's part in other records."""
of_party = Prepared(_with_accounts.where(_p.id == bindparam("of")))
shared_accounts = Prepared(
    select(_a.id, _a.kind, _a.currency, _a.detail_sealed)
    .join_from(table_of(Party), table_of(PartyAccount), _pa.party_id == _p.id)
    .join(table_of(Account), _a.id == _pa.account_id)
    .where(_p.holder_customer_id == bindparam("of"))
)
"""Accounts in other records on which this Customer may act."""


class Person(NamedTuple):
    """One person of a record."""

    party_id: str
    customer_id: str
    """Whose record."""
    holder_customer_id: str | None
    person_sealed: bytes | None
    role: str
    until_at: float | None
    accounts: frozenset[str]

    def holds_at(self, now: float) -> bool:
        """Whether the power is in force."""
        return self.until_at is None or now < self.until_at


def persons(rows: Iterable[Sequence[Any]]) -> list[Person]:
    """Return what `of_record` or `of_party` found, one value for each person."""
    found: dict[str, Person] = {}
    for *told, account_id in rows:
        party_id = told[0]
        before = found[party_id].accounts if party_id in found else frozenset()
        more = frozenset() if account_id is None else frozenset({account_id})
        found[party_id] = Person._make([*told, before | more])
    return list(found.values())


def profile_of(vault: Vault, person: Person) -> dict[str, str]:
    """Open what is known of a person without a record of their own."""
    if person.person_sealed is None:
        return {}
    opened: dict[str, str] = json.loads(
        vault.open(person.person_sealed, "party", "person", person.party_id)
    )
    return opened


def speaks_for_a_firm(found: Iterable[Person], customer_id: str) -> bool:
    """Whether the record is a firm's: it cannot speak itself, so who speaks must be marked."""
    return any(one.role == PartyRole.DIRECTOR and one.customer_id == customer_id for one in found)


def open_accounts(
    found: Sequence[Person], customer_id: str, speaker: str | None, now: float
) -> frozenset[str] | None:
    """Return the accounts that who speaks may act on; None for all (the holder in person)."""
    if speaker is not None:
        one = next((one for one in found if one.party_id == speaker), None)
        in_force = one is not None and one.customer_id == customer_id and one.holds_at(now)
        return one.accounts if one is not None and in_force else frozenset()
    return frozenset() if speaks_for_a_firm(found, customer_id) else None


def may_act(customer_id: str, speaker: str | None, account_id: str, now: float) -> Unit[bool]:
    """Tell whether who speaks on this record may act on the account."""
    found = persons((yield of_record(of=customer_id)))
    allowed = open_accounts(found, customer_id, speaker, now)
    if allowed is not None:
        return account_id in allowed
    if (yield find(Account, "id", id=account_id, customer_id=customer_id)):
        return True
    return any(
        account_id in one.accounts and one.holds_at(now)
        for one in found
        if one.holder_customer_id == customer_id
    )
