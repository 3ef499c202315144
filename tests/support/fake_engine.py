"""An engine of calls without sound: it runs programs as a real one would; tests are its callers.

phone = await line.call("+8613800132716")     # arrives; the program it runs is `phone.program`
await phone.press("2")                         # answers the Gather
await phone.sounds_over()                      # what was played is over: WaitOver, ProgramEnded
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub.domain.calls import (
    Arrival,
    CallAbility,
    CallCommand,
    CloseRoom,
    DeleteRecording,
    Dial,
    EndCause,
    EndLeg,
    EnterRoom,
    Gather,
    Gathered,
    HangUp,
    Hold,
    KnownLeg,
    LegAnswered,
    LegEnded,
    LegEvent,
    LegKind,
    LegRinging,
    LegState,
    MessageRecorded,
    Mute,
    PlayInRoom,
    PlaySounds,
    Program,
    ProgramEnded,
    Prompt,
    Record,
    RecordingReady,
    RecordMessage,
    Reject,
    RoomEntered,
    RoomLeft,
    RoomRole,
    RunProgram,
    SendDigits,
    SetRole,
    SoftphoneGrant,
    Wait,
    WaitOver,
)
from hub.domain.errors import NotFound
from hub.journey.calls.arrive import arrive
from hub.journey.calls.hear import hear
from hub.journey.context import Hub
from hub.ports import SendLater

NAME = "fake"


@dataclass
class FakeHealth:
    """What `check` answers."""

    ok: bool
    code: str


@dataclass(eq=False)
class FakeLeg:
    """One end of the line as the engine sees it."""

    engine: "FakeEngine"
    id: str
    ref: str
    kind: str = LegKind.CUSTOMER
    address: str = ""
    is_up: bool = False
    is_over: bool = False
    program: Program = ()
    at_step: int = 0
    room_id: str | None = None
    role: str = RoomRole.TALK
    is_held: bool = False
    is_muted: bool = False
    heard: list[str] = field(default_factory=list)
    """Every text that was played to it, in order."""
    keys_sent: str = ""
    repeated: list[str] = field(default_factory=list)
    """What it was told again although nothing had happened at its end meanwhile."""
    events: int = 0
    _answered: bool = False

    @property
    def step(self) -> Any:
        """What it does now; None when it does nothing."""
        return self.program[self.at_step] if self.at_step < len(self.program) else None

    def does(self, kind: type[Any]) -> bool:
        """Whether it is at a step of this kind."""
        return isinstance(self.step, kind)

    async def run(self, program: Program) -> None:
        """Leave what it does and do this."""
        if program == self.program and self.at_step == len(program) - 1 and not self._answered:
            self.repeated += texts_of(program)
        self._answered = False
        if self.room_id is not None and not _enters(program, self.room_id):
            await self.leave_room()
        self.program, self.at_step = program, 0
        await self._go_on()

    async def _go_on(self) -> None:
        while (step := self.step) is not None and not self.is_over:
            self.heard += [one.text for one in getattr(step, "sounds", ()) if is_prompt(one)]
            match step:
                case PlaySounds():
                    self.at_step += 1
                    if self.step is None:
                        await self.answer(ProgramEnded)
                        return
                    continue
                case HangUp() | Reject():
                    await self.over(EndCause.HUNG_UP)
                case EnterRoom():
                    await self._enter(step)
            return

    async def _enter(self, step: EnterRoom) -> None:
        self.room_id, self.role = step.room_id, step.role
        await self.tell(RoomEntered, room_id=step.room_id)

    async def leave_room(self) -> None:
        """Go out of the room."""
        room, self.room_id = self.room_id, None
        self.is_held = self.is_muted = False
        await self.tell(RoomLeft, room_id=room)

    # -- what the person at this end does ------------------------------------------------------

    async def press(self, digits: str) -> None:
        """Press keys; they are taken only where keys are listened for."""
        assert isinstance(self.step, (Gather, Wait)), f"nobody listens for keys: {self.step}"
        await self.answer(Gathered, digits=digits)

    async def say(self, words: str) -> None:
        """Speak where words are listened for."""
        assert isinstance(self.step, Gather)
        await self.answer(Gathered, words=words)

    async def sounds_over(self) -> None:
        """Let time pass until what plays is over and nothing was pressed."""
        if isinstance(self.step, Gather):
            await self.answer(Gathered)
        else:
            assert isinstance(self.step, Wait)
            await self.answer(WaitOver)

    async def leave_message(self, seconds: float) -> None:
        """Speak after the tone."""
        step = self.step
        assert isinstance(step, RecordMessage)
        await self.answer(
            MessageRecorded, recording_id=step.recording_id, seconds=seconds, ref="message"
        )

    async def hang_up(self) -> None:
        """Put the phone down."""
        await self.over(EndCause.HUNG_UP)

    async def over(self, cause: EndCause) -> None:
        """The Leg ends."""
        if not self.is_over:
            self.is_over, self.room_id = True, None
            await self.tell(LegEnded, cause=cause)

    # -- words to the hub ----------------------------------------------------------------------

    def event(self, kind: type[LegEvent], **words: Any) -> LegEvent:
        """Make the next event of this Leg."""
        self.events += 1
        return kind(leg_id=self.id, key=f"{self.ref}-{self.events}", seq=self.events, **words)

    async def tell(self, kind: type[LegEvent], **words: Any) -> None:
        """Tell the hub something that asks for nothing."""
        await self.engine.give(self, self.event(kind, **words))

    async def answer(self, kind: type[LegEvent], **words: Any) -> None:
        """Tell the hub what the blocking step ended with, and do what it answers."""
        self._answered = True
        program = await self.engine.give(self, self.event(kind, **words))
        if program is not None and not self.is_over:
            await self.run(program)


class FakeEngine:
    """`LiveCall` in memory."""

    name = NAME
    abilities = frozenset(CallAbility)

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.lines: dict[str, FakeLeg] = {}
        self.done: list[CallCommand] = []
        self.recordings: dict[str, str] = {}
        self.sound = b"RIFF" + bytes(range(256)) * 8
        self.is_away = False
        self.answers_at_once = True
        """Agents' headsets answer by themselves, as the embedded engine's do."""

    # -- the port ------------------------------------------------------------------------------

    async def carry_out(self, command: CallCommand) -> None:
        """Do it once."""
        if self.is_away:
            raise SendLater("the engine is away")
        if any(one.command_id == command.command_id for one in self.done):
            return
        self.done.append(command)
        await self._do(command)

    async def _do(self, command: CallCommand) -> None:
        match command:
            case Dial():
                await self._dial(command)
            case RunProgram():
                leg = self.lines.get(command.leg_id)
                if leg is not None and not leg.is_over:
                    await leg.run(command.program)
            case EndLeg():
                leg = self.lines.get(command.leg_id)
                if leg is not None:
                    await leg.over(EndCause.HUNG_UP)
            case SendDigits():
                self.lines[command.leg_id].keys_sent += command.digits
            case SetRole():
                self.lines[command.leg_id].role = command.role
            case Hold():
                self.lines[command.leg_id].is_held = command.is_on
            case Mute():
                self.lines[command.leg_id].is_muted = command.is_on
            case Record():
                self.recordings[command.recording_id] = command.action
            case PlayInRoom() | CloseRoom() | DeleteRecording():
                pass

    async def _dial(self, command: Dial) -> None:
        leg = FakeLeg(
            self, command.leg_id, f"ref-{command.leg_id}", command.kind, command.address,
            program=command.program,
        )  # fmt: skip
        self.lines[leg.id] = leg
        if command.address.startswith("agent:") and self.answers_at_once:
            await self.pick_up(leg)
        else:
            await leg.tell(LegRinging, ref=leg.ref)

    async def pick_up(self, leg: FakeLeg) -> None:
        """Whoever was dialled answers."""
        leg.is_up = True
        await leg.tell(LegAnswered, ref=leg.ref)
        await leg.run(leg.program)

    async def softphone_grant(self, agent_id: str) -> SoftphoneGrant:
        """A secret for nothing."""
        return SoftphoneGrant(driver="fake", token="none", expires_at=self.hub.clock.now() + 60)

    async def legs(self) -> Sequence[KnownLeg]:
        """All that live."""
        return [
            KnownLeg(leg_id=leg.id, ref=leg.ref, state=LegState.UP, room_id=leg.room_id)
            for leg in self.lines.values()
            if not leg.is_over
        ]

    async def fetch_recording(self, ref: str) -> AsyncIterator[bytes]:
        """The same sound for all."""
        yield self.sound

    async def check(self) -> FakeHealth:
        """It works unless a test says otherwise."""
        return FakeHealth(ok=not self.is_away, code="away" if self.is_away else "ok")

    # -- the outside world ---------------------------------------------------------------------

    async def call(self, caller: str, *, ref: str = "", **more: Any) -> FakeLeg:
        """Somebody calls the bank."""
        ref = ref or f"call-{len(self.lines) + 1}"
        arrival = Arrival(engine=self.name, ref=ref, caller=caller, **{"called": "9510", **more})
        leg_id, program = await arrive(self.hub, arrival)
        leg = self.lines.setdefault(leg_id, FakeLeg(self, leg_id, ref, is_up=True))
        await leg.run(program)
        return leg

    async def give(self, leg: FakeLeg, event: LegEvent) -> Program | None:
        """Tell the hub; tests of bad networks do this in their own way."""
        try:
            return await hear(self.hub, event)
        except NotFound:  # the hub knows nothing of it: that is the hub's to say
            return None

    async def die(self) -> None:
        """All calls are gone without a word."""
        for leg in self.lines.values():
            leg.is_over = True

    async def finish_recording(self, leg: FakeLeg, recording_id: str, seconds: float) -> None:
        """A recording is whole."""
        await leg.tell(RecordingReady, recording_id=recording_id, seconds=seconds, ref="room")

    def leg_of(self, address: str) -> FakeLeg:
        """The newest live Leg that was dialled there."""
        return [leg for leg in self.lines.values() if leg.address == address and not leg.is_over][
            -1
        ]


def is_prompt(sound: object) -> bool:
    """Whether it is words."""
    return isinstance(sound, Prompt)


def texts_of(program: Program) -> list[str]:
    """Every text of a program, in order."""
    sounds = [sound for step in program for sound in getattr(step, "sounds", ())]
    return [sound.text for sound in sounds if is_prompt(sound)]


def _enters(program: Program, room_id: str) -> bool:
    last = program[-1] if program else None
    return isinstance(last, EnterRoom) and last.room_id == room_id
