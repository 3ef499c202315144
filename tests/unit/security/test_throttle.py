import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql import asyncpg

from hub.security import throttle
from hub.security.errors import TooMany
from hub.security.keyring import KeyRing
from hub.security.lookup import LookupKey
from hub.security.rate_limit import RateLimit, RateLimits
from hub.security.throttle import (
    LONGEST_LOCK_SECONDS,
    PER_ACCOUNT,
    PER_ADDRESS,
    Attempt,
    attempt,
    charge_sign_in,
    forgive_sign_in,
)
from tests.support.clock import ManualClock
from tests.unit.security.database import Database

WHO = Attempt("account", "address")


def fail(database: Database, times: int, who: Attempt = WHO, at: float = 0.0) -> None:
    for _ in range(times):
        database.run(charge_sign_in(who, at=at))


def lock_left(database: Database, at: float, who: Attempt = WHO) -> float:
    with pytest.raises(TooMany) as refused:
        database.run(charge_sign_in(who, at=at))
    return refused.value.retry_after_seconds


def test_five_tries_are_free_and_the_sixth_waits(database: Database) -> None:
    fail(database, 5)
    assert lock_left(database, 1.0) == 29.0
    database.run(charge_sign_in(WHO, at=30.0))
    assert lock_left(database, 31.0) == 59.0


def test_a_lock_never_lasts_longer_than_half_an_hour(database: Database) -> None:
    at = 0.0
    for _ in range(40):
        database.run(charge_sign_in(WHO, at=at))
        rows = database.rows("SELECT locked_until FROM sign_in_attempt WHERE subject = 'account'")
        until = rows[0][0]
        if until is not None:
            assert isinstance(until, float)
            assert until - at <= LONGEST_LOCK_SECONDS
            at = until


def test_being_refused_does_not_prolong_the_lock(database: Database) -> None:
    fail(database, 5)
    for at in range(1, 29):
        assert lock_left(database, float(at)) == 30.0 - at


def test_a_right_password_clears_the_account(database: Database) -> None:
    fail(database, 4)
    database.run(forgive_sign_in(WHO))
    fail(database, 5)


def test_tries_are_forgotten_after_the_window(database: Database) -> None:
    fail(database, 4)
    fail(database, 4, at=PER_ACCOUNT.window_seconds)


def test_one_address_cannot_try_all_accounts(database: Database) -> None:
    for number in range(PER_ADDRESS.tries):
        database.run(charge_sign_in(Attempt(f"account {number}", "address"), at=0.0))
    assert lock_left(database, 1.0, Attempt("fresh account", "address")) > 0
    database.run(charge_sign_in(Attempt("fresh account", "other address"), at=1.0))


def test_sign_ins_that_succeed_do_not_add_up_against_their_address(database: Database) -> None:
    for number in range(3 * PER_ADDRESS.tries):
        who = Attempt(f"account {number}", "address")
        database.run(charge_sign_in(who, at=0.0))
        database.run(forgive_sign_in(who))


def test_subjects_are_hashes_and_ignore_how_a_login_is_typed(ring: KeyRing) -> None:
    key = LookupKey(ring)
    one, other = attempt(key, "Lin.Wei ", "192.0.2.1"), attempt(key, "lin.wei", "192.0.2.2")
    assert one.account == other.account
    assert one.address != other.address
    assert "lin" not in str(one)
    assert "192" not in str(one)


def test_the_statement_that_begins_is_the_same_on_postgres() -> None:
    dialect = asyncpg.dialect()  # type: ignore[no-untyped-call]
    sql = str(throttle._begin.core.compile(dialect=dialect))  # type: ignore[attr-defined]
    assert "ON CONFLICT (subject) DO NOTHING" in sql


async def test_a_rate_limit_lets_a_burst_through_and_then_its_rate() -> None:
    clock = ManualClock()
    limit = RateLimit(clock, per_second=10, burst=5)
    assert [limit.allow() for _ in range(7)] == [True] * 5 + [False] * 2
    assert limit.retry_after_seconds() == pytest.approx(0.1)
    await clock.advance(0.1)
    assert [limit.allow() for _ in range(2)] == [True, False]
    await clock.advance(100)
    assert limit.is_full()
    assert sum(limit.allow() for _ in range(20)) == 5


@given(
    per_second=st.integers(1, 50),
    burst=st.integers(1, 20),
    pauses=st.lists(st.floats(0, 0.5), max_size=60),
)
async def test_no_caller_gets_more_than_burst_and_rate(
    per_second: int, burst: int, pauses: list[float]
) -> None:
    clock = ManualClock()
    limit = RateLimit(clock, per_second, burst)
    allowed = 0
    for pause in pauses:
        await clock.advance(pause)
        allowed += limit.allow()
    assert allowed <= burst + per_second * clock.monotonic() + 1e-6


async def test_callers_have_limits_of_their_own_and_are_forgotten_at_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hub.security.rate_limit.MOST_CALLERS", 3)
    clock = ManualClock()
    limits = RateLimits(clock, per_second=1, burst=1)
    assert [limits.allow(name) for name in "abcabc"] == [True] * 3 + [False] * 3
    assert not limits.allow("d")
    await clock.advance(1.0)
    assert limits.allow("d")
