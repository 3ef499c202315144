import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from argon2 import PasswordHasher

from hub.security.audit import entries_of_node
from hub.security.errors import TooMany
from hub.security.keyring import KeyRing
from hub.security.lookup import LookupKey
from hub.security.passwords import Passwords
from hub.security.roles import Role
from hub.security.sessions import NewSession
from hub.security.sign_in import Door, SignInRefused
from hub.store import tables
from hub.store.engine import Store
from hub.store.rows import change, put
from hub.store.unit import Call, Unit
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds

RIGHT = "correct horse battery"


def unit(call: Call) -> Unit[None]:
    yield call


@pytest_asyncio.fixture
async def door(
    store: Store, ring: KeyRing, clock: ManualClock, new_id: SeededIds
) -> AsyncIterator[Door]:
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for login, enabled in (("lin", True), ("gone", False)):
        user = put(
            tables.User, id=f"usr_{login}", login=login, name="{}", roles='["agent"]',
            password_hash=await passwords.hash(RIGHT), enabled=enabled, created_at=0.0,
        )  # fmt: skip
        await store.journal.run(unit(user))
    yield Door(
        journal=store.journal, reader=store.reader, passwords=passwords, lookup=LookupKey(ring),
        audit_key=bytes(32), node="node-1", clock=clock, new_id=new_id,
    )  # fmt: skip
    passwords.close()


async def enter(
    door: Door, login: str = "lin", password: str = RIGHT, former: str | None = None
) -> NewSession:
    return await door.enter(
        login, password, address="192.0.2.1", client="Firefox", former_token=former
    )


async def actions(door: Door) -> list[str]:
    rows = await door.reader.rows(entries_of_node(of_node="node-1", after_n=0, most=100))
    return [row[4] for row in rows]


async def test_who_signs_in_is_known_by_the_token_until_signing_out(door: Door) -> None:
    opened = await enter(door, " LIN ")
    signed_in = await door.who(opened.token)
    assert signed_in is not None
    assert signed_in.user_id == "usr_lin"
    assert signed_in.roles == {Role.AGENT}
    await door.leave(signed_in)
    assert await door.who(opened.token) is None
    assert await actions(door) == ["signed_in", "signed_out"]


async def test_every_way_to_fail_gets_the_same_answer(door: Door) -> None:
    answers = []
    for login, password in (("lin", "wrong"), ("nobody", RIGHT), ("gone", RIGHT), ("", "")):
        with pytest.raises(SignInRefused) as refused:
            await enter(door, login, password)
        answers.append(str(refused.value))
    assert len(set(answers)) == 1
    assert await actions(door) == ["sign_in_refused"] * 4


@pytest.mark.parametrize("login", ["lin", "nobody"])
async def test_an_account_that_is_guessed_at_waits_whether_or_not_it_exists(
    door: Door, clock: ManualClock, login: str
) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            await enter(door, login, "wrong")
    with pytest.raises(TooMany):
        await enter(door, login, RIGHT)
    await clock.advance(30.0)
    if login == "lin":
        assert await enter(door)


async def test_signing_in_again_ends_the_browsers_former_session(door: Door) -> None:
    former = await enter(door)
    await enter(door, former=former.token)
    assert await door.who(former.token) is None


async def test_a_change_of_roles_or_a_disabled_user_counts_at_once(door: Door) -> None:
    opened = await enter(door)
    roles = json.dumps(["supervisor"])
    await door.journal.run(unit(change(tables.User, "usr_lin", roles=roles)))
    signed_in = await door.who(opened.token)
    assert signed_in is not None
    assert signed_in.roles == {Role.SUPERVISOR}
    await door.journal.run(unit(change(tables.User, "usr_lin", enabled=False)))
    assert await door.who(opened.token) is None


async def test_use_keeps_a_session_alive_and_idling_ends_it(door: Door, clock: ManualClock) -> None:
    opened = await enter(door)
    for _ in range(3):
        await clock.advance(600.0)
        assert await door.who(opened.token)
    await clock.advance(900.0)
    assert await door.who(opened.token) is None
