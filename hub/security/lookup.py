"""Keyed hashes for equality look-ups: find a row by a phone number without storing the number."""

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable
from typing import Final

from hub.domain.errors import Invalid
from hub.security.keyring import DataKey, KeyRing, Purpose
from hub.security.search_key import SearchKey
from hub.text.digits import normalise_digits

_PHONE_MARKS: Final = re.compile(r"[\s().\-‐-―/]+")
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_ID_MARKS: Final = re.compile(r"[\s.\-]+")


def normalise_phone(value: str) -> str:
    """Return E.164; raise `Invalid` without country code, since a guess finds somebody else."""
    phone = _PHONE_MARKS.sub("", normalise_digits(unicodedata.normalize("NFKC", value)))
    if phone.startswith("00"):
        phone = "+" + phone[2:]
    if not _E164.fullmatch(phone):
        raise Invalid("bad_phone", "write the number with its country code, such as +86 ...")
    return phone


def normalise_mail(value: str) -> str:
    """Return the address in lower case and one Unicode form."""
    return unicodedata.normalize("NFC", value.strip()).lower()


def normalise_id(value: str) -> str:
    """Return an identity or customer number without marks, in upper case and ASCII digits."""
    return _ID_MARKS.sub("", normalise_digits(unicodedata.normalize("NFKC", value))).upper()


_NORMALISERS: Final[dict[str, Callable[[str], str]]] = {
    "phone": normalise_phone,
    "mail": normalise_mail,
    "id_number": normalise_id,
}


class LookupKey:
    """HMAC-SHA256 under a key of its own; equal values of one kind have equal hashes."""

    def __init__(self, keys: KeyRing) -> None:
        self._use(keys.current(Purpose.LOOKUP))
        self.words = SearchKey(keys)
        """Hashes for the word index, under a key of its own."""

    def _use(self, key: DataKey) -> None:
        self._prefix = f"{key.number}."
        self._started = hmac.new(key.secret, digestmod=hashlib.sha256)

    def of(self, kind: str, value: str) -> str:
        """Return the hash, 45 characters that begin with the key's number.

        Kinds `phone`, `mail` and `id_number` are brought to one form first; any other kind is
        hashed as it is. The kind is part of the hash, so columns cannot be matched up.
        """
        normalise = _NORMALISERS.get(kind)
        started = self._started.copy()
        started.update(f"{kind}\x1f{normalise(value) if normalise else value}".encode())
        return self._prefix + base64.urlsafe_b64encode(started.digest()).rstrip(b"=").decode()
