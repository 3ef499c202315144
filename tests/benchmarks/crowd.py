"""200,000 customers with a million past contacts, written straight into a bank's folder.

Their stories are those of the demo bank's first customers, told again under new numbers: every
row has its own identifiers and its own seals, as the product writes them. No server runs yet, so
the rows go in without its journal, a transaction for some thousand customers.
"""

import os
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from config.demo.holdings import (
    AccountHeld,
    CardHeld,
    ConsentGiven,
    PaymentMade,
    accounts_of,
    cards_of,
    consents_of,
    payments_of,
)
from config.demo.people import FIRST_NUMBER, Person, person
from config.demo.rows import Rows
from config.demo.stories import CaseOpened, PastContact, cases_of, contacts_of
from hub.journey.context import Hub
from hub.store.sqlite_files import connect_writer
from hub.store.statements import SQLITE, statement
from hub.store.unit import Call
from tests.benchmarks.bank import Bank
from tests.benchmarks.filling import hub_of

CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200000"))
CONTACTS_EACH, PAYMENTS_EACH = 5, 6
STORIES = 400
CHUNK = 4_000
TELL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Story:
    """What one customer has and what has happened; identifiers begin with the customer's."""

    who: Person
    accounts: Sequence[AccountHeld]
    cards: Sequence[CardHeld]
    payments: Sequence[PaymentMade]
    cases: Sequence[CaseOpened]
    contacts: Sequence[PastContact]
    consents: Sequence[ConsentGiven]


def number_of(n: int) -> str:
    """The bank's number of the n-th customer."""
    return str(FIRST_NUMBER + n)


async def fill(bank: Bank, customers: int = CUSTOMERS) -> None:
    """Write everybody into the folder; tells its progress on stderr."""
    async with hub_of(bank) as hub:
        outcomes = {name: tuple(queue.dispositions) for name, queue in hub.setup.queues.items()}
        stories = [_story(n, hub.clock.now(), outcomes) for n in range(STORIES)]
    # The journal is closed: nobody else writes.
    connection = connect_writer(bank.folder / "hub.db")
    connection.execute("PRAGMA synchronous=OFF")
    try:
        _write(connection, Rows(hub.vault, hub.lookup), hub, stories, customers)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _write(
    connection: sqlite3.Connection, rows: Rows, hub: Hub, stories: Sequence[Story], customers: int
) -> None:
    at, told_at = hub.clock.now(), time.perf_counter()
    for begin in range(0, customers, CHUNK):
        found: dict[str, list[Sequence[Any]]] = defaultdict(list)
        for n in range(begin, min(begin + CHUNK, customers)):
            for call in _rows_of(rows, stories[n % STORIES], n, at):
                sql, values = statement(call.prepared, SQLITE).bind(call.values)
                found[sql].append(values)
        connection.execute("BEGIN IMMEDIATE")
        for sql, values_of_rows in found.items():
            connection.executemany(sql, values_of_rows)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        if time.perf_counter() - told_at > TELL_SECONDS:
            told_at = time.perf_counter()
            print(f"  {begin:,} of {customers:,} customers written", file=sys.stderr)  # noqa: T201


def _story(n: int, now: float, outcomes: Mapping[str, Sequence[str]]) -> Story:
    who = person(n)
    accounts = accounts_of(who)
    return Story(
        who=who,
        accounts=accounts,
        cards=cards_of(who, accounts),
        payments=payments_of(who, accounts[0], now, PAYMENTS_EACH),
        cases=cases_of(who, now, ()),
        contacts=contacts_of(who, now, CONTACTS_EACH, outcomes),
        consents=consents_of(who, now),
    )


def _rows_of(rows: Rows, story: Story, n: int, at: float) -> Iterator[Call]:
    old, new = story.who.number, number_of(n)

    def own(identifier: str) -> str:
        return identifier.replace(old, new, 1)

    phone, email = f"+86138{n:08}", f"customer.{n}@mail.example"
    who = replace(story.who, number=new, phone=phone, email=email)
    yield rows.person(who, at)
    yield from rows.index(who)
    for account in story.accounts:
        yield rows.account(who, replace(account, id=own(account.id)))
    for card in story.cards:
        yield rows.card(who, replace(card, id=own(card.id), account_id=own(card.account_id)))
    for payment in story.payments:
        account_id = own(payment.account_id)
        yield rows.payment(who, replace(payment, id=own(payment.id), account_id=account_id))
    for case in story.cases:
        yield rows.case(who, replace(case, id=own(case.id), number=own(case.number)))
    for consent in story.consents:
        yield rows.consent(who, consent)
    yield from rows.contacts(who, [replace(one, id=own(one.id)) for one in story.contacts])
