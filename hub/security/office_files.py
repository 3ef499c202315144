"""Office documents told by their content, and files that nobody can look into; pure.

Only the three forms of Office Open XML without macros: they are zip files whose parts we can read.
"""

import io
import zipfile
from typing import Final

from hub.security.files import FileKind

_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument."
DOCX: Final = FileKind(f"{_OPEN_XML}wordprocessingml.document", (".docx",))
XLSX: Final = FileKind(f"{_OPEN_XML}spreadsheetml.sheet", (".xlsx",))
PPTX: Final = FileKind(f"{_OPEN_XML}presentationml.presentation", (".pptx",))
OFFICE: Final = (DOCX, XLSX, PPTX)
_MAIN: Final = {
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
    "ppt/presentation.xml": PPTX,
}
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_SEVEN: Final = b"7z\xbc\xaf\x27\x1c"
_RAR: Final = b"Rar!\x1a\x07"
_IS_ENCRYPTED: Final = 0x1
PARTS_MOST: Final = 5_000


def office_kind(data: bytes) -> FileKind | None:
    """Return which document this is; None for anything else, also for one with macros."""
    parts = _parts(data)
    if parts is None or "[Content_Types].xml" not in parts or _has_macros(parts):
        return None
    return next((kind for main, kind in _MAIN.items() if main in parts), None)


def is_protected(data: bytes) -> bool:
    """Whether a file asks for a password, so that neither we nor a scanner can look into it."""
    if data.startswith(b"%PDF-"):
        return b"/Encrypt" in data
    if data.startswith(_OLE):
        return _ENCRYPTED_STREAM in data
    if data.startswith((_SEVEN, _RAR)):
        return False
    parts = _parts(data)
    return parts is not None and any(one.flag_bits & _IS_ENCRYPTED for one in parts.values())


def _has_macros(parts: dict[str, zipfile.ZipInfo]) -> bool:
    return any(name.lower().endswith(("vbaproject.bin", ".exe", ".js")) for name in parts)


def _parts(data: bytes) -> dict[str, zipfile.ZipInfo] | None:
    """Read the table of a zip file; None for none, or for one that is broken."""
    if not data.startswith(_ZIP):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            listed = found.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return None
    return {one.filename: one for one in listed} if len(listed) <= PARTS_MOST else None
