"""Where the master key comes from: the environment, a file, or a file made at first start."""

import base64
import binascii
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hub.security.errors import BadKeyFile
from hub.security.keyring import KEY_BYTES

VARIABLE: Final = "HUB_MASTER_KEY"
FILE_VARIABLE: Final = "HUB_MASTER_KEY_FILE"
FILE_NAME: Final = "master.key"


def find_master_key(
    environment: Mapping[str, str], data_folder: Path, *, may_create: bool
) -> bytes:
    """Return the master key: `HUB_MASTER_KEY`, `HUB_MASTER_KEY_FILE`, else the data folder's file.

    With `may_create` (embedded mode) a missing file in the data folder is made, readable by its
    owner only. Raises `BadKeyFile` when there is none, or it is broken or readable by others.
    """
    if text := environment.get(VARIABLE):
        return parse_master_key(text, source=VARIABLE)
    if named := environment.get(FILE_VARIABLE):
        return read_key_file(Path(named))
    path = data_folder / FILE_NAME
    if may_create and not path.exists():
        return create_key_file(path)
    return read_key_file(path)


def parse_master_key(text: str, *, source: str) -> bytes:
    """Return 32 bytes from base64; raise `BadKeyFile` naming the source, never the text."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES or len(set(key)) < 8:
        detail = f"{source} must hold 32 random bytes in base64: openssl rand -base64 32"
        raise BadKeyFile("bad_master_key", detail)
    return key


def read_key_file(path: Path) -> bytes:
    """Return the key of a file that only its owner may read."""
    try:
        mode = path.stat().st_mode
        text = path.read_text("ascii", errors="replace")
    except OSError as error:
        detail = f"{path} cannot be read ({error.strerror}); restore it or set {VARIABLE}"
        raise BadKeyFile("no_master_key", detail) from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise BadKeyFile("open_master_key", f"{path} is open to others: chmod 600 {path}")
    return parse_master_key(text, source=str(path))


def create_key_file(path: Path) -> bytes:
    """Make a key file (mode 0600) that survives a power cut; return its key.

    It appears whole under its name or not at all: two starts at once end with one key.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    key = os.urandom(KEY_BYTES)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(key) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return read_key_file(path)
    finally:
        draft.unlink()
    _sync_folder(path.parent)
    return key


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
