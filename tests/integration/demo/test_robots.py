"""A robot customer and a robot agent walk the whole walk over the real sockets."""

import asyncio
import json
from collections.abc import Callable, Sequence
from random import Random

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.frames import CloseCode
from websockets.typing import Origin

from config.demo import staff
from config.demo.bank_word import WIDGET
from config.demo.known import LIN_WEI
from config.demo.robots.agent import RobotAgent, post, sign_in
from config.demo.robots.customer import RobotCustomer
from config.demo.robots.traffic import Traffic
from config.demo.seed import invented
from hub.domain import events as e
from hub.domain.events import Event, Logged
from tests.integration.demo.conftest import SIZE, Hurried, Running

WAIT_SECONDS = 40.0
HOME_SECONDS = 100.0
"""A robot whose page was cut off while the machine was busy is missed for the time of grace."""


class Log:
    """All events of a demo since it was made, and a way to wait for them."""

    def __init__(self, demo: Running) -> None:
        self.events: list[Event] = []
        self._heard = asyncio.Event()
        demo.application.hub.journal.follow(self._hear)

    def _hear(self, batch: Sequence[Logged]) -> None:
        self.events.extend(one.event for one in batch)
        self._heard.set()

    async def until(self, wanted: Callable[[Event], bool], count: int = 1) -> None:
        """Wait until so many events are as wanted."""
        async with asyncio.timeout(WAIT_SECONDS):
            while sum(map(wanted, self.events)) < count:
                self._heard.clear()
                await self._heard.wait()


def robot_agent(demo: Running, login: str) -> RobotAgent:
    employee = next(one for one in staff.AGENTS if one.login == login)
    hub = demo.application.hub
    return RobotAgent(employee, demo.origin, Hurried(demo.application), hub.new_id, Random(3))


def is_a(kind: type[Event]) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, kind)


def is_available(event: Event) -> bool:
    return isinstance(event, e.PresenceChanged) and event.presence == "available"


async def test_the_whole_walk_on_real_sockets(demo_anywhere: Running) -> None:
    demo = demo_anywhere
    log = Log(demo)
    agent = robot_agent(demo, "amara")
    working = asyncio.create_task(agent.run())
    await log.until(is_available)
    customer = RobotCustomer(
        origin=demo.origin,
        widget=WIDGET,
        clock=Hurried(demo.application),
        new_id=demo.application.hub.new_id,
        dice=Random(1),
        language="zh",
        token=await word_of(demo, LIN_WEI.number),
    )
    visiting = asyncio.create_task(customer.run())
    await log.until(is_a(e.WrapUpFinished))
    await asyncio.wait_for(visiting, WAIT_SECONDS)
    arrived = next(one for one in log.events if isinstance(one, e.ContactArrived))
    closed = next(one for one in log.events if isinstance(one, e.ContactClosed))
    assert (arrived.customer_id, arrived.identity_level) == (LIN_WEI.id, 2)
    assert arrived.segment == "premier"
    assert (closed.ending, closed.agent_id) == ("handled", "usr_demo_amara")
    assert any(isinstance(one, e.SurveyOffered) for one in log.events)
    await agent.leave()
    await agent.hang_up()
    await asyncio.wait_for(working, WAIT_SECONDS)


async def word_of(demo: Running, number: str) -> str:
    """Ask the bank's page for its word, as its script does."""

    def call() -> str:
        with post(demo.origin, "/demo/token", {"customer": number}, {}) as answer:
            token: str = json.load(answer)["token"]
            return token

    return await asyncio.to_thread(call)


@pytest.mark.servers  # half a minute of robots who talk as people do
async def test_the_switch_brings_robots_and_sends_them_home(demo: Running) -> None:
    log = Log(demo)
    hub = demo.application.hub
    traffic = Traffic(
        origin=demo.origin,
        widget=WIDGET,
        clock=Hurried(demo.application),
        new_id=hub.new_id,
        reader=hub.reader,
        sign=demo.bank.sign,
        customers=invented(SIZE),
    )
    traffic.switch(on=True)
    await log.until(is_a(e.ContactClosed), 2)
    assert traffic.state()["on"]
    traffic.switch(on=False)
    await asyncio.wait_for(traffic.finished(), HOME_SECONDS)
    assert (traffic.state()["agents"], traffic.state()["customers"]) == (0, 0)
    seen = {one.agent_id for one in log.events if isinstance(one, e.PresenceChanged)}
    assert "usr_demo_amara" not in seen
    assert seen


async def test_a_stop_closes_sockets_and_says_come_back(demo: Running) -> None:
    url = demo.origin.replace("http", "ws") + "/chat/socket"
    async with connect(url, origin=Origin(demo.origin), proxy=None) as page:
        await page.send('{"type":"hello","widget":"demo","lang":"en"}')
        assert '"welcome"' in str(await page.recv())
        demo.application.request_stop()
        await asyncio.wait_for(page.wait_closed(), WAIT_SECONDS)
        assert page.close_code == CloseCode.SERVICE_RESTART


async def test_a_foreign_site_gets_no_socket(demo: Running) -> None:
    url = demo.origin.replace("http", "ws") + "/chat/socket"
    with pytest.raises(InvalidStatus):
        async with connect(url, origin=Origin("https://evil.example"), proxy=None):
            pass


async def test_everybody_may_sign_in_with_the_printed_password(demo: Running) -> None:
    for employee in (staff.AGENTS[0], staff.SUPERVISORS[0], staff.ADMINISTRATOR, staff.AUDITOR):
        held = await asyncio.to_thread(sign_in, demo.origin, employee.login)
        assert held.user_id == employee.id
