"""Rooms over the carrier: who hears whom, holds, whispers, transfers, recordings."""

from collections.abc import AsyncIterator

import pytest_asyncio

from channels._twilio.carrier.handset import Handset
from hub.domain.calls import (
    CloseRoom,
    EndLeg,
    EnterRoom,
    Hold,
    LegAnswered,
    LegEnded,
    LegKind,
    LegState,
    Music,
    Mute,
    PlayInRoom,
    Program,
    Record,
    RecordingReady,
    RoomEntered,
    RoomLeft,
    RoomRole,
    RunProgram,
    SendDigits,
    SetRole,
    Wait,
    WaitOver,
)
from tests.unit.twilio.stage import (
    AGENT,
    ROOM,
    Answers,
    Script,
    Stage,
    dial,
    in_room,
    is_over,
    kinds,
    say,
    stage,
)


def waiting(number: int) -> Program:
    return (Wait(sounds=(say(f"Place {number}."), Music(seconds=20)), keys="1"),)


# -- rooms ---------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def talk() -> AsyncIterator[tuple[Stage, Handset, Handset]]:
    """A caller and an agent who talk."""
    async with stage(Script(answer=lambda _: None, first=waiting(1))) as on:
        amara = on.carrier.far_ends[AGENT] = Answers(on.clock)
        caller = on.call()
        await on.until(lambda: bool(caller.heard))
        await dial(on, "leg_amara", AGENT)
        await on.until(lambda: RoomEntered in kinds(on, "leg_amara"))
        await on.do(RunProgram, leg_id="leg_1", program=in_room(ROOM))
        await on.until(lambda: RoomEntered in kinds(on, "leg_1"))
        yield on, caller, amara.handsets[0]
        assert on.carrier.complaints == []


Talk = tuple[Stage, Handset, Handset]


async def test_the_agent_is_rung_first_and_the_caller_hears_no_ringing(talk: Talk) -> None:
    on, caller, agent = talk
    assert kinds(on, "leg_amara")[:2].count(LegAnswered) <= 1
    assert kinds(on, "leg_amara")[-1] is RoomEntered
    agent.say("Hello, this is Amara.")
    caller.say("Good morning.")
    assert caller.texts("speech") == ["Hello, this is Amara."]
    assert agent.texts("speech") == ["Good morning."]


async def test_on_hold_there_is_music_and_nobody_hears_the_other(talk: Talk) -> None:
    on, caller, agent = talk
    hold = {"room_id": ROOM, "leg_id": "leg_1"}
    await on.do(Hold, **hold, is_on=True)
    await on.do(Hold, **hold, is_on=True)  # a repeated command changes nothing
    await on.until(lambda: caller.texts("play")[-1:] == [f"{PUBLIC_MUSIC}/60.wav"])
    agent.say("unheard")
    caller.say("unheard too")
    await on.do(Hold, **hold, is_on=False)
    agent.say("back again")
    assert caller.texts("speech") == ["back again"]
    assert agent.texts("speech") == []
    await on.until(lambda: on.carrier.messenger.is_quiet)


PUBLIC_MUSIC = "https://hub.bank.example/phone/twilio/music"


async def test_a_whisper_is_heard_by_the_agent_only(talk: Talk) -> None:
    on, caller, agent = talk
    rosa = on.carrier.far_ends["client:rosa"] = Answers(on.clock)
    listen = in_room(ROOM, role=RoomRole.LISTEN)
    await dial(on, "leg_rosa", "client:rosa", kind=LegKind.SUPERVISOR, program=listen)
    await on.until(lambda: RoomEntered in kinds(on, "leg_rosa"))
    rosa.handsets[0].say("nobody hears this")
    role = {"room_id": ROOM, "leg_id": "leg_rosa"}
    await on.do(SetRole, **role, role=RoomRole.COACH, coached_leg_id="leg_amara")
    rosa.handsets[0].say("offer the fee back")
    await on.do(SetRole, **role, role=RoomRole.TALK)
    rosa.handsets[0].say("good day to both")
    assert agent.texts("speech") == ["offer the fee back", "good day to both"]
    assert caller.texts("speech") == ["good day to both"]


async def test_a_warm_transfer_moves_the_talk(talk: Talk) -> None:
    on, caller, agent = talk
    ben = on.carrier.far_ends["client:ben"] = Answers(on.clock)
    await on.do(Hold, room_id=ROOM, leg_id="leg_1", is_on=True)
    await dial(on, "leg_ben", "client:ben")
    await on.until(lambda: RoomEntered in kinds(on, "leg_ben"))
    agent.say("She lost her card.")
    await on.do(Hold, room_id=ROOM, leg_id="leg_1", is_on=False)
    await on.do(EndLeg, leg_id="leg_amara")
    await on.until(lambda: LegEnded in kinds(on, "leg_amara"))
    ben.handsets[0].say("I will block it.")
    assert ben.handsets[0].texts("speech") == ["She lost her card."]
    assert caller.texts("speech") == ["I will block it."]
    assert not is_over(on, caller)


