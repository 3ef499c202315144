"""Mails that are meant to harm; each test is named by what it attacks (A01-A22 of the list)."""

import time

import pytest

from channels.email.parse.names import clean_name
from channels.email.parse.read import read_mail
from channels.email.parse.reply import split_reply

EVIL = "x@evil.example"
BANK = "agent@bank.example"


def mail(head: str = "", body: str = "Hello", sender: str = "From: joe@client.example") -> bytes:
    return f"{sender}\r\nSubject: x\r\n{head}\r\n{body}".replace("\n\r\n\r\n", "\n\r\n").encode()


@pytest.mark.parametrize(
    "sender",
    [
        "From: =?utf-8?Q?agent?=@bank.example",
        "From: =?utf-8?Q?agent=40bank.example?=",
        "From: <=?utf-8?Q?agent?=@bank.example>",
        "From: =?utf-8?B?YWdlbnRAYmFuay5leGFtcGxl?= <>",
    ],
)
def test_a01_an_encoded_word_never_becomes_an_address(sender: str) -> None:
    """A01: such a sender is unverified, and never that address."""
    found = read_mail(mail(sender=sender))
    assert found.sender == ""
    assert found.sender_certainty in ("ambiguous", "none")


@pytest.mark.parametrize(
    "sender",
    [
        f"From: {BANK} <{EVIL}>",
        f"From: <{BANK}>{EVIL}",
        f"From: <{BANK}> <{EVIL}>",
        f"From: {BANK}, {EVIL}",
        f"From: {BANK};{EVIL}",
        f"From: {BANK}\r\nFrom: {EVIL}",
        f"From: {EVIL}\r\nFrom: {BANK}",
        f"From: agent@bank.example@{EVIL}",
        f"From: staff: {BANK}, {EVIL};",
        f"From: {BANK}\t<{EVIL}>",
    ],
)
def test_a02_a_sender_said_in_two_ways_is_not_believed(sender: str) -> None:
    """A02: an ambiguous From is neither an agent nor a known customer."""
    found = read_mail(mail(sender=sender))
    assert found.sender in ("", EVIL)
    assert found.sender_certainty in ("ambiguous", "none")


@pytest.mark.parametrize("name", [f'"{BANK}"', f"({BANK})", "=?utf-8?q?agent=40bank.example?="])
def test_a02_a_name_like_an_address_is_only_a_name(name: str) -> None:
    found = read_mail(mail(sender=f"From: {name} <{EVIL}>"))
    assert found.sender == EVIL
    assert found.sender_certainty == "claimed"
    assert "name_is_address" in found.flags or not found.sender_name.startswith("agent")


RELAY = "mx.bank.example"


@pytest.mark.parametrize(
    ("head", "certainty"),
    [
        (f"{RELAY}; dmarc=pass header.from=client.example", "verified"),
        (f"{RELAY}; dkim=pass header.d=client.example; spf=fail", "verified"),
        (f"{RELAY}; dmarc=fail header.from=client.example", "claimed"),
        (f"{RELAY}; dmarc=pass header.from=evil.example", "claimed"),
        (f"{RELAY}; dkim=pass header.d=evil.example", "claimed"),
        (f"{RELAY}; spf=pass smtp.mailfrom=evil.example", "claimed"),
        ("mx.evil.example; dmarc=pass header.from=client.example", "claimed"),
        (f"{RELAY}; none (dmarc=pass)", "claimed"),
        (f"{RELAY}; spf=fail\r\nAuthentication-Results: {RELAY}; dmarc=pass", "claimed"),
    ],
)
def test_a06_only_our_relay_proves_a_sender(head: str, certainty: str) -> None:
    raw = mail(f"Authentication-Results: {head}\r\n")
    assert read_mail(raw, relays=[RELAY]).sender_certainty == certainty
    assert read_mail(raw).sender_certainty == "claimed"


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("Auto-Submitted: auto-replied\r\n", "auto_reply"),
        ("Auto-Submitted: auto-generated (cron)\r\n", "auto_generated"),
        ("X-Autoreply: yes\r\n", "auto_reply"),
        ("Precedence: bulk\r\n", "bulk"),
        ("Precedence: auto_reply\r\n", "auto_reply"),
        ("List-Id: <riders.example>\r\n", "list"),
        ("Return-Path: <>\r\n", "auto_generated"),
        ("X-Failed-Recipients: joe@client.example\r\n", "bounce"),
        ("Auto-Submitted: no\r\nPrecedence: first-class\r\n", None),
    ],
)
def test_a09_a_machine_is_known_by_its_head(head: str, why: str | None) -> None:
    assert read_mail(mail(head)).automatic == why


@pytest.mark.parametrize(
    ("sender", "subject", "why"),
    [
        ("joe@client.example", "Automatic reply: card", "auto_reply"),
        ("joe@client.example", "Re: Out of office: card", "auto_reply"),
        ("li@client.example", "=?gb2312?B?19S2r7vYuLQ6?= card", "auto_reply"),
        ("postmaster@qq.example", "系统退信", "bounce"),
        ("MAILER-DAEMON@mx.example", "Undelivered Mail Returned to Sender", "bounce"),
        ("Service@Bank.example", "Hello", "own"),
        ("noreply@shop.example", "Your order", "auto_generated"),
        ("joe@client.example", "Out of money before the holiday", None),
    ],
)
def test_a09_a_machine_is_known_by_who_and_what(sender: str, subject: str, why: str | None) -> None:
    raw = f"From: {sender}\r\nSubject: {subject}\r\n\r\nHello".encode()
    assert read_mail(raw, own_addresses=["service@bank.example"]).automatic == why


