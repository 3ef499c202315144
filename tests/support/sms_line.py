"""A real hub, its SMS channel and the carrier, joined in one process under a clock that tests move.

await line.text("我的卡丢了")
await line.until(lambda: line.got)
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2 as httpx
from starlette.applications import Starlette

from channels._twilio.carrier.carrier import Carrier, CarrierAccount, Line
from channels._twilio.carrier.faults import Faults
from channels._twilio.carrier.rest import Rest
from channels._twilio.carrier.texting import Text
from channels.sms.adapter import Sms
from channels.sms.intake import Intake
from channels.sms.settings import settings_from
from channels.sms.twilio.mount import TwilioSms
from channels.sms.twilio.settings import TwilioTexts
from hub.journey.answer import accept
from hub.store import timers
from hub.store.engine import Store
from hub.store.rows import find
from hub.store.tables import Reservation
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.letters import Post
from tests.support.waiting import until
from tests.support.world import World, make_hub

SID = "AC" + "0" * 32
TOKEN = "token-of-the-account"
KEY, SECRET = "SK" + "1" * 32, "secret-of-the-key-of-the-account"
PUBLIC = "https://hub.bank.example"
NUMBER, SECOND = "+85295100018", "+442079460000"
CUSTOMER = "+8613800132716"
OPTIONS = {
    "bank": {"en": "Northmere Bank", "zh": "北湄银行"},
    "numbers": {
        NUMBER: {"provider": "twilio", "countries": ["86", "852"], "language": "zh"},
        SECOND: {"provider": "twilio"},
    },
    "twilio": {"account_sid": SID},
}


class Wire(httpx.ASGITransport):
    """What leads from the hub to the carrier; nothing passes while it is cut."""

    is_cut = False
    tries = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on."""
        self.tries += 1
        if self.is_cut:
            raise httpx.ConnectError("the wire is cut")
        return await super().handle_async_request(request)


class SmsLine(Post):
    """A world seen from a customer's telephone."""

    def __init__(self, world: World, sms: Sms, carrier: Carrier, wire: Wire) -> None:
        writer: Any = sms
        super().__init__(world, writer)
        self.sms, self.carrier, self.wire = sms, carrier, wire

    async def text(
        self, body: str, *, to: str = NUMBER, files: Sequence[tuple[str, bytes]] = ()
    ) -> Text:
        """Write to the bank and wait until it has the text."""
        text = self.carrier.texts.text_in(CUSTOMER, to, body, files)
        await self.until(lambda: text.status == "taken")
        return text

    @property
    def got(self) -> list[str]:
        """What has arrived at the telephone."""
        return [one.body for one in self.carrier.texts.of(CUSTOMER) if one.to == CUSTOMER]

    async def until(self, true: Callable[[], Any], seconds: float = 200.0) -> None:
        """Let time pass until it is so; `true` may be a coroutine function."""
        clock = self.world.clock
        end = clock.monotonic() + seconds
        while True:
            await self.rest()
            found = true()
            if await found if asyncio.iscoroutine(found) else found:
                return
            pause = await self._next_in_seconds()
            if pause is None or clock.monotonic() + pause > end:
                raise TimeoutError(f"the line stands still: {self.got} {self.carrier.complaints}")
            await clock.advance(pause)

    async def rest(self) -> None:
        """Let everything come to its end that takes no time of the world's."""
        for _ in range(100):
            await self.world.settle()
            await self.deliver()
            await self.world.clock.settle()
            if not self.carrier.messenger.in_flight:
                return
            await until(lambda: not self.carrier.messenger.in_flight)
        raise AssertionError("carrier and hub do not come to rest")

    async def accept(self, agent_id: str) -> str:
        """Take the offer that an agent gets; returns the Contact."""
        await self.until(lambda: self.world.offer_of(agent_id))
        offer = await self.world.offer_of(agent_id)
        assert offer is not None
        await accept(self.hub, agent_id, offer)
        rows = await self.hub.reader.rows(find(Reservation, "contact_id", id=offer))
        return str(rows[0][0])

    async def _next_in_seconds(self) -> float | None:
        clock = self.world.clock
        due_at = (await self.hub.reader.rows(timers.NEXT(now=clock.now())))[0][0]
        pauses = [clock.next_in_seconds()]
        pauses.append(None if due_at is None else max(0.0, due_at - clock.now()))
        return min((pause for pause in pauses if pause is not None), default=None)


@asynccontextmanager
async def sms_line(
    store: Store, clock: ManualClock, folder: Path, **more: Any
) -> AsyncIterator[SmsLine]:
    """Join a hub on this store with a carrier; `more` replaces parts of the hub."""
    world = make_hub(store, clock, SeededIds(), folder)
    hub = replace(world.hub, **more)
    world = World(hub, clock, world.routing)
    hub_app, carrier_app = Starlette(), Starlette()
    intake = Intake(hub, settings_from(OPTIONS))
    wire = Wire(carrier_app)
    provider = TwilioSms(intake, _account(), wire)
    sms = Sms(hub, settings_from(OPTIONS), {"twilio": provider}, intake)
    hub_app.routes.extend(sms.routes())
    http = httpx.AsyncClient(transport=httpx.ASGITransport(hub_app))
    account = CarrierAccount(sid=SID, auth_token=TOKEN, key_sid=KEY, key_secret=SECRET)
    carrier = Carrier(account, http, clock, Faults(random=random.Random(1)))
    carrier_app.routes.extend(Rest(carrier).routes())
    for number in (NUMBER, SECOND):
        carrier.numbers[number] = Line(
            voice_url="", sms_url=f"{PUBLIC}/sms/twilio/text",
            sms_fallback_url=f"{PUBLIC}/sms/twilio/fallback",
        )  # fmt: skip
    try:
        yield SmsLine(world, sms, carrier, wire)
    finally:
        await carrier.close()
        await http.aclose()


def _account() -> TwilioTexts:
    return TwilioTexts(
        account_sid=SID, auth_token=TOKEN, public_url=PUBLIC, api_key_sid=KEY, api_key_secret=SECRET
    )
