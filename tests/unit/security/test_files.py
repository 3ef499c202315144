import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.security.file_names import MAX_CHARACTERS, clean_name
from hub.security.files import GIF, JPEG, KINDS, PDF, PNG, TEXT, WEBP, FileKind, sniff


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + b"\x08\x06"


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x00\x00\x00"


def jpeg(width: int, height: int, *, preface: int = 14, frame: int = 0xC0) -> bytes:
    app = b"\xff\xe1" + struct.pack(">H", preface + 2) + b"\xff" * preface
    size = struct.pack(">HH", height, width)
    return b"\xff\xd8" + app + bytes([0xFF, 0xFF, frame, 0, 17, 8]) + size + b"\x03"


def webp(form: bytes, body: bytes) -> bytes:
    return b"RIFF\x24\x00\x00\x00WEBP" + form + b"\x00\x00\x00\x00" + body


def lossy(width: int, height: int) -> bytes:
    return webp(b"VP8 ", b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", width, height))


def lossless(width: int, height: int) -> bytes:
    bits = (width - 1) | (height - 1) << 14
    return webp(b"VP8L", b"\x2f" + struct.pack("<I", bits) + bytes(5))


def extended(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return webp(b"VP8X", bytes(4) + size)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(640, 480), PNG),
        (gif(640, 480), GIF),
        (jpeg(640, 480), JPEG),
        (jpeg(640, 480, preface=60_000, frame=0xC2), JPEG),
        (lossy(640, 480), WEBP),
        (lossless(640, 480), WEBP),
        (extended(640, 480), WEBP),
        (b"%PDF-1.7\n%\xe2\xe3", PDF),
        ("Hello, 你好\r\n\tline 2".encode(), TEXT),
        ("你好".encode()[:-1], TEXT),  # the head ends inside a character
        (b"a < b and c > d", TEXT),
    ],
)
def test_content_tells_the_kind(content: bytes, kind: FileKind) -> None:
    assert sniff(content, name="photo.exe") == kind
    assert sniff(content, name="") == kind


@pytest.mark.parametrize("make", [png, gif, jpeg, lossy, lossless, extended])
def test_an_image_that_unfolds_to_too_many_pixels_is_refused(make: type[bytes]) -> None:
    assert sniff(make(8000, 6000), name="a")  # type: ignore[call-overload]
    assert sniff(make(16_000, 16_000), name="a") is None  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "content",
    [
        b"", b" \n", b"\x00\x01", b"MZ\x90\x00", b"PK\x03\x04", b"\x7fELF", "Hi".encode("utf-16"),
        b"caf\xe9 au lait",
        b"\x89PNG\r\n\x1a\n", png(0, 10), gif(10, 0), b"\xff\xd8\xff", jpeg(9, 9)[:26],
        b"\xff\xd8" + b"\xff\xe0\x00\x02" * 100_000, b"\xff\xd8\xff\xe0\x00\x00",
        b"\xff\xd8" + b"\xff" * 99,
        b"RIFF\x24\x00\x00\x00WAVEfmt ", webp(b"VP8 ", bytes(10)), webp(b"ABCD", bytes(10)),
        b"<!DOCTYPE html><p>", b"\xef\xbb\xbf <svg onload=alert(1)>",
        b"x <script>alert(1)</script>",
        b"hello\n<IFRAME src=x>", b"<?xml version='1.0'?>", b"\n\n<p>hi", b"<a href=javascript:x>",
        b" %PDF-1.7", b"BM" + bytes(60), b"text with \x00 in it", b"\x1b[31mred\x07",
    ],
)  # fmt: skip
def test_everything_else_is_refused(content: bytes) -> None:
    assert sniff(content, name="a.txt") is None


@pytest.mark.parametrize("name", ["a.html", "A.HTM", "a.svg", "x.js", "x.bat ", "a.xhtml", "a.url"])
def test_text_named_like_something_active_is_refused(name: str) -> None:
    assert sniff(b"just words", name=name) is None
    assert sniff(png(1, 1), name=name) == PNG


@given(st.binary(max_size=300))
def test_no_bytes_break_it(content: bytes) -> None:
    for begin in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF0000WEBP", b"%PDF-"):
        assert sniff(begin + content, name="x") in (None, *KINDS)


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("statement.pdf", PDF, "statement.pdf"),
        ("对账单 2026.PDF", PDF, "对账单 2026.pdf"),
        ("../../etc/passwd", TEXT, "passwd.txt"),
        ("C:\\temp\\a.png", PNG, "a.png"),
        ("photo.exe", PNG, "photo.exe.png"),
        ("photo.JPEG", JPEG, "photo.jpeg"),
        ("\u2008.htaccess", TEXT, "htaccess.txt"),
        ("a\0.png", PNG, "a.png"),
        ("\u202egnp.exe", PNG, "gnp.exe.png"),
        ("CON", TEXT, "_CON.txt"),
        ("com1.png", PNG, "_com1.png"),
        ("aux.h.png", PNG, "_aux.h.png"),
        ("....png", PNG, "png.png"),
        ("", PDF, "file.pdf"),
        (".pdf", PDF, "pdf.pdf"),
        ("x.pdf.", PDF, "x.pdf"),
        ('a<b>:"c"|?*.txt', TEXT, "a_b___c____.txt"),
        ("a\r\nb.txt", TEXT, "ab.txt"),
        ("table.csv", TEXT, "table.csv"),
        ("x" * 4000 + ".png", PNG, "x" * 116 + ".png"),
        ("CON", None, "_CON"),
        ("/", None, "file"),
    ],
)
def test_names_are_cleaned_first_and_judged_after(
    name: str, kind: FileKind | None, clean: str
) -> None:
    assert clean_name(name, kind) == clean


@given(st.text(), st.sampled_from([None, *KINDS]))
def test_a_clean_name_is_short_visible_and_stays_clean(name: str, kind: FileKind | None) -> None:
    clean = clean_name(name, kind)
    assert 1 <= len(clean) <= MAX_CHARACTERS
    assert clean.isprintable()
    assert not set(clean) & set('/\\<>:"|?*')
    assert not clean.startswith((".", " "))
    assert not clean.endswith((".", " "))
    assert kind is None or clean.endswith(kind.endings)
    assert clean_name(clean, kind) == clean
