"""Both signals keep the same promises."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from hub.adapters.clock import SystemClock
from hub.signals.in_process import InProcessSignal
from hub.signals.redis import RedisSignal
from tests.support.waiting import until

AnySignal = InProcessSignal | RedisSignal


@pytest_asyncio.fixture(params=["in_process", pytest.param("redis", marks=pytest.mark.redis)])
async def signal(request: pytest.FixtureRequest) -> AsyncIterator[AnySignal]:
    made: AnySignal = InProcessSignal()
    if request.param == "redis":
        made = RedisSignal(request.getfixturevalue("redis_url"), SystemClock())
    await made.start()
    if isinstance(made, RedisSignal):
        await made.listening()
    yield made
    await made.stop()


async def test_everybody_on_the_topic_hears_in_order(signal: AnySignal) -> None:
    first: list[str] = []
    second: list[str] = []
    signal.subscribe("contract.a", first.append)
    signal.subscribe("contract.a", second.append)
    for word in ("one", "two", "三"):
        await signal.publish("contract.a", word)
    await until(lambda: len(first) == len(second) == 3)
    assert first == second == ["one", "two", "三"]


async def test_other_topics_are_not_heard(signal: AnySignal) -> None:
    heard: list[str] = []
    signal.subscribe("contract.b", heard.append)
    await signal.publish("contract.c", "no")
    await signal.publish("contract.b", "yes")
    await until(lambda: heard != [])
    assert heard == ["yes"]


async def test_an_ended_subscription_is_silent(signal: AnySignal) -> None:
    ended: list[str] = []
    going: list[str] = []
    end = signal.subscribe("contract.d", ended.append)
    signal.subscribe("contract.d", going.append)
    end()
    end()
    await signal.publish("contract.d", "word")
    await until(lambda: going == ["word"])
    assert ended == []


async def test_a_listener_that_fails_does_not_stop_the_others(signal: AnySignal) -> None:
    heard: list[str] = []

    def fail(_word: str) -> None:
        raise ValueError("not my day")

    signal.subscribe("contract.e", fail)
    signal.subscribe("contract.e", heard.append)
    await signal.publish("contract.e", "word")
    await signal.publish("contract.e", "again")
    await until(lambda: heard == ["word", "again"])
