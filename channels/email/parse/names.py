"""File names from strangers: cleaned first, judged after."""

import re
import unicodedata
from typing import Final

from channels.email.parse import limits

_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r'[<>:"|?*%\x7f]')
_ENDINGS: Final = {
    "message/rfc822": "eml", "text/calendar": "ics", "text/plain": "txt", "text/html": "html",
    "application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif",
    "image/bmp": "bmp", "image/webp": "webp", "application/ms-tnef": "dat", "text/csv": "csv",
    "text/vcard": "vcf", "application/zip": "zip", "application/pgp-signature": "asc",
    "application/pkcs7-signature": "p7s", "application/pkcs7-mime": "p7m",
    "message/delivery-status": "txt", "text/rfc822-headers": "txt", "application/json": "json",
}  # fmt: skip


def clean_name(said: str, media_type: str, path: str) -> str:
    """Return a name that is safe on every system, and never empty.

    Folders, control and direction characters go; leading dots and all kinds of blanks too. The
    ending survives the cut to `NAME_CHARS_MOST`.
    """
    name = unicodedata.normalize("NFC", said[:20_000]).replace("\\", "/").rpartition("/")[2]
    name = "".join(one for one in name if unicodedata.category(one) not in _UNSEEN)
    name = _FORBIDDEN.sub("_", name)
    name = _trimmed(name)
    if not name:
        ending = _ENDINGS.get(media_type, "bin")
        return f"part-{path}.{ending}"
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    if len(name) <= limits.NAME_CHARS_MOST:
        return name
    if not dot or len(ending) > 12:
        return _trimmed(name[: limits.NAME_CHARS_MOST])
    return f"{_trimmed(stem[: limits.NAME_CHARS_MOST - len(ending) - 1])}.{ending}"


_UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


def _trimmed(name: str) -> str:
    """Take dots and blanks of every width off both ends."""
    start, end = 0, len(name)
    while start < end and (name[start].isspace() or name[start] == "."):
        start += 1
    while end > start and (name[end - 1].isspace() or name[end - 1] == "."):
        end -= 1
    return name[start:end]
