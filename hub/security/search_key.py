"""Keyed hashes of words: a name is found by its parts while only numbers lie in the index."""

import hashlib
from collections.abc import Iterable
from typing import Final

from hub.security.keyring import DataKey, KeyRing, Purpose

_HASH_BYTES: Final = 7
KEYS_MOST: Final = 127
"""A token is 63 bits: seven of the key's number, 56 of the hash."""


class SearchKey:
    """Keyed BLAKE2b of a kind and a word, as a whole number that both databases index well.

    The key's number leads: tokens of an older key lie together and can be deleted as a range.
    """

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self.use_current_key()

    def use_current_key(self) -> None:
        """Write with the ring's newest key from now on; look under all that are not retired."""
        self._current = _Started(self._keys.current(Purpose.SEARCH))
        live = [key for key in self._keys.all(Purpose.SEARCH) if not key.retired]
        self._live = [_Started(key) for key in live]

    def of(self, forms: Iterable[tuple[str, str]]) -> frozenset[int]:
        """Return the tokens to store for these (kind, word)."""
        token = self._current.token
        return frozenset(token(kind, word) for kind, word in forms)

    def looked_for(self, kind: str, word: str) -> list[int]:
        """Return the tokens a word may lie under, one for each live key."""
        return [started.token(kind, word) for started in self._live]


def tokens_of_key(number: int) -> tuple[int, int]:
    """Return the first token of a key and the first beyond: an older key's are deleted so."""
    return number << 8 * _HASH_BYTES, (number + 1) << 8 * _HASH_BYTES


class _Started:
    """A key ready to hash."""

    __slots__ = ("_hash", "_number")

    def __init__(self, key: DataKey) -> None:
        if key.number > KEYS_MOST:
            raise ValueError(f"at most {KEYS_MOST} search keys")
        self._number = key.number << 8 * _HASH_BYTES
        self._hash = hashlib.blake2b(key=key.secret, digest_size=_HASH_BYTES)

    def token(self, kind: str, word: str) -> int:
        """Hash one word."""
        hashed = self._hash.copy()
        hashed.update(f"{kind}\x1f{word}".encode())
        return self._number | int.from_bytes(hashed.digest(), "big")
