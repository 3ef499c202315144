"""A real hub behind the carrier: the demo bank's own phone flow, real queues, real agents.

Time is the test's: `until` lets it pass to whatever comes next, a sound's end or the hub's timer.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import httpx2 as httpx
from starlette.applications import Starlette

from channels._twilio.carrier.carrier import Carrier, CarrierAccount, Line
from channels._twilio.carrier.faults import Faults
from channels._twilio.carrier.handset import ANSWER, Handset
from channels._twilio.carrier.rest import Rest
from channels.phone.twilio.mount import TwilioPart
from channels.phone.twilio.settings import TwilioSettings
from config.demo import known
from config.demo.rows import Rows
from config.phone import load_phone
from config.self_service import open_flows, self_service
from config.set_up import load_set_up
from config.settings import SET_UP_FOLDER
from hub.domain.events import AgentProfileSet
from hub.journey import presence, restore
from hub.journey.errands.table import ERRANDS
from hub.store import timers
from hub.store.engine import Store
from hub.store.rows import put
from hub.store.tables import User
from hub.store.unit import Unit
from routing.state import RoutingState
from tests.support import calls
from tests.support.clock import ManualClock
from tests.support.fake_engine import FakeEngine
from tests.support.ids import SeededIds
from tests.support.waiting import until
from tests.support.world import World, make_hub

SID = "AC" + "0" * 32
TOKEN = "token-of-the-account"
KEY, SECRET = "SK" + "1" * 32, "secret-of-the-key-of-the-account"
PUBLIC = "https://hub.bank.example"
NUMBER = "+85295100018"
LOOKS_MOST = 100
"""So often nothing is found to wait for before it is believed: a second of the real clock."""
CONNECT_SECONDS = 40.0
"""Longer than all that a carrier of these tests may delay, lose and repeat."""


class Caller(NamedTuple):
    """A customer at the telephone."""

    customer_id: str
    number: str
    pin: str


class AnswersAtOnce:
    """An agent's softphone during the shift."""

    def __init__(self) -> None:
        self.handsets: list[Handset] = []

    async def ring(self, handset: Handset) -> str:
        """Answer."""
        self.handsets.append(handset)
        return ANSWER


