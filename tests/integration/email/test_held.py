"""Held mail: kept whole, no work, listed with its reasons; released as of its own time."""

from dataclasses import replace

import pytest

from channels.email.door.taking import MailIn
from channels.email.greeting import ERRAND, MailArrived
from channels.email.spam.rules import SpamRules
from hub.domain.errors import Refused
from hub.domain.written import DAY_SECONDS
from hub.journey.close import close
from hub.journey.context import Errand
from hub.journey.written import approval, held
from hub.store.rows import find
from hub.store.tables import Contact, ContactTag, HeldLetter, SenderRule
from tests.support.mail_room import BANK, MailRoom, PlainReader, letter

RULES = SpamRules(
    hold_at=7.0, lures=("click here",), own_names=("northmere",), doubts=("is this real",),
    scam_queue="payments",
)  # fmt: skip
BAD = "Click here http://1.2.3.4/ now"


@pytest.fixture
def room(mail_room: MailRoom) -> MailRoom:
    """Mailboxes with rules about spam."""
    mail_room.settings = replace(mail_room.settings, spam=RULES)
    hub = mail_room.hub
    errands: dict[str, Errand] = {**hub.errands, ERRAND: MailArrived(mail_room.settings)}
    mail_room.hub = mail_room.world.hub = replace(hub, errands=errands)
    reader = PlainReader(mail_room.settings)
    mail_room.taking = MailIn(mail_room.hub, mail_room.settings, reader, mail_room.threads)
    writer = mail_room.hub.writers.get("email")
    setattr(writer, "unpack_released", mail_room.taking.unpack)  # noqa: B010 (a test's writer)
    return mail_room


def _spam(**headers: str) -> bytes:
    mail = letter(BAD, sender='"Northmere Bank" <mallory@evil.example>', **headers)
    mail.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="a.pdf")
    return mail.as_bytes()


async def test_held_mail_is_no_work_until_it_is_released_as_of_its_own_time(room: MailRoom) -> None:
    raw = _spam()
    taken = await room.take(raw)
    assert (taken.outcome, taken.reason, taken.contact_id) == ("no_work", "held", "")
    assert (await room.take(raw)).outcome == "duplicate"
    (line,) = await held.held_lines(room.hub, None)
    assert line["sender"] == "mallory@evil.example"
    assert [code for code, _ in line["reasons"]] == ["poses_as_bank", "lures", "link_to_number"]
    came_at = room.hub.clock.now()
    await room.world.clock.advance(3600)
    contact_id = await held.decide(room.hub, "amara", line["id"], release=True, sender="trust")
    await room.world.settle()
    rows = await room.hub.reader.rows(
        find(Contact, "state", "arrived_at", "queued_at", "conversation_id", id=contact_id)
    )
    assert rows == [("queued", came_at, came_at, taken.conversation_id)]
    kinds = [(one.kind, one.body.get("text")) for one in await room.said(taken.conversation_id)]
    assert ("text", BAD) in kinds
    assert "file" in {kind for kind, _ in kinds}
    assert await held.count_held(room.hub) == 0
    with pytest.raises(Refused, match="decided_already"):
        await held.decide(room.hub, "ben", line["id"], release=True)
    again = await room.take(_spam(name="<m2@evil.example>"))
    assert again.outcome == "work", "a trusted sender is not held"


async def _held_answer(room: MailRoom) -> tuple[str, str, str]:
    """Somebody else answers to a customer's thread, like spam; Contact, Conversation, held."""
    await room.writes("Where is my card?")
    contact_id = await room.accepted()
    await room.answer(contact_id, "It is on its way.")
    taken = await room.take(_spam(In_Reply_To=str(room.relay.mails[-1]["Message-ID"])))
    assert taken.reason == "held"
    (line,) = await held.held_lines(room.hub, None)
    rows = await room.hub.reader.rows(find(Contact, "conversation_id", id=contact_id))
    return contact_id, rows[0][0], line["id"]


