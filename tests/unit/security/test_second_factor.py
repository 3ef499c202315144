"""The authenticator's arithmetic against the vectors of RFC 6238."""

import base64

import pytest

from hub.security.second_factor import (
    address_of,
    code_at,
    new_recovery_codes,
    new_secret,
    normalise_recovery_code,
    step_of,
)

SECRET = base64.b32encode(b"12345678901234567890").decode()
VECTORS = {
    59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924",
    2000000000: "279037", 20000000000: "353130",
}  # fmt: skip


@pytest.mark.parametrize("at", VECTORS)
def test_codes_are_those_of_the_standard(at: int) -> None:
    assert code_at(SECRET, at // 30) == VECTORS[at]
    assert step_of(SECRET, VECTORS[at], at=float(at), after_step=0) == at // 30


def test_one_step_of_difference_is_taken_and_no_more() -> None:
    now = 50_000
    for steps in range(-3, 4):
        found = step_of(SECRET, code_at(SECRET, now + steps), at=now * 30.0, after_step=0)
        assert found == (now + steps if abs(steps) <= 1 else None), steps


def test_an_older_code_is_not_taken_after_a_newer_one() -> None:
    now = 50_000
    assert step_of(SECRET, code_at(SECRET, now), at=now * 30.0, after_step=now) is None
    assert step_of(SECRET, code_at(SECRET, now - 1), at=now * 30.0, after_step=now) is None
    assert step_of(SECRET, code_at(SECRET, now + 1), at=now * 30.0, after_step=now) == now + 1


def test_any_keyboard_serves() -> None:
    assert step_of(SECRET, " 287 082", at=59.0, after_step=0) == 1
    assert step_of(SECRET, "２８７０８２", at=59.0, after_step=0) == 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "２８７０８３"])
def test_what_is_no_code_is_wrong(typed: str) -> None:
    assert step_of(SECRET, typed, at=59.0, after_step=0) is None


def test_the_address_names_bank_and_login() -> None:
    told = address_of(SECRET, login="a.osei", issuer="Contact hub")
    assert told == f"otpauth://totp/Contact%20hub:a.osei?secret={SECRET}&issuer=Contact%20hub"


def test_secrets_and_recovery_codes_are_new_each_time() -> None:
    assert len(base64.b32decode(new_secret())) == 20
    assert new_secret() != new_secret()
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert normalise_recovery_code(codes[0].upper().replace("-", " ")) == codes[0].replace("-", "")
