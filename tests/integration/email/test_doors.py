"""Mail in: once, byte for byte, by proof; what is no work, who is nobody, what is refused."""

import asyncio
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest

from channels.email.door.smtp import SmtpDoor, account_of
from channels.email.door.taking import Taken
from channels.email.out.compose import POLICY
from channels.email.settings import settings_from
from hub.domain.errors import Unavailable
from hub.journey.close import close
from hub.journey.files import open_file
from hub.store.rows import find
from hub.store.tables import Contact, Conversation
from tests.support.mail_room import BANK, CARDS, CUSTOMER, RELAY_NAME, MailRoom, letter
from tests.support.office import docx, locked, zipped

MAILS = Path(__file__).parents[4] / "shared/fixtures/email"


def raw_of(mail: EmailMessage) -> bytes:
    """Return the mail as it travels."""
    return mail.as_bytes(policy=POLICY)


async def answered(mail_room: MailRoom) -> tuple[EmailMessage, str]:
    """A customer wrote and was answered; returns our mail and the Conversation."""
    await mail_room.writes("Where is my new card?")
    contact_id = await mail_room.accepted()
    await mail_room.answer(contact_id, "It is on its way.")
    first = await mail_room.take(raw_of(letter("Where is my new card?")))
    assert first.outcome == "duplicate"
    return mail_room.relay.mails[-1], first.conversation_id


def bounce_of(mail: EmailMessage, recipient: str) -> bytes:
    """A delivery report about a mail of ours."""
    return (
        "From: MAILER-DAEMON@mail.example\r\nTo: " + BANK + "\r\nSubject: Undelivered\r\n"
        "Return-Path: <>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        f"Message-ID: <b-{recipient}>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\n"
        f"\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: {mail['Message-ID']}\r\nSubject: x\r\n\r\nbody\r\n--b--\r\n"
    ).encode()


async def test_a_bounce_fails_the_message_and_is_no_work(mail_room: MailRoom) -> None:
    mail, conversation_id = await answered(mail_room)
    forged = await mail_room.take(bounce_of(mail, "other@mail.example"))
    assert (await mail_room.states(conversation_id))[-1] == ("sent", "")
    true = await mail_room.take(bounce_of(mail, CUSTOMER))
    assert (await mail_room.states(conversation_id))[-1] == ("failed", "5.1.1")
    for taken in (forged, true):
        assert (taken.outcome, taken.reason) == ("no_work", "bounce")
    assert len(await mail_room.hub.reader.rows(find(Contact, "id"))) == 1


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_reply"),
        ({"sender": CARDS}, "own"),
    ],
)
async def test_machines_and_ourselves_are_no_work_and_get_no_answer(
    mail_room: MailRoom, headers: dict[str, str], reason: str
) -> None:
    """A09: a loop is cut at its first hop."""
    taken = await mail_room.take(raw_of(letter("I am away.", **headers)))
    assert (taken.outcome, taken.reason) == ("no_work", reason)
    assert await mail_room.hub.reader.rows(find(Contact, "id")) == []
    await mail_room.deliver()
    assert mail_room.relay.raw == []


async def test_our_own_mail_that_comes_back_ends_there(mail_room: MailRoom) -> None:
    await answered(mail_room)
    looped = mail_room.relay.raw[-1].replace(BANK.encode(), b"alias@mail.example")
    assert (await mail_room.take(looped)).reason == "own"


async def test_lists_are_work_and_are_not_greeted(mail_room: MailRoom) -> None:
    taken = await mail_room.take(raw_of(letter("News", Precedence="bulk")))
    await mail_room.deliver()
    assert (taken.outcome, mail_room.relay.raw) == ("work", [])


async def test_one_address_is_greeted_once_a_day(mail_room: MailRoom) -> None:
    for number, box in enumerate((BANK, CARDS)):
        name = f"<n{number}@mail.example>"
        await mail_room.take(raw_of(letter(f"Question {number}", to=box, name=name)), box)
    await mail_room.deliver()
    assert len(mail_room.relay.raw) == 1
    await mail_room.world.clock.advance(25 * 3600)
    await mail_room.writes("Are you there?", sender="else@mail.example", name="<n3@mail.example>")
    await mail_room.deliver()
    assert len(mail_room.relay.raw) == 2


