"""Webhooks, engine and carrier joined in one process under a clock that tests move.

`Script` is a hub of a few lines: what each event leads to is said by the test.
"""

import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2 as httpx
from starlette.applications import Starlette
from starlette.types import ASGIApp

from channels._twilio.carrier.carrier import Carrier, CarrierAccount, Line
from channels._twilio.carrier.faults import Faults
from channels._twilio.carrier.handset import ANSWER, Handset
from channels._twilio.carrier.rest import Rest
from channels._twilio.client import Account, Provider
from channels._twilio.door import Door
from channels._twilio.signature import Secrets
from channels.phone.twilio.engine import TwilioCalls
from channels.phone.twilio.places import Places
from channels.phone.twilio.settings import TwilioSettings
from channels.phone.twilio.sound_files import SoundFiles
from channels.phone.twilio.twiml import Style
from channels.phone.twilio.webhooks import Webhooks
from hub.domain.calls import (
    Arrival,
    CallCommand,
    Dial,
    EnterRoom,
    LegAnswered,
    LegEnded,
    LegEvent,
    LegKind,
    LegRinging,
    Program,
    Prompt,
    RoomEntered,
    RoomLeft,
    RunProgram,
)
from hub.journey.calls.read import LegRead
from tests.support.clock import ManualClock

SID = "AC" + "0" * 32
TOKEN = "token-of-the-account"
PUBLIC = "https://hub.bank.example"
NUMBER = "+85295100018"
CALLER = "+8613800132716"
ROOM = "con_1"
AGENT = "client:amara"

SOUNDS = SoundFiles(None)
"""One for all tests: making the music takes half a second."""
Answer = Callable[[LegEvent], Program | None]


def a_leg(leg_id: str, ref: str = "", program: Program = (), **more: Any) -> LegRead:
    """Return a Leg as the hub knows it."""
    return LegRead(
        leg_id=leg_id, engine="twilio", ref=ref, kind=LegKind.CUSTOMER, party=None, program=program,
        started_at=1_800_000_000.0, is_over=False, room_id=None, **more,
    )  # fmt: skip


@dataclass
class Script:
    """`Office`: remembers Legs and keys, and answers as the test says."""

    answer: Answer = lambda _: None
    first: Program = ()
    legs: dict[str, LegRead] = field(default_factory=dict)
    heard: list[LegEvent] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    _programs: dict[str, Program | None] = field(default_factory=dict)

    async def arrive(self, arrival: Arrival) -> tuple[str, Program]:
        """Take a call."""
        leg = await self.leg_of(arrival.ref)
        if leg is None:
            self.arrivals.append(arrival)
            leg = a_leg(f"leg_{len(self.legs) + 1}", arrival.ref, self.first)
            self.legs[leg.leg_id] = leg
        return leg.leg_id, leg.program

    async def hear(self, event: LegEvent) -> Program | None:
        """Hear an event once."""
        if event.key not in self._programs:
            self.heard.append(event)
            self._note(event)
            leg = self.legs.get(event.leg_id)
            program = self.answer(event) if leg and not leg.is_over else ()
            self._programs[event.key] = program
            if program is not None:
                self.change(event.leg_id, program=program)
        return self._programs[event.key]

    async def leg(self, leg_id: str) -> LegRead | None:
        """A Leg."""
        return self.legs.get(leg_id)

    async def leg_of(self, ref: str) -> LegRead | None:
        """A Leg by the provider's name."""
        return next((leg for leg in self.legs.values() if leg.ref == ref), None)

    async def customer_of(self, room_id: str) -> LegRead | None:
        """The first Leg: there is one customer in these tests."""
        return next(iter(self.legs.values()), None)

    async def open_legs(self) -> list[LegRead]:
        """Legs that are not over."""
        return [leg for leg in self.legs.values() if not leg.is_over]

    def seal(self, text: str) -> str:
        """Keep a text under a name."""
        name = f"sealed-{len(self.kept)}"
        self.kept[name] = text
        return name

    def open(self, sealed: str) -> str | None:
        """The text."""
        return self.kept.get(sealed)

    def change(self, leg_id: str, **what: Any) -> None:
        """Change what is known of a Leg."""
        if leg_id in self.legs:
            self.legs[leg_id] = replace(self.legs[leg_id], **what)

    def forget(self) -> None:
        """Lose the keys of events: what is told again is heard again."""
        self._programs.clear()

    def _note(self, event: LegEvent) -> None:
        match event:
            case LegRinging(ref=ref) | LegAnswered(ref=ref):
                self.change(event.leg_id, ref=ref)
            case LegEnded():
                self.change(event.leg_id, is_over=True)
            case RoomEntered():
                self.change(event.leg_id, room_id=event.room_id)
            case RoomLeft():
                self.change(event.leg_id, room_id=None)


@dataclass
class Answers:
    """A far end that answers after so many seconds, or does otherwise."""

    clock: ManualClock
    after_seconds: float = 1.0
    outcome: str = ANSWER
    handsets: list[Handset] = field(default_factory=list)

    async def ring(self, handset: Handset) -> str:
        """Ring."""
        self.handsets.append(handset)
        await self.clock.sleep(self.after_seconds)
        return self.outcome


