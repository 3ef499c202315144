"""What agents and supervisors do with the line, and what they may not."""

import pytest

from hub.domain.calls import EndCause, EnterRoom, Gather, LegKind, RoomRole
from hub.domain.errors import HubError, Invalid, Refused
from hub.domain.events import HoldGrewLong, ThreatMarked
from hub.domain.steps import HandOff
from hub.journey.calls import control, dial, listen, menu, nuisance, record_call, together
from hub.journey.close import close
from hub.journey.enqueue import enqueue
from hub.journey.messages import messages_of
from hub.journey.transfer import transfer
from hub.store.rows import find
from hub.store.tables import (
    AddressBlock,
    Assignment,
    Call,
    CallLeg,
    CallRecording,
    Contact,
    Survey,
)
from tests.support.calls import Line
from tests.support.fake_engine import FakeLeg

INTERPRETER = "+862155501234"


async def talk(line: Line) -> tuple[FakeLeg, str]:
    phone = await line.talking()
    return phone, await line.contact_of(phone)


async def refused(deed: object) -> str:
    with pytest.raises(HubError) as caught:
        await deed  # type: ignore[misc]
    return caught.value.code


async def test_hold_mute_and_keys_reach_the_engine_and_hold_is_reminded_of(line: Line) -> None:
    phone, contact_id = await talk(line)
    headset = line.engine.leg_of("agent:amara")
    await control.hold_call(line.hub, "amara", contact_id=contact_id, on=True)
    await control.mute_call(line.hub, "amara", contact_id=contact_id, on=True)
    await line.settle()
    assert [phone.is_held, headset.is_muted] == [True, True]
    await line.pass_time(130.0)
    events = await line.world.events()
    assert [one.agent_id for one in events if isinstance(one, HoldGrewLong)] == ["amara"] * 2
    await control.hold_call(line.hub, "amara", contact_id=contact_id, on=False)
    await control.mute_call(line.hub, "amara", contact_id=contact_id, on=False)
    await control.send_digits(line.hub, "amara", contact_id=contact_id, digits="12#")
    await line.pass_time(120.0)
    assert (phone.is_held, headset.is_muted, phone.keys_sent) == (False, False, "12#")
    assert len([one for one in await line.world.events() if isinstance(one, HoldGrewLong)]) == 2


async def test_only_the_owner_steers(line: Line) -> None:
    await line.world.add_agent("ben")
    _, contact_id = await talk(line)
    hub = line.hub
    deeds = [
        control.hold_call(hub, "ben", contact_id=contact_id, on=True),
        control.send_digits(hub, "ben", contact_id=contact_id, digits="1"),
        together.consult(hub, "ben", contact_id=contact_id, agent_to="amara"),
        together.merge_call(hub, "ben", contact_id=contact_id),
        together.complete_transfer(hub, "ben", contact_id=contact_id),
        record_call.record_call(hub, "ben", contact_id=contact_id, action="pause"),
        menu.send_to_menu(hub, "ben", contact_id=contact_id, flow="pin"),
        nuisance.end_call_as(hub, "ben", contact_id=contact_id, code="prank"),
        nuisance.mark_threat(hub, "ben", contact_id=contact_id),
    ]
    assert {await refused(deed) for deed in deeds} == {"not_your_contact"}
    assert await refused(control.mute_call(hub, "ben", contact_id=contact_id, on=True)) == (
        "not_connected"
    )


async def test_a_blind_transfer_keeps_the_place_and_the_line(line: Line) -> None:
    await line.world.add_agent("ben")
    phone, contact_id = await talk(line)
    queued_at = (await line.row(phone, "queued_at"))[0]
    await transfer(line.hub, "amara", contact_id=contact_id, queue_id="payments", note="please")
    await line.settle()
    assert not phone.is_over
    await line.accept("ben")
    assert phone.room_id == contact_id == line.engine.leg_of("agent:ben").room_id
    assert (await line.row(phone, "queued_at", "owner_agent_id")) == (queued_at, "ben")


