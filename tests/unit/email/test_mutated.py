"""Mails as they arrive from broken programs: a seed for each, so that a failure comes again."""

import random
import time
from collections.abc import Callable

import pytest

from channels.email.parse.flags import EXPLAINED
from channels.email.parse.mail import ParsedMail
from channels.email.parse.read import read_mail
from tests.unit.email.test_fixtures import FOLDER, REFERENCE

MAILS = [(FOLDER / name).read_bytes()[:20_000] for name in sorted(REFERENCE)]
INSERTED = (
    b"\0", b"\r", b"\n", b"\r\n\r\n", b"=?", b"?=", b"=?gb2312?B?", b"--", b"\xff\xfe", b"\x1b$B",
    b'"',
    b"(", b"<", b">", b";", b"\xe4\xbd", b"<div>", b"</", b"&#x", b"Content-Type: multipart/mixed;",
    b"Content-Type: text/html; charset=utf-7\r\n", b"boundary=", b"\nFrom: ",
    b"On 1 May x wrote:\n",
    b"Content-Transfer-Encoding: base64\r\n", b"charset=x-none", b"\xc2\xa0", b"\xed\xa0\x80",
)  # fmt: skip


def cut(chance: random.Random, raw: bytes) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def drop(chance: random.Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + raw[at + chance.randrange(1, 200) :]


def insert(chance: random.Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(INSERTED) * chance.choice((1, 1, 1, 50)) + raw[at:]


def flip(chance: random.Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.randrange(1, 30)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def repeat(chance: random.Random, raw: bytes) -> bytes:
    start = chance.randrange(len(raw) + 1)
    piece = raw[start : start + chance.randrange(1, 2_000)]
    return raw[:start] + piece * chance.randrange(2, 6) + raw[start:]


def splice(chance: random.Random, raw: bytes) -> bytes:
    other = chance.choice(MAILS)
    return raw[: chance.randrange(len(raw) + 1)] + other[chance.randrange(len(other)) :]


HOW: tuple[Callable[[random.Random, bytes], bytes], ...] = (cut, drop, insert, flip, repeat, splice)


def mutated(seed: int) -> bytes:
    chance = random.Random(seed)
    raw = chance.choice(MAILS)
    for _ in range(chance.randrange(1, 5)):
        raw = chance.choice(HOW)(chance, raw)
    return raw


def read_all(seeds: range) -> None:
    for seed in seeds:
        began = time.process_time()
        mail = read_mail(mutated(seed))
        spent_seconds = time.process_time() - began
        assert spent_seconds < 1, f"seed {seed}"
        assert "unreadable" not in mail.flags, f"seed {seed}"
        assert set(mail.flags) <= set(EXPLAINED), f"seed {seed}"
        assert ParsedMail.from_json(mail.to_json()) == mail, f"seed {seed}"


def test_two_thousand_mutated_mails_are_read() -> None:
    read_all(range(2_000))


@pytest.mark.long
def test_twenty_thousand_mutated_mails_are_read() -> None:
    read_all(range(2_000, 22_000))
