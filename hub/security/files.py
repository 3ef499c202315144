"""What a file is, told by its content: the name and the sender's word for it count for nothing."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from hub.security.image_size import gif_size, jpeg_size, png_size, webp_size

MAX_PIXELS: Final = 50_000_000
"""A small file can unfold to gigabytes in the browser of whoever opens it (ASVS 5.2.6)."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A type we take: what to serve it as, and the endings its name may have, best first."""

    media_type: str
    endings: tuple[str, ...]


PNG: Final = FileKind("image/png", (".png",))
JPEG: Final = FileKind("image/jpeg", (".jpg", ".jpeg"))
GIF: Final = FileKind("image/gif", (".gif",))
WEBP: Final = FileKind("image/webp", (".webp",))
PDF: Final = FileKind("application/pdf", (".pdf",))
TEXT: Final = FileKind("text/plain", (".txt", ".csv", ".log", ".md"))

KINDS: Final = (PNG, JPEG, GIF, WEBP, PDF, TEXT)

_IMAGES: Final = (
    (PNG, re.compile(rb"\x89PNG\r\n\x1a\n"), png_size),
    (JPEG, re.compile(rb"\xff\xd8\xff"), jpeg_size),
    (GIF, re.compile(rb"GIF8[79]a"), gif_size),
    (WEBP, re.compile(rb"RIFF....WEBP", re.DOTALL), webp_size),
)
_PDF: Final = re.compile(rb"%PDF-[12]\.[0-9]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_MARKUP: Final = re.compile(
    r"\A\ufeff?\s*<|<(?:!doctype|\?xml|html|head|body|script|svg|iframe|object|embed|style|meta"
    r"|link|img|base|form|a)[\s/>]|%PDF-",
    re.IGNORECASE,
)
_ACTIVE_NAME: Final = re.compile(
    r"\.(?:html?|xhtml|xml|svg|m?js|vbs?|wsf|hta|bat|cmd|com|ps1|sh|php|jsp|aspx?|py|pl|reg|url"
    r"|lnk|desktop|htaccess)\s*\Z",
    re.IGNORECASE,
)


def sniff(head: bytes, *, name: str) -> FileKind | None:
    """Return the kind of a file, or None when it is none we take.

    `head` is the file's beginning, best the whole of it: a photograph may keep its dimensions
    behind a long preface. Refused are images over 50 megapixels or of unknown size, and text that
    is markup or script or is named like it.
    """
    for kind, begins, size in _IMAGES:
        if begins.match(head):
            width, height = size(head) or (0, 0)
            return kind if 0 < width * height <= MAX_PIXELS else None
    if _PDF.match(head):
        return PDF
    return TEXT if _is_plain_text(head) and not _ACTIVE_NAME.search(name) else None


def _is_plain_text(head: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not _CONTROL.search(text) and not _MARKUP.search(text)
