"""Carriers that go away: nothing lost, nothing doubled, the order of each Conversation kept."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from channels.sms.adapter import make_channel
from hub.domain.states import Speaker
from hub.domain.steps import InboundFact
from hub.journey.messages import Draft, Posted, add_message
from hub.journey.receive import receive
from hub.store.engine import Store
from hub.store.unit import Unit
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.letters import Post
from tests.support.sms_line import CUSTOMER, sms_line
from tests.support.smsc import THROTTLED, Smsc
from tests.support.waiting import until
from tests.support.world import make_hub

NUMBER = "+8610690000"
TEN_MINUTES = 600.0


class Bound(Post):
    """A hub whose texts leave over SMPP, with customers who are in talk."""

    def __init__(self, world: Any, sms: Any, smsc: Smsc) -> None:
        super().__init__(world, sms)
        self.smsc, self.link = smsc, sms.numbers.provider_of(NUMBER).link
        self.window = 4
        self._said = itertools.count(1)

    async def customers(self, count: int) -> list[Posted]:
        """So many people have written, and were answered by the bot."""
        found = []
        for number in range(count):
            fact = InboundFact(
                channel="sms", account=NUMBER, address=f"+861380000{number:04d}", key=f"i{number}",
                text="hello",
            )  # fmt: skip
            found.append(await receive(self.hub, fact))
        await self.world.settle()
        await self.deliver()
        self.smsc.submitted.clear()
        return found

    async def says(self, to: Posted, text: str) -> None:
        """The bank says something to one of them."""
        draft = Draft(key=f"s{next(self._said)}", speaker=Speaker.SYSTEM, body={"text": text})

        def unit() -> Unit[Posted]:
            ids = to.conversation_id, to.contact_id
            return (yield from add_message(self.hub, *ids, draft, self.hub.clock.now()))

        await self.hub.journal.run(unit)

    def arrived(self) -> dict[str, list[str]]:
        """What the carrier has, by the customer's number."""
        found: dict[str, list[str]] = {}
        for one in self.smsc.submitted:
            found.setdefault(one.to, []).append(one.text)
        return found

    async def back(self) -> None:
        """Wait until the hub is bound again."""
        for _ in range(100):
            if self.link.is_bound:
                return
            await self.world.clock.advance(self.world.clock.next_in_seconds() or 1.0)
            with suppress(TimeoutError):
                await until(lambda: self.link.is_bound, seconds=0.05)
        raise AssertionError("not bound")


@pytest_asyncio.fixture
async def bound(
    sqlite_store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path
) -> AsyncIterator[Bound]:
    world = make_hub(sqlite_store, clock, new_id, tmp_path)
    async with Smsc() as smsc:
        options = {
            "numbers": {NUMBER: {"provider": "smpp"}},
            "smpp": {
                "host": "127.0.0.1", "port": smsc.port, "system_id": "bank", "password": "hush",
                "answer_seconds": 20.0, "window": 4,
            },
        }  # fmt: skip
        sms: Any = make_channel(world.hub, None, options)  # type: ignore[arg-type]
        post = Bound(world, sms, smsc)
        task = asyncio.create_task(sms.run())
        await until(lambda: post.link.is_bound)
        yield post
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.mark.parametrize("unanswered", [2])
async def test_a_connection_cut_in_the_middle_of_a_window_loses_and_doubles_nothing(
    bound: Bound, unanswered: int
) -> None:
    people = await bound.customers(6)
    said = [f"Word {number}." for number in range(3)]
    for text in said:
        for one in people:
            await bound.says(one, text)
    bound.smsc.cuts_window = unanswered
    with capture_logs():  # a traceback that nobody reads takes a second to draw
        await bound.deliver()
    for _ in range(3):
        await bound.back()
        await bound.pass_time(120, step=30.0)
    arrived, unknown = bound.arrived(), 0
    for number, one in enumerate(people):
        states = [state for state, _ in (await bound.states(one.conversation_id))[-3:]]
        got = arrived[f"861380000{number:04d}"]
        # What was written and not answered may have arrived: a person decides, we do not repeat.
        sure = [text for text, state in zip(said, states, strict=True) if state == "sent"]
        assert got == [text for text in said if text in got], "each once, in the order of the talk"
        assert set(sure) <= set(got)
        assert set(states) <= {"sent", "unknown"}
        unknown += states.count("unknown")
    assert unanswered <= unknown <= bound.window


async def test_a_carrier_away_for_ten_minutes_gets_each_text_once_and_in_order(
    bound: Bound,
) -> None:
    people = await bound.customers(3)
    await bound.smsc.close()
    await until(lambda: not bound.link.is_bound)
    for minute in range(10):
        for one in people:
            await bound.says(one, f"Minute {minute}.")
        await bound.pass_time(TEN_MINUTES / 10, step=20.0)
    assert bound.smsc.submitted == []
    await bound.smsc.open()
    await bound.back()
    await bound.pass_time(1200, step=60.0)
    texts = [f"Minute {minute}." for minute in range(10)]
    assert sorted(bound.arrived().values()) == [texts] * 3
    for one in people:
        assert {state for state, _ in await bound.states(one.conversation_id)} == {"sent"}


async def test_a_carrier_that_is_too_slow_gets_all_of_it_later(bound: Bound) -> None:
    people = await bound.customers(2)
    bound.smsc.statuses = [THROTTLED] * 7
    for number in range(3):
        for one in people:
            await bound.says(one, f"Word {number}.")
    await bound.deliver()
    await bound.pass_time(300, step=10.0)
    assert sorted(bound.arrived().values()) == [[f"Word {number}." for number in range(3)]] * 2


async def test_twilio_away_for_ten_minutes_gets_each_text_once_and_in_order(
    sqlite_store: Store, clock: ManualClock, tmp_path: Path
) -> None:
    async with sms_line(sqlite_store, clock, tmp_path) as line:
        await line.text("你好")
        await line.until(lambda: bool(line.got))
        before, tries = len(line.got), line.wire.tries
        rows = [e for e in await line.world.events() if type(e).__name__ == "ContactArrived"]
        talk: Any = rows[0]
        line.wire.is_cut = True
        for minute in range(10):
            draft = Draft(
                key=f"m{minute}", speaker=Speaker.SYSTEM, body={"text": f"第{minute}分钟。"}
            )

            def unit(draft: Draft = draft) -> Unit[Posted]:
                ids = talk.conversation_id, talk.contact_id
                return (yield from add_message(line.hub, *ids, draft, clock.now()))

            await line.hub.journal.run(unit)
            await line.pass_time(TEN_MINUTES / 10, step=20.0)
        assert len(line.got) == before
        assert line.wire.tries > tries + 3, "it is tried again, and not at every moment"
        assert line.wire.tries < tries + 60
        line.wire.is_cut = False
        await line.pass_time(1200, step=60.0)
        await line.rest()
        assert line.got[before:] == [f"第{minute}分钟。" for minute in range(10)]
        sent = (await line.states(talk.conversation_id))[-10:]
        assert {state for state, _ in sent} <= {"sent", "delivered"}
        assert CUSTOMER not in str(sent)
