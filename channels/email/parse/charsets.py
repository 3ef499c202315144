"""Bytes to text: what the sender says of the charset, and what it must be instead."""

import codecs
import re
from collections.abc import Callable
from typing import Final

from channels.email.parse.flags import Flags

_BETTER: Final = {
    "gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030",
    "gb_2312-80": "gb18030", "euc-cn": "gb18030", "gb2312-1980": "gb18030",
    "big5": "big5hkscs", "big5-eten": "big5hkscs", "x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "windows-31j": "cp932", "hz-gb-2312": "hz", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-6-i": "iso-8859-6", "windows-874": "cp874",
}  # fmt: skip
"""What senders mean by a name: the charset that has all of it and more."""
_NOTHING_SAID: Final = frozenset(
    ("", "us-ascii", "ascii", "unknown", "x-unknown", "unknown-8bit", "default", "8bit", "7bit",
     "default_charset", "binary", "ansi_x3.4-1968", "none", "utf-8-or-whatever")
)  # fmt: skip
_NO_CHARSETS: Final = frozenset(
    ("utf-7", "utf_7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined",
     "unicode-escape", "raw-unicode-escape", "mbcs", "oem")
)  # fmt: skip
_UTF7: Final = frozenset(("utf-7", "utf7", "utf_7", "unicode-1-1-utf-7", "x-unicode-2-0-utf-7"))
_LATIN: Final = frozenset(("cp1252", "iso8859-15", "iso8859-1"))
_SAMPLE_BYTES: Final = 8_192
_HIGH_PAIR: Final = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
_KANA: Final = re.compile("[\u3040-\u30ff]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]")


def decode(data: bytes, declared: str, flags: Flags) -> str:
    """Return the text, with U+FFFD for what no charset makes sense of; NULs are taken out."""
    text = _decode(data, declared.strip().strip("\"'").lower(), flags)
    if "\0" in text:
        flags.add("nul")
        text = text.replace("\0", "")
    return text


def _decode(data: bytes, said: str, flags: Flags) -> str:
    if said in _UTF7:
        flags.add("utf7_refused")
        return data.decode("ascii", "replace")
    if data.isascii() and b"\x1b" not in data and said in _NOTHING_SAID:
        return data.decode("ascii")
    name = _codec(said)
    if name is None:
        if said not in _NOTHING_SAID:
            flags.add("charset_unknown")
        return _guess(data, flags, said_nothing=said in _NOTHING_SAID)
    if data.isascii() and not name.startswith(("utf-16", "utf-32", "iso2022", "hz")):
        return data.decode("ascii")
    try:
        text = data.decode(name)
    except (UnicodeError, ValueError):
        return _mend(data, name, flags)
    return _doubt(data, text, name, flags)


def _codec(said: str) -> str | None:
    """Return Python's name of a charset; None for what is none, or no safe one."""
    if said in _NOTHING_SAID or said in _NO_CHARSETS or len(said) > 40:
        return None
    try:
        found = codecs.lookup(_BETTER.get(said, said))
        "".encode(found.name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return None if found.name.replace("-", "_") in _NO_CHARSETS else found.name


def _mend(data: bytes, name: str, flags: Flags) -> str:
    """Decode what is not what it says: mostly right, or another charset."""
    best_effort = data.decode(name, "replace")
    if name != "utf-8" and _fits(data[:_SAMPLE_BYTES], "utf-8"):
        flags.add("charset_mislabelled")
        return data.decode("utf-8", "replace")
    if best_effort.count("\ufffd") * 50 <= len(best_effort):
        flags.add("charset_errors")
        return best_effort
    guessed = detect(data)
    if guessed is None:
        flags.add("charset_errors")
        return best_effort
    flags.add("charset_mislabelled")
    return data.decode(guessed, "replace")


def _doubt(data: bytes, text: str, name: str, flags: Flags) -> str:
    """Return the text, or a better one when all but the label speaks for UTF-8 or Chinese."""
    if name == "utf-8" or name.startswith(("utf-16", "utf-32", "iso2022", "hz")):
        return text
    try:
        other = data.decode("utf-8")
    except UnicodeDecodeError:
        if name not in _LATIN or not _is_double_byte(data):
            return text
        guessed = detect(data)
        if guessed is None or guessed in _LATIN:
            return text
        other = data.decode(guessed, "replace")
    else:
        if name not in _LATIN and _common(other, "gb2312") <= _common(text, "gb2312"):
            return text
    flags.add("charset_mislabelled")
    return other


def _guess(data: bytes, flags: Flags, *, said_nothing: bool) -> str:
    if b"\x1b$" in data or b"\x1b(" in data:
        return data.decode("iso2022_jp_ext", "replace")
    found = detect(data)
    if found is None:
        flags.add("charset_errors" if said_nothing else "charset_unknown")
        return data.decode("utf-8", "replace")
    return data.decode(found, "replace")


def detect(data: bytes) -> str | None:
    """Return the likeliest charset of bytes that say nothing of it; None when none fits."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
                       (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE_BYTES]
    if _fits(sample, "utf-8"):
        return "utf-8"
    if _fits(sample, "cp932") and _share(sample.decode("cp932", "ignore"), _KANA) > 0.5:
        return "cp932"
    if not _is_double_byte(sample):
        return "cp1252" if _fits(sample, "cp1252") else "iso8859-1"
    scored = [(score(sample), name) for name, score in _SCORES if _fits(sample, name)]
    best = max(scored, default=(0.0, ""), key=lambda one: one[0])
    return best[1] if best[0] > 0.5 else None


def _fits(sample: bytes, name: str) -> bool:
    """Tell whether all but a character cut off in the end decodes."""
    try:
        codecs.getincrementaldecoder(name)().decode(sample, final=False)
    except (UnicodeError, ValueError):
        return False
    return True


def _is_double_byte(data: bytes) -> bool:
    """Tell whether high bytes come in pairs, as they do not in Western languages."""
    sample = data[:_SAMPLE_BYTES]
    high = len(sample) - len(sample.translate(None, _HIGH))
    return high > 1 and len(_HIGH_PAIR.findall(sample)) * 2 >= high * 0.6


_HIGH: Final = bytes(range(0x80, 0x100))


def _common(text: str, name: str) -> float:
    """Return which share of the non-ASCII characters is in the everyday half of a charset."""
    odd = [character for character in text[:2_000] if character > "\x7f"]
    first, last = (0xB0, 0xD7) if name == "gb2312" else (0xA4, 0xC6)
    fine = 0
    for character in odd:
        coded = character.encode(name, "ignore")
        is_sign = "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uff5e"
        fine += is_sign or (len(coded) == 2 and first <= coded[0] <= last)
    return fine / len(odd) if odd else 0.0


def _share(text: str, pattern: re.Pattern[str]) -> float:
    odd = sum(character > "\x7f" for character in text)
    return len(pattern.findall(text)) / odd if odd else 0.0


_SCORES: Final[tuple[tuple[str, Callable[[bytes], float]], ...]] = (
    ("gb18030", lambda data: _common(data.decode("gb18030", "ignore"), "gb2312")),
    ("big5hkscs", lambda data: _common(data.decode("big5hkscs", "ignore"), "big5")),
    ("cp949", lambda data: _share(data.decode("cp949", "ignore"), _HANGUL)),
)
