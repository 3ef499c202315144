"""Words of office documents; what is broken, costly or locked is told apart and never opened."""

import pytest

from hub.adapters.documents import words
from hub.adapters.documents.reader import DocumentReader
from hub.adapters.documents.words import Unreadable, words_of
from hub.security.office_files import DOCX, PPTX, XLSX, is_protected, office_kind
from tests.support.office import LOCKED_OFFICE, LOCKED_PDF, TYPES, docx, locked, pptx, xlsx, zipped

LETTER = docx("Dear bank,", "我的卡丢了。", "A &amp; B")
BOMB = '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'


def test_the_words_are_read_in_their_order() -> None:
    assert words_of(LETTER) == "Dear bank,\n我的卡丢了。\nA & B"
    assert words_of(xlsx(("Date", "Sum"), ("May", "12"))) == "[1]\nDate\tSum\nMay\t12"
    assert words_of(pptx("One", "Two")) == "[1]\nOne\n[2]\nTwo"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no zip at all",
        LETTER[:-40],
        locked(LETTER),
        zipped(**{TYPES: "", "word__document.xml": "<w:p>"}),
        zipped(**{TYPES: "", "word__document.xml": BOMB}),
        zipped(**{TYPES: "", "other.xml": "<a/>"}),
    ],
)
def test_what_is_broken_or_declares_entities_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        words_of(data)


def test_a_bomb_is_not_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "PART_MOST_BYTES", 100_000)
    with pytest.raises(Unreadable):
        words_of(docx("x" * 200_000))


def test_documents_are_told_by_their_content_and_macros_are_refused() -> None:
    assert (office_kind(LETTER), office_kind(xlsx(("a",))), office_kind(pptx("a"))) == (
        DOCX, XLSX, PPTX,
    )  # fmt: skip
    assert office_kind(docx("a", word__vbaProject_bin=b"x")) is DOCX
    assert office_kind(docx("a", **{"word__vbaProject.bin": b"x"})) is None
    for other in (b"PK\x03\x04", b"text", zipped(a="b"), LOCKED_OFFICE):
        assert office_kind(other) is None


def test_what_asks_for_a_password_is_known() -> None:
    assert all(map(is_protected, (locked(LETTER), LOCKED_OFFICE, LOCKED_PDF)))
    assert not any(map(is_protected, (LETTER, b"%PDF-1.7 plain", b"text", b"\xd0\xcf\x11\xe0")))


async def test_a_process_apart_reads_them_and_ends() -> None:
    reader = DocumentReader()
    assert await reader.words(LETTER) == words_of(LETTER)
    assert await reader.words(b"PK\x03\x04") is None
    assert await DocumentReader(wall_seconds=0.0).words(LETTER) is None
