"""Every way a call can end or go wrong, and what becomes of it."""

from hub.domain.calls import EndCause, EnterRoom, Gather, Gathered, RecordMessage, Wait
from hub.domain.events import CallRecordingChanged
from hub.journey import presence
from hub.journey.calls.resync import all_lost, resync
from hub.journey.wrap_up import finish
from hub.store.rows import find
from hub.store.tables import AgentPresence, Assignment, CallLeg, Contact, Task
from tests.support.calls import CALLER, Line
from tests.support.world import PlainSetUp


async def outcome(line: Line, contact_id: str) -> tuple[str, str]:
    rows = await line.hub.reader.rows(find(Contact, "ending", "end_reason", id=contact_id))
    return rows[0][0], rows[0][1]


async def test_who_hangs_up_in_the_menu_has_abandoned_or_was_contained(line: Line) -> None:
    first = await line.call(caller="+8613800000001")
    contact_id = await line.contact_of(first)
    await first.hang_up()
    assert await outcome(line, contact_id) == ("abandoned", "hung_up")

    second = await line.call(caller="+8613800000002")
    await second.press("1")
    contact_id = await line.contact_of(second)
    await second.hang_up()
    await line.settle()
    assert await outcome(line, contact_id) == ("contained", "hung_up")
    assert await line.tasks("abandoned_call") == []


async def test_who_gives_up_waiting_is_listed_until_served(any_line: Line) -> None:
    line = any_line
    await presence.set_presence(line.hub, "amara", presence="break", reason="lunch")
    phone = await line.in_line()
    await line.pass_time(30.0)
    contact_id = await line.contact_of(phone)
    await phone.hang_up()
    await line.settle()
    assert await outcome(line, contact_id) == ("abandoned", "hung_up")
    assert [row[1] for row in await line.tasks("abandoned_call")] == ["open"]

    await presence.set_presence(line.hub, "amara", presence="available")
    await line.talking()
    assert [row[1] for row in await line.tasks("abandoned_call")] == ["done"]


async def test_a_caller_is_called_back_instead_of_waiting(line: Line) -> None:
    await presence.set_presence(line.hub, "amara", presence="break", reason="lunch")
    phone = await line.in_line()
    contact_id = await line.contact_of(phone)
    await phone.press("1")
    assert "2 7 1 6" in phone.heard[-1]
    await phone.press("*")
    assert phone.does(Wait)
    await phone.press("1")
    await phone.press("99")
    assert "not a number" in phone.heard[-2]
    await phone.press("1")
    await line.settle()
    assert phone.is_over
    assert await outcome(line, contact_id) == ("handled", "callback_promised")
    rows = await line.hub.reader.rows(
        find(Task, "kind", "waiting_since", contact_id=contact_id, state="open")
    )
    assert [row[0] for row in rows] == ["callback"]
    assert rows[0][1] is not None


async def test_an_agent_who_is_free_first_takes_who_is_asked_for_a_number(line: Line) -> None:
    phone = await line.in_line()
    await phone.press("1")
    assert phone.does(Gather)
    late = phone.event(Gathered, digits="1")
    await line.accept("amara")
    assert phone.does(EnterRoom)
    assert await line.engine.give(phone, late) is None
    assert (await line.row(phone, "state"))[0] == "assigned"


async def test_a_voicemail_is_kept_sealed_and_listed(line: Line) -> None:
    await presence.set_presence(line.hub, "amara", presence="break", reason="lunch")
    phone = await line.in_line()
    contact_id = await line.contact_of(phone)
    await phone.press("2")
    assert phone.does(RecordMessage)
    await phone.leave_message(0.0)
    assert phone.does(Wait)
    await phone.press("2")
    await phone.leave_message(12.0)
    await line.settle()
    assert phone.is_over
    assert await outcome(line, contact_id) == ("handled", "message_left")
    assert [row[1] for row in await line.tasks("voicemail")] == ["open"]


