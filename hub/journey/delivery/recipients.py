"""The wrong recipient: words that speak of another customer than the one who will read them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select

from hub.customers.profile import open_profile
from hub.customers.search.find import find_customers
from hub.customers.search.query import Query, query_of
from hub.domain.errors import Invalid, Refused
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.guarding import Guard
from hub.security.protected import Protected, account_numbers_in
from hub.store.rows import find, table_of
from hub.store.tables import Account, Customer, File
from hub.store.unit import Prepared, Unit
from hub.text.digits import normalise_digits

NAMES_MOST: Final = 8
"""So many names of one text are looked up."""
NUMBERS_MOST: Final = 8
_MAIL: Final = re.compile(r"[^\s<>@,;:()\[\]]{1,64}@[A-Za-z0-9.-]{1,190}[A-Za-z0-9]")
_PHONE: Final = re.compile(r"(?:\+|00)\d(?:[ ().-]?\d){7,14}")
_NUMBER: Final = re.compile(r"(?<![\d+])\d{6,10}(?!\d)")
_LATIN_NAME: Final = re.compile(r"\b[A-Z][a-z'’-]+(?:[ \t]+[A-Z][a-z'’-]+){1,2}\b")
_TITLED: Final = re.compile(r"([㐀-鿿]{2,4})(?:先生|女士|小姐)")
_CALLED: Final = re.compile(r"(?:尊敬的|客户|账户持有人)\s*([㐀-鿿]{2,4})")

_u = table_of(Customer).c
_BY_KEYS: Final = Prepared(
    select(_u.id, _u.merged_into).where(
        _u.email_key.in_(bindparam("keys", expanding=True))
        | _u.phone_key.in_(bindparam("keys", expanding=True))
    )
)
_BY_NUMBERS: Final = Prepared(
    select(_u.id, _u.merged_into, _u.number).where(
        _u.number.in_(bindparam("numbers", expanding=True))
    )
)
_PROFILES: Final = Prepared(
    select(_u.id, _u.profile_sealed).where(_u.id.in_(bindparam("ids", expanding=True)))
)


class Other(NamedTuple):
    """What in a text belongs to another customer; the fragment is for the agent's page alone."""

    kind: str
    """name | number | mail | phone | account"""
    fragment: str


async def require_own(
    hub: Hub, customer_id: str | None, text: str, *, sure: Collection[Guard]
) -> tuple[Other, ...]:
    """Raise `Refused("other_customer")`, a line `kind fragment` each, unless staff insist.

    Returns what was let through, for the audit. For a guest every customer is another one.
    """
    found = await others_in(hub, customer_id, text)
    if found and Guard.OTHER_CUSTOMER not in sure:
        raise Refused(Guard.OTHER_CUSTOMER, "\n".join(" ".join(one) for one in found))
    return found


def note_let_through(hub: Hub, user_id: str, contact_id: str, found: Iterable[Other]) -> Unit[None]:
    """Write into the audit that somebody named another customer all the same; never whom."""
    kinds = ",".join(dict.fromkeys(one.kind for one in found))
    if kinds:
        details = {"guard": Guard.OTHER_CUSTOMER.value, "kinds": kinds}
        yield from audited(hub, user_id, "guard_overruled", contact_id, details=details)


async def others_in(hub: Hub, customer_id: str | None, text: str) -> tuple[Other, ...]:
    """Find names, customer numbers, mailboxes and telephones of customers who are not this one."""
    plain = normalise_digits(text)
    own = await _own(hub, customer_id)
    found = [
        *await _addresses(hub, own, "mail", _MAIL.findall(plain)),
        *await _addresses(hub, own, "phone", _PHONE.findall(plain)),
        *await _numbers(hub, own, _NUMBER.findall(plain)),
        *await _accounts(hub, own, text),
        *await _names(hub, own, text),
    ]
    return tuple(dict.fromkeys(found))


class _Own(NamedTuple):
    id: str | None
    names: frozenset[str]


