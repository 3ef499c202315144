"""Passwords: argon2id in threads of its own, and the same work for a user who does not exist."""

import asyncio
import base64
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar, TypeVarTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hub.domain.errors import Invalid

MIN_CHARACTERS: Final = 10
MAX_CHARACTERS: Final = 256
_PLAIN: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4
_THREADS: Final = 2
"""Each hash takes 64 MiB and a core: a flood of sign-ins queues up instead of starving chats."""

T = TypeVar("T")
Given = TypeVarTuple("Given")


class Passwords:
    """Hashes and checks passwords without blocking the event loop."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = _hash_of_nobody(self._hasher)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="password")

    async def hash(self, password: str) -> str:
        """Return the argon2id hash to store; raise `Invalid` for a password too short or long."""
        check_new_password(password)
        return await self._run(self._hasher.hash, _normal(password))

    async def verify(self, stored: str | None, password: str) -> bool:
        """Tell whether the password fits; `None` (no such user) costs the same and never fits."""
        fits = await self._run(self._fits, stored or self._nobody, _normal(password))
        return fits and stored is not None

    def needs_new_hash(self, stored: str) -> bool:
        """Tell whether a hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(stored)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def _fits(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[*Given], T], *given: *Given) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *given)


def check_new_password(password: str) -> None:
    """Raise `Invalid` unless the length is right; composition rules only annoy (ASVS 6.2)."""
    if not MIN_CHARACTERS <= len(password) <= MAX_CHARACTERS:
        detail = f"password: {MIN_CHARACTERS} to {MAX_CHARACTERS} characters"
        raise Invalid("bad_password", detail)


def temporary_password() -> str:
    """Return a password to be read out once: sixteen letters and digits nobody confuses."""
    drawn = [secrets.choice(_PLAIN) for _ in range(_GROUPS * _GROUP)]
    return "-".join("".join(drawn[n : n + _GROUP]) for n in range(0, len(drawn), _GROUP))


def _normal(password: str) -> str:
    """One form for all keyboards; cut, so that a megabyte costs no more than a password."""
    cut = password[: MAX_CHARACTERS + 1].encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFKC", cut)


def _hash_of_nobody(hasher: PasswordHasher) -> str:
    """Return a well-formed hash of today's cost that no password is known for."""

    def blank(size: int) -> str:
        return base64.b64encode(bytes(size)).rstrip(b"=").decode()

    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${blank(hasher.salt_len)}${blank(hasher.hash_len)}"
