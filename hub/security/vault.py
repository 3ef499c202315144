"""Field encryption: a sealed value opens only in the row and column it was sealed for.

Sealed: version (1 byte) | key number (2 bytes) | nonce (12 bytes) | AES-256-GCM ciphertext and tag.
The associated data is the first three bytes, the table, the column and the row id. On the path of
every message, so ciphers and prefixes are kept ready.
"""

import json
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.domain.errors import Invalid
from hub.security.errors import Tampered
from hub.security.keyring import DataKey, KeyRing, Purpose
from hub.security.nonces import NONCE_BYTES, nonce

VERSION: Final = 1
HEADER_BYTES: Final = 3
OVERHEAD_BYTES: Final = HEADER_BYTES + NONCE_BYTES + 16
_BODY_AT: Final = HEADER_BYTES + NONCE_BYTES


_read_json: Final = json.JSONDecoder().raw_decode
"""Without `json.loads`' search for white space, which nobody put around what we sealed."""


def header_of(key: DataKey) -> bytes:
    """Return the first bytes of all that this key seals."""
    return bytes((VERSION,)) + key.number.to_bytes(2, "big")


class Vault:
    """Seals and opens texts (and file bytes) with the keys of a ring."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._ciphers: dict[bytes, AESGCM] = {}
        self._places: dict[tuple[bytes, str, str], bytes] = {}
        self.use_current_key()

    def use_current_key(self) -> None:
        """Seal with the ring's newest key from now on."""
        key = self._keys.current(Purpose.SEAL)
        self.header = header_of(key)
        """First bytes of every new sealed value; rows that begin otherwise are due for rotation."""
        self._encrypt = self._cipher(self.header).encrypt

    def seal(self, text: str, table: str, column: str, row: str) -> bytes:
        """Return the sealed text; `table`, `column`, `row` say where it will lie."""
        try:
            data = text.encode()
        except UnicodeEncodeError:
            raise Invalid("lone_surrogate", f"{table}.{column} is not valid Unicode") from None
        return self.seal_bytes(data, table, column, row)

    def seal_bytes(self, data: bytes, table: str, column: str, row: str) -> bytes:
        """Return the sealed bytes, as `seal` does for a text."""
        header = self.header
        place = self._places.get((header, table, column)) or self._place(header, table, column)
        fresh = nonce()
        return header + fresh + self._encrypt(fresh, data, place + row.encode())

    def open(self, sealed: bytes, table: str, column: str, row: str) -> str:
        """Return the text; raise `Tampered` when it was changed or moved, `WrongKey` for its key.

        What it opens was once sealed, so it decodes.
        """
        return self.open_bytes(sealed, table, column, row).decode()

    def open_json(self, sealed: bytes, table: str, column: str, row: str) -> Any:
        """Return the value of a JSON text, as `open` does for the text."""
        return _read_json(self.open_bytes(sealed, table, column, row).decode())[0]

    def open_bytes(self, sealed: bytes, table: str, column: str, row: str) -> bytes:
        """Return the bytes, as `open` does for a text."""
        header = sealed[:HEADER_BYTES]
        cipher = self._ciphers.get(header) or self._cipher(header)
        place = self._places.get((header, table, column)) or self._place(header, table, column)
        try:
            return cipher.decrypt(
                sealed[HEADER_BYTES:_BODY_AT], sealed[_BODY_AT:], place + row.encode()
            )
        except (InvalidTag, ValueError):
            raise Tampered(
                "sealed_value_changed",
                f"{table}.{column} was changed or moved from another row; restore it from backup",
            ) from None

    def _cipher(self, header: bytes) -> AESGCM:
        if len(header) != HEADER_BYTES or header[0] != VERSION:
            detail = "a sealed value has an unknown form; is the database newer than the code?"
            raise Tampered("sealed_value_unknown", detail)
        key = self._keys.get(Purpose.SEAL, int.from_bytes(header[1:], "big"))
        return self._ciphers.setdefault(header, AESGCM(key.secret))

    def _place(self, header: bytes, table: str, column: str) -> bytes:
        """Return the associated data but for the row id; \\x1f cannot occur in a column's name."""
        place = header + f"\x1f{table}\x1f{column}\x1f".encode()
        return self._places.setdefault((header, table, column), place)
