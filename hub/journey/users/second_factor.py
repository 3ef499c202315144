"""The authenticator of a User: shown, confirmed, asked for, taken away."""

from typing import Any, NamedTuple

from sqlalchemy import bindparam, update

from hub.domain.errors import Refused
from hub.domain.events import RightsChanged
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.security.second_factor import (
    new_recovery_codes,
    new_secret,
    recovery_key,
    step_of,
)
from hub.security.sessions import note_second_factor, revoke_sessions_of
from hub.security.throttle import Attempt, charge_sign_in, forgive_sign_in
from hub.store.rows import find, put, remove, table_of
from hub.store.tables import RecoveryCode, SecondFactor
from hub.store.unit import Append, Prepared, Unit

_f = table_of(SecondFactor).c
_confirm = Prepared(
    update(table_of(SecondFactor))
    .where(_f.user_id == bindparam("of"))
    .values(confirmed_at=bindparam("at"), last_step=bindparam("step"))
)
_use = Prepared(
    update(table_of(SecondFactor))
    .where(_f.user_id == bindparam("of"))
    .values(last_step=bindparam("step"))
)


class Proof(NamedTuple):
    """Whether a code was right; `recovery_left` is told when it was a recovery code."""

    right: bool
    recovery_left: int | None = None


async def begin(hub: Hub, user_id: str) -> str:
    """Make a secret to be shown once; it counts only after `confirm`. A new one replaces it."""
    secret = new_secret()
    await hub.journal.run(lambda: _begin(hub, user_id, secret))
    return secret


def _begin(hub: Hub, user_id: str, secret: str) -> Unit[None]:
    rows = yield find(SecondFactor, "confirmed_at", lock=True, user_id=user_id)
    if rows and rows[0][0] is not None:
        raise Refused("has_second_factor", "take away the one before first")
    yield remove(SecondFactor, user_id=user_id)
    sealed = hub.vault.seal(secret, "second_factor", "secret", user_id)
    yield put(SecondFactor, user_id=user_id, secret_sealed=sealed)


async def confirm(hub: Hub, user_id: str, session_id: str, code: str) -> list[str] | None:
    """Put the shown authenticator in force; return ten recovery codes, or None: a wrong code.

    All other sessions of the User end.
    """
    await _charge(hub, user_id)
    codes = new_recovery_codes()
    is_right = await hub.journal.run(lambda: _confirmed(hub, user_id, session_id, code, codes))
    return codes if is_right else None


def _confirmed(hub: Hub, user_id: str, session_id: str, code: str, codes: list[str]) -> Unit[bool]:
    now = hub.clock.now()
    rows = yield find(
        SecondFactor, "secret_sealed", "confirmed_at", "last_step", lock=True, user_id=user_id
    )
    if not rows or rows[0][1] is not None:
        raise Refused("no_second_factor", "begin first")
    step = step_of(_opened(hub, user_id, rows[0][0]), code, at=now, after_step=rows[0][2])
    if step is None:
        return False
    yield _confirm(of=user_id, at=now, step=step)
    yield remove(RecoveryCode, user_id=user_id)
    for one in codes:
        yield put(RecoveryCode, code_hash=recovery_key(hub.lookup, user_id, one), user_id=user_id)
    yield from note_second_factor(session_id, at=now)
    yield from revoke_sessions_of(user_id, at=now, keep=session_id)
    yield from forgive_sign_in(_tries(hub, user_id))
    yield from audited(hub, user_id, "second_factor_added", user_id)
    return True


async def prove(hub: Hub, user_id: str, session_id: str, typed: str) -> Proof:
    """Judge a code of the authenticator or a recovery code; a right one serves this session."""
    await _charge(hub, user_id)
    proof: Proof = await hub.journal.run(lambda: _prove(hub, user_id, session_id, typed))
    return proof


def _prove(hub: Hub, user_id: str, session_id: str, typed: str) -> Unit[Proof]:
    proof = yield from _judge(hub, user_id, typed)
    if proof.right:
        yield from note_second_factor(session_id, at=hub.clock.now())
        yield from forgive_sign_in(_tries(hub, user_id))
        if proof.recovery_left is not None:
            details = {"left": proof.recovery_left}
            yield from audited(hub, user_id, "recovery_code_used", user_id, details=details)
        return proof
    yield from audited(hub, user_id, "second_factor_refused", user_id)
    return proof


def _judge(hub: Hub, user_id: str, typed: str) -> Unit[Proof]:
    rows = yield find(
        SecondFactor, "secret_sealed", "confirmed_at", "last_step", lock=True, user_id=user_id
    )
    if not rows or rows[0][1] is None:
        raise Refused("no_second_factor", "there is no authenticator")
    secret = _opened(hub, user_id, rows[0][0])
    step = step_of(secret, typed, at=hub.clock.now(), after_step=rows[0][2])
    if step is not None:
        yield _use(of=user_id, step=step)
        return Proof(right=True)
    key = recovery_key(hub.lookup, user_id, typed)
    if (yield remove(RecoveryCode, code_hash=key, user_id=user_id)):
        left = yield find(RecoveryCode, "code_hash", user_id=user_id)
        return Proof(right=True, recovery_left=len(left))
    return Proof(right=False)


async def take_away(hub: Hub, actor: str, user_id: str) -> None:
    """Forget the authenticator and its recovery codes; open pages of another User end."""
    await hub.journal.run(lambda: _take_away(hub, actor, user_id))


def _take_away(hub: Hub, actor: str, user_id: str) -> Unit[None]:
    if not (yield remove(SecondFactor, user_id=user_id)):
        raise Refused("no_second_factor", "there is no authenticator")
    yield remove(RecoveryCode, user_id=user_id)
    yield from audited(hub, actor, "second_factor_removed", user_id)
    if actor != user_id:
        yield from revoke_sessions_of(user_id, at=hub.clock.now())
        yield Append(RightsChanged(at=hub.clock.now(), user_id=user_id, cause="signed_out"))


async def _charge(hub: Hub, user_id: str) -> None:
    """Every try is charged before it is looked at; raises `TooMany` while the account waits."""
    await hub.journal.run(charge_sign_in(_tries(hub, user_id), at=hub.clock.now()))


def _tries(hub: Hub, user_id: str) -> Attempt:
    """Guesses of codes are counted per User, from wherever they come."""
    key = hub.lookup.of("second_factor", user_id)
    return Attempt(account=key, address=hub.lookup.of("second_factor_all", user_id))


def _opened(hub: Hub, user_id: str, sealed: Any) -> str:
    return str(hub.vault.open(sealed, "second_factor", "secret", user_id))
