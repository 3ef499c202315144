"""Texts over the carrier: they come once, are answered, and their states are true."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from hub.domain.events import ContactArrived
from hub.domain.outbound import Outbound
from hub.journey.converse import say
from hub.journey.messages import messages_of
from hub.journey.opt_out import why_not
from hub.ports import NeedsAttention, SendLater, SendNever
from hub.store.engine import Store
from tests.support.clock import ManualClock
from tests.support.sms_line import CUSTOMER, NUMBER, SECOND, SmsLine, sms_line
from tests.support.uploads import PNG


@pytest_asyncio.fixture
async def line(sqlite_store: Store, clock: ManualClock, tmp_path: Path) -> AsyncIterator[SmsLine]:
    async with sms_line(sqlite_store, clock, tmp_path) as one:
        yield one


async def test_a_text_is_answered_from_the_number_that_was_used(line: SmsLine) -> None:
    await line.world.add_agent("amara")
    await line.text("agent please", to=SECOND)
    contact_id = await line.accept("amara")
    await say(line.hub, "amara", contact_id=contact_id, key="k", text="How can I help? 🙂")
    await line.until(lambda: "How can I help? 🙂" in line.got)
    texts = line.carrier.texts.of(CUSTOMER)
    assert {one.from_ for one in texts if one.to == CUSTOMER} == {SECOND}
    (conversation_id,) = await line.contact(contact_id, "conversation_id")

    async def is_delivered() -> bool:
        states = await line.states(conversation_id)
        return bool(states) and states[-1] == ("delivered", "")

    await line.until(is_delivered)
    assert line.carrier.complaints == []


@pytest.mark.parametrize(
    ("stop", "start", "language"),
    [("STOP", "start", "en"), ("退订", "恢复", "zh"), (" stop. ", "UNSTOP", "en")],
)
async def test_stop_is_obeyed_once_until_start(
    line: SmsLine, stop: str, start: str, language: str
) -> None:
    async def is_stopped() -> bool:
        return await why_not(line.hub, "sms", CUSTOMER, "service") != ""

    await line.text(stop)
    assert await is_stopped()
    await line.text(stop)
    (confirmed,) = line.got
    assert ("START" if language == "en" else "恢复") in confirmed
    await line.text(start)
    assert not await is_stopped()
    assert len(line.got) == 2
    assert "ContactArrived" not in await line.world.kinds()


async def test_the_same_stop_again_is_answered_alike(line: SmsLine) -> None:
    line.carrier.faults.double = 1.0
    await line.text("STOP")
    assert line.carrier.complaints == []
    assert len(line.got) == 1


async def test_help_says_who_we_are_and_a_sentence_is_for_a_person(line: SmsLine) -> None:
    await line.text("帮助")
    assert "北湄银行" in line.got[0]
    await line.text("HELP")
    assert "Northmere Bank" in line.got[1]
    assert "ContactArrived" not in await line.world.kinds()
    await line.text("please stop my card, agent")
    assert not await why_not(line.hub, "sms", CUSTOMER, "service")
    assert "ContactArrived" in await line.world.kinds()


async def test_start_of_somebody_who_never_stopped_is_for_a_person(line: SmsLine) -> None:
    await line.text("开始")
    assert "ContactArrived" in await line.world.kinds()


async def test_who_opted_out_is_not_written_to_and_the_agent_sees_it(line: SmsLine) -> None:
    await line.world.add_agent("amara")
    await line.text("agent please")
    contact_id = await line.accept("amara")
    await line.text("STOP")
    before = len(line.got)
    await say(line.hub, "amara", contact_id=contact_id, key="k", text="One more thing")
    await line.until(lambda: line.carrier.messenger.is_quiet)
    (conversation_id,) = await line.contact(contact_id, "conversation_id")
    assert (await line.states(conversation_id))[-1] == ("failed", "opted_out")
    assert len(line.got) == before


async def test_an_opt_out_that_only_the_provider_knows_is_learned(line: SmsLine) -> None:
    line.carrier.texts.unsubscribed.add((CUSTOMER, NUMBER))
    with pytest.raises(SendNever) as caught:
        await line.sms.send(_outbound())
    assert caught.value.code == "21610"
    assert await why_not(line.hub, "sms", CUSTOMER, "service")


async def test_what_the_provider_says_decides_whether_it_is_tried_again(line: SmsLine) -> None:
    with pytest.raises(SendNever) as caught:
        await line.sms.send(_outbound(address="+1"))
    assert caught.value.code == "21211"
    line.carrier.texts.is_away = True
    with pytest.raises(SendLater):
        await line.sms.send(_outbound())
    line.carrier.texts.is_away = False
    line.carrier.account = type(line.carrier.account)(sid=line.carrier.account.sid, auth_token="")
    with pytest.raises(NeedsAttention):
        await line.sms.send(_outbound())


async def test_a_telephone_that_is_off_is_told(line: SmsLine) -> None:
    await line.world.add_agent("amara")
    await line.text("agent please")
    contact_id = await line.accept("amara")
    line.carrier.texts.unreachable.add(CUSTOMER)
    await say(line.hub, "amara", contact_id=contact_id, key="k", text="Are you there?")
    (conversation_id,) = await line.contact(contact_id, "conversation_id")

    async def has_failed() -> bool:
        return (await line.states(conversation_id))[-1] == ("failed", "30003")

    await line.until(has_failed)


async def test_a_picture_comes_with_its_text_once(line: SmsLine) -> None:
    line.carrier.faults.double = 1.0
    await line.text("agent, my card is broken", files=[("image/png", PNG)])
    said = await _said(line)
    assert [(one.speaker, one.kind) for one in said if one.speaker == "customer"] == [
        ("customer", "text"), ("customer", "file"),
    ]  # fmt: skip
    assert line.carrier.complaints == []


async def test_a_file_that_is_not_taken_leaves_a_word_in_its_place(line: SmsLine) -> None:
    await line.text("agent", files=[("application/zip", b"PK\x03\x04" + bytes(40))])
    words = [one.body["text"] for one in await _said(line) if one.speaker == "customer"]
    assert words[0] == "agent"
    assert "cannot be shown" in words[1]


async def _said(line: SmsLine) -> list[Any]:
    found = [event for event in await line.world.events() if isinstance(event, ContactArrived)]
    return await messages_of(line.hub, found[0].conversation_id, limit=50)


def _outbound(address: str = CUSTOMER) -> Outbound:
    return Outbound(
        account=NUMBER, address=address, conversation_id="cnv", contact_id="con", key="k",
        language="en", text="Hello", speaker="agent",
    )  # fmt: skip
