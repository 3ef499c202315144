import json
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.domain.notice import Notice, NoticeKind
from hub.domain.reference import read_reference, reference_of, shown_reference
from hub.journey.close import close
from hub.journey.converse import note, say
from hub.journey.finding.amend import add_note, correct_outcome
from hub.journey.finding.closed import search_contacts
from hub.journey.finding.reopen import reopen
from hub.journey.finding.selection import Filters
from hub.journey.finding.transcript import export_contact, open_contact, send_transcript
from hub.journey.wrap_up import finish
from hub.store.rows import change, find
from hub.store.tables import Assignment, Contact, Effect
from tests.integration.finding.people import (
    ADA,
    AMY,
    BOB,
    LIN,
    SUE,
    add,
    audit_of,
    column,
    guest_in_hand,
    put_in_hand,
)
from tests.support.naughty import naughty_strings
from tests.support.units import write
from tests.support.world import World

UTC = ZoneInfo("UTC")
WHY = "The customer called again"


async def talked(world: World, words: str = "", *, customer_id: str | None = None) -> str:
    """A Contact of amy's that is over and wrapped up."""
    contact = await guest_in_hand(world, "amy")
    if words:
        await world.customer_says(words, visitor="guest-of-amy")
    await say(world.hub, "amy", contact_id=contact, key="key-of-answer", text="Call 13800002716")
    await note(world.hub, "amy", contact_id=contact, key="key-of-note", text="she was in a hurry")
    await close(world.hub, contact, by="amy", reason="agent_ended")
    await finish(world.hub, "amy", contact_id=contact, disposition="solved")
    if customer_id:
        await put_in_hand(world, contact, customer_id)
    return contact


def all_time(**more: str) -> Filters:
    return Filters(since_at=0.0, until_at=4e9, **more)


async def ids(world: World, viewer: object, **more: str) -> list[str]:
    found = await search_contacts(world.hub, viewer, all_time(**more))  # type: ignore[arg-type]
    return [one["id"] for one in found["contacts"]]


async def test_found_by_each_filter(world: World) -> None:
    lin = await add(world, "1", LIN)
    contact = await talked(world, "My 信用卡 was swallowed", customer_id=lin)
    for more in ({}, {"agent_id": "amy"}, {"customer_id": lin}, {"disposition": "solved"},
                 {"reference": shown_reference(contact)}, {"queue_id": "cards"},
                 {"channel": "web_chat"}, {"words": "SWALLOWED 信用卡"},
                 {"words": "hurry"}):  # fmt: skip
        assert await ids(world, SUE, **more) == [contact], more
    for more in ({"agent_id": "bob"}, {"customer_id": "cus_2"}, {"disposition": "open"},
                 {"reference": "000-000-000"}, {"queue_id": "loans"}, {"channel": "sms"},
                 {"words": "swallowed twice"}):  # fmt: skip
        assert await ids(world, SUE, **more) == [], more
    [row] = (await search_contacts(world.hub, SUE, all_time()))["contacts"]
    assert row["customer"] == {"id": lin, "name": "Lin W••", "name_zh": "林•"}
    assert row["disposition_label"]["zh"] == "已解决"
    with pytest.raises(Invalid):
        await ids(world, SUE, reference="???")
    early = Filters(since_at=0.0, until_at=world.clock.now() - 3600)
    assert (await search_contacts(world.hub, SUE, early))["contacts"] == []


async def test_an_agent_finds_own_ones_and_any_by_reference(world: World) -> None:
    contact = await talked(world)
    assert await ids(world, AMY) == [contact]
    assert await ids(world, BOB) == []
    assert await ids(world, BOB, agent_id="amy") == []
    assert await ids(world, BOB, words="hurry") == []
    assert await ids(world, BOB, reference=shown_reference(contact)) == [contact]
    with pytest.raises(Forbidden):
        await ids(world, ADA)


