"""Fills an empty store with the demo bank, in chunks that leave the writer free in between."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from config.demo import known, staff
from config.demo.crowd import crew
from config.demo.holdings import accounts_of, cards_of, consents_of, payments_of
from config.demo.people import Person, luck_of, person
from config.demo.portrait import Known
from config.demo.rows import Rows
from config.demo.staff import Employee
from config.demo.stories import cases_of, contacts_of
from hub.security.lookup import LookupKey
from hub.security.passwords import Passwords
from hub.security.vault import Vault
from hub.store import tables
from hub.store.journal import Journal
from hub.store.reader import Reader
from hub.store.rows import find, put
from hub.store.unit import Call, Unit

CHUNK_ROWS = 2_000
"""About 40 ms of the writer."""
MARK_KIND, MARK_NAME = "demo", "northmere"
"""A row of the set-up that says: this store has accounts with known passwords."""

Progress = Callable[[int, int], None]
"""Told after each chunk: customers done, customers in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How big the bank is."""

    customers: int = 2_000
    payments: int = 36
    """At most so many per current account; the rest have fewer."""
    contacts: int = 4
    """On average so many past contacts per customer."""
    agents: int = len(staff.AGENTS)
    """With further queues from the ninth on; see `crowd.py`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Soil:
    """What seeding needs of a hub."""

    journal: Journal
    reader: Reader
    vault: Vault
    lookup: LookupKey
    passwords: Passwords
    outcomes: Mapping[str, Sequence[str]]
    """Disposition codes of each queue."""
    now: float


async def is_demo(reader: Reader) -> bool:
    """Tell whether the store holds the demo bank."""
    return bool(await reader.rows(find(tables.Setup, "version", kind=MARK_KIND, name=MARK_NAME)))


async def seeded_at(reader: Reader) -> float:
    """Return when the bank was written: everything in it is dated from then."""
    mark = find(tables.Setup, "published_at", kind=MARK_KIND, name=MARK_NAME)
    return float((await reader.rows(mark))[0][0])


async def seed(soil: Soil, size: Size | None = None, told: Progress | None = None) -> int:
    """Write the demo bank; return the number of rows. The mark comes last: a half is no bank."""
    size = size or Size()
    password_hash = await soil.passwords.hash(staff.PASSWORD)
    await soil.journal.run(_staff(_everybody(size.agents), password_hash, soil.now))
    rows = 0
    calls = _customers(soil, size)
    writing: asyncio.Future[None] | None = None
    while chunk := list(islice(calls, CHUNK_ROWS)):
        if writing is not None:
            await writing
        # Invented here while the journal's thread writes the chunk before.
        unit = _write([call for _, call in chunk])
        writing = asyncio.ensure_future(soil.journal.run(unit))
        await asyncio.sleep(0)
        rows += len(chunk)
        if told is not None:
            told(chunk[-1][0], size.customers)
    if writing is not None:
        await writing
    await soil.journal.run(_write([_mark(soil.now)]))
    return rows


def _write(calls: Sequence[Call]) -> Unit[None]:
    for call in calls:  # noqa: UP028  a list cannot be sent results
        yield call


def _mark(now: float) -> Call:
    return put(
        tables.Setup,
        kind=MARK_KIND,
        name=MARK_NAME,
        version=1,
        body="{}",
        published_at=now,
        published_by="demo",
    )


def _everybody(agents: int) -> tuple[Employee, ...]:
    return (*crew(agents), *staff.SUPERVISORS, staff.ADMINISTRATOR, staff.AUDITOR)


def _staff(people: Sequence[Employee], password_hash: str, now: float) -> Unit[None]:
    for one in people:
        yield put(
            tables.User,
            id=one.id,
            login=one.login,
            name=json.dumps({"en": one.en, "zh": one.zh}, ensure_ascii=False),
            team=one.team,
            roles=json.dumps(one.roles),
            password_hash=password_hash,
            skills=json.dumps(one.skills),
            queues=json.dumps(one.queues),
            capacity_units=one.capacity_units,
            created_at=now,
        )


def invented(size: Size) -> range:
    """Return the numbers of the customers whom nobody wrote by hand, for `people.person`."""
    return range(len(known.known_customers(0.0)), size.customers)


def _customers(soil: Soil, size: Size) -> Iterator[tuple[int, Call]]:
    """Yield each row with the count of customers begun."""
    rows = Rows(soil.vault, soil.lookup)
    named = known.known_customers(soil.now)
    for n in range(size.customers):
        if n < len(named):
            calls = _known(rows, named[n], soil)
        else:
            calls = _invented(rows, person(n), soil, size)
        for call in calls:
            yield n + 1, call


def _known(rows: Rows, one: Known, soil: Soil) -> Iterator[Call]:
    who = one.person
    yield rows.person(who, soil.now)
    yield rows.pin(who, soil.now)
    yield from rows.index(who)
    yield from (rows.account(who, account) for account in one.accounts)
    yield from (rows.card(who, card) for card in one.cards)
    yield from (rows.payment(who, payment) for payment in one.payments)
    for party in one.parties:
        yield from rows.party(who, party, soil.now)
    yield from (rows.case(who, case) for case in one.cases)
    yield from (rows.consent(who, consent) for consent in consents_of(who, soil.now))
    past = list(one.contacts) or contacts_of(who, soil.now, 3, soil.outcomes)
    yield from rows.contacts(who, past)


def _invented(rows: Rows, who: Person, soil: Soil, size: Size) -> Iterator[Call]:
    dice = luck_of("how much", who.number)
    yield rows.person(who, soil.now)
    yield rows.pin(who, soil.now)
    yield from rows.index(who)
    accounts = accounts_of(who)
    yield from (rows.account(who, account) for account in accounts)
    yield from (rows.card(who, card) for card in cards_of(who, accounts))
    count = round(size.payments * dice.uniform(0.3, 1.0))
    for payment in payments_of(who, accounts[0], soil.now, count):
        yield rows.payment(who, payment)
    owners = [one.id for one in staff.AGENTS]
    yield from (rows.case(who, case) for case in cases_of(who, soil.now, owners))
    yield from (rows.consent(who, consent) for consent in consents_of(who, soil.now))
    yield from rows.contacts(who, contacts_of(who, soil.now, _about(who, size), soil.outcomes))


def _about(who: Person, size: Size) -> int:
    return luck_of("how many", who.number).randint(0, 2 * size.contacts)