async def test_a_released_letter_still_waits_for_the_agent_of_the_thread(room: MailRoom) -> None:
    contact_id, thread_id, held_id = await _held_answer(room)
    room.relay.raw.clear()
    assert await held.decide(room.hub, "ben", held_id, release=True) is None
    await room.world.settle()
    said = await room.said(thread_id)
    assert [one.body["text"] for one in said if one.speaker == "customer"] == ["Where is my card?"]
    (asks,) = [one for one in said if one.body.get("event") == "letter_waits"]
    assert len(await room.hub.reader.rows(find(Contact, "id"))) == 1
    letter_id = asks.body["data"]["letter_id"]
    await approval.decide_letter(
        room.hub, "amara", contact_id=contact_id, letter_id=letter_id, word="approved"
    )
    heard = [one for one in await room.said(thread_id) if one.speaker == "customer"]
    assert [one.kind for one in heard] == ["text", "text", "file"]
    assert '"by_another"' in heard[1].body["channel_data"]["letter"]
    await room.deliver()
    assert room.relay.raw == [], "nobody is greeted in somebody else's thread"


async def test_a_released_letter_of_who_was_let_in_is_theirs(room: MailRoom) -> None:
    contact_id, thread_id, held_id = await _held_answer(room)
    eve = letter(
        "I am his sister.", sender="mallory@evil.example", name="<m2@evil.example>",
        In_Reply_To=str(room.relay.mails[-1]["Message-ID"]),
    )  # fmt: skip
    await room.take(eve.as_bytes())
    asks = [one for one in await room.said(thread_id) if one.body.get("event") == "letter_waits"]
    letter_id = asks[0].body["data"]["letter_id"]
    await approval.decide_letter(
        room.hub, "amara", contact_id=contact_id, letter_id=letter_id, word="approved"
    )
    assert await held.decide(room.hub, "ben", held_id, release=True, sender="trust") == contact_id
    heard = [one for one in await room.said(thread_id) if one.speaker == "customer"]
    assert [one.body.get("text", "") for one in heard][2:] == [BAD, ""]
    assert '"by_another"' in heard[2].body["channel_data"]["letter"]
    again = _spam(name="<m3@evil.example>", In_Reply_To=str(room.relay.mails[-1]["Message-ID"]))
    assert (await room.take(again)).outcome == "work", "it is the sender who is trusted"


async def test_a_released_letter_to_an_ended_thread_has_a_talk_of_its_own(room: MailRoom) -> None:
    contact_id, thread_id, held_id = await _held_answer(room)
    await close(room.hub, contact_id, by="amara", reason="no_answer_needed")
    own_id = await held.decide(room.hub, "ben", held_id, release=True)
    assert own_id not in (None, contact_id)
    rows = await room.hub.reader.rows(find(Contact, "conversation_id", id=own_id))
    assert rows[0][0] != thread_id
    events = {one.body.get("event") for one in await room.said(rows[0][0])}
    assert "mail_other_sender" in events


async def test_a_blocked_sender_is_held_until_the_end_of_the_block(room: MailRoom) -> None:
    await room.take(_spam())
    (line,) = await held.held_lines(room.hub, None)
    await held.decide(room.hub, "amara", line["id"], release=False, sender="block", days=30)
    (rule,) = await room.hub.reader.rows(find(SenderRule, "is_blocked", "by", "until"))
    assert rule == (True, "amara", room.hub.clock.now() + 30 * DAY_SECONDS)
    kind = letter("Good morning", sender="mallory@evil.example", name="<m3@evil.example>")
    assert (await room.take(kind.as_bytes())).reason == "held"
    await room.world.clock.advance(31 * DAY_SECONDS)
    kind = letter("Good evening", sender="mallory@evil.example", name="<m4@evil.example>")
    assert (await room.take(kind.as_bytes())).outcome == "work"


async def test_what_nobody_wants_is_forgotten_in_time(room: MailRoom) -> None:
    await room.take(_spam())
    await room.world.clock.advance(30 * DAY_SECONDS)
    await room.world.settle()
    assert await held.held_lines(room.hub, None) == []
    assert await room.hub.reader.rows(find(HeldLetter, "state")) == [("expired",)]


async def test_a_scam_that_a_customer_passes_on_is_work_for_fraud(room: MailRoom) -> None:
    mail = letter(f"Is this real?\n\n{BAD}", subject="Fwd: Your account")
    taken = await room.take(mail.as_bytes())
    assert taken.outcome == "work"
    rows = await room.hub.reader.rows(find(Contact, "queue_id", id=taken.contact_id))
    assert rows == [("payments",)]
    tags = await room.hub.reader.rows(find(ContactTag, "tag", contact_id=taken.contact_id))
    assert tags == [("suspected_fraud",)]
    events = {one.body.get("event") for one in await room.said(taken.conversation_id)}
    assert "scam_passed_on" in events
    assert BANK in room.settings.mailboxes
