"""The personal fields of a Customer: the one way to write them, so that every look-up stays true.

The sealed profile, the keys for equality and the word index change in one transaction.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import bindparam, select

from hub.customers.search.forms import findable
from hub.customers.search.index import index_customer
from hub.domain.errors import Invalid, NotFound
from hub.security.lookup import LookupKey
from hub.security.vault import Vault
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Customer
from hub.store.unit import Prepared, Unit

PROFILE_FIELDS: Final = (
    "name", "name_zh", "phone", "email", "id_number", "birth_date", "address",
)  # fmt: skip
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_c = table_of(Customer).c
_merged_numbers = Prepared(select(_c.number).where(_c.merged_into == bindparam("of")))


def open_profile(vault: Vault, sealed: bytes, customer_id: str) -> dict[str, str]:
    """Open the personal fields of a Customer."""
    profile: dict[str, str] = vault.open_json(sealed, "customer", "profile", customer_id)
    return profile


def seal_profile(vault: Vault, profile: Mapping[str, str], customer_id: str) -> bytes:
    """Seal the personal fields for their row."""
    return vault.seal(_dump(dict(profile)), "customer", "profile", customer_id)


def look_up_keys(lookup: LookupKey, profile: Mapping[str, str]) -> dict[str, str | None]:
    """Return the columns for equality look-ups; a phone without country code has none."""
    keys: dict[str, str | None] = {"phone_key": None, "email_key": None}
    if profile.get("phone"):
        with suppress(Invalid):
            keys["phone_key"] = lookup.of("phone", profile["phone"])
    if profile.get("email"):
        keys["email_key"] = lookup.of("mail", profile["email"])
    return keys


def add_customer(
    vault: Vault,
    lookup: LookupKey,
    customer_id: str,
    *,
    number: str,
    profile: Mapping[str, str],
    **columns: Any,
) -> Unit[None]:
    """Store a new Customer with all that finds it; `columns` are the plain ones."""
    yield put(
        Customer,
        id=customer_id,
        number=number,
        profile_sealed=seal_profile(vault, profile, customer_id),
        **look_up_keys(lookup, profile),
        **columns,
    )
    yield from index_customer(lookup.words, customer_id, findable((number,), profile))


def change_customer(
    vault: Vault,
    lookup: LookupKey,
    customer_id: str,
    fields: Mapping[str, str],
    **columns: Any,
) -> Unit[list[str]]:
    """Change personal fields and plain columns; returns the names of those that did change."""
    names = tuple(columns)
    rows = yield find(Customer, "number", "profile_sealed", *names, lock=True, id=customer_id)
    if not rows:
        raise NotFound("no_customer")
    number, sealed, *before = rows[0]
    old = open_profile(vault, sealed, customer_id)
    new = {**old, **fields}
    changed = [name for name in fields if old.get(name, "") != fields[name]]
    changed += [name for name, was in zip(names, before, strict=True) if was != columns[name]]
    if not changed:
        return []
    yield change(
        Customer,
        customer_id,
        profile_sealed=seal_profile(vault, new, customer_id),
        **look_up_keys(lookup, new),
        **columns,
    )
    numbers = yield from numbers_of(customer_id, number)
    yield from index_customer(
        lookup.words, customer_id, findable(numbers, new), findable(numbers, old)
    )
    return changed


def numbers_of(customer_id: str, number: str) -> Unit[tuple[str, ...]]:
    """Return the customer's number and those of records merged into this one."""
    merged = yield _merged_numbers(of=customer_id)
    return (number, *sorted(row[0] for row in merged))