async def test_a_warm_transfer_moves_ownership_and_the_customer_hears_no_ringing(
    any_line: Line,
) -> None:
    line = any_line
    await line.world.add_agent("ben")
    phone, contact_id = await talk(line)
    heard = len(phone.heard)
    await together.consult(line.hub, "amara", contact_id=contact_id, agent_to="ben", note="why")
    await line.settle()
    ben = line.engine.leg_of("agent:ben")
    assert (phone.is_held, ben.room_id) == (True, contact_id)
    await together.complete_transfer(line.hub, "amara", contact_id=contact_id)
    await line.settle()
    assert (phone.is_held, ben.is_over) == (False, False)
    assert all(leg.is_over for leg in line.engine.lines.values() if leg.address == "agent:amara")
    assert (await line.row(phone, "owner_agent_id"))[0] == "ben"
    assert phone.heard[heard:] == []
    assert list(line.engine.recordings.values()) == ["start"]
    rows = await line.hub.reader.rows(find(Assignment, "wrap_up", agent_id="amara"))
    assert rows == [("open",)]
    assert await refused(control.hold_call(line.hub, "amara", contact_id=contact_id, on=True))


async def test_a_consult_that_is_not_answered_gives_the_customer_back(line: Line) -> None:
    await line.world.add_agent("ben")
    phone, contact_id = await talk(line)
    line.engine.answers_at_once = False
    await together.consult(line.hub, "amara", contact_id=contact_id, agent_to="ben")
    await line.settle()
    assert await refused(together.complete_transfer(line.hub, "amara", contact_id=contact_id)) == (
        "nobody_asked"
    )
    await line.pass_time(12.0)
    assert not phone.is_held
    assert (await line.row(phone, "owner_agent_id"))[0] == "amara"


async def test_swap_merge_and_drop(line: Line) -> None:
    await line.world.add_agent("ben")
    phone, contact_id = await talk(line)
    await together.consult(line.hub, "amara", contact_id=contact_id, queue_id="cards")
    await line.settle()
    ben = line.engine.leg_of("agent:ben")
    await together.swap_call(line.hub, "amara", contact_id=contact_id)
    await line.settle()
    assert [phone.is_held, ben.is_held] == [False, True]
    await together.merge_call(line.hub, "amara", contact_id=contact_id)
    await line.settle()
    assert [phone.is_held, ben.is_held] == [False, False]
    assert (
        await refused(together.drop_leg(line.hub, "amara", contact_id=contact_id, leg_id=phone.id))
        == "no_leg"
    )
    await together.drop_leg(line.hub, "amara", contact_id=contact_id, leg_id=ben.id)
    await line.settle()
    assert ben.is_over
    assert not phone.is_over


async def test_an_interpreter_joins_with_the_role_recorded_and_may_stay(line: Line) -> None:
    object.__setattr__(line.hub.phone, "parts", {INTERPRETER: "interpreter"})
    phone, contact_id = await talk(line)
    await together.consult(line.hub, "amara", contact_id=contact_id, number="021 5550 1234")
    await line.settle()
    outside = line.engine.leg_of(f"pstn:{INTERPRETER}")
    assert [phone.is_held] == [True]
    await line.engine.pick_up(outside)
    await together.complete_transfer(line.hub, "amara", contact_id=contact_id)
    await line.settle()
    assert not phone.is_held
    assert [phone.is_over, outside.is_over] == [False, False]
    rows = await line.hub.reader.rows(find(CallLeg, "part", id=outside.id))
    assert rows == [("interpreter",)]
    await outside.hang_up()
    await line.settle()
    assert phone.is_over


@pytest.mark.parametrize("cause", ["busy", "no_answer"])
async def test_an_outside_number_that_nobody_takes_gives_the_caller_back(
    line: Line, cause: str
) -> None:
    phone, contact_id = await talk(line)
    await together.consult(line.hub, "amara", contact_id=contact_id, number="021 5550 1234")
    await line.settle()
    assert [phone.is_held] == [True]
    assert (
        await refused(together.complete_transfer(line.hub, "amara", contact_id=contact_id))
        == "nobody_asked"
    )
    await line.engine.leg_of(f"pstn:{INTERPRETER}").over(EndCause(cause))
    await line.settle()
    assert not phone.is_held
    assert await line.row(phone, "state", "owner_agent_id") == ("assigned", "amara")


async def test_a_supervisor_listens_whispers_talks_and_leaves(line: Line) -> None:
    await line.world.add_agent("rosa")
    phone, contact_id = await talk(line)
    await listen.monitor_call(line.hub, "rosa", contact_id=contact_id, mode="listen")
    await line.settle()
    rosa, amara = line.engine.leg_of("agent:rosa"), line.engine.leg_of("agent:amara")
    assert (rosa.role, rosa.kind) == (RoomRole.LISTEN, LegKind.SUPERVISOR)
    await listen.monitor_call(line.hub, "rosa", contact_id=contact_id, mode="coach")
    await line.settle()
    command = line.engine.done[-1]
    assert getattr(command, "coached_leg_id", None) == amara.id
    await listen.monitor_call(line.hub, "rosa", contact_id=contact_id, mode="talk")
    await listen.leave_call(line.hub, "rosa", contact_id=contact_id)
    await line.settle()
    assert rosa.is_over
    assert (await line.row(phone, "owner_agent_id"))[0] == "amara"
    with pytest.raises(Invalid):
        await listen.monitor_call(line.hub, "rosa", contact_id=contact_id, mode="shout")


