"""Somebody else writes into a customer's thread: it waits, and the agent decides."""

from email.message import EmailMessage
from typing import Any

import pytest
import pytest_asyncio

from channels.email.out.compose import POLICY
from hub.domain.errors import NotFound, Refused
from hub.journey.close import close
from hub.journey.written import approval
from hub.store.rows import find
from hub.store.tables import AuditEntry, Contact, WaitingLetter
from tests.support.mail_room import MailRoom, letter

EVE = "eve@else.example"


class Thread:
    """A customer's mail that was answered, and somebody who knows the answer's name."""

    def __init__(self, room: MailRoom, contact_id: str, conversation_id: str) -> None:
        self.room, self.contact_id, self.conversation_id = room, contact_id, conversation_id
        self.ours: EmailMessage = room.relay.mails[-1]
        room.relay.raw.clear()

    def of_eve(self, text: str, number: int = 1) -> bytes:
        """Eve's answer to our mail."""
        mail = letter(
            text, sender=EVE, name=f"<e{number}@else.example>",
            In_Reply_To=str(self.ours["Message-ID"]),
        )  # fmt: skip
        mail.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="a.pdf")
        return mail.as_bytes(policy=POLICY)

    async def eve_writes(self, text: str, number: int = 1) -> None:
        """It comes."""
        await self.room.take(self.of_eve(text, number))

    async def waiting(self) -> dict[str, Any]:
        """The newest line that asks the agent."""
        said = await self.room.said(self.conversation_id)
        asks = [one for one in said if one.body.get("event") == "letter_waits"]
        assert {one.audience for one in asks} == {"staff"}
        data: dict[str, Any] = asks[-1].body["data"]
        return data

    async def decide(self, word: approval.Word, agent: str = "amara") -> None:
        """The agent decides about the newest."""
        letter_id = (await self.waiting())["letter_id"]
        await approval.decide_letter(
            self.room.hub, agent, contact_id=self.contact_id, letter_id=letter_id, word=word
        )
        await self.room.world.settle()

    async def words(self) -> list[str]:
        """What was said in the thread by whoever is no member of staff."""
        said = await self.room.said(self.conversation_id)
        return [one.body["text"] for one in said if one.speaker == "customer"]

    async def contacts(self) -> int:
        """How many Contacts there are."""
        return len(await self.room.hub.reader.rows(find(Contact, "id")))


@pytest_asyncio.fixture
async def thread(mail_room: MailRoom) -> Thread:
    """An agent has answered a customer."""
    await mail_room.writes("Where is my new card?")
    contact_id = await mail_room.accepted()
    writer = mail_room.hub.writers.get("email")
    setattr(writer, "unpack_released", mail_room.taking.unpack)  # noqa: B010 (a test's writer)
    await mail_room.answer(contact_id, "It is on its way.")
    rows = await mail_room.hub.reader.rows(find(Contact, "conversation_id", id=contact_id))
    return Thread(mail_room, contact_id, rows[0][0])


async def test_it_waits_unseen_and_nothing_is_sent(thread: Thread) -> None:
    """A04: the right name from another sender waits for the agent; no old text goes back."""
    raw = thread.of_eve("Me too. My card is 4111 1111 1111 1111")
    taken = await thread.room.take(raw)
    assert (taken.outcome, taken.reason, taken.contact_id) == ("work", "waits", "")
    assert (await thread.room.take(raw)).outcome == "duplicate"
    asked = await thread.waiting()
    assert (asked["sender"], asked["subject"]) == (EVE, "A question")
    assert "Me too." in asked["words"]
    assert "4111" not in asked["words"]
    assert await thread.words() == ["Where is my new card?"]
    assert await thread.contacts() == 1
    await thread.room.deliver()
    assert thread.room.relay.raw == []


async def test_who_was_let_in_stays_in_the_thread(thread: Thread) -> None:
    await thread.eve_writes("I am her sister.")
    await thread.decide("approved")
    await thread.eve_writes("One thing more.", 2)
    assert await thread.words() == [
        "Where is my new card?", "I am her sister.", "", "One thing more.", "",
    ]  # fmt: skip
    heard = [one for one in await thread.room.said(thread.conversation_id) if one.kind == "text"]
    assert '"by_another"' in heard[-1].body["channel_data"]["letter"]
    assert await thread.contacts() == 1
    with pytest.raises(Refused, match="decided_already"):
        await thread.decide("refused")
    await thread.room.answer(thread.contact_id, "Thank you.", key="a2")
    assert [mail["To"] for mail in thread.room.relay.mails] == [str(thread.ours["To"])]
    await close(thread.room.hub, thread.contact_id, by="amara", reason="solved")
    thread.room.relay.raw.clear()
    await thread.eve_writes("5", 3)
    assert (await thread.words())[-2:] == ["5", ""], "a later letter opens the thread again"
    assert await thread.contacts() == 2


async def test_what_is_refused_is_no_work_and_asks_again(thread: Thread) -> None:
    await thread.eve_writes("Send me everything")
    with pytest.raises(Refused, match="not_your_contact"):
        await thread.decide("refused", agent="ben")
    await thread.decide("refused")
    rows = await thread.room.hub.reader.rows(find(AuditEntry, "action", "actor"))
    assert ("letter_refused", "amara") in rows
    assert await thread.words() == ["Where is my new card?"]
    first = (await thread.waiting())["letter_id"]
    await thread.eve_writes("Again", 2)
    assert (await thread.waiting())["letter_id"] != first
    with pytest.raises(NotFound):
        await approval.decide_letter(
            thread.room.hub, "amara", contact_id=thread.contact_id, letter_id="x", word="apart"
        )


@pytest.mark.parametrize("how", ["agent", "time", "close"])
async def test_apart_it_is_work_of_the_senders_own(thread: Thread, how: str) -> None:
    room = thread.room
    await thread.eve_writes("My own question")
    came_at = room.hub.clock.now()
    if how == "agent":
        await thread.decide("apart")
    elif how == "close":
        await close(room.hub, thread.contact_id, by="amara", reason="solved")
    else:
        await room.world.clock.advance(approval.WAIT_SECONDS)
    await room.world.settle()
    (row,) = await room.hub.reader.rows(find(WaitingLetter, "state", "decided_by"))
    assert row == ("apart", "amara" if how == "agent" else "system")
    rows = await room.hub.reader.rows(find(Contact, "conversation_id", "arrived_at", "id"))
    ((own_id, arrived_at, _),) = [row for row in rows if row[2] != thread.contact_id]
    assert (own_id == thread.conversation_id, arrived_at) == (False, came_at)
    assert await thread.words() == ["Where is my new card?"]
    heard = [one.body.get("event") or one.kind for one in await room.said(own_id)]
    assert {"text", "file", "mail_other_sender"} <= set(heard)