@pytest.mark.parametrize(
    "said",
    ["\u2008.htaccess", "../../x.txt", "..\\..\\x.txt", "a\0.png", "a" * 4000 + ".png", "CON",
     "gpj.\u202eexe", "con.txt", ". . .", "\u3000", "x\r\ny", "/etc/passwd", "a:b|c?.png",
     "\ud800"],
)  # fmt: skip
def test_a13_a_file_name_is_cleaned_first_and_safe_after(said: str) -> None:
    """A13: a name is cleaned first and judged after."""
    name = clean_name(said, "image/png", "1")
    assert 0 < len(name) <= 120
    assert name == clean_name(name, "image/png", "1")
    assert name.isprintable()
    assert not set(name) & set('/\\:*?"<>|\0')
    assert not name.startswith((".", " "))
    assert name.partition(".")[0].upper() not in ("CON", "NUL", "AUX", "PRN")


def test_a13_the_ending_survives_the_cut() -> None:
    assert clean_name("a" * 4000 + ".pdf", "application/pdf", "1").endswith("a.pdf")


def test_a15_line_ends_in_encoded_words_do_not_come_out() -> None:
    head = "Subject: =?utf-8?q?Hi=0D=0ABcc:_all=40bank.example?=\r\n"
    raw = f"From: =?utf-8?q?Joe=0AX?= <{EVIL}>\r\n{head}\r\nx".encode()
    found = read_mail(raw)
    assert found.subject == "Hi Bcc: all@bank.example"
    assert found.sender_name == "Joe X"


@pytest.mark.parametrize(
    "body",
    ["On 5 March 2024 x wrote:\n" * 40_000, "On 5 March 2024\n" * 60_000, ">" * 1_000_000,
     ">\n" * 400_000, "- \n--- \n" * 120_000, "From: x\nTo: y\n" * 60_000, " " * 1_000_000,
     "Am 5.3.2024 um 10:21 x:\n" * 50_000, "2024年3月5日 写道：\n" * 50_000,
     "Sent from my a b c d e f g h\n" * 30_000, "x" + "\t " * 500_000 + "x"],
    ids=range(11),
)  # fmt: skip
def test_a19_looking_for_quotes_takes_no_time(body: str) -> None:
    """A19: a megabyte of quotes takes less than a second."""
    began = time.process_time()
    split_reply(body)
    assert time.process_time() - began < 1


PARTS = "--b\r\n\r\nx\r\n" * 20_000
NESTED = "".join(
    f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(1_000)
)
MANY = ",\r\n ".join(f"n{n} <u{n}@x.example>" for n in range(20_000))
BOMBS = {
    "parts": (mail("Content-Type: multipart/mixed; boundary=b\r\n", PARTS), "parts_cut"),
    "nesting": (mail(NESTED), "too_deep"),
    "addresses": (mail(f"To: {MANY}\r\n"), "header_cut"),
    "parameters": (
        mail("Content-Type: text/plain" + "".join(f"; a{n}=b" for n in range(5_000)) + "\r\n"),
        "parameters_cut",
    ),
    "headers": (mail("".join(f"X-{n}: y\r\n" for n in range(20_000))), "headers_cut"),
    "long_header": (mail("X: " + "y" * 1_000_000 + "\r\n"), "headers_cut"),
    "comments": (mail(f"To: {'(' * 20_000}{')' * 20_000}\r\n"), ""),
    "delimiters": (mail("Content-Type: multipart/mixed; boundary=a\r\n", "--ab" * 99_999), ""),
    "words": (mail("Subject: " + "=?utf-8?q?a?= " * 9_000 + "\r\n"), "header_cut"),
    "html_open": (mail("Content-Type: text/html\r\n", "<div>" * 29_000), "html_cut"),
    "html_tags": (mail("Content-Type: text/html\r\n", "<p>x</p>" * 50_000), "html_cut"),
    "html_comments": (mail("Content-Type: text/html\r\n", "<!-" * 300_000), "html_cut"),
    "text": (mail("", "中文 words\r\n" * 100_000), "text_cut"),
    "base64": (mail("Content-Transfer-Encoding: base64\r\n", "=A" * 500_000), ""),
    "report": (
        mail(
            "Content-Type: multipart/report; boundary=b\r\n",
            "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
            + "Final-Recipient: rfc822; a@b.example\r\n\r\n" * 20_000,
        ),
        "unclosed",
    ),
}


@pytest.mark.parametrize("kind", sorted(BOMBS))
def test_a21_a_bomb_meets_a_limit_at_once(kind: str) -> None:
    """A21: limits are hit at once, and said."""
    raw, flag = BOMBS[kind]
    began = time.process_time()
    found = read_mail(raw)
    assert time.process_time() - began < 1
    assert found.sender == "joe@client.example"
    assert not flag or flag in found.flags


def test_a21_the_limits_hold_in_what_is_handed_on() -> None:
    found = read_mail(mail(f"Cc: {','.join(f'u{n}@x.example' for n in range(3_000))}\r\n"))
    assert len(found.cc) == 500
    raw = BOMBS["parts"][0].replace(b"\r\n\r\nx", b"\r\nContent-Type: image/png\r\n\r\nx")
    assert len(read_mail(raw).attachments) <= 500
