"""Programs, rooms and commands over the carrier: what the line hears and what the hub is told."""

from functools import partial

import pytest

from channels._twilio.carrier.handset import BUSY, MACHINE, REJECT, SILENT
from hub.domain.calls import (
    DeleteRecording,
    Dial,
    EndCause,
    EndLeg,
    Gather,
    Gathered,
    HangUp,
    LegAnswered,
    LegEnded,
    LegEvent,
    LegKind,
    MessageRecorded,
    Music,
    PlaySounds,
    Program,
    ProgramEnded,
    RecordMessage,
    Reject,
    Wait,
    WaitOver,
)
from hub.ports import SendNever
from tests.unit.twilio.stage import (
    AGENT,
    CALLER,
    NUMBER,
    ROOM,
    Answers,
    Script,
    dial,
    in_room,
    is_over,
    is_told_over,
    kinds,
    say,
    stage,
)

# -- self-service --------------------------------------------------------------------------------


async def test_a_key_is_heard_while_the_menu_is_still_played() -> None:
    def answer(event: LegEvent) -> Program | None:
        if isinstance(event, Gathered):
            return (PlaySounds(sounds=(say(f"You pressed {event.digits}."),)), HangUp())
        return None

    first = (Gather(sounds=(say("A very long menu. " * 50), say("Never heard.")), most_digits=1),)
    async with stage(Script(answer=answer, first=first)) as on:
        caller = on.call()
        await on.until(lambda: caller.is_listened)
        caller.press("1")
        await on.until(lambda: is_over(on, caller))
        assert caller.texts()[-1] == "You pressed 1."
        assert "Never heard." not in caller.texts()
        (arrival,) = on.office.arrivals
        assert (arrival.called, arrival.caller, arrival.ref) == (NUMBER, CALLER, caller.call_sid)
        await on.until(lambda: kinds(on, "leg_1")[-1] is LegEnded)
        assert on.carrier.complaints == []


async def test_silence_is_an_empty_answer_and_digits_come_whole() -> None:
    gather = (Gather(sounds=(say("PIN?"),), most_digits=4, is_sensitive=True),)
    office = Script(answer=lambda event: gather, first=gather)
    async with stage(office) as on:
        caller = on.call()
        await on.until(lambda: len(office.heard) == 1)
        await on.until(lambda: caller.texts() == ["PIN?", "PIN?"])
        caller.press("12#")
        await on.until(lambda: len(office.heard) == 2)
        await on.until(lambda: len(caller.texts()) == 3)
        caller.press("98765")
        await on.until(lambda: len(office.heard) == 3)
    digits = [event.digits for event in office.heard if isinstance(event, Gathered)]
    assert digits == ["", "12", "9876"]
    assert "9876" not in repr(office.heard)


async def test_words_are_heard_where_the_menu_listens_for_them() -> None:
    gather = (Gather(sounds=(say("Say it."),), words=("balance",)),)
    office = Script(first=gather)
    async with stage(office) as on:
        caller = on.call()
        await on.until(lambda: caller.is_listened)
        caller.say("balance please")
        await on.until(lambda: bool(office.heard))
        (event,) = office.heard
        assert isinstance(event, Gathered)
        assert (event.words, event.digits) == ("balance please", "")


async def test_a_program_that_only_plays_says_when_it_is_over() -> None:
    office = Script(first=(PlaySounds(sounds=(say("Hello."), Music(seconds=10))),))
    office.answer = lambda event: (HangUp(),) if isinstance(event, ProgramEnded) else None
    async with stage(office) as on:
        caller = on.call()
        await on.until(lambda: is_over(on, caller))
        assert on.carrier.complaints == []
        assert on.clock.monotonic() >= 10


async def test_a_refused_call_is_never_answered() -> None:
    async with stage(Script(first=(Reject(cause=EndCause.BUSY),))) as on:
        caller = on.call()
        await on.until(lambda: is_over(on, caller))
        call = on.carrier.calls[caller.call_sid]
        assert (call.status, call.started_at) == ("busy", None)


@pytest.mark.parametrize(("words", "seconds"), [("please call me back", 2), (None, 0)])
async def test_a_voicemail_is_told_with_its_length_or_as_nothing(
    words: str | None, seconds: float
) -> None:
    office = Script(first=(RecordMessage(recording_id="rec_1"),))
    office.answer = lambda _: (HangUp(),)
    async with stage(office) as on:
        caller = on.call()
        await on.until(lambda: "beep" in caller.texts("tone"))
        if words:
            caller.say(words)
        await on.until(lambda: is_over(on, caller))
        event = next(event for event in office.heard if isinstance(event, MessageRecorded))
        assert (event.recording_id, event.seconds) == ("rec_1", seconds)
        assert bool(event.ref) == bool(words)
        if event.ref:
            data = b"".join([part async for part in on.engine.fetch_recording(event.ref)])
            assert data.startswith(b"RIFF")
            await on.do(DeleteRecording, recording_id="rec_1", ref=event.ref)
            assert on.carrier.recordings() == {}
            with pytest.raises(SendNever):
                _ = [part async for part in on.engine.fetch_recording(event.ref)]


