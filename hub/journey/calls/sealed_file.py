"""A long file sealed in pieces, so that a second in the middle opens without the hour before it.

Piece n is sealed for the row id `ID/n`: pieces cannot be swapped, and a cut file is noticed by its
length, which the row knows.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hub.domain.errors import NotFound
from hub.security.vault import OVERHEAD_BYTES, Vault

PIECE_BYTES: Final = 256 * 1024
_STRIDE: Final = PIECE_BYTES + OVERHEAD_BYTES


def write_sealed(vault: Vault, path: Path, table: str, row_id: str, data: bytes) -> None:
    """Write and sync; a half-written file is never under the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        for number, start in enumerate(range(0, len(data), PIECE_BYTES)):
            piece = data[start : start + PIECE_BYTES]
            file.write(vault.seal_bytes(piece, table, "bytes", f"{row_id}/{number}"))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def read_sealed(
    vault: Vault, path: Path, table: str, row_id: str, start: int, end: int
) -> Iterator[bytes]:
    """Yield the plain bytes from `start` up to, not including, `end`.

    Raises `NotFound("file_bytes_missing")`, and `Tampered` for a piece that was changed.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise NotFound("file_bytes_missing", "restore the files folder from backup") from None
    with file:
        for number in range(start // PIECE_BYTES, -(-end // PIECE_BYTES)):
            file.seek(number * _STRIDE)
            piece = vault.open_bytes(file.read(_STRIDE), table, "bytes", f"{row_id}/{number}")
            first = number * PIECE_BYTES
            yield piece[max(0, start - first) : end - first]