async def test_a_message_told_after_the_end_counts(line: Line) -> None:
    await presence.set_presence(line.hub, "amara", presence="break", reason="lunch")
    phone = await line.in_line()
    await phone.press("2")
    await line.pass_time(10.0)
    told = phone.step
    await phone.hang_up()
    assert isinstance(told, RecordMessage)
    phone.is_over, phone.program = False, (told,)
    phone.at_step = 0
    await phone.leave_message(9.0)
    await line.settle()
    assert [row[1] for row in await line.tasks("voicemail")] == ["open"]
    assert await line.tasks("abandoned_call") == []


async def test_outside_hours_a_caller_may_be_called_or_leave_a_message(line: Line) -> None:
    setup = line.hub.setup
    assert isinstance(setup, PlainSetUp)
    opens_at = line.world.clock.now() + 7200.0
    setup.closed_until["cards"] = opens_at
    phone = await line.in_line()
    contact_id = await line.contact_of(phone)
    assert any("business hours" in text for text in phone.heard)
    await phone.press("1")
    await phone.press("1")
    await line.settle()
    assert phone.is_over
    rows = await line.tasks("callback")
    assert rows[0][2] == opens_at
    assert await outcome(line, contact_id) == ("handled", "callback_promised")


async def test_outside_hours_who_presses_nothing_hears_it_again_then_goodbye(line: Line) -> None:
    setup = line.hub.setup
    assert isinstance(setup, PlainSetUp)
    setup.closed_until["cards"] = line.world.clock.now() + 7200.0
    phone = await line.in_line()
    await phone.sounds_over()
    assert phone.does(Gather)
    await phone.sounds_over()
    await line.settle()
    assert phone.is_over
    contact_id = await line.contact_of(phone)
    assert await outcome(line, contact_id) == ("abandoned", "outside_hours")


async def test_a_headset_that_never_answers_loses_the_offer_not_the_caller(line: Line) -> None:
    line.engine.answers_at_once = False
    phone = await line.in_line()
    queued_at = (await line.row(phone, "queued_at"))[0]
    await line.accept("amara")
    assert phone.does(Wait)
    await line.pass_time(11.0)
    state, again = await line.row(phone, "state", "queued_at")
    assert (state, again) == ("queued", queued_at)
    rows = await line.hub.reader.rows(find(AgentPresence, "presence", agent_id="amara"))
    assert rows == [("break",)]
    rows = await line.hub.reader.rows(find(Assignment, "end_cause", "wrap_up", agent_id="amara"))
    assert rows == [("no_answer", "none")]


async def test_a_broken_headset_is_dialled_again_while_music_plays(any_line: Line) -> None:
    line = any_line
    phone = await line.talking()
    first = line.engine.leg_of("agent:amara")
    await line.lose(first)
    second = line.engine.leg_of("agent:amara")
    assert second is not first
    assert phone.does(EnterRoom)
    assert "interrupted" in phone.heard[-1]
    assert (await line.row(phone, "owner_agent_id"))[0] == "amara"


async def test_a_headset_that_stays_away_gives_the_caller_back_to_the_line(line: Line) -> None:
    phone = await line.talking()
    line.engine.answers_at_once = False
    await line.lose(line.engine.leg_of("agent:amara"))
    assert phone.does(Wait)
    await line.lose(line.engine.leg_of("agent:amara"))
    await line.pass_time(4.0)
    assert line.engine.leg_of("agent:amara").address == "agent:amara"
    await line.pass_time(30.0)
    assert (await line.row(phone, "state"))[0] in ("queued", "reserved")
    assert phone.does(Wait)


async def test_the_agents_page_dies_for_good(line: Line) -> None:
    phone = await line.talking()
    line.engine.answers_at_once = False
    await presence.page_lost(line.hub, "amara")
    await line.lose(line.engine.leg_of("agent:amara"))
    await line.pass_time(40.0)
    state, owner = await line.row(phone, "state", "owner_agent_id")
    assert (state, owner) == ("queued", None)
    assert phone.does(Wait)
    assert not phone.is_over


