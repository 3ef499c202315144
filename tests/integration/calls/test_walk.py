"""A call from the first word to the score."""

import pytest

from hub.domain.calls import EnterRoom, Gather, Gathered, Wait, WaitOver
from hub.journey.calls.set_up import PhoneSetUp
from hub.journey.close import close
from hub.journey.memory import remembered
from hub.journey.messages import messages_of
from hub.store.rows import find
from hub.store.tables import Contact, Survey
from tests.support.calls import CALLER, Line


async def test_a_call_goes_from_the_menu_over_queue_and_agent_to_the_score(any_line: Line) -> None:
    line = any_line
    phone = await line.call(CALLER)
    assert phone.heard[:2] == ["Welcome", "Hours 1, person 2"]
    await phone.press("1")
    assert phone.heard[2:] == ["We are open", "Hours 1, person 2"]

    await phone.press("2")
    assert "Putting you through" in phone.heard
    assert phone.does(Wait)
    await line.settle()
    assert (await line.row(phone, "state"))[0] == "reserved"

    await line.accept("amara")
    headset = line.engine.leg_of("agent:amara")
    contact_id = await line.contact_of(phone)
    assert headset.room_id == phone.room_id == contact_id
    assert phone.does(EnterRoom)
    assert list(line.engine.recordings.values()) == ["start"]

    await close(line.hub, contact_id, by="amara", reason="done")
    await line.settle()
    assert headset.is_over
    assert phone.does(Gather)
    await phone.press("5")
    await line.settle()
    assert phone.is_over
    assert phone.heard[-1].startswith("Thank you")
    assert list(line.engine.recordings.values()) == ["stop"]
    score = await line.hub.reader.rows(find(Contact, "score", "ending", id=contact_id))
    assert score == [(5, "handled")]


async def test_the_path_is_kept_and_secret_digits_are_not(any_line: Line) -> None:
    line = any_line
    phone = await line.call()
    await phone.press("3")
    await phone.press("483920")
    await phone.press("1")
    contact_id = await line.contact_of(phone)
    rows = await line.hub.reader.rows(
        find(Contact, "conversation_id", "bot_state_sealed", id=contact_id)
    )
    said = await messages_of(line.hub, rows[0][0])
    texts = [one.body["text"] for one in said if one.speaker == "customer"]
    assert texts == ["3", "[digits hidden]", "Hours"]
    assert not any("483920" in str(one.body) for one in said)
    assert "483920" not in str(remembered(line.hub, contact_id, rows[0][1]))


async def test_waiting_is_told_now_and_then_and_music_plays_between(line: Line) -> None:
    await line.in_line(caller="+8613800000001")
    phone = await line.in_line(caller="+8613800000002")
    before = len(phone.heard)
    for _ in range(4):
        await phone.sounds_over()
        await line.world.clock.advance(20.0)
    told = phone.heard[before:]
    assert len([one for one in told if "press 1" in one]) == 2
    assert any("line" in one for one in told)


async def test_the_same_event_again_gets_the_same_program(line: Line) -> None:
    phone = await line.call()
    event = phone.event(Gathered, digits="1")
    first = await line.engine.give(phone, event)
    assert first is not None
    assert await line.engine.give(phone, event) == first
    await phone.run(first)
    await phone.press("1")
    assert await line.engine.give(phone, event) is None


async def test_without_survey_by_keys_the_caller_is_only_hung_up(line: Line) -> None:
    phone = await line.talking()
    object.__setattr__(line.hub, "phone", PhoneSetUp(survey_by_keys=False))
    await close(line.hub, await line.contact_of(phone), by="amara", reason="done")
    await line.settle()
    assert phone.is_over
    rows = await line.hub.reader.rows(
        find(Survey, "answered_at", contact_id=await line.contact_of(phone))
    )
    assert rows == [(None,)]


@pytest.mark.parametrize("keys", ["9"])
async def test_a_broken_flow_leads_to_a_person(line: Line, keys: str) -> None:
    phone = await line.call()
    await phone.press(keys)
    await line.settle()
    assert (await line.row(phone, "state"))[0] == "reserved"


async def test_an_answered_event_is_not_answered_with_what_was_commanded_since(line: Line) -> None:
    phone = await line.in_line()
    event = phone.event(WaitOver)
    music = await line.engine.give(phone, event)
    assert music is not None
    await phone.run(music)
    line.engine.answers_at_once = False
    await line.accept("amara")
    assert await line.engine.give(phone, event) == music
    await line.engine.pick_up(line.engine.leg_of("agent:amara"))
    await line.settle()
    assert phone.does(EnterRoom)
    assert await line.engine.give(phone, event) is None