async def _own(hub: Hub, customer_id: str | None) -> _Own:
    if customer_id is None:
        return _Own(None, frozenset())
    rows = await hub.reader.rows(_PROFILES(ids=[customer_id]))
    profile = open_profile(hub.vault, rows[0][1], customer_id) if rows else {}
    return _Own(customer_id, frozenset(_names_in(profile)))


async def _addresses(hub: Hub, own: _Own, kind: str, said: Iterable[str]) -> list[Other]:
    found = []
    for one in list(dict.fromkeys(said))[:NUMBERS_MOST]:
        try:
            key = hub.lookup.of(kind, one)
        except Invalid:  # a number without its country is nobody's
            continue
        rows = await hub.reader.rows(_BY_KEYS(keys=[key]))
        # A shared address that is this customer's too tells nothing new.
        if rows and own.id not in {of for row in rows for of in row}:
            found.append(Other(kind, one))
    return found


async def _numbers(hub: Hub, own: _Own, said: Iterable[str]) -> list[Other]:
    numbers = list(dict.fromkeys(said))[:NUMBERS_MOST]
    if not numbers:
        return []
    rows = await hub.reader.rows(_BY_NUMBERS(numbers=numbers))
    return [Other("number", number) for *of, number in rows if own.id not in of]


async def _accounts(hub: Hub, own: _Own, text: str) -> list[Other]:
    """Account numbers that are not this customer's; whose they are nobody needs to know."""
    rule = hub.settings.written.protected.get(Protected.ACCOUNT_NUMBER)
    said = dict.fromkeys(account_numbers_in(text, rule)) if rule is not None else {}
    if not said or own.id is None:
        return [Other("account", one) for one in said]
    rows = await hub.reader.rows(find(Account, "id", "detail_sealed", customer_id=own.id))
    details = [hub.vault.open_json(sealed, "account", "detail", of) for of, sealed in rows]
    known = {_bare(one["number"]) for one in details}
    return [Other("account", one) for one in said if _bare(one) not in known]


def _bare(number: str) -> str:
    return "".join(c for c in number if c.isalnum()).upper()


async def _names(hub: Hub, own: _Own, text: str) -> list[Other]:
    staff = {name for one in hub.staff.all() for name in one.name.values()}
    candidates = dict.fromkeys(
        one for one in candidate_names(text) if one not in staff and _folded(one) not in own.names
    )
    found = []
    for name in list(candidates)[:NAMES_MOST]:
        query = Query(passes=query_of(name).passes[:1])
        met = await find_customers(hub.reader, hub.lookup.words, query, 5)
        rows = await hub.reader.rows(_PROFILES(ids=list(met.customer_ids)))
        named = [_id for _id, sealed in rows if _is_called(hub, _id, sealed, name)]
        if named and own.id not in named:
            found.append(Other("name", name))
    return found


def candidate_names(text: str) -> Iterator[str]:
    """Yield what may be somebody's whole name, as it stands in the text."""
    for match in _LATIN_NAME.finditer(text):
        words = match[0].split()
        for size in (3, 2):
            for at in range(len(words) - size + 1):
                yield " ".join(words[at : at + size])
    for match in _TITLED.finditer(text):
        yield from (match[1][-size:] for size in (4, 3, 2) if len(match[1]) >= size)
    for match in _CALLED.finditer(text):
        yield from (match[1][:size] for size in (4, 3, 2) if len(match[1]) >= size)


def _is_called(hub: Hub, customer_id: str, sealed: bytes, name: str) -> bool:
    return _folded(name) in _names_in(open_profile(hub.vault, sealed, customer_id))


def _names_in(profile: Mapping[str, str]) -> set[str]:
    return {_folded(profile[one]) for one in ("name", "name_zh") if profile.get(one)}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


async def name_of_file(hub: Hub, file_id: str | None) -> str:
    """The name of a file that would go along; empty where there is none."""
    if file_id is None:
        return ""
    rows = await hub.reader.rows(find(File, "name_sealed", id=file_id))
    return hub.vault.open(rows[0][0], "file", "name", file_id) if rows else ""
