"""Where hub and media process meet on one machine: a unix socket and a shared secret."""

import base64
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

MOST_PATH_BYTES: Final = 100
"""A unix socket's path has little room."""
SECRET_BYTES: Final = 32
LINE_BYTES: Final = 4 * 1024 * 1024
"""The longest line either may send."""


def socket_path(folder: Path) -> Path:
    """Return where the media process of a data folder listens."""
    path = folder.absolute() / "media.sock"
    if len(os.fsencode(path)) <= MOST_PATH_BYTES:
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:24]
    return Path(tempfile.gettempdir()) / f"hub-media-{os.getuid()}-{name}.sock"


def recordings_folder(folder: Path) -> Path:
    """Return where the media process keeps recordings until the hub has its own copy."""
    return folder / "media" / "recordings"


def shared_secret(folder: Path) -> str:
    """Return the secret of both, made at the first use and readable by us alone."""
    path = folder / "media.key"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        own = path.with_suffix(f".{os.getpid()}")
        handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(os.urandom(SECRET_BYTES)))
        try:
            os.link(own, path)  # whoever is first; both read the same
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return path.read_text().strip()