# -- waiting -------------------------------------------------------------------------------------


def waiting(number: int) -> Program:
    return (Wait(sounds=(say(f"Place {number}."), Music(seconds=20)), keys="1"),)


async def test_a_waiting_caller_hears_each_announcement_once_and_keys_are_heard() -> None:
    places = iter(range(2, 9))

    def answer(event: LegEvent) -> Program | None:
        match event:
            case WaitOver():
                return waiting(next(places))
            case Gathered(digits="1"):
                return (Gather(sounds=(say("Which number?"),), most_digits=11),)
        return None

    office = Script(answer=answer, first=waiting(1))
    async with stage(office) as on:
        caller = on.call()
        await on.until(lambda: len(caller.texts()) == 3)
        call = on.carrier.calls[caller.call_sid]
        assert (call.queue, caller.texts()) == ("waiting", ["Place 1.", "Place 2.", "Place 3."])
        await on.until(lambda: caller.is_listened)
        caller.press("7")  # means nothing: music goes on, nothing is said again
        await on.until(lambda: len(caller.texts()) == 4)
        caller.press("1")
        await on.until(lambda: caller.texts()[-1] == "Which number?")
        assert caller.texts() == [*(f"Place {place}." for place in (1, 2, 3, 4)), "Which number?"]
        assert call.queue == ""
        assert on.carrier.complaints == []


async def test_who_hangs_up_while_waiting_is_told_as_over_once() -> None:
    office = Script(answer=lambda _: waiting(1), first=waiting(1))
    async with stage(office) as on:
        caller = on.call()
        await on.until(lambda: bool(on.carrier.calls[caller.call_sid].queue))
        caller.hang_up()
        await on.until(lambda: kinds(on, "leg_1")[-1] is LegEnded)
        await on.until(lambda: on.carrier.messenger.is_quiet)
        assert kinds(on, "leg_1").count(LegEnded) == 1


# -- dialling ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "address", "cause"),
    [
        (BUSY, CALLER, EndCause.BUSY),
        (REJECT, AGENT, EndCause.REJECTED),
        (SILENT, CALLER, EndCause.NO_ANSWER),
        ("nobody", AGENT, EndCause.NO_ANSWER),
        ("nobody", CALLER, EndCause.FAILED),
    ],
)
async def test_who_cannot_be_reached_is_told_with_the_cause(
    outcome: str, address: str, cause: EndCause
) -> None:
    async with stage() as on:
        if outcome != "nobody":
            seconds = 99.0 if outcome == SILENT else 2.0
            on.carrier.far_ends[address] = Answers(on.clock, seconds, outcome)
        await dial(on, "leg_9", address)
        await on.until(lambda: LegEnded in kinds(on, "leg_9"))
        event = next(one for one in on.office.heard if isinstance(one, LegEnded))
        assert event.cause is cause
        assert LegAnswered not in kinds(on, "leg_9")


async def test_a_repeated_dial_rings_once_and_a_hang_up_ends_the_ringing() -> None:
    async with stage() as on:
        far = on.carrier.far_ends[AGENT] = Answers(on.clock, 99.0)
        await dial(on, "leg_9", AGENT)
        on.office.change("leg_9", ref="")  # the answer to the request was lost
        on.office.forget()
        command = on.office.legs["leg_9"].program
        await on.engine.carry_out(
            Dial(
                command_id="cmd_1", leg_id="leg_9", kind=LegKind.AGENT, address="agent:amara",
                program=command,
            )
        )  # fmt: skip
        await on.rest()
        assert len(far.handsets) == 1
        assert on.office.legs["leg_9"].ref == far.handsets[0].call_sid
        await on.do(EndLeg, leg_id="leg_9")
        await on.until(lambda: is_over(on, far.handsets[0]))
        assert [leg.leg_id for leg in await on.engine.legs()] == []


async def test_a_dialled_leg_with_words_of_its_own_hears_them_and_a_machine_does_not() -> None:
    words = (PlaySounds(sounds=(say("This is your bank."),)), HangUp())
    for outcome, heard in (("answer", ["This is your bank."]), (MACHINE, [])):
        async with stage() as on:
            far = on.carrier.far_ends[CALLER] = Answers(on.clock, 1.0, outcome)
            await dial(on, "leg_9", CALLER, program=words, kind=LegKind.CUSTOMER)
            await on.until(partial(is_told_over, on, "leg_9"))
            assert far.handsets[0].texts() == heard
            ended = next(one for one in on.office.heard if isinstance(one, LegEnded))
            assert (ended.cause is EndCause.VOICEMAIL) == (outcome == MACHINE)


@pytest.mark.parametrize("address", ["pstn:+19005550100", "pstn:+", "tel:+8613800000000", "pstn:"])
async def test_numbers_that_are_not_allowed_are_never_dialled(address: str) -> None:
    async with stage() as on:
        with pytest.raises(SendNever):
            await on.do(
                Dial, leg_id="leg_9", kind=LegKind.OUTSIDE, address=address, program=in_room(ROOM)
            )
        assert on.carrier.calls == {}