async def test_a_pin_is_asked_by_the_menu_and_the_caller_comes_back(line: Line) -> None:
    phone, contact_id = await talk(line)
    headset = line.engine.leg_of("agent:amara")
    await menu.send_to_menu(line.hub, "amara", contact_id=contact_id, flow="pin")
    await line.settle()
    assert phone.does(Gather)
    assert [phone.room_id, headset.room_id] == [None, contact_id]
    assert list(line.engine.recordings.values()) == ["pause"]
    await phone.press("3")
    await phone.press("483920")
    await phone.press("4")
    await line.settle()
    assert phone.room_id == contact_id
    assert list(line.engine.recordings.values()) == ["resume"]
    assert (await line.row(phone, "owner_agent_id", "state")) == ("amara", "assigned")
    rows = await line.hub.reader.rows(find(Contact, "conversation_id", id=contact_id))
    said = [one.body for one in await messages_of(line.hub, rows[0][0])]
    assert not any("483920" in str(body) for body in said)


async def test_a_recording_pauses_goes_on_and_is_refused(line: Line) -> None:
    phone, contact_id = await talk(line)
    record = record_call.record_call
    await record(line.hub, "amara", contact_id=contact_id, action="pause")
    await record(line.hub, "amara", contact_id=contact_id, action="resume")
    await line.settle()
    assert list(line.engine.recordings.values()) == ["resume"]
    await record(line.hub, "amara", contact_id=contact_id, action="refuse")
    await line.settle()
    assert list(line.engine.recordings.values()) == ["stop"]
    assert await refused(record(line.hub, "amara", contact_id=contact_id, action="resume")) == (
        "not_recorded"
    )
    recording_id = next(iter(line.engine.recordings))
    await line.engine.finish_recording(phone, recording_id, 9.0)
    rows = await line.hub.reader.rows(find(CallRecording, "state", id=recording_id))
    assert rows == [("refused",)]


async def test_a_prank_needs_no_wrap_up_and_the_third_is_blocked(line: Line) -> None:
    for _ in range(3):
        phone, contact_id = await talk(line)
        await nuisance.end_call_as(line.hub, "amara", contact_id=contact_id, code="prank")
        await line.settle()
        assert phone.is_over
    rows = await line.hub.reader.rows(find(Assignment, "wrap_up", "disposition"))
    assert set(rows) == {("done", "prank")}
    assert await line.hub.reader.rows(find(Survey, "id")) == []
    assert len(await line.hub.reader.rows(find(AddressBlock, "id"))) == 1
    blocked = await line.call()
    assert blocked.is_over
    assert "cannot reach us" in blocked.heard[-1]


async def test_a_threat_is_marked_kept_and_calls_a_supervisor(line: Line) -> None:
    _, contact_id = await talk(line)
    await record_call.record_call(line.hub, "amara", contact_id=contact_id, action="pause")
    await nuisance.mark_threat(line.hub, "amara", contact_id=contact_id)
    await nuisance.mark_threat(line.hub, "amara", contact_id=contact_id)
    await line.settle()
    kinds = await line.world.kinds()
    assert (kinds.count(ThreatMarked.__name__), kinds.count("HelpAsked")) == (1, 1)
    assert list(line.engine.recordings.values()) == ["resume"]
    rows = await line.hub.reader.rows(find(CallRecording, "is_held", contact_id=contact_id))
    assert [bool(row[0]) for row in rows] == [True]


# -- calls of ours -------------------------------------------------------------------------------


async def test_a_call_of_ours_rings_the_agent_first_and_is_a_contact(line: Line) -> None:
    contact_id = await dial.dial_customer(line.hub, "amara", number="138 0013 2716", why="offer")
    await line.settle()
    phone = line.engine.leg_of("pstn:+8613800132716")
    assert line.engine.leg_of("agent:amara").room_id == contact_id
    await line.engine.pick_up(phone)
    await line.settle()
    assert phone.room_id == contact_id
    assert (await line.row(phone, "state", "owner_agent_id")) == ("assigned", "amara")
    await close(line.hub, contact_id, by="amara", reason="done")
    await line.settle()
    assert phone.does(Gather)