async def test_a_customer_who_is_cut_off_comes_back_to_the_same_agent(line: Line) -> None:
    await line.world.add_agent("ben")
    phone = await line.talking("amara")
    contact_id = await line.contact_of(phone)
    await line.lose(phone)
    assert await outcome(line, contact_id) == ("handled", "call_lost")
    await finish(line.hub, "amara", contact_id=contact_id, disposition="solved")
    await line.pass_time(60.0)
    again = await line.call()
    assert again.does(Wait)
    assert await line.world.offer_of("amara") is not None


async def test_after_ten_minutes_a_cut_off_caller_starts_afresh(line: Line) -> None:
    phone = await line.talking()
    contact_id = await line.contact_of(phone)
    await line.lose(phone)
    await finish(line.hub, "amara", contact_id=contact_id, disposition="solved")
    await line.pass_time(601.0)
    assert "Welcome" in (await line.call()).heard


async def test_an_engine_that_dies_ends_its_calls_and_promises_callbacks(any_line: Line) -> None:
    line = any_line
    talking = await line.talking(caller="+8613800000001")
    waiting = await line.in_line(caller="+8613800000002")
    in_menu = await line.call(caller="+8613800000003")
    await line.engine.die()
    assert await resync(line.hub, line.engine) == 4
    await line.settle()
    contacts = [await line.contact_of(phone) for phone in (talking, waiting, in_menu)]
    assert [await outcome(line, one) for one in contacts] == [
        ("handled", "call_lost"),
        ("handled", "callback_promised"),
        ("abandoned", "hung_up"),
    ]
    assert len(await line.tasks("callback")) == 1


async def test_a_hub_that_restarts_finds_its_calls_up_and_hangs_up_what_it_ended(
    line: Line,
) -> None:
    phone = await line.talking()
    assert await resync(line.hub, line.engine) == 0
    assert not phone.is_over
    stranger = await line.call(caller="+8613800000009")
    await all_lost(line.hub, "another engine")
    rows = await line.hub.reader.rows(find(CallLeg, "state", id=stranger.id))
    assert rows == [("up",)]
    stranger.engine.lines["leg_unknown"] = stranger
    stranger.id = "leg_unknown"
    assert await resync(line.hub, line.engine) == 1
    assert stranger.is_over


async def test_a_network_change_of_the_caller_changes_nothing(line: Line) -> None:
    phone = await line.talking()
    await line.engine.call(CALLER, ref=phone.ref)
    assert (await line.row(phone, "state"))[0] == "assigned"
    rows = await line.hub.reader.rows(find(CallLeg, "id", kind="customer"))
    assert len(rows) == 1


async def test_two_calls_of_one_number_are_two_contacts(line: Line) -> None:
    first, second = await line.call(), await line.call()
    assert await line.contact_of(first) != await line.contact_of(second)
    await second.press("2")
    await line.settle()
    assert (await line.row(first, "state"))[0] == "in_self_service"


async def test_withheld_numbers_never_meet(line: Line) -> None:
    first, second = await line.call(caller=""), await line.call(caller="")
    conversations = {(await line.row(phone, "conversation_id"))[0] for phone in (first, second)}
    assert len(conversations) == 2
    await first.press("2")
    await first.press("1")
    assert "Which number" in first.heard[-1]


async def test_an_agent_who_puts_the_phone_down_ends_the_call(line: Line) -> None:
    phone = await line.talking()
    contact_id = await line.contact_of(phone)
    await line.engine.leg_of("agent:amara").over(EndCause.HUNG_UP)
    await line.settle()
    assert await outcome(line, contact_id) == ("handled", "hung_up")
    assert phone.does(Gather)


async def test_recordings_begin_with_the_talk_and_end_with_it(line: Line) -> None:
    phone = await line.talking()
    await phone.hang_up()
    await line.settle()
    events = await line.world.events()
    causes = [one.cause for one in events if isinstance(one, CallRecordingChanged)]
    assert causes == ["started", "ended"]