class TwilioLine(calls.Line):
    """A world seen through a telephone of the carrier."""

    def __init__(self, world: World, carrier: Carrier, clock: ManualClock) -> None:
        super().__init__(world, FakeEngine(world.hub))
        self.carrier, self.clock = carrier, clock

    async def until(self, true: Callable[[], Any], seconds: float = 200.0) -> None:
        """Let time pass until it is so; `true` may be a coroutine function."""
        end = self.clock.monotonic() + seconds
        looks = 0
        while looks < LOOKS_MOST:
            await self.rest()
            found = true()
            if await found if asyncio.iscoroutine(found) else found:
                return
            pause = await self._next_in_seconds()
            if pause is None or self.clock.monotonic() + pause > end:
                # On a busy machine an answer may come just after we looked: then there is more.
                looks += 1
                await asyncio.sleep(0.01)
            else:
                looks = 0
                await self.clock.advance(pause)
        raise TimeoutError(self.story())

    def story(self) -> str:
        """What every line heard last, for a failing test."""
        lines = [
            f"{call.to} {call.status}: {call.handset.texts()[-12:]}"
            for call in self.carrier.calls.values()
        ]
        return "\n".join(["the carrier stands still:", *lines, *self.carrier.complaints])

    async def rest(self) -> None:
        """Let everything come to its end that takes no time of the world's."""
        for _ in range(100):
            await self.settle()
            await self.clock.settle()
            if not self.carrier.messenger.in_flight:
                return
            await until(lambda: not self.carrier.messenger.in_flight)
        raise AssertionError("carrier and hub do not come to rest")

    async def _next_in_seconds(self) -> float | None:
        call = timers.NEXT(now=self.clock.now())
        due_at = (await self.hub.reader.rows(call))[0][0]
        pauses = [self.clock.next_in_seconds()]
        pauses.append(None if due_at is None else max(0.0, due_at - self.clock.now()))
        return min((pause for pause in pauses if pause is not None), default=None)

    async def add_agent(self, agent_id: str) -> AnswersAtOnce:
        """Somebody who speaks both languages and serves every queue, with a softphone."""
        hub = self.hub

        def unit() -> Unit[None]:
            queues = ", ".join(f'"{queue}"' for queue in hub.setup.queues)
            yield put(
                User, id=agent_id, login=agent_id, name=f'{{"en": "{agent_id}", "zh": "员工"}}',
                roles='["agent"]', password_hash="", queues=f"[{queues}]",
                skills='[["lang:en", 5], ["lang:zh", 5], ["cards", 5], ["payments", 5]]',
                created_at=self.clock.now(),
            )  # fmt: skip

        await hub.journal.run(unit())
        await hub.staff.load()
        for event in await restore.routing_events(hub):
            if isinstance(event, AgentProfileSet) and event.profile.agent_id == agent_id:
                self.world.routing.apply(event)
        await presence.set_presence(hub, agent_id, presence="available")
        softphone = self.carrier.far_ends[f"client:{agent_id}"] = AnswersAtOnce()
        return softphone

    async def add_customer(self, index: int = 0) -> Caller:
        """Somebody like Lin Wei, with a telephone and a PIN of their own."""
        one, rows = (
            known.known_customers(self.clock.now())[0],
            Rows(self.hub.vault, self.hub.lookup),
        )
        number = f"{30_000_000 + index}"
        person = replace(one.person, number=number, phone=f"+86138{index:08d}")
        account = replace(one.accounts[0], id=f"acc_{number}")

        def unit() -> Unit[None]:
            yield rows.person(person, 0.0)
            yield rows.pin(person, 0.0)
            yield rows.account(person, account)

        await self.hub.journal.run(unit())
        return Caller(person.id, person.phone, number[-6:])


@asynccontextmanager
async def twilio_line(store: Store, clock: ManualClock, folder: Path) -> AsyncIterator[TwilioLine]:
    """Join a hub of the demo bank's set-up on this store with a carrier."""
    world = make_hub(store, clock, SeededIds(), folder)
    set_up = load_set_up(SET_UP_FOLDER)
    routing = RoutingState(set_up.policy)
    door = self_service(SET_UP_FOLDER, set_up, clock)
    phone = replace(load_phone(SET_UP_FOLDER, set_up), answer_seconds=CONNECT_SECONDS)
    hub = replace(
        world.hub, setup=set_up, line=routing, self_service=door, errands=ERRANDS, phone=phone
    )
    await open_flows(door, hub)
    async with joined(World(hub, clock, routing), clock, NUMBER) as line:
        yield line


@asynccontextmanager
async def joined(world: World, clock: ManualClock, number: str) -> AsyncIterator[TwilioLine]:
    """Join a world with a carrier that has this number of the bank's."""
    settings = TwilioSettings(
        account_sid=SID, auth_token=TOKEN, public_url=PUBLIC, api_key_sid=KEY, api_key_secret=SECRET
    )
    hub_app, carrier_app = Starlette(), Starlette()
    part = TwilioPart(world.hub, settings, httpx.ASGITransport(carrier_app))
    hub_app.routes.extend(part.routes())
    world.hub.engines.add(part.engine)
    http = httpx.AsyncClient(transport=httpx.ASGITransport(hub_app))
    calm = Faults(random=random.Random(1))
    account = CarrierAccount(sid=SID, auth_token=TOKEN, key_sid=KEY, key_secret=SECRET)
    carrier = Carrier(account, http, clock, calm)
    carrier_app.routes.extend(Rest(carrier).routes())
    base = f"{PUBLIC}/phone/twilio"
    carrier.numbers[number] = Line(
        voice_url=f"{base}/voice", fallback_url=f"{base}/fallback", status_url=f"{base}/status"
    )
    try:
        yield TwilioLine(world, carrier, clock)
    finally:
        await carrier.close()
        await http.aclose()
