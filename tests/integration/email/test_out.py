"""Mail out against a real SMTP server: what is certain, what is unknown, what strangers may not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from aiosmtpd.smtp import Envelope

from channels.email.out.compose import POLICY, Answered, compose, recipients
from channels.email.out.dkim import Dkim
from channels.email.out.writer import MailOut
from channels.email.settings import settings_from
from hub.domain.errors import Invalid
from hub.domain.letter import Letter
from hub.domain.outbound import Outbound
from hub.journey.files import store_file
from tests.support.mail_room import BANK, CUSTOMER, MailRoom
from tests.unit.email.test_dkim import ED25519, check


async def talking(mail_room: MailRoom) -> tuple[str, str]:
    """A customer who is answered; returns Contact and Conversation."""
    await mail_room.writes("Where is my new card?", Auto_Submitted="no")
    contact_id = await mail_room.accepted()
    await mail_room.deliver()
    mail_room.relay.raw.clear()
    arrived = [e for e in await mail_room.world.events() if type(e).__name__ == "ContactArrived"]
    return contact_id, str(arrived[0].conversation_id)  # type: ignore[attr-defined]


def refusing(step: str, answer: str, *, times: int) -> Callable[[str, Envelope], str | None]:
    """An answer at a step for so many times."""
    left = [times]

    def refuse(at: str, _envelope: Envelope) -> str | None:
        if at != step or not left[0]:
            return None
        left[0] -= 1
        return answer

    return refuse


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
async def test_what_is_refused_for_now_comes_again_as_the_same_mail(
    mail_room: MailRoom, step: str
) -> None:
    contact_id, conversation_id = await talking(mail_room)
    mail_room.relay.refuse = refusing(step, "451 Later", times=1)
    await mail_room.answer(contact_id, "It is on its way.")
    await mail_room.answer(contact_id, "It will be there on Friday.", key="a2")
    assert mail_room.relay.raw == []
    await mail_room.world.pass_time(120)
    await mail_room.deliver()
    names = [str(mail["Message-ID"]) for mail in mail_room.relay.mails]
    bodies = [mail.get_content().split("\r\n")[0] for mail in mail_room.relay.mails]
    assert bodies == ["It is on its way.", "It will be there on Friday."]
    assert len(set(names)) == 2
    assert (await mail_room.states(conversation_id))[-2:] == [("sent", ""), ("sent", "")]


async def test_a_relay_away_for_ten_minutes_gets_each_mail_once_and_in_order(
    mail_room: MailRoom,
) -> None:
    contact_id, conversation_id = await talking(mail_room)
    port = mail_room.settings.mailboxes[BANK].relay.port  # type: ignore[union-attr]
    await mail_room.relays.close()
    await mail_room.relay.close()
    texts = [f"Answer {number}." for number in range(10)]
    for number, text in enumerate(texts):
        await mail_room.answer(contact_id, text, key=f"a{number}")
        await mail_room.world.pass_time(60)
        await mail_room.deliver()
    assert mail_room.relay.raw == []
    await mail_room.relay.open(port)
    await mail_room.world.pass_time(900)
    await mail_room.deliver()
    assert [mail.get_content().split("\r\n")[0] for mail in mail_room.relay.mails] == texts
    assert len({str(mail["Message-ID"]) for mail in mail_room.relay.mails}) == len(texts)
    assert (await mail_room.states(conversation_id))[-10:] == [("sent", "")] * 10


@pytest.mark.parametrize("to", [CUSTOMER, "林薇@mail.example"])
async def test_what_leaves_is_signed_over_the_bytes_that_arrive(
    mail_room: MailRoom, to: str
) -> None:
    signer = Dkim(domain="bank.example", selector="hub1", key=ED25519)
    box = replace(mail_room.settings.mailboxes[BANK], dkim=signer)
    settings = replace(mail_room.settings, mailboxes={BANK: box})
    out = MailOut(mail_room.hub, settings, mail_room.threads, mail_room.relays)
    contact_id, conversation_id = await talking(mail_room)
    outbound = Outbound(
        account=BANK, address=to, key="k", conversation_id=conversation_id, language="zh",
        contact_id=contact_id, speaker="agent", text="Your card — 您的卡\n.\n. end  ",
    )  # fmt: skip
    await out.send(outbound)
    check(mail_room.relay.raw[-1], signer)


async def test_what_is_refused_for_good_is_told(mail_room: MailRoom) -> None:
    contact_id, conversation_id = await talking(mail_room)
    mail_room.relay.refuse = refusing("RCPT", "550 No such user", times=1)
    await mail_room.answer(contact_id, "It is on its way.")
    assert (await mail_room.states(conversation_id))[-1] == ("failed", "smtp_550")


async def test_silence_after_the_mail_is_unknown_and_is_never_repeated(
    mail_room: MailRoom,
) -> None:
    contact_id, conversation_id = await talking(mail_room)
    mail_room.relay.hang_up_after_data = True
    await mail_room.answer(contact_id, "It is on its way.")
    mail_room.relay.hang_up_after_data = False
    await mail_room.world.clock.advance(600)
    await mail_room.deliver()
    assert len(mail_room.relay.raw) == 1
    assert (await mail_room.states(conversation_id))[-1][0] == "unknown"


async def test_files_leave_with_their_names(mail_room: MailRoom) -> None:
    contact_id, conversation_id = await talking(mail_room)
    gif = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
    file_id = await store_file(
        mail_room.hub, conversation_id=conversation_id, uploaded_by="amara", name="卡片.gif",
        data=gif,
    )  # fmt: skip
    await mail_room.answer(contact_id, "", file_id=file_id)
    (part,) = mail_room.relay.mails[-1].iter_attachments()
    found = part.get_filename(), part.get_content_type(), part.get_content()
    assert found == ("卡片.gif", "image/gif", gif)


async def test_connections_are_kept_and_a_dead_one_is_replaced(mail_room: MailRoom) -> None:
    contact_id, _ = await talking(mail_room)
    before = mail_room.relay.sessions
    for number in range(3):
        await mail_room.answer(contact_id, f"Line {number}.", key=f"k{number}")
    assert mail_room.relay.sessions == before
    await mail_room.world.clock.advance(60)
    await mail_room.answer(contact_id, "Later.", key="later")
    assert mail_room.relay.sessions == before + 1
    assert len(mail_room.relay.raw) == 4


async def test_a_body_cannot_become_a_second_mail(mail_room: MailRoom) -> None:
    """A16: one message leaves, whatever line ends its body has."""
    contact_id, _ = await talking(mail_room)
    text = "one\n.\nMAIL FROM:<a@evil.example>\r.\r\n.\r\nDATA"
    await mail_room.answer(contact_id, text)
    (mail,) = mail_room.relay.mails
    assert mail["To"] == CUSTOMER
    assert "\n.\n" in mail.get_content().replace("\r\n", "\n")
    assert "MAIL FROM:<a@evil.example>" in mail.get_content()


EVIL = "Hi\r\nBcc: all@evil.example\n\n<script>\x00\u2028Subject: x"


@pytest.mark.parametrize("speaker", ["agent", "bot"])
@pytest.mark.parametrize("is_ours", [True, False])
def test_no_text_becomes_a_header(speaker: str, *, is_ours: bool) -> None:
    """A15: one message leaves, with its own headers."""
    letter = Letter(subject=EVIL, sender="" if is_ours else EVIL, cc=(EVIL, "a@b.example\r\nX: y"))
    data = {"message_id": "a@b\r\nBcc: c@d", "references": "<x@y>\r\nBcc: q z@w"}
    outbound = Outbound(
        account=BANK, address=CUSTOMER, conversation_id="c", contact_id="k", key="k",
        language="en", text=EVIL, speaker=speaker, channel_data=letter.channel_data() | data,
    )  # fmt: skip
    mail = compose(
        outbound, message_id="n@bank.example", sender=(EVIL, BANK), signature=EVIL,
        answered=Answered(text=EVIL, date="d"), reference="K7M-4Q2-X9D", at=0.0,
    )  # fmt: skip
    head = mail.as_bytes(policy=POLICY).partition(b"\r\n\r\n")[0]
    assert mail["Bcc"] is None
    assert not any(line.lower().startswith((b"bcc", b"x:")) for line in head.split(b"\r\n"))
    assert recipients(mail) == [CUSTOMER]
    assert len(mail.get_all("Subject")) == 1  # type: ignore[arg-type]
    if speaker == "bot" and not is_ours:
        assert b"Hi" not in head.partition(b"Subject:")[2].partition(b"\r\n")[0]


def test_settings_insist_on_tls_and_name_what_is_wrong() -> None:
    relay = {"host": "smtp.bank.example", "port": 25, "tls": "none"}
    wrong: list[dict[str, Any]] = [
        {"mailboxes": {BANK: {"queue": "cards", "relay": relay}}},
        {"mailboxes": {BANK: {}}},
        {"mailboxes": {"nobody": {"queue": "cards"}}},
        {"colour": 1},
        {"mailboxes": {BANK: {"queue": "cards", "relay": {**relay, "tls": "perhaps"}}}},
    ]
    for options in wrong:
        with pytest.raises(Invalid):
            settings_from(options)
