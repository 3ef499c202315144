from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.security.audit import (
    BEFORE_THE_FIRST,
    Entry,
    check_tail,
    entries_of_node,
    link,
    record,
    verify,
)
from hub.security.audit_anchor import Anchor, set_anchor, signing_key, trusted_hashes
from hub.store.unit import Unit
from tests.unit.security.database import Database

KEY = bytes(range(32))
DAY = 86_400.0


def write(database: Database, count: int, node: str = "node-1", at: float = 0.0) -> None:
    for number in range(count):
        unit = record(
            KEY, node, at=at + number / 3, actor="usr_1", action="field_revealed",
            subject=f"cus_{number}", reason="她问余额", details={"field": "phone"},
        )  # fmt: skip
        database.run(unit)


def read(database: Database, after: int = 0, most: int = 10_000) -> list[Entry]:
    def unit() -> Unit[list[Entry]]:
        rows = yield entries_of_node(of_node="node-1", after_n=after, most=most)
        return [Entry(*row) for row in rows]

    return database.run(unit())


def altered(entry: Entry, field: str, value: object) -> Entry:
    return Entry(**(entry._asdict() | {field: value}))


def chain(length: int) -> list[Entry]:
    entries, former = [], BEFORE_THE_FIRST
    for n in range(1, length + 1):
        entry = Entry("node-1", n, n / 7, "usr_1", "seen", f"cus_{n}", "", "{}", "")
        former = link(KEY, former, entry)
        entries.append(entry._replace(hash=former))
    return entries


def test_a_chain_as_it_was_written_holds(database: Database) -> None:
    write(database, 20)
    write(database, 3, node="node-2")
    verdict = verify(read(database), KEY)
    assert verdict.holds
    assert verdict.entries == 20


def test_a_chain_is_checked_in_chunks(database: Database) -> None:
    write(database, 20)
    first = verify(read(database, most=8), KEY)
    assert verify(read(database, after=8), KEY, after=first) == verify(read(database), KEY)


def test_the_entry_is_written_in_the_unit_of_the_deed(database: Database) -> None:
    def deed() -> Unit[None]:
        yield from record(KEY, "node-1", at=1.0, actor="usr_1", action="role_changed", subject="x")
        raise RuntimeError("the deed failed")

    with pytest.raises(RuntimeError):
        database.run(deed())
    assert read(database) == []


def test_card_numbers_do_not_enter_the_trail(database: Database) -> None:
    database.run(
        record(
            KEY, "node-1", at=1.0, actor="usr_1", action="noted", subject="con_1",
            reason="read me 4111 1111 1111 1111",
        )
    )  # fmt: skip
    assert read(database)[0].reason == "read me •••• 1111"


def test_a_thousand_tamperings_are_all_found() -> None:
    rng, whole = Random(11), chain(60)
    anchors = {60: whole[-1].hash}
    for _ in range(1000):
        entries = list(whole)
        at = rng.randrange(len(entries))
        match rng.choice(["change", "delete", "insert", "reorder", "cut", "rewrite"]):
            case "change":
                field = rng.choice(["at", "actor", "action", "subject", "reason", "details"])
                value = 0.5 if field == "at" else "changed"
                entries[at] = altered(entries[at], field, value)
            case "delete":
                del entries[at]
            case "insert":
                entries.insert(at, entries[at]._replace(actor="usr_2"))
            case "reorder":
                other = (at + 1) % len(entries)
                entries[at], entries[other] = entries[other], entries[at]
            case "cut":
                del entries[at:]
            case "rewrite":  # somebody who renumbers, but has not the key
                del entries[at]
                entries = [entry._replace(n=n) for n, entry in enumerate(entries, 1)]
        assert not check_tail(verify(entries, KEY), anchors).holds


@given(st.integers(0, 9), st.sampled_from(["actor", "action", "subject", "reason", "details"]))
def test_the_verdict_names_the_first_entry_that_does_not_hold(at: int, field: str) -> None:
    entries = chain(10)
    entries[at] = altered(entries[at], field, "other")
    verdict = verify(entries, KEY)
    assert (verdict.fault, verdict.at_n, verdict.entries) == ("changed", at + 1, at)


def test_faults_have_names() -> None:
    whole = chain(5)
    assert verify(whole[:2] + whole[3:], KEY).fault == "missing"
    assert verify(whole[:2] + whole[1:], KEY).fault == "inserted"
    assert verify(whole, bytes(32)).fault == "changed"
    assert check_tail(verify(whole[:3], KEY), {5: whole[4].hash}).fault == "tail_cut"
    assert verify([], KEY).holds


def test_an_anchor_finds_a_chain_written_anew_with_the_key() -> None:
    whole = chain(5)
    anew = [e._replace(actor="usr_9") for e in whole]
    former = BEFORE_THE_FIRST
    for number, entry in enumerate(anew):
        former = link(KEY, former, entry)
        anew[number] = entry._replace(hash=former)
    assert verify(anew, KEY).holds
    assert verify(anew, KEY, anchors={3: whole[2].hash}).at_n == 3


def test_a_day_gets_one_anchor_that_anybody_can_check(database: Database) -> None:
    assert database.run(set_anchor(KEY, "node-1", at=0.0)) is None
    write(database, 4)
    first = database.run(set_anchor(KEY, "node-1", at=10.0))
    assert database.run(set_anchor(KEY, "node-1", at=20.0)) is None
    write(database, 4, at=DAY)
    second = database.run(set_anchor(KEY, "node-1", at=DAY + 10))
    assert first is not None
    assert second is not None
    assert (first.day, first.n, second.day, second.n) == ("1970-01-01", 4, "1970-01-02", 8)
    anchors = trusted_hashes([first, second], signing_key(KEY).public_key())
    assert check_tail(verify(read(database), KEY, anchors=anchors), anchors).holds


@pytest.mark.parametrize("change", [{"n": 3}, {"day": "1970-01-02"}, {"hash": "0" * 64}])
def test_a_forged_anchor_is_refused(database: Database, change: dict[str, object]) -> None:
    write(database, 4)
    anchor = database.run(set_anchor(KEY, "node-1", at=10.0))
    assert anchor is not None
    forged = Anchor(**(anchor._asdict() | change))
    with pytest.raises(ValueError, match="forged"):
        trusted_hashes([forged], signing_key(KEY).public_key())