async def test_the_audit_has_kinds_and_no_words(world: World) -> None:
    await talked(world, "swallowed")
    await ids(world, AMY, words="swallowed", disposition="solved")
    [(_, actor, _, details)] = await audit_of(world, "contacts_searched")
    assert (actor, json.loads(details)) == ("amy", {"kinds": ["disposition", "words"], "found": 1})


async def test_read_with_a_reason_unless_it_was_mine(world: World) -> None:
    contact = await talked(world, "swallowed")
    head, messages = await open_contact(world.hub, AMY, contact_id=contact)
    assert head["theirs"]
    assert "swallowed" in [one.body.get("text") for one in messages]
    with pytest.raises(Invalid, match="reason_needed"):
        await open_contact(world.hub, BOB, contact_id=contact)
    head, _ = await open_contact(world.hub, BOB, contact_id=contact, reason=WHY)
    assert not head["theirs"]
    with pytest.raises(NotFound):
        await open_contact(world.hub, AMY, contact_id="con_none", reason=WHY)
    assert [row[1:3] for row in await audit_of(world, "contact_opened")] == [
        ("amy", ""), ("bob", WHY),
    ]  # fmt: skip


async def test_a_restricted_customers_contact_is_closed_to_agents(world: World) -> None:
    staff = await add(world, "1", LIN, warnings='["staff_record"]')
    contact = await talked(world, customer_id=staff)
    with pytest.raises(Forbidden):
        await open_contact(world.hub, BOB, contact_id=contact, reason=WHY)
    [row] = (await search_contacts(world.hub, AMY, all_time()))["contacts"]
    assert row["customer"] is None


async def test_notes_and_outcomes_are_added_and_nothing_is_lost(world: World) -> None:
    contact = await talked(world)
    world.hub.setup.queues["cards"].dispositions["later"] = {  # type: ignore[index]
        "en": "Later", "zh": "稍后",
    }  # fmt: skip
    await add_note(world.hub, AMY, contact_id=contact, text="Card 4111 1111 1111 1111 came back")
    await correct_outcome(
        world.hub, SUE, contact_id=contact, disposition="later", reason="It was not solved"
    )
    assert (await column(world, contact, "disposition"))[0] == "later"
    rows = await world.hub.reader.rows(find(Assignment, "disposition", contact_id=contact))
    assert rows[0][0] == "later"
    head, _ = await open_contact(world.hub, AMY, contact_id=contact)
    first, second = head["amendments"]
    assert "4111" not in first["text"]
    assert (second["before"]["en"], second["after"]["en"]) == ("Solved", "Later")
    assert "OutcomeCorrected" in await world.kinds()
    with pytest.raises(Refused, match="same_outcome"):
        await correct_outcome(world.hub, SUE, contact_id=contact, disposition="later", reason=WHY)
    with pytest.raises(Invalid):
        await correct_outcome(world.hub, SUE, contact_id=contact, disposition="none", reason=WHY)
    with pytest.raises(Forbidden):
        await add_note(world.hub, BOB, contact_id=contact, text="mine")


async def test_every_naughty_string_as_note(world: World) -> None:
    contact = await talked(world)
    said = [one for one in naughty_strings() if one.strip()]
    for text in said:
        await add_note(world.hub, AMY, contact_id=contact, text=text)
        await search_contacts(world.hub, AMY, all_time(words=text[:200]))
    head, _ = await open_contact(world.hub, AMY, contact_id=contact)
    changed = [
        (text, one["text"])
        for text, one in zip(said, head["amendments"], strict=True)
        if one["text"] != text.strip()
    ]
    assert all("•" in kept for _, kept in changed)
    assert len(changed) < 10


async def test_what_the_bank_told_is_on_paper_too(world: World) -> None:
    contact = await talked(world, "my pin is 4821")
    text = await export_contact(
        world.hub, AMY, contact_id=contact, language="en", reason=WHY, zone=UTC
    )
    assert "Bank: For your safety we hid a password" in text


