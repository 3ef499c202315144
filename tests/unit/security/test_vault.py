import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.errors import Invalid
from hub.security.errors import Tampered, WrongKey
from hub.security.keyring import DataKey, KeyRing, Purpose, fresh_key_ring, new_data_key
from hub.security.nonces import nonce
from hub.security.vault import OVERHEAD_BYTES, Vault

PLACE = ("message", "body", "cnv_1/abc")
VAULT = Vault(fresh_key_ring())


@given(st.text())
def test_what_is_sealed_opens_to_the_same_text(text: str) -> None:
    sealed = VAULT.seal(text, *PLACE)
    assert VAULT.open(sealed, *PLACE) == text
    assert len(sealed) == len(text.encode()) + OVERHEAD_BYTES


def test_the_form_is_the_documented_one(ring: KeyRing) -> None:
    secret = bytes(range(32))
    vault = Vault(KeyRing([DataKey(Purpose.SEAL, 258, secret)]))
    sealed = vault.seal("你好", *PLACE)
    assert sealed[:3] == b"\x01\x01\x02"
    bound = b"\x01\x01\x02\x1fmessage\x1fbody\x1fcnv_1/abc"
    assert AESGCM(secret).decrypt(sealed[3:15], sealed[15:], bound).decode() == "你好"


def test_a_sealed_value_from_before_still_opens() -> None:
    vault = Vault(KeyRing([DataKey(Purpose.SEAL, 1, bytes(range(32)))]))
    bound = b"\x01\x00\x01\x1fcustomer\x1fprofile\x1fcus_1"
    kept = b"\x01\x00\x01" + bytes(12) + AESGCM(bytes(range(32))).encrypt(bytes(12), b"Lin", bound)
    assert vault.open(kept, "customer", "profile", "cus_1") == "Lin"


@pytest.mark.parametrize(
    "other",
    [
        ("message", "body", "cnv_1/abd"),
        ("message", "name", "cnv_1/abc"),
        ("file", "body", "cnv_1/abc"),
        ("message", "body\x1fcnv_1", "abc"),
    ],
)
def test_a_value_moved_to_another_place_does_not_open(
    ring: KeyRing, other: tuple[str, str, str]
) -> None:
    vault = Vault(ring)
    with pytest.raises(Tampered, match="restore it from backup"):
        vault.open(vault.seal("secret", *PLACE), *other)


def test_every_changed_byte_is_found(ring: KeyRing) -> None:
    vault = Vault(ring)
    sealed = vault.seal("secret", *PLACE)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises((Tampered, WrongKey)):
            vault.open(bytes(changed), *PLACE)


@pytest.mark.parametrize("size", range(30))
def test_every_cut_is_found(ring: KeyRing, size: int) -> None:
    vault = Vault(ring)
    with pytest.raises(Tampered):
        vault.open(vault.seal("secret", *PLACE)[:size], *PLACE)


def test_another_key_of_the_same_number_does_not_open() -> None:
    sealed = Vault(fresh_key_ring()).seal("secret", *PLACE)
    with pytest.raises(Tampered):
        Vault(fresh_key_ring()).open(sealed, *PLACE)


def test_a_value_of_an_unknown_key_says_so(ring: KeyRing) -> None:
    newer = Vault(KeyRing([new_data_key(Purpose.SEAL, 2)])).seal("secret", *PLACE)
    with pytest.raises(WrongKey, match="seal-2"):
        Vault(ring).open(newer, *PLACE)


def test_half_a_surrogate_pair_is_refused(ring: KeyRing) -> None:
    with pytest.raises(Invalid):
        Vault(ring).seal("\ud800", *PLACE)


def test_a_newer_key_seals_and_the_older_still_opens(ring: KeyRing) -> None:
    vault = Vault(ring)
    old = vault.seal("secret", *PLACE)
    ring.add(new_data_key(Purpose.SEAL, 2))
    assert vault.seal("secret", *PLACE)[:3] == old[:3]
    vault.use_current_key()
    new = vault.seal("secret", *PLACE)
    assert new[:3] == b"\x01\x00\x02"
    assert vault.open(old, *PLACE) == vault.open(new, *PLACE) == "secret"


def test_nonces_do_not_repeat() -> None:
    assert len({nonce() for _ in range(10_000)}) == 10_000


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_child_does_not_share_nonces_with_its_parent() -> None:
    nonce()  # the pool is filled before the fork
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, b"".join(nonce() for _ in range(300)))
        os._exit(0)
    os.waitpid(child, 0)
    theirs = os.read(reader, 12 * 300)
    os.close(reader)
    os.close(writer)
    mine = {nonce() for _ in range(300)}
    assert mine.isdisjoint(theirs[i : i + 12] for i in range(0, len(theirs), 12))


def test_secrets_do_not_show_when_printed(ring: KeyRing) -> None:
    key = ring.current(Purpose.SEAL)
    assert key.secret.hex() not in repr(key)
    assert repr(key.secret) not in repr(key)