async def test_a_guessed_name_proves_nothing(mail_room: MailRoom) -> None:
    """A03: only a name with a whole MAC, bound to thread and recipient, finds its thread."""
    mail, conversation_id = await answered(mail_room)
    name = str(mail["Message-ID"])
    at = len(name) - len("@bank.example>") - 3
    forged = [
        name.replace("eff", "eff", 1)[:40] + "@bank.example>",
        name[:at] + "AAA" + name[at + 3 :],
    ]
    for number, guess in enumerate([*forged, "<x.y.z@bank.example>"]):
        said = letter(f"Guess {number}", name=f"<g{number}@mail.example>", In_Reply_To=guess)
        taken = await mail_room.take(raw_of(said))
        last = (await mail_room.said(taken.conversation_id))[-1]
        assert last.body["channel_data"]["thread_proof"] == "none", guess
    mine = letter("Me again", name="<r@mail.example>", In_Reply_To="<m1@mail.example>")
    await mail_room.take(raw_of(mine))
    assert (await mail_room.said(conversation_id))[-1].body["channel_data"]["thread_proof"] == (
        "references"
    )


async def test_another_sender_in_an_ended_thread_sees_nothing_of_it(mail_room: MailRoom) -> None:
    mail, conversation_id = await answered(mail_room)
    ((contact_id,),) = await mail_room.hub.reader.rows(find(Contact, "id"))
    await close(mail_room.hub, contact_id, by="amara", reason="no_answer_needed")
    said = letter(
        "Send me all of it", sender="eve@evil.example", name="<e@evil.example>",
        In_Reply_To=str(mail["Message-ID"]), Cc=CUSTOMER,
    )  # fmt: skip
    taken = await mail_room.take(raw_of(said))
    assert taken.conversation_id != conversation_id
    heard = await mail_room.said(taken.conversation_id)
    assert next(m.body["event"] for m in heard if m.audience == "staff") == "mail_other_sender"
    mail_room.relay.raw.clear()
    await mail_room.deliver()
    for sent in mail_room.relay.mails:
        assert "card" not in sent.get_content().partition("Please never")[0]
        assert sent["To"] == "eve@evil.example"


@pytest.mark.parametrize(
    "sender", [f"{CUSTOMER} <x@evil.example>", "=?utf-8?Q?agent?=@bank.example"]
)
async def test_a_sender_said_in_two_ways_is_nobody_we_know(
    mail_room: MailRoom, sender: str
) -> None:
    _, conversation_id = await answered(mail_room)
    raw = raw_of(letter("Give me the balance", name="<a@evil.example>"))
    raw = raw.replace(f"From: {CUSTOMER}".encode(), f"From: {sender}".encode())
    taken = await mail_room.take(raw)
    assert taken.outcome == "work"
    assert taken.conversation_id != conversation_id
    rows = await mail_room.hub.reader.rows(
        find(Contact, "customer_id", "identity_level", id=taken.contact_id)
    )
    assert rows == [(None, 0)]


async def test_only_our_relays_word_counts_and_it_links_nobody(mail_room: MailRoom) -> None:
    """A06: results count from our own relay alone; none links a customer."""
    forged = "dmarc=pass header.from=mail.example"
    for number, server in enumerate((RELAY_NAME, "mx.evil.example")):
        said = letter(
            "Hello", name=f"<s{number}@mail.example>",
            Authentication_Results=f"{server}; {forged}",
        )  # fmt: skip
        raw = raw_of(said)
        head = b"Authentication-Results: " + f"{server}; {forged}\r\n".encode()
        raw = head + raw.replace(head, b"")
        taken = await mail_room.take(raw)
        told = [m for m in await mail_room.said(taken.conversation_id) if m.speaker == "customer"]
        data = told[-1].body["channel_data"]
        assert ("dmarc=pass" in data.get("auth", "")) is (server == RELAY_NAME)
        rows = await mail_room.hub.reader.rows(find(Conversation, "customer_id"))
        assert set(rows) == {(None,)}


async def test_a_card_number_is_nowhere(mail_room: MailRoom) -> None:
    raw = raw_of(letter("My card 4111 1111 1111 1111 is lost", subject="Card 4111111111111111"))
    taken = await mail_room.take(raw)
    said = next(m for m in await mail_room.said(taken.conversation_id) if m.speaker == "customer")
    kept = await open_file(mail_room.hub, said.body["channel_data"]["raw_file"])
    assert kept.media_type == "application/json"
    for text in (str(said.body), kept.data.decode()):
        assert "4111 1111" not in text
        assert "41111111" not in text


async def test_attachments_become_files_and_what_is_refused_is_said(mail_room: MailRoom) -> None:
    mail = letter("See the picture")
    mail.add_attachment(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", maintype="image", subtype="gif",
                        filename="../../a.gif")  # fmt: skip
    mail.add_attachment(b"<svg onload=alert(1)/>", maintype="image", subtype="svg+xml",
                        filename="b.svg")  # fmt: skip
    taken = await mail_room.take(raw_of(mail))
    said = await mail_room.said(taken.conversation_id)
    files = [m.body["file"] for m in said if m.kind == "file"]
    assert [(one["name"], one["media_type"]) for one in files] == [("a.gif", "image/gif")]
    refused = [m.body["data"]["name"] for m in said if m.body.get("event") == "mail_file_refused"]
    assert refused == ["b.svg"]


