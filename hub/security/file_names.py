"""A stranger's file name made fit to show and to save: cleaned first, judged after."""

import re
import unicodedata
from typing import Final

from hub.security.files import FileKind

MAX_CHARACTERS: Final = 120
_NAMELESS: Final = "file"
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.IGNORECASE
)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean_name(name: str, kind: FileKind | None = None) -> str:
    """Return a name of 1 to 120 characters without path, unseen characters or device names.

    With a `kind` the name ends as that kind does, so that `photo.exe` full of PNG is saved as
    `photo.exe.png` and opens as the picture it is.
    """
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN)
    plain = unicodedata.normalize("NFC", " ".join(_FORBIDDEN.sub("_", seen).split()))
    stem = plain.strip(". ") or _NAMELESS
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    ending = _ending(stem, kind)
    if ending:
        stem = stem[: -len(ending)] if stem.lower().endswith(ending) else stem
        stem = stem.rstrip(". ") or _NAMELESS
    return _cut(stem, MAX_CHARACTERS - len(ending)) + ending


def _ending(stem: str, kind: FileKind | None) -> str:
    """Return the ending the name has or gets; without a kind a long name keeps its own."""
    if kind is not None:
        return next((e for e in kind.endings if stem.lower().endswith(e)), kind.endings[0])
    found = re.search(r"\.[A-Za-z0-9]{1,8}\Z", stem)
    return found.group().lower() if found and len(stem) > MAX_CHARACTERS else ""


def _cut(stem: str, length: int) -> str:
    return stem[:length].rstrip(". ") or _NAMELESS
