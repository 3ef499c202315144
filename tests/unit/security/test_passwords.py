from collections.abc import Iterator
from time import perf_counter

import pytest
from argon2 import PasswordHasher

from hub.domain.errors import Invalid
from hub.security.passwords import Passwords

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    made = Passwords(QUICK)
    yield made
    made.close()


async def test_only_the_right_password_fits(passwords: Passwords) -> None:
    stored = await passwords.hash("correct horse battery")
    assert stored.startswith("$argon2id$")
    assert "correct" not in stored
    assert await passwords.verify(stored, "correct horse battery") is True
    for wrong in ("", "Correct horse battery", "correct horse battery ", "x" * 1_000_000, "\ud800"):
        assert await passwords.verify(stored, wrong) is False


async def test_one_password_on_two_keyboards_fits(passwords: Passwords) -> None:
    stored = await passwords.hash("ｐａｓｓｗｏｒｄ１２ é")
    assert await passwords.verify(stored, "password12 e\u0301")


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$v=19$m=8,t=1,p=1$$"])
async def test_no_password_fits_nobody(passwords: Passwords, stored: str | None) -> None:
    for password in ("", "password", "\0"):
        assert await passwords.verify(stored, password) is False


async def test_an_unknown_user_costs_as_much_as_a_wrong_password() -> None:
    slow = Passwords(PasswordHasher(time_cost=2, memory_cost=16_384, parallelism=1))
    stored = await slow.hash("correct horse battery")
    spent: dict[str | None, list[float]] = {stored: [], None: []}
    for _ in range(7):
        for hashed, times in spent.items():
            started = perf_counter()
            await slow.verify(hashed, "wrong password")
            times.append(perf_counter() - started)
    slow.close()
    wrong, unknown = min(spent[stored]), min(spent[None])
    assert 0.5 < unknown / wrong < 2


@pytest.mark.parametrize("password", ["", "ninechars", "x" * 257])
async def test_new_passwords_have_a_length(passwords: Passwords, password: str) -> None:
    with pytest.raises(Invalid, match="10 to 256"):
        await passwords.hash(password)


async def test_a_hash_of_weaker_settings_is_due_for_a_new_one(passwords: Passwords) -> None:
    stored = await passwords.hash("correct horse battery")
    stronger = Passwords(PasswordHasher())
    assert stronger.needs_new_hash(stored)
    assert not passwords.needs_new_hash(stored)
    stronger.close()
