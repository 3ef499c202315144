"""Charsets right, wrong, unknown and forbidden (A20): read as well as it goes, never dropped."""

import pytest

from channels.email.parse.charsets import decode
from channels.email.parse.flags import Flags
from channels.email.parse.read import read_mail

CHINESE = "您好，我的信用卡丢了，请帮我挂失，谢谢。"
TRADITIONAL = "您好，我的信用卡遺失了，請幫我掛失，謝謝。"
JAPANESE = "カードをなくしました。止めてください。"
KOREAN = "카드를 잃어버렸습니다. 정지해 주세요."
FRENCH = "J’ai perdu ma carte à l’étranger, très énervé."


def read(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    flags = Flags()
    return decode(data, declared, flags), flags.sorted()


@pytest.mark.parametrize(
    ("text", "written", "declared"),
    [
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE + "镕喆𠮷", "gb18030", "GB2312"),
        (CHINESE, "gbk", "x-gbk"),
        (CHINESE, "utf-8", "UTF8"),
        (CHINESE, "hz", "hz-gb-2312"),
        (CHINESE, "utf-16", "utf-16"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "big5", '"Big5"'),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        (JAPANESE, "cp932", "shift_jis"),
        (KOREAN, "cp949", "ks_c_5601-1987"),
        (FRENCH, "cp1252", "iso-8859-1"),
        ("Страница", "koi8-r", "koi8-r"),
    ],
)
def test_a_charset_is_read_as_its_senders_mean_it(text: str, written: str, declared: str) -> None:
    assert read(text.encode(written), declared) == (text, ())


@pytest.mark.parametrize("declared", ["", "us-ascii", "unknown-8bit"])
@pytest.mark.parametrize(
    ("text", "written"),
    [(CHINESE, "utf-8"), (CHINESE, "gb18030"), (TRADITIONAL, "big5"), (JAPANESE, "cp932"),
     (JAPANESE, "iso2022_jp"), (FRENCH, "cp1252"), (CHINESE, "utf-16")],
)  # fmt: skip
def test_a_charset_that_is_not_named_is_found(text: str, written: str, declared: str) -> None:
    assert read(text.encode(written), declared)[0].lstrip("\ufeff") == text


@pytest.mark.parametrize(
    ("text", "written", "declared"),
    [
        (CHINESE, "utf-8", "gb2312"),
        (CHINESE, "gb18030", "utf-8"),
        (CHINESE, "gb18030", "iso-8859-1"),
        (CHINESE, "utf-8", "iso-8859-1"),
        (TRADITIONAL, "big5", "utf-8"),
        (FRENCH, "utf-8", "windows-1252"),
    ],
)
def test_a_wrong_label_is_seen_through(text: str, written: str, declared: str) -> None:
    assert read(text.encode(written), declared) == (text, ("charset_mislabelled",))


@pytest.mark.parametrize("declared", ["x-martian", "rot13", "base64", "zlib", "idna", "a" * 99])
def test_an_unknown_charset_is_flagged_and_read(declared: str) -> None:
    """A20: best effort and a flag; never dropped."""
    text, flags = read(CHINESE.encode(), declared)
    assert text == CHINESE
    assert "charset_unknown" in flags


def test_utf_7_is_never_decoded() -> None:
    text, flags = read(b"+ADw-script+AD4-", "utf-7")
    assert text == "+ADw-script+AD4-"
    assert flags == ("utf7_refused",)


def test_what_breaks_off_keeps_the_rest() -> None:
    text, flags = read(CHINESE.encode() * 9 + b"\xe4\xbd", "utf-8")
    assert text.startswith(CHINESE)
    assert flags == ("charset_errors",)


def test_zero_bytes_and_surrogates_do_not_come_through() -> None:
    assert read(b"a\0b", "utf-8") == ("ab", ("nul",))
    text, _ = read("a\ud800b".encode("utf-8", "surrogatepass"), "utf-8")
    assert text.encode()  # which half a surrogate pair does not survive


@pytest.mark.parametrize(
    ("subject", "read_as"),
    [
        ("=?gb2312?B?xPq6ww==?=", "您好"),
        ("=?UTF-8?B?5oKo?=\r\n =?UTF-8?B?5aW9?=", "您好"),
        ("=?UTF-8?B?5oKo5a?=\r\n =?UTF-8?B?W9?= ok", "您好 ok"),
        ("=?utf-8*zh?Q?=E6=82=A8?=", "您"),
        ("=?utf-8?Q?a b?=", "a b"),
        ("=?x-none?Q?abc?= d", "abc d"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=?utf-8?B?!!!?=", ""),
        ("raw 您好", "raw 您好"),
    ],
)
def test_a_subject_is_read_however_it_is_written(subject: str, read_as: str) -> None:
    raw = f"From: a@b.example\r\nSubject: {subject}\r\n\r\nx".encode()
    assert read_mail(raw).subject == read_as


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("filename*=UTF-8''%E5%90%88%E5%90%8C.pdf", "合同.pdf"),
        ("filename*0*=gb2312''%BA%CF; filename*1*=%CD%AC.pdf", "合同.pdf"),
        ('filename="=?gb2312?B?us/NrC5wZGY=?="', "合同.pdf"),
        ('filename="合同.pdf"', "合同.pdf"),
        ("filename=a b.pdf", "a b.pdf"),
        ('filename="a;b.pdf"', "a;b.pdf"),
        ("", "part-0.pdf"),
    ],
)
def test_a_file_name_is_read_however_it_is_written(said: str, name: str) -> None:
    head = f"Content-Type: application/pdf\r\nContent-Disposition: attachment; {said}\r\n"
    found = read_mail(f"From: a@b.example\r\n{head}\r\nx".encode())
    assert [file.name for file in found.attachments] == [name]
