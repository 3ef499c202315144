"""The tree of parts: which one is read, which is a file, what is only shown as such."""

import base64
import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from channels.email.parse.flags import Flags
from channels.email.parse.mail import Bounce, Report
from channels.email.parse.parts import leaves, read_parts
from channels.email.parse.read import part_bytes, read_mail
from tests.unit.email.test_fixtures import FOLDER, REFERENCE

HEAD = "From: joe@client.example\r\nSubject: x\r\n"


def mixed(*parts: str, kind: str = "mixed") -> bytes:
    inner = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f"{HEAD}Content-Type: multipart/{kind}; boundary=b\r\n\r\n{inner}--b--\r\n".encode()


@pytest.mark.parametrize("name", sorted(REFERENCE))
def test_the_tree_is_that_of_the_standard_library(name: str) -> None:
    raw = (FOLDER / name).read_bytes()
    theirs = [
        part.get_content_type()
        for part in message_from_bytes(raw, policy=policy.compat32).walk()
        if not part.is_multipart()
    ]
    ours = [part.media_type for part in leaves(read_parts(raw, Flags()))]
    if any(one.startswith("message/") for one in ours):
        return  # It looks into mails within mails, which are files here.
    # What has no parts in spite of its type is text here.
    assert ours == [re.sub("multipart/.*", "text/plain", one) for one in theirs]


def test_of_two_forms_the_plain_one_is_read_and_the_html_shown() -> None:
    plain, html = "\r\nHello", "Content-Type: text/html\r\n\r\n<b>Hello</b><script>x</script>"
    found = read_mail(mixed(plain, html, kind="alternative"))
    assert (found.text, found.html) == ("Hello", "<b>Hello</b>")
    assert found.attachments == ()


def test_a_picture_in_the_html_is_a_file_with_its_name_in_the_html() -> None:
    data = base64.b64encode(b"picture").decode()
    head = "Content-Type: image/png\r\nContent-ID: <logo@x>\r\n"
    picture = f"{head}Content-Transfer-Encoding: base64\r\n\r\n{data}"
    html = 'Content-Type: text/html\r\n\r\n<p>Hi</p><img src="cid:logo@x">'
    raw = mixed(html, picture, kind="related")
    found = read_mail(raw)
    (file,) = found.attachments
    assert (file.content_id, file.is_inline, file.size_bytes) == ("logo@x", True, 7)
    assert "cid:logo@x" in found.html
    assert part_bytes(raw, file.path) == b"picture"
    assert part_bytes(raw, "9.9") is None


@pytest.mark.parametrize(
    ("part", "flag"),
    [
        ("Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR", "calendar"),
        ("Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx", "tnef"),
        ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx",
         "encrypted_smime"),
        ("Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nx", "signed_smime"),
        ("\r\n-----BEGIN PGP MESSAGE-----", "encrypted_pgp"),
        ("Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8", "base64_broken"),
        ("Content-Transfer-Encoding: x-odd\r\n\r\nHello", "encoding_unknown"),
        ("Content-Type: multipart/mixed\r\n\r\nHello", "boundary_missing"),
    ],
)  # fmt: skip
def test_what_cannot_simply_be_read_is_named(part: str, flag: str) -> None:
    assert flag in read_mail(mixed("\r\nHello", part)).flags


def test_signed_and_encrypted_mails_are_shown_as_such() -> None:
    signature = "Content-Type: application/pgp-signature; name=s.asc\r\n\r\nx"
    raw = mixed("\r\nHello", signature, kind="signed; protocol=application/pgp-signature")
    found = read_mail(raw)
    assert (found.text, found.flags) == ("Hello", ("signed_pgp",))
    assert [file.name for file in found.attachments] == ["s.asc"]
    sealed = read_mail(mixed("\r\nVersion: 1", "\r\nsealed", kind="encrypted"))
    assert (sealed.text, sealed.flags) == ("Version: 1", ("encrypted_pgp",))


def test_a_forwarded_mail_is_a_file_with_its_subject_as_name() -> None:
    inner = "Content-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nSubject: A/B scam\r\n\r\nBad"
    found = read_mail(mixed("\r\nSee this", inner))
    assert found.visible_reply == "See this"
    assert [file.name for file in found.attachments] == ["B scam.eml"]


def test_a_mail_that_breaks_off_keeps_what_came() -> None:
    raw = mixed("\r\nHello", "Content-Type: image/png\r\n\r\nabc").partition(b"--b--")[0]
    found = read_mail(raw)
    assert found.text == "Hello"
    assert found.flags == ("unclosed",)
    assert len(found.attachments) == 1


def test_a_delivery_report_says_which_mail_came_back() -> None:
    status = (
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        "Final-Recipient: rfc822; gone@client.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "Final-Recipient: rfc822; slow@client.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n"
    )
    ours = "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <key.token@bank.example>\r\n"
    kind = "report; report-type=delivery-status"
    found = read_mail(mixed("\r\nSorry", status, ours, kind=kind))
    assert found.automatic == "bounce"
    assert found.bounce == Bounce(
        original_message_id="key.token@bank.example",
        reports=(
            Report(recipient="gone@client.example", action="failed", status="5.1.1"),
            Report(recipient="slow@client.example", action="delayed", status="4.4.1"),
        ),
    )


def test_a_report_in_free_text_names_what_it_can() -> None:
    raw = (
        "From: postmaster@mx.example\r\nSubject: 系统退信\r\n"
        "X-Failed-Recipients: gone@x.example\r\n"
        "\r\n550 (5.1.1) no such user\r\n\r\nMessage-ID: <key.token@bank.example>\r\n"
    )
    found = read_mail(raw.encode())
    assert found.bounce is not None
    assert found.bounce.original_message_id == "key.token@bank.example"
    assert found.bounce.reports == (
        Report(recipient="gone@x.example", action="failed", status="5.1.1"),
    )


def test_a_read_receipt_is_no_bounce() -> None:
    kind = "report; report-type=disposition-notification"
    found = read_mail(mixed("\r\nread", "\r\nDisposition: displayed", kind=kind))
    assert (found.automatic, found.bounce) == ("receipt", None)


def test_a_mail_of_a_good_program_is_read_back_whole() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "李雷 <li@client.example>", "service@bank.example, b@bank.example"
    mail["Subject"], mail["Cc"] = "关于我的信用卡" * 9, "Ännchen <c@x.example>"
    mail["Message-ID"], mail["In-Reply-To"] = "<m1@x>", "<m0@x>"
    mail["References"], mail["Date"] = "<r@x> <m0@x>", "Tue, 05 Mar 2024 10:21:00 +0800"
    mail.set_content("您好\n\n中文 text\n")
    mail.add_alternative("<p>您好</p>", subtype="html")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="账单 2024.pdf")
    found = read_mail(bytes(mail))
    assert (found.sender, found.sender_name) == ("li@client.example", "李雷")
    assert found.to == ("service@bank.example", "b@bank.example")
    assert (found.cc, found.subject) == (("c@x.example",), "关于我的信用卡" * 9)
    assert (found.message_id, found.in_reply_to) == ("m1@x", ("m0@x",))
    assert (found.references, found.date_at) == (("r@x", "m0@x"), 1709605260.0)
    assert (found.text, found.language, found.flags) == ("您好\n\n中文 text", "zh", ())
    assert [(file.name, file.size_bytes) for file in found.attachments] == [("账单 2024.pdf", 4)]