async def test_mute_announcements_and_keys_reach_whom_they_should(talk: Talk) -> None:
    on, caller, agent = talk
    await on.do(Mute, room_id=ROOM, leg_id="leg_amara", is_on=True)
    agent.say("unheard")
    await on.do(PlayInRoom, room_id=ROOM, sounds=(say("recorded"),), leg_id="leg_1")
    await on.until(lambda: caller.texts()[-1] == "recorded")
    await on.do(SendDigits, leg_id="leg_1", digits="12#")
    await on.until(lambda: caller.texts("tone") == ["12#"])
    await on.do(PlayInRoom, room_id=ROOM, sounds=(say("to all"),))
    await on.until(lambda: caller.texts()[-1] == agent.texts()[-1] == "to all")
    assert caller.texts("speech") == []
    assert "recorded" not in agent.texts()


async def test_a_pause_is_not_in_the_recording(talk: Talk) -> None:
    on, caller, _ = talk
    record = {"recording_id": "rec_1", "room_id": ROOM}
    await on.do(Record, **record, action="start")
    await on.do(Record, **record, action="start")  # repeated: still one recording
    await on.clock.advance(30)
    await on.do(Record, **record, action="pause")
    await on.clock.advance(60)
    await on.do(Record, **record, action="resume")
    await on.clock.advance(10)
    await on.do(Record, **record, action="stop")
    await on.until(lambda: RecordingReady in kinds(on, "leg_1"))
    (recording,) = on.carrier.calls[caller.call_sid].recordings
    event = next(one for one in on.office.heard if isinstance(one, RecordingReady))
    assert (recording.channels, event.seconds, event.ref) == (2, 40, recording.sid)
    await on.do(Record, **record, action="stop")  # there is none any more: nothing happens


async def test_closing_the_room_hangs_everybody_up(talk: Talk) -> None:
    on, caller, agent = talk
    await on.do(CloseRoom, room_id=ROOM)
    await on.until(lambda: is_over(on, caller) and is_over(on, agent))
    await on.until(lambda: LegEnded in kinds(on, "leg_1"))


async def test_out_of_the_room_and_back_into_a_new_one_of_the_same_name(talk: Talk) -> None:
    on, caller, agent = talk
    on.office.answer = lambda event: waiting(2) if isinstance(event, WaitOver) else None
    await on.do(EndLeg, leg_id="leg_amara")
    await on.do(RunProgram, leg_id="leg_1", program=waiting(1))
    await on.until(lambda: RoomLeft in kinds(on, "leg_1") and is_over(on, agent))
    await dial(on, "leg_again", AGENT)
    await on.until(lambda: RoomEntered in kinds(on, "leg_again"))
    await on.do(RunProgram, leg_id="leg_1", program=in_room(ROOM))
    await on.until(lambda: kinds(on, "leg_1").count(RoomEntered) == 2)
    moves = [one for one in on.office.heard if isinstance(one, RoomEntered | RoomLeft)]
    order = [one.seq for one in moves if one.leg_id == "leg_1"]
    assert order == sorted(order)
    assert len(on.carrier.rooms) == 2
    await on.do(Hold, room_id=ROOM, leg_id="leg_1", is_on=True)  # finds the new one
    assert caller.call_sid in on.carrier.room_named(ROOM).participants


async def test_commands_for_legs_that_are_gone_tell_the_hub_and_do_no_harm(talk: Talk) -> None:
    on, caller, _ = talk
    on.carrier.numbers.clear()
    call = on.carrier.calls[caller.call_sid]
    call.callback.url = ""  # the news of the end is lost
    caller.hang_up()
    await on.until(lambda: on.carrier.messenger.is_quiet)
    assert LegEnded not in kinds(on, "leg_1")
    await on.do(RunProgram, leg_id="leg_1", program=waiting(1))
    assert kinds(on, "leg_1")[-1] is LegEnded
    await on.do(EndLeg, leg_id="leg_1")
    await on.do(Hold, room_id=ROOM, leg_id="leg_1", is_on=True)


async def test_the_engine_names_its_legs_and_says_how_it_is(talk: Talk) -> None:
    on, caller, _ = talk
    known = {leg.leg_id: leg for leg in await on.engine.legs()}
    assert known["leg_1"].ref == caller.call_sid
    assert (known["leg_1"].room_id, known["leg_amara"].state) == (ROOM, LegState.UP)
    assert await on.engine.check() == type(await on.engine.check())(True, "account_active")


async def test_a_softphone_gets_a_token_of_its_own(talk: Talk) -> None:
    import jwt  # noqa: PLC0415  comes with the provider's package

    on, _, _ = talk
    grant = await on.engine.softphone_grant("amara")
    said = jwt.decode(grant.token, "x" * 32, algorithms=["HS256"])
    assert grant.driver == "twilio"
    assert said["grants"]["identity"] == "amara"
    assert said["grants"]["voice"] == {"incoming": {"allow": True}}
    assert grant.token not in repr(grant)


async def test_a_supervisor_who_is_dialled_to_coach_is_not_heard_by_the_caller(talk: Talk) -> None:
    on, caller, agent = talk
    rosa = on.carrier.far_ends["client:rosa"] = Answers(on.clock)
    coach = (EnterRoom(room_id=ROOM, role=RoomRole.COACH, coached_leg_id="leg_amara"),)
    await dial(on, "leg_rosa", "client:rosa", kind=LegKind.SUPERVISOR, program=coach)
    await on.until(lambda: RoomEntered in kinds(on, "leg_rosa"))
    rosa.handsets[0].say("slowly")
    assert (agent.texts("speech"), caller.texts("speech")) == (["slowly"], [])
