"""Guessing passwords is made slow, per account and per network address, and kept over restarts.

Each try is charged before the password is looked at, so that a hundred at once cannot slip past;
a right password gives the charge back. The longest lock is 30 minutes: a stranger can delay the
owner of an account, not keep her out.
"""

from typing import Final, NamedTuple

from sqlalchemy import BindParameter, bindparam, delete, select, update

from hub.security.errors import TooMany
from hub.security.lookup import LookupKey
from hub.store import tables
from hub.store.unit import Call, Prepared, Unit
from hub.store.upsert import upsert

LONGEST_LOCK_SECONDS: Final = 30 * 60.0


class Limit(NamedTuple):
    """Tries within a window; each one over `tries` locks twice as long as the one before."""

    tries: int
    window_seconds: float = 15 * 60.0
    first_lock_seconds: float = 30.0

    def lock_seconds(self, failures: int) -> float:
        """Return how long to lock after this many failures; 0 for not at all."""
        over = failures - self.tries
        if over < 0:
            return 0.0
        return min(self.first_lock_seconds * 2.0 ** min(over, 16), LONGEST_LOCK_SECONDS)


PER_ACCOUNT: Final = Limit(tries=5)
PER_ADDRESS: Final = Limit(tries=50)
"""Many colleagues sit behind one address."""

_A = tables.SignInAttempt.__table__  # type: ignore[attr-defined]
_subject = _A.c.subject == bindparam("of_subject")
_find = Prepared(
    select(_A.c.failures, _A.c.first_at, _A.c.locked_until).where(_subject).with_for_update()
)
_begin = Prepared(upsert(_A).on_conflict_do_nothing(index_elements=["subject"]))
_restart = Prepared(
    update(_A).where(_subject).values(failures=0, first_at=bindparam("at"), locked_until=None)
)
_charge = Prepared(update(_A).where(_subject).values(failures=_A.c.failures + 1))
_lock = Prepared(update(_A).where(_subject).values(locked_until=bindparam("until")))
_give_back = Prepared(
    update(_A).where(_subject, _A.c.failures > 0).values(failures=_A.c.failures - 1)
)
_subjects: BindParameter[list[str]] = bindparam("subjects", expanding=True)
_locked = Prepared(
    select(_A.c.subject, _A.c.locked_until).where(
        _A.c.subject.in_(_subjects), _A.c.locked_until > bindparam("at")
    )
)
_forget = Prepared(delete(_A).where(_subject))


class Attempt(NamedTuple):
    """Who tries, as keyed hashes: neither logins nor addresses lie in the table."""

    account: str
    address: str


def attempt(key: LookupKey, login: str, address: str) -> Attempt:
    """Return the subjects of a sign-in; the same ones whether or not the login exists."""
    return Attempt(key.of("login", login.strip().casefold()), key.of("address", address))


def charge_sign_in(who: Attempt, *, at: float) -> Unit[None]:
    """Count one try, committed before the password is checked; raise `TooMany` while locked."""
    for subject, limit in ((who.account, PER_ACCOUNT), (who.address, PER_ADDRESS)):
        yield _begin(subject=subject, failures=0, first_at=at, locked_until=None)
        failures, first_at, locked_until = (yield _find(of_subject=subject))[0]
        if locked_until is not None and at < locked_until:
            raise TooMany("too_many_sign_ins", locked_until - at)
        if at - max(first_at, locked_until or 0.0) >= limit.window_seconds:
            yield _restart(of_subject=subject, at=at)
            failures = 0
        yield _charge(of_subject=subject)
        if seconds := limit.lock_seconds(failures + 1):
            yield _lock(of_subject=subject, until=at + seconds)


def forgive_sign_in(who: Attempt) -> Unit[None]:
    """Take back the charge of a right password: all of the account's, one of the address's."""
    yield _forget(of_subject=who.account)
    yield _give_back(of_subject=who.address)


def unlock(who: Attempt) -> Unit[None]:
    """Forget the wrong passwords of an account; those of the network address stay."""
    yield _forget(of_subject=who.account)


def locks(subjects: list[str], *, at: float) -> Call:
    """Return which of these accounts wait because of wrong passwords, and until when."""
    return _locked(subjects=subjects, at=at)