async def test_documents_are_kept_and_what_is_locked_is_told_apart(mail_room: MailRoom) -> None:
    mail = letter("See the form")
    for name, data in (("form.docx", docx("Dear bank,")), ("scans.zip", locked(zipped(a="b")))):
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    taken = await mail_room.take(raw_of(mail))
    said = await mail_room.said(taken.conversation_id)
    assert [m.body["file"]["name"] for m in said if m.kind == "file"] == ["form.docx"]
    told = [m.body["data"] for m in said if m.body.get("event") == "mail_file_refused"]
    assert told == [{"name": "scans.zip", "why": "file_protected"}]


async def test_a_long_mail_is_cut_and_kept_whole(mail_room: MailRoom) -> None:
    words = "\n".join(f"Line {number} of a long complaint." for number in range(1000))
    taken = await mail_room.take(raw_of(letter(words)))
    said = [m for m in await mail_room.said(taken.conversation_id) if m.speaker == "customer"]
    assert said[0].body["text"].endswith("[…]")
    kept = await open_file(mail_room.hub, said[1].body["file"]["id"])
    assert kept.data.decode().splitlines()[-1] == "Line 999 of a long complaint."


async def test_no_250_while_the_store_is_away_and_the_next_try_completes_it(
    mail_room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = raw_of(letter("Hello"))
    take_once: Callable[..., Awaitable[Taken]] = mail_room.taking._take_once

    async def away(*_: Any) -> Taken:
        raise Unavailable("disk_full")

    monkeypatch.setattr(mail_room.taking, "_take_once", away)
    with pytest.raises(aiosmtplib.SMTPDataError) as refused:
        await mail_room.brings(raw)
    assert refused.value.code == 451
    monkeypatch.setattr(mail_room.taking, "_take_once", take_once)
    assert "Stored" in await mail_room.brings(raw)
    assert "Stored" in await mail_room.brings(raw)
    assert len(await mail_room.hub.reader.rows(find(Contact, "id"))) == 1


async def test_the_door_refuses_strangers_other_mailboxes_and_what_is_too_large(
    mail_room: MailRoom,
) -> None:
    raw = raw_of(letter("Hello"))
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
        await mail_room.brings(raw, to="nobody@bank.example")
    assert account_of("Service+tag@BANK.example", mail_room.settings) == BANK
    box = {"queue": "cards"}
    options = {"mailboxes": {BANK: box}, "mail_max_bytes": 2_000, "door": {"peers": ["10.0.0.0/8"]}}
    small = {**options, "door": {}}
    for given, error in (
        (options, aiosmtplib.SMTPSenderRefused),
        (small, aiosmtplib.SMTPResponseException),
    ):
        door = SmtpDoor(settings_from(given), mail_room.taking)
        await door.open()
        try:
            client = aiosmtplib.SMTP(hostname="127.0.0.1", port=door.port, start_tls=False)
            with pytest.raises(error):
                async with client:
                    await client.sendmail(CUSTOMER, [BANK], raw + b"x" * 3_000)
        finally:
            await door.close()


async def test_the_same_mail_at_the_same_time_is_one(mail_room: MailRoom) -> None:
    raw = raw_of(letter("Hello"))
    taken = await asyncio.gather(*(mail_room.taking.take(raw, BANK, via="a") for _ in range(5)))
    assert sorted(one.outcome for one in taken) == ["duplicate"] * 4 + ["work"]


def whole_mails() -> list[Path]:
    """Every whole mail of the third-party data."""
    folders = ("ruby-mail", "cpython", "chatwoot", "mail-parser")
    found = (path for name in folders for path in (MAILS / name).rglob("*"))
    return sorted(path for path in found if path.is_file())


async def test_real_mails_are_kept_byte_for_byte_once(mail_room: MailRoom) -> None:
    mails = whole_mails()
    assert len(mails) > 40
    for path in mails:
        raw = path.read_bytes()
        first, again = await mail_room.take(raw), await mail_room.take(raw)
        assert first.outcome in ("work", "no_work"), path.name
        assert (again.outcome, again.conversation_id) == ("duplicate", first.conversation_id)
        said = [m for m in await mail_room.said(first.conversation_id) if m.speaker == "customer"]
        names = [m.body["channel_data"]["raw_file"] for m in said if "channel_data" in m.body]
        kept = [(await open_file(mail_room.hub, name)).data for name in names]
        assert first.outcome == "no_work" or kept.count(raw) == 1, path.name
