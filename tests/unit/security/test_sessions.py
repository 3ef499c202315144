import pytest

from hub.domain.errors import NotFound
from hub.security.csrf import csrf_matches
from hub.security.sessions import (
    Limits,
    NewSession,
    Session,
    due_for_touch,
    judge,
    open_session,
    revoke_session,
    revoke_sessions_of,
    session_by_token,
    touch_session,
)
from hub.security.tokens import token_hash
from hub.store.unit import Unit
from tests.unit.security.database import Database

LIMITS = Limits(idle_seconds=900, absolute_seconds=3600)


def sign_in(database: Database, session_id: str, user: str, at: float) -> NewSession:
    return database.run(open_session(session_id, user, at=at, client="Firefox", limits=LIMITS))


def find(database: Database, token: str, at: float) -> Session | None:
    def unit() -> Unit[Session | None]:
        rows = yield session_by_token(token_hash=token_hash(token))
        return judge(rows, at=at, limits=LIMITS)

    return database.run(unit())


def test_a_session_is_found_by_its_token_only(database: Database) -> None:
    opened = sign_in(database, "ses_1", "usr_1", 100.0)
    found = find(database, opened.token, 101.0)
    assert found == Session("ses_1", "usr_1", 100.0, 100.0, 3700.0, "Firefox")
    assert find(database, opened.token[:-1], 101.0) is None
    assert find(database, "", 101.0) is None
    assert find(database, token_hash(opened.token), 101.0) is None


def test_neither_token_lies_in_the_database(database: Database) -> None:
    opened = sign_in(database, "ses_1", "usr_1", 100.0)
    stored = str(database.rows("SELECT * FROM staff_session"))
    assert opened.token not in stored
    assert opened.csrf not in stored
    assert csrf_matches(opened.token, opened.csrf)


def test_a_session_ends_by_idling_and_by_age(database: Database) -> None:
    opened = sign_in(database, "ses_1", "usr_1", 0.0)
    assert find(database, opened.token, 899.0)
    assert find(database, opened.token, 900.0) is None
    for at in range(600, 3600, 600):
        assert database.run(touch_session("ses_1", at=at))
    assert find(database, opened.token, 3599.0)
    assert find(database, opened.token, 3600.0) is None


def test_signing_in_ends_what_the_browser_held_before(database: Database) -> None:
    former = sign_in(database, "ses_1", "usr_1", 0.0)
    now = database.run(open_session("ses_2", "usr_2", at=1.0, former_token=former.token))
    assert now.token != former.token
    assert find(database, former.token, 2.0) is None
    assert find(database, now.token, 2.0)


def test_a_revoked_session_cannot_be_kept_alive(database: Database) -> None:
    opened = sign_in(database, "ses_1", "usr_1", 0.0)
    database.run(revoke_session("ses_1", "usr_1", at=1.0))
    assert not database.run(touch_session("ses_1", at=2.0))
    assert find(database, opened.token, 2.0) is None


def test_nobody_ends_anothers_session(database: Database) -> None:
    opened = sign_in(database, "ses_1", "usr_1", 0.0)
    with pytest.raises(NotFound):
        database.run(revoke_session("ses_1", "usr_2", at=1.0))
    assert find(database, opened.token, 1.0)


def test_all_sessions_of_a_user_end_but_the_one_kept(database: Database) -> None:
    opened = [sign_in(database, f"ses_{n}", "usr_1", float(n)) for n in range(3)]
    other = sign_in(database, "ses_9", "usr_2", 0.0)
    ended = database.run(revoke_sessions_of("usr_1", at=5.0, keep="ses_1"))
    assert sorted(ended) == ["ses_0", "ses_2"]
    assert [bool(find(database, one.token, 6.0)) for one in opened] == [False, True, False]
    assert find(database, other.token, 6.0)
    assert database.run(revoke_sessions_of("usr_1", at=7.0)) == ["ses_1"]


def test_the_last_sight_is_written_once_a_minute() -> None:
    session = Session("ses_1", "usr_1", 0.0, 100.0, 3600.0, "")
    assert not due_for_touch(session, at=159.0)
    assert due_for_touch(session, at=160.0)