@pytest.mark.parametrize("result", ["busy", "no_answer", "voicemail"])
async def test_a_call_of_ours_that_nobody_takes_has_its_result_as_outcome(
    line: Line, result: str
) -> None:
    contact_id = await dial.dial_customer(line.hub, "amara", number="+8613800132716")
    await line.settle()
    await line.engine.leg_of("pstn:+8613800132716").over(EndCause(result))
    await line.settle()
    rows = await line.hub.reader.rows(find(Contact, "end_reason", "disposition", id=contact_id))
    assert rows == [(result, result)]
    assert await line.hub.reader.rows(find(Survey, "id")) == []
    rows = await line.hub.reader.rows(find(CallLeg, "state", contact_id=contact_id))
    assert set(rows) == {("ended",)}


async def test_calls_of_ours_keep_to_their_limits(any_line: Line) -> None:
    line = any_line
    limits = line.hub.phone.dial_out
    object.__setattr__(limits, "refused", ("+86900",))
    object.__setattr__(limits, "agent_hour_most", 2)
    dial_customer = dial.dial_customer
    for number in ("+447700900123", "+8690012345678"):
        assert await refused(dial_customer(line.hub, "amara", number=number)) == (
            "number_not_allowed"
        )
    assert await refused(dial_customer(line.hub, "amara", number="12")) == "bad_number"
    for digits in ("1", "2"):
        contact_id = await dial_customer(line.hub, "amara", number=f"+861380000000{digits}")
        await line.settle()
        assert await refused(dial_customer(line.hub, "amara", number="+8613800000009")) == (
            "on_a_call"
        )
        await line.engine.leg_of(f"pstn:+861380000000{digits}").over(EndCause("busy"))
        await line.settle()
        assert (await line.hub.reader.rows(find(Contact, "state", id=contact_id))) == [("closed",)]
    assert await refused(dial_customer(line.hub, "amara", number="+8613800000003")) == (
        "dial_limit_agent"
    )
    object.__setattr__(limits, "agent_hour_most", 30)
    object.__setattr__(limits, "day_most", 3)
    await dial_customer(line.hub, "amara", number="+8613800000003")
    assert [row[1] for row in await line.tasks("dial_limit")] == ["open"]
    await line.settle()
    await line.engine.leg_of("pstn:+8613800000003").over(EndCause("busy"))
    await line.settle()
    assert await refused(dial_customer(line.hub, "amara", number="+8613800000004")) == (
        "dial_limit_day"
    )


async def test_who_was_cut_off_is_called_back_at_once(line: Line) -> None:
    phone, contact_id = await talk(line)
    assert await refused(dial.call_back(line.hub, "amara", contact_id=contact_id)) == "contact_open"
    await line.lose(phone)
    again = await dial.call_back(line.hub, "amara", contact_id=contact_id)
    await line.settle()
    assert line.engine.leg_of("pstn:+8613800132716").address
    rows = await line.hub.reader.rows(find(Contact, "reopened_from", id=again))
    assert rows == [(contact_id,)]
    assert await refused(dial.call_back(line.hub, "ben", contact_id=contact_id)) == "no_contact"


async def test_chats_of_an_agent_on_the_phone_are_asked_for_patience(line: Line) -> None:
    line.world.hub = line.hub
    posted = await line.world.customer_says("agent", visitor="v1")
    await enqueue(line.hub, posted.contact_id, HandOff(queue_id="cards"))
    await line.settle()
    await line.accept("amara")
    phone = await line.call()
    await phone.press("2")
    await line.settle()
    await line.accept("amara")
    assert phone.does(EnterRoom)
    said = [one.body["text"] for one in await messages_of(line.hub, posted.conversation_id)]
    assert len([text for text in said if "on the phone" in text]) == 1


async def test_legs_and_calls_are_all_over_in_the_end(line: Line) -> None:
    phone, contact_id = await talk(line)
    await close(line.hub, contact_id, by="amara", reason="done")
    await line.settle()
    await phone.sounds_over()
    await line.settle()
    assert phone.is_over
    rows = await line.hub.reader.rows(find(CallLeg, "state", contact_id=contact_id))
    assert set(rows) == {("ended",)}
    assert (await line.hub.reader.rows(find(Call, "ended_at", id=contact_id)))[0][0] is not None
    with pytest.raises(Refused):
        await control.hold_call(line.hub, "amara", contact_id=contact_id, on=True)
