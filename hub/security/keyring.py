"""The keys of a running hub: data keys by purpose, unwrapped in memory only.

The master key wraps the data keys, the data keys do the work. So the master key can change
without sealing anything anew, and a data key can change without stopping.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.security.errors import WrongKey
from hub.security.nonces import NONCE_BYTES, nonce

KEY_BYTES: Final = 32


class Purpose(StrEnum):
    """What a data key is for; one key never serves two ends."""

    SEAL = "seal"
    LOOKUP = "lookup"
    AUDIT = "audit"
    LINK = "link"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class DataKey:
    """A data key. `number` counts up within its purpose; `secret` never leaves memory."""

    purpose: Purpose
    number: int
    secret: bytes = field(repr=False)
    retired: bool = False

    @property
    def id(self) -> str:
        """The row's id, such as `seal-1`."""
        return f"{self.purpose}-{self.number}"


def new_data_key(purpose: Purpose, number: int) -> DataKey:
    """Return a fresh random key."""
    return DataKey(purpose, number, os.urandom(KEY_BYTES))


def wrap(key: DataKey, master: bytes) -> bytes:
    """Return the key sealed under the master key, bound to its id."""
    fresh = nonce()
    return fresh + AESGCM(master).encrypt(fresh, key.secret, _bound(key.id))


def unwrap(key_id: str, wrapped: bytes, master: bytes, *, retired: bool = False) -> DataKey:
    """Return the key; raise `WrongKey` when this master key did not wrap it."""
    purpose, _, number = key_id.rpartition("-")
    try:
        secret = AESGCM(master).decrypt(
            wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _bound(key_id)
        )
    except InvalidTag:
        raise WrongKey(
            "wrong_master_key",
            f"the master key does not open data key {key_id} of this database; "
            "restore the key file or HUB_MASTER_KEY it was made with",
        ) from None
    return DataKey(Purpose(purpose), int(number), secret, retired)


def _bound(key_id: str) -> bytes:
    return b"data_key\x1f" + key_id.encode()


class KeyRing:
    """All data keys; the newest that is not retired is the one to use."""

    def __init__(self, keys: Iterable[DataKey]) -> None:
        self._keys = {(key.purpose, key.number): key for key in keys}

    def current(self, purpose: Purpose) -> DataKey:
        """Return the key to use from now on."""
        live = [key for key in self._keys.values() if key.purpose == purpose and not key.retired]
        if not live:
            raise WrongKey("no_data_key", f"the database has no live {purpose} key")
        return max(live, key=lambda key: key.number)

    def get(self, purpose: Purpose, number: int) -> DataKey:
        """Return an older key, for reading what it made; raise `WrongKey` when it is unknown."""
        key = self._keys.get((purpose, number))
        if key is None:
            raise WrongKey("unknown_data_key", f"there is no key {purpose}-{number}; restart?")
        return key

    def all(self, purpose: Purpose) -> list[DataKey]:
        """Return the keys of a purpose, oldest first."""
        mine = (key for key in self._keys.values() if key.purpose == purpose)
        return sorted(mine, key=lambda key: key.number)

    def add(self, key: DataKey) -> None:
        """Take up a key that was made while running."""
        self._keys[key.purpose, key.number] = key


def fresh_key_ring() -> KeyRing:
    """Return one new key per purpose, for a new database and for tests."""
    return KeyRing(new_data_key(purpose, 1) for purpose in Purpose)
