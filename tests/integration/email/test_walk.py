"""A mail comes, is answered, and is answered again: one Conversation, nothing twice."""

from channels.email.door.taking import Taken
from channels.email.out.compose import POLICY
from hub.domain.letter import Letter
from hub.journey.files import open_file
from tests.support.mail_room import BANK, CUSTOMER, MailRoom, letter


async def test_a_mail_is_greeted_routed_answered_and_goes_on_in_its_thread(
    mail_room: MailRoom,
) -> None:
    await mail_room.writes("Where is my new card?", subject="My card")
    await mail_room.deliver()
    greeting = mail_room.relay.mails[0]
    assert greeting["Auto-Submitted"] == "auto-replied"
    assert "My card" not in greeting["Subject"]
    contact_id = await mail_room.accepted()
    await mail_room.answer(contact_id, "It is on its way.")

    answer = mail_room.relay.mails[1]
    assert answer["To"] == CUSTOMER
    assert answer["From"] == f"Northmere Bank <{BANK}>"
    assert answer["In-Reply-To"] == "<m1@mail.example>"
    assert answer["Subject"].startswith("Re: My card [")
    body = answer.get_content().replace("\r\n", "\n")
    assert body.startswith("It is on its way.\n\n-- \nNorthmere Bank\nService\n")
    assert "> Where is my new card?" in body

    reply = f"Thank you!\n\nOn 23 Nov 2026, Northmere Bank wrote:\n> {body.splitlines()[0]}\n"
    await mail_room.writes(
        reply, subject=answer["Subject"], name="<m2@mail.example>",
        In_Reply_To=answer["Message-ID"], References=answer["Message-ID"],
    )  # fmt: skip
    conversation_id = (await mail_room.take(_again("Where is my new card?"))).conversation_id
    said = await mail_room.said(conversation_id)
    last = said[-1]
    assert (last.speaker, last.body["text"]) == ("customer", "Thank you!")
    assert last.contact_id == contact_id
    assert last.body["channel_data"]["thread_proof"] == "token"
    assert [state for state, _ in await mail_room.states(conversation_id)] == ["sent", "sent"]


def _again(text: str) -> bytes:
    return letter(text, subject="My card").as_bytes(policy=POLICY)


async def test_the_same_mail_by_another_way_is_one_more_delivery_and_nothing_else(
    mail_room: MailRoom,
) -> None:
    """A22: one Contact, both deliveries; two mails of one name are two."""
    raw = _again("Where is my new card?")
    first = await mail_room.take(raw)
    again = await mail_room.take(b"Received: from another.example\r\n" + raw)
    other = await mail_room.take(_again("Another text under the same name"))
    assert (first.outcome, again.outcome, other.outcome) == ("work", "duplicate", "work")
    said = [m for m in await mail_room.said(first.conversation_id) if m.speaker == "customer"]
    assert len(said) == 2
    data = said[0].body["channel_data"]
    kept = await open_file(mail_room.hub, data["raw_file"])
    assert kept.data == raw
    shown = Letter.of(data)
    assert shown is not None
    assert (shown.subject, shown.sender, shown.certainty) == ("My card", CUSTOMER, "claimed")
    assert isinstance(first, Taken)
