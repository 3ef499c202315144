"""Mails of other projects: read without a crash, and as their own authors read them."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from channels.email.parse.html import split_html
from channels.email.parse.mail import ParsedMail
from channels.email.parse.read import part_bytes, read_mail
from channels.email.parse.reply import split_reply

FOLDER = Path(__file__).parents[4] / "shared/fixtures/email"
REFERENCE: dict[str, dict[str, Any]] = json.loads((FOLDER / "reference.json").read_bytes())
EXPECTED = {
    f"{folder}/{name}": want
    for folder in ("reply-parser", "talon")
    for name, want in json.loads((FOLDER / folder / "expected.json").read_bytes()).items()
}


def test_there_is_something_to_read() -> None:
    assert len(REFERENCE) > 50
    assert len(EXPECTED) > 14


@pytest.mark.parametrize("name", sorted(REFERENCE))
def test_a_whole_mail_is_read_as_the_reference_reads_it(name: str) -> None:
    want, raw = REFERENCE[name], (FOLDER / name).read_bytes()
    began = time.process_time()
    mail = read_mail(raw)
    assert time.process_time() - began < 1
    assert "unreadable" not in mail.flags
    assert ([mail.sender] if mail.sender else []) == (want.get("from_addrs") or [])
    assert mail.subject == " ".join((want.get("subject") or "").split())
    files = {(one.media_type, one.size_bytes) for one in mail.attachments}
    assert files >= {(one["type"], one["bytes"]) for one in want.get("attachments", [])}
    assert _start(want.get("body_head", "")) in _start(mail.text, 300)
    for file in mail.attachments:
        data = part_bytes(raw, file.path)
        assert data is not None
        assert len(data) == file.size_bytes
    assert ParsedMail.from_json(mail.to_json()) == mail


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_new_text_is_told_from_quotes_as_its_source_tells_it(name: str) -> None:
    want, raw = EXPECTED[name], (FOLDER / name).read_bytes()
    began = time.process_time()
    if name.endswith(".eml"):
        found = read_mail(raw).visible_reply
    else:
        found = (split_html if name.endswith(".html") else split_reply)(raw.decode()).visible
    assert time.process_time() - began < want.get("max_seconds", 1)
    same = _without_blanks if want.get("whitespace_insensitive") else str.strip
    if "reply_equals" in want:
        assert same(found) == same(want["reply_equals"])
    if want.get("reply_is_whole_message"):
        assert _without_blanks(found) == _without_blanks(raw.decode())
    assert found.startswith(want.get("reply_starts", ""))
    assert all(part in found for part in want.get("reply_contains", []))
    assert not any(part in found for part in want.get("reply_excludes", []))


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _start(text: str, characters: int = 40) -> str:
    without: Callable[[str], str] = _without_blanks
    return "" if "<html" in text.lower() else without(text)[:characters]
