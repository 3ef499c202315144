"""Copies nobody sees, letters that are passed on, and what stands below them, by real SMTP."""

from collections.abc import Collection
from dataclasses import replace
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import Envelope

from channels.email.settings import settings_from
from hub.domain.errors import Forbidden, Invalid, Refused
from hub.domain.letter import Letter
from hub.domain.outbound import WrittenAccount
from hub.journey.files import store_file
from hub.journey.guarding import Guard
from hub.journey.messages import Posted
from hub.journey.outgoing.forward import NewForward, forward
from hub.journey.outgoing.words import Words
from hub.journey.outgoing.write import write
from hub.store.rows import find
from hub.store.tables import AuditEntry
from tests.integration.email.test_out import talking
from tests.support.mail_room import BANK, CUSTOMER, MailRoom, letter

OFFICE = "office@partner.example"
COLLEAGUE = "legal@bank.example"


def recipients_of(room: MailRoom) -> list[str]:
    """Who is named to the relay, mail by mail."""
    told: list[str] = []

    def note(step: str, envelope: Envelope) -> str | None:
        if step == "DATA":
            told.append(" ".join(envelope.rcpt_tos))
        return None

    room.relay.refuse = note
    return told


async def pass_on(
    room: MailRoom,
    contact_id: str,
    *,
    seq: int = 1,
    to: tuple[str, ...] = (OFFICE,),
    note: str = "Please look at this.",
    file_ids: tuple[str, ...] = (),
    language: str = "en",
    sure: Collection[Guard] = (Guard.NEW_COPY,),
    agent: str = "amara",
) -> Posted:
    new = NewForward(
        contact_id=contact_id, key=room.hub.new_id("key"), seq=seq, note=note, file_ids=file_ids,
        language=language, letter=Letter(subject="Fwd: A question", to=to, bcc=("b@bank.example",)),
    )  # fmt: skip
    posted = await forward(room.hub, agent, new, sure=sure)
    assert isinstance(posted, Posted)
    await room.deliver()
    return posted


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def test_an_unseen_copy_arrives_and_no_header_names_it(mail_room: MailRoom) -> None:
    contact_id, _ = await talking(mail_room)
    told = recipients_of(mail_room)
    words = Words(
        contact_id=contact_id, key="key-0001", text="It is on its way.",
        letter=Letter(subject="Re: A question", cc=("c@mail.example",), bcc=(OFFICE,)),
        sure=(Guard.NEW_COPY,),
    )  # fmt: skip
    await write(mail_room.hub, "amara", words)
    await mail_room.deliver()
    assert told == [f"{CUSTOMER} c@mail.example {OFFICE}"]
    assert OFFICE.encode() not in mail_room.relay.raw[-1]
    assert b"bcc" not in mail_room.relay.raw[-1].lower()


async def test_a_letter_goes_on_with_its_words_and_the_chosen_file(mail_room: MailRoom) -> None:
    contact_id, conversation_id = await talking(mail_room)
    file_id = await store_file(
        mail_room.hub, conversation_id=conversation_id, uploaded_by="customer", name="bill.txt",
        data=b"A fee of 12 pounds.",
    )  # fmt: skip
    told = recipients_of(mail_room)
    await pass_on(mail_room, contact_id, file_ids=(file_id,))
    mail = mail_room.relay.mails[-1]
    assert (str(mail["To"]), str(mail["In-Reply-To"])) == (OFFICE, "None")
    assert str(mail["Subject"]).startswith("Fwd: A question")
    assert told == [f"{OFFICE} b@bank.example"]
    text = plain(mail)
    assert text.index("Please look at this.") < text.index("Forwarded message")
    assert f"From: {CUSTOMER}" in text
    assert "Where is my new card?" in text
    assert [part.get_filename() for part in mail.iter_attachments()] == ["bill.txt"]


async def test_the_customer_never_sees_it_and_is_not_answered_by_it(mail_room: MailRoom) -> None:
    contact_id, conversation_id = await talking(mail_room)
    posted = await pass_on(mail_room, contact_id)
    said = (await mail_room.said(conversation_id))[-1]
    assert (said.seq, said.kind, said.audience) == (posted.seq, "forward", "staff")
    assert (await mail_room.states(conversation_id))[-1] == ("sent", "")
    await mail_room.answer(contact_id, "It is on its way.")
    answer = mail_room.relay.mails[-1]
    assert str(answer["To"]) == CUSTOMER
    assert OFFICE not in mail_room.relay.raw[-1].decode()
    assert await mail_room.hub.reader.rows(find(AuditEntry, "actor", action="letter_forwarded"))


async def test_who_answers_a_forward_waits_for_the_agents_word(mail_room: MailRoom) -> None:
    contact_id, conversation_id = await talking(mail_room)
    await pass_on(mail_room, contact_id)
    name = str(mail_room.relay.mails[-1]["Message-ID"])
    reply = letter("We have it.", sender=OFFICE, name="<o1@partner.example>", In_Reply_To=name)
    await mail_room.take(reply.as_bytes())
    said = await mail_room.said(conversation_id)
    assert said[-1].body.get("event") == "letter_waits"
    assert "We have it." not in [one.body.get("text") for one in said]


async def test_outside_is_asked_about_inside_is_not(mail_room: MailRoom) -> None:
    contact_id, _ = await talking(mail_room)
    writer = mail_room.hub.writers.get("email")
    setattr(writer, "accounts", [WrittenAccount(id=BANK)])  # noqa: B010  (a test's writer)
    with pytest.raises(Refused) as refused:
        await pass_on(mail_room, contact_id, to=(OFFICE, COLLEAGUE), sure=())
    assert (refused.value.code, refused.value.detail) == ("new_copy", OFFICE)
    await pass_on(mail_room, contact_id, to=(COLLEAGUE,), sure=())
    assert str(mail_room.relay.mails[-1]["To"]) == COLLEAGUE


async def test_what_may_not_go_on(mail_room: MailRoom) -> None:
    contact_id, _ = await talking(mail_room)
    with pytest.raises(Refused, match="to_customer"):
        await pass_on(mail_room, contact_id, to=(CUSTOMER.upper(),))
    with pytest.raises(Refused, match="secret_in_text"):
        await pass_on(mail_room, contact_id, note="Card 4111 1111 1111 1111", sure=list(Guard))
    await mail_room.world.add_agent("bo")
    with pytest.raises(Forbidden):
        await pass_on(mail_room, contact_id, agent="bo")
    assert mail_room.relay.raw == []


async def test_a_signature_names_who_wrote_in_the_language_of_the_words(
    mail_room: MailRoom,
) -> None:
    contact_id, _ = await talking(mail_room)
    signature = {"en": "Kind regards\n{agent_name}", "zh": "此致\n{agent_name}"}
    boxes = mail_room.settings.mailboxes
    boxes[BANK] = replace(boxes[BANK], signature=signature)
    words = Words(contact_id=contact_id, key="key-0001", text="您的卡已寄出。", language="zh",
                  letter=Letter())  # fmt: skip
    await write(mail_room.hub, "amara", words)
    await mail_room.deliver()
    mail = mail_room.relay.mails[-1]
    assert "-- \r\n此致\r\n员工" in plain(mail)
    assert "写道：" in plain(mail)


def test_a_signature_with_an_unknown_placeholder_stops_the_start() -> None:
    box = {"queue": "cards", "signature": {"en": "{agent_nmae}"}}
    with pytest.raises(Invalid, match="agent_nmae"):
        settings_from({"mailboxes": {BANK: box}})