@dataclass
class Stage:
    """All of it; `until` lets time pass."""

    clock: ManualClock
    office: Script
    carrier: Carrier
    engine: TwilioCalls
    hub: ASGIApp
    http: httpx.AsyncClient
    """Reaches the hub as anybody can."""
    _next: int = 0

    async def until(self, true: Callable[[], bool], seconds: float = 300.0) -> None:
        """Let the carrier's time pass until it is so."""
        end = self.clock.monotonic() + seconds
        while True:
            await self.rest()
            if true():
                return
            pause = self.clock.next_in_seconds()
            if pause is None or self.clock.monotonic() + pause > end:
                raise TimeoutError(self.story())
            await self.clock.advance(pause)

    async def rest(self) -> None:
        """Let requests that are under way come to their end."""
        await self.clock.settle()
        while self.carrier.messenger.in_flight:
            await self.clock.settle()

    async def do(self, command: type[CallCommand], **what: Any) -> None:
        """Give the engine a command, as the hub's outbox does."""
        self._next += 1
        made: CallCommand = command(command_id=f"cmd_{self._next}", **what)
        if isinstance(made, Dial):
            self.office.legs[made.leg_id] = a_leg(made.leg_id, "", made.program)
        if isinstance(made, RunProgram):
            self.office.change(made.leg_id, program=made.program)
        await self.engine.carry_out(made)

    def call(self) -> Handset:
        """Dial the bank's number."""
        return self.carrier.call_in(CALLER, NUMBER)

    def story(self) -> str:
        """What happened, for a failing test."""
        legs = [(one.leg_id, type(one).__name__) for one in self.office.heard]
        return f"{legs} {self.carrier.complaints}"


def in_room(room_id: str, **more: Any) -> Program:
    """Be in a room."""
    return (EnterRoom(room_id=room_id, **more),)


@asynccontextmanager
async def stage(
    office: Script | None = None,
    *,
    seed: int = 1,
    faults: Mapping[str, Any] | None = None,
    answer_seconds: float = 8.0,
) -> AsyncIterator[Stage]:
    """Join hub and carrier; at the end nothing may have been complained of."""
    office, clock = office or Script(), ManualClock()
    style = Style(places=Places(PUBLIC))
    door = Door(Secrets(tokens=(TOKEN,)), SID, PUBLIC)
    hooks = Webhooks(office, door, style, answer_seconds=answer_seconds)
    hub = Starlette(routes=[*hooks.routes(), *SOUNDS.routes()])
    http = httpx.AsyncClient(transport=httpx.ASGITransport(hub))
    trouble = Faults(random=random.Random(seed), **(faults or {}))
    carrier = Carrier(CarrierAccount(sid=SID, auth_token=TOKEN), http, clock, trouble)
    carrier.numbers[NUMBER] = Line(
        voice_url=f"{PUBLIC}/phone/twilio/voice",
        fallback_url=f"{PUBLIC}/phone/twilio/fallback",
        status_url=f"{PUBLIC}/phone/twilio/status",
    )
    rest = httpx.ASGITransport(Starlette(routes=Rest(carrier).routes()))
    provider = Provider(Account(account_sid=SID, key_sid=SID, key_secret=TOKEN), rest)
    settings = TwilioSettings(
        account_sid=SID, auth_token=TOKEN, public_url=PUBLIC, caller_number=NUMBER,
        api_key_sid="SK" + "1" * 32, api_key_secret="x" * 32,
    )  # fmt: skip
    engine = TwilioCalls(
        office, provider, settings, style, clock,
        may_dial=lambda number: number.startswith(("+86", "+852")),
    )  # fmt: skip
    try:
        yield Stage(clock, office, carrier, engine, hub, http)
    finally:
        await carrier.close()
        await provider.close()
        await http.aclose()


async def dial(on: Stage, leg_id: str, address: str, **more: Any) -> None:
    """Let the engine dial somebody into the room."""
    kind = LegKind.AGENT if address.startswith("client:") else LegKind.OUTSIDE
    given = {"kind": kind, "program": in_room(ROOM), "ring_seconds": 20.0, **more}
    at = address.replace("client:", "agent:") if kind is LegKind.AGENT else f"pstn:{address}"
    await on.do(Dial, leg_id=leg_id, address=at, **given)


def say(text: str, language: str = "en") -> Prompt:
    """Words to be spoken."""
    return Prompt(text=text, language=language)


def kinds(on: Stage, leg_id: str) -> list[type[LegEvent]]:
    """What the hub was told of a Leg, in order."""
    return [type(event) for event in on.office.heard if event.leg_id == leg_id]


def is_over(on: Stage, handset: Handset) -> bool:
    """Whether the carrier has ended the call."""
    return on.carrier.calls[handset.call_sid].is_over


def is_told_over(on: Stage, leg_id: str) -> bool:
    """Whether the hub knows that the Leg is over."""
    return LegEnded in kinds(on, leg_id)