async def test_reopened_for_me_or_a_queue_linked_to_the_old(world: World) -> None:
    lin = await add(world, "1", LIN)
    contact = await talked(world, customer_id=lin)
    fresh = await reopen(world.hub, AMY, contact_id=contact)
    columns = ("state", "owner_agent_id", "reopened_from", "customer_id", "identity_level")
    assert await column(world, fresh, *columns) == ("assigned", "amy", contact, lin, 1)
    with pytest.raises(Refused, match="conversation_open"):
        await reopen(world.hub, AMY, contact_id=contact)
    with pytest.raises(Forbidden):
        await reopen(world.hub, BOB, contact_id=contact)
    await close(world.hub, fresh, by="amy", reason="agent_ended")
    await finish(world.hub, "amy", contact_id=fresh, disposition="solved")
    queued = await reopen(world.hub, SUE, contact_id=fresh, queue_id="payments")
    assert (await column(world, queued, "state", "queue_id")) == ("queued", "payments")


async def test_exports_are_redacted_by_right(world: World) -> None:
    contact = await talked(world, "write to lin@mail.example")
    more = {"contact_id": contact, "language": "en", "reason": WHY, "zone": UTC}
    full = await export_contact(world.hub, SUE, **more)  # type: ignore[arg-type]
    assert "13800002716" in full
    assert shown_reference(contact) in full
    dotted = await export_contact(world.hub, AMY, **more)  # type: ignore[arg-type]
    assert "13800002716" not in dotted
    assert "lin@" not in dotted
    assert "Call •••" in dotted
    assert dotted.splitlines()[:2] == full.splitlines()[:2], "its number and its day"
    assert [row[1] for row in await audit_of(world, "contact_exported")] == ["sue", "amy"]


async def test_no_transcript_without_a_mailbox(world: World) -> None:
    contact = await talked(world)
    with pytest.raises(Refused, match="no_mailbox"):
        await send_transcript(world.hub, AMY, contact_id=contact, zone=UTC)


async def test_the_wrap_up_comes_before_a_correction(world: World) -> None:
    contact = await talked(world)
    await world.hub.journal.run(write(change(Contact, contact, disposition=None)))
    with pytest.raises(Refused, match="wrap_up_open"):
        await correct_outcome(world.hub, AMY, contact_id=contact, disposition="solved", reason=WHY)


def test_a_reference_is_read_as_people_say_it() -> None:
    shown = shown_reference("con_1")
    assert read_reference(shown) == read_reference(shown.lower().replace("-", " "))
    assert read_reference(shown) == reference_of("con_1")
    assert read_reference("OIL-OIL-OIL") == read_reference("011-011-011")
    assert read_reference("too short") is None
    assert len({reference_of(f"con_{n}") for n in range(20_000)}) == 20_000


class Post:
    """A carrier that takes mail and keeps none."""

    kinds: frozenset[NoticeKind] = frozenset({"email"})
    honours_key = True

    async def send(self, notice: Notice) -> None:
        """Take it."""


async def test_the_transcript_goes_to_the_mailbox_of_the_record(world: World) -> None:
    lin = await add(world, "1", LIN)
    contact = await talked(world, "swallowed", customer_id=lin)
    hub = replace(world.hub, notify=Post())
    head, _ = await open_contact(hub, AMY, contact_id=contact)
    assert head["can_send"]
    with pytest.raises(Forbidden):
        await send_transcript(hub, BOB, contact_id=contact, zone=UTC)
    await send_transcript(hub, AMY, contact_id=contact, zone=UTC)
    [(effect_id, sealed)] = await hub.reader.rows(
        find(Effect, "id", "payload_sealed", kind="notify", subject=contact)
    )
    told = json.loads(hub.vault.open(sealed, "effect", "payload", effect_id))
    assert (told["to_kind"], told["to"], told["purpose"]) == ("email", LIN["email"], "transcript")
    assert "swallowed" in told["text"]
    assert "in a hurry" not in told["text"], "notes are for staff"
    assert shown_reference(contact) in told["subject"]
