"""SMPP against a small SMSC of ours: segments, receipts, disconnects."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from channels.sms.adapter import make_channel
from channels.sms.smpp.link import Unanswered
from channels.sms.smpp.mount import SmppSms
from hub.domain.outbound import Outbound
from hub.journey.messages import messages_of
from hub.ports import SendLater, SendNever
from hub.store.engine import Store
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.smsc import BAD_NUMBER, THROTTLED, Smsc
from tests.support.waiting import until
from tests.support.world import World, make_hub

NUMBER, CUSTOMER = "+8610690000", "+8613800132716"


@dataclass
class Bound:
    """A hub that is bound to the SMSC."""

    world: World
    smsc: Smsc
    sms: Any
    provider: SmppSms
    sessions: int = 0

    async def send(self, text: str) -> str:
        outbound = Outbound(
            account=NUMBER, address=CUSTOMER, conversation_id="cnv", contact_id="con", key="k",
            language="en", text=text, speaker="agent",
        )  # fmt: skip
        return str((await self.sms.send(outbound)).ref)

    async def again(self) -> None:
        """Wait until the connection that was cut is there again."""
        link = self.provider.link
        await until(lambda: link.session > self.sessions)
        self.sessions = link.session
        await self.world.clock.advance(1.0)
        await until(lambda: link.is_bound)

    async def said(self) -> list[str]:
        """What the customer wrote, as stored."""
        events = [one for one in await self.world.events() if hasattr(one, "conversation_id")]
        if not events:
            return []
        said = await messages_of(self.world.hub, events[0].conversation_id, limit=50)
        return [str(one.body["text"]) for one in said if one.speaker == "customer"]


@pytest_asyncio.fixture
async def bound(
    sqlite_store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path
) -> AsyncIterator[Bound]:
    world = make_hub(sqlite_store, clock, new_id, tmp_path)
    async with Smsc() as smsc:
        options = {
            "numbers": {NUMBER: {"provider": "smpp", "language": "zh"}},
            "smpp": {
                "host": "127.0.0.1", "port": smsc.port, "system_id": "bank", "password": "secret",
                "answer_seconds": 20.0,
            },
        }  # fmt: skip
        sms: Any = make_channel(world.hub, None, options)  # type: ignore[arg-type]
        provider = sms.numbers.provider_of(NUMBER)
        task = asyncio.create_task(sms.run())
        await until(lambda: provider.link.is_bound)
        yield Bound(world, smsc, sms, provider)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_text_has_the_carriers_name_and_a_long_one_the_first_segments(bound: Bound) -> None:
    assert await bound.send("Hello") == "M1"
    long = "您好" * 60 + "🙂" * 20
    assert await bound.send(long) == "M2"
    parts = bound.smsc.submitted[1:]
    assert "".join(one.text for one in parts) == long
    assert [(one.number, one.total) for one in parts] == [(1, 3), (2, 3), (3, 3)]
    assert {(one.source, one.to) for one in parts} == {(NUMBER[1:], CUSTOMER[1:])}


async def test_what_the_carrier_answers_decides(bound: Bound) -> None:
    bound.smsc.statuses = [THROTTLED, BAD_NUMBER]
    with pytest.raises(SendLater):
        await bound.send("one")
    with pytest.raises(SendNever) as caught:
        await bound.send("two")
    assert caught.value.code == "smpp_11"


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_connection_that_is_cut_leaves_the_outcome_unknown(bound: Bound, when: str) -> None:
    bound.smsc.cuts_next = when
    with pytest.raises(Unanswered):
        await bound.send("one")
    with pytest.raises(SendLater):
        await bound.send("two")
    await bound.again()
    assert await bound.send("three") == f"M{len(bound.smsc.submitted)}"


async def test_a_text_of_which_a_part_has_left_is_not_tried_again(bound: Bound) -> None:
    bound.smsc.statuses = [0, THROTTLED]
    with pytest.raises(Unanswered):
        await bound.send("a" * 200)


async def test_receipts_are_told_when_all_segments_are_there(
    bound: Bound, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[Any, ...]] = []

    async def keep(*what: Any) -> None:
        told.append(what)

    monkeypatch.setattr(bound.sms.intake, "told", keep)
    await bound.send("a" * 200)
    await bound.send("short")
    bound.smsc.receipt("M2")
    bound.smsc.receipt("M3", done="20261123093000")
    await until(lambda: bound.smsc.acknowledged == 2)
    assert [(ref, str(state)) for ref, state, _ in told] == [("M3", "delivered")]
    bound.smsc.receipt("M1")
    bound.smsc.receipt("M9", "UNDELIV")
    bound.smsc.receipt("M9", "ENROUTE")
    await until(lambda: bound.smsc.acknowledged == 5)
    assert [(ref, str(state), code) for ref, state, code in told[1:]] == [
        ("M1", "delivered", ""), ("M9", "failed", "smpp_000"),
    ]  # fmt: skip


async def test_texts_come_in_and_parts_are_joined_whoever_sends_between(bound: Bound) -> None:
    for number in range(12, 0, -1):
        bound.smsc.deliver(CUSTOMER, NUMBER, f"第{number}段。", sar=(7, number, 12))
        if number == 6:
            bound.smsc.deliver("+8613900000000", NUMBER, "不是我的。", sar=(7, 1, 12))
    await until(lambda: bound.smsc.acknowledged == 13)
    assert await bound.said() == ["".join(f"第{number}段。" for number in range(1, 13))]


async def test_a_text_that_comes_again_after_a_cut_is_one_and_twice_is_two(bound: Bound) -> None:
    bound.smsc.deliver(CUSTOMER, NUMBER, "1")
    bound.smsc.deliver(CUSTOMER, NUMBER, "1")
    await until(lambda: bound.smsc.acknowledged == 2)
    bound.smsc.deliver(CUSTOMER, NUMBER, "agent")
    await until(lambda: bound.smsc.acknowledged == 3)
    bound.smsc.cut()
    await bound.again()
    bound.smsc.deliver(CUSTOMER, NUMBER, "agent")
    await until(lambda: bound.smsc.acknowledged == 4)
    assert await bound.said() == ["1", "1", "agent"]


async def test_stop_is_confirmed_over_the_same_connection(bound: Bound) -> None:
    bound.smsc.deliver(CUSTOMER, NUMBER, "退订")
    await until(lambda: bool(bound.smsc.submitted))
    assert "恢复" in bound.smsc.submitted[0].text
    assert await bound.said() == []
