"""The phone at which an agent takes calls: ready or not, in the browser or away from the desk."""

from dataclasses import replace

import pytest

from hub.domain.calls import CallAbility, Dial, EndCause, EnterRoom, Gather
from hub.domain.errors import HubError, Invalid, Refused
from hub.domain.events import AgentPhoneChanged, Event, ReservationMade
from hub.journey import presence
from hub.journey.answer import accept
from hub.journey.calls.set_up import DialOut
from hub.journey.calls.together import consult
from hub.journey.phones.outside import approve_numbers, choose_phone
from hub.journey.phones.ready import tell_phone
from hub.journey.restore import routing_events
from hub.store.rows import find
from hub.store.tables import AgentPresence, AuditEntry, CallLeg, OutsidePhone
from tests.support.calls import Line
from tests.support.fake_engine import FakeLeg

MINE = "+8613800135512"


async def outside(line: Line, agent_id: str = "amara") -> None:
    """The agent takes calls at an approved number."""
    await approve_numbers(line.hub, "ines", agent_id, [MINE])
    rows = await line.hub.reader.rows(find(OutsidePhone, "id", agent_id=agent_id))
    await choose_phone(line.hub, agent_id, phone_id=rows[0][0])


async def accepted(line: Line) -> tuple[FakeLeg, FakeLeg]:
    """A caller whose call amara accepts at her outside phone, which rings."""
    phone = await line.in_line()
    offer = await line.world.offer_of("amara")
    assert offer is not None
    await accept(line.hub, "amara", offer)
    await line.settle()
    return phone, line.engine.leg_of(f"pstn:{MINE}")


async def test_a_desk_whose_phone_is_not_ready_is_offered_no_call(any_line: Line) -> None:
    line = any_line
    await tell_phone(line.hub, "amara", is_up=False)
    phone = await line.in_line()
    assert await line.world.offer_of("amara") is None
    contact_id = await line.contact_of(phone)
    why = line.world.routing.explain(contact_id, line.world.clock.now())
    assert why is not None
    assert (why.code, why.phones_down) == ("phone_not_ready", 1)
    down = [e for e in await routing_events(line.hub) if isinstance(e, AgentPhoneChanged)]
    assert [(e.agent_id, e.is_up) for e in down] == [("amara", False)], "so after a restart"
    await tell_phone(line.hub, "amara", is_up=True)
    await tell_phone(line.hub, "amara", is_up=True)
    await line.settle()
    assert await line.world.offer_of("amara") is not None
    told = [e.is_up for e in await line.world.events() if isinstance(e, AgentPhoneChanged)]
    assert told == [False, True], "what is so already is not told again"


async def test_what_routing_had_not_heard_yet_is_refused_by_the_store(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply = line.world.routing.apply

    def deaf(event: Event) -> bool:
        return not isinstance(event, AgentPhoneChanged) and apply(event)

    monkeypatch.setattr(line.world.routing, "apply", deaf)
    await tell_phone(line.hub, "amara", is_up=False)
    phone = await line.in_line()
    assert await line.world.offer_of("amara") is None
    made = [e for e in await line.world.events() if isinstance(e, ReservationMade)]
    assert made == []
    assert (await line.row(phone, "state")) == ("queued",)


async def test_nobody_is_asked_in_whose_phone_is_not_ready(line: Line) -> None:
    phone = await line.talking()
    await line.world.add_agent("ben")
    await tell_phone(line.hub, "ben", is_up=False)
    with pytest.raises(Refused) as refused:
        await consult(
            line.hub, "amara", contact_id=await line.contact_of(phone), agent_to="ben", note=""
        )
    assert refused.value.code == "phone_not_ready"


async def test_a_call_is_taken_at_an_outside_phone_by_a_key(any_line: Line) -> None:
    line = any_line
    await outside(line)
    phone, mine = await accepted(line)
    dialled = [one for one in line.engine.done if isinstance(one, Dial)][-1]
    assert (dialled.address, dialled.ring_seconds) == (f"pstn:{MINE}", 30.0)
    await line.engine.pick_up(mine)
    await line.settle()
    assert mine.does(Gather)
    assert not phone.does(EnterRoom), "the caller hears no mailbox"
    await mine.press("7")
    assert mine.does(Gather)
    await mine.press("1")
    await line.settle()
    assert (mine.room_id, phone.room_id) == (await line.contact_of(phone),) * 2
    rows = await line.hub.reader.rows(find(CallLeg, "state", "dialled_by", id=mine.id))
    assert [tuple(row) for row in rows] == [("up", "amara")]
    contact_id = await line.contact_of(phone)
    await mine.hang_up()
    await line.settle()
    assert phone.room_id is None
    assert (await line.hub.reader.rows(find(CallLeg, "state", id=mine.id)))[0][0] == "ended"
    assert contact_id


async def test_a_mailbox_never_answers_for_the_agent(line: Line) -> None:
    await outside(line)
    phone, mine = await accepted(line)
    await line.engine.pick_up(mine)
    for _ in range(3):
        assert mine.does(Gather)
        await mine.sounds_over()
    await line.settle()
    assert mine.is_over
    assert (await line.row(phone, "state")) == ("queued",)
    rows = await line.hub.reader.rows(find(AgentPresence, "presence", "reason", agent_id="amara"))
    assert tuple(rows[0]) == ("break", "no_headset")


async def test_who_never_presses_the_key_loses_the_call_after_a_time(line: Line) -> None:
    await outside(line)
    phone, mine = await accepted(line)
    await line.engine.pick_up(mine)
    await line.pass_time(31.0)
    assert mine.is_over
    assert (await line.row(phone, "state")) == ("queued",)


async def test_the_limits_against_toll_fraud_hold_for_agents_phones(line: Line) -> None:
    await outside(line)
    tight = replace(line.hub, phone=replace(line.hub.phone, dial_out=DialOut(agent_hour_most=0)))
    await line.in_line()
    offer = await line.world.offer_of("amara")
    assert offer is not None
    with pytest.raises(Refused) as refused:
        await accept(tight, "amara", offer)
    assert refused.value.code == "dial_limit_agent"


@pytest.mark.parametrize(
    ("numbers", "code"),
    [(["+19005550100"], "number_not_allowed"), (["12"], "bad_number"), (
        [f"+861380013551{n}" for n in range(4)], "too_many_numbers")],
)  # fmt: skip
async def test_what_the_bank_does_not_dial_is_not_approved(
    line: Line, numbers: list[str], code: str
) -> None:
    with pytest.raises((Refused, Invalid)) as refused:
        await approve_numbers(line.hub, "ines", "amara", numbers)
    assert refused.value.code == code
    assert await line.hub.reader.rows(find(OutsidePhone, "id")) == []


async def test_only_an_approved_number_can_be_chosen_and_only_while_it_is(line: Line) -> None:
    with pytest.raises(HubError) as unknown:
        await choose_phone(line.hub, "amara", phone_id="tel-of-somebody")
    assert unknown.value.code == "no_phone"
    await outside(line)
    audited = await line.hub.reader.rows(find(AuditEntry, "details", action="outside_phones_set"))
    assert MINE not in str(audited)
    assert "5512" in str(audited)
    await tell_phone(line.hub, "amara", is_up=False)
    await line.in_line()
    assert await line.world.offer_of("amara") is not None, "a browser says nothing of a telephone"
    assert await approve_numbers(line.hub, "ines", "amara", []) is True
    assert await approve_numbers(line.hub, "ines", "amara", []) is False
    last = [e for e in await line.world.events() if isinstance(e, AgentPhoneChanged)][-1]
    assert (last.device, last.is_up, last.by) == ("browser", False, "ines")


async def test_an_engine_that_cannot_dial_rings_the_browser(line: Line) -> None:
    line.engine.abilities = frozenset({CallAbility.SOFTPHONE})
    with pytest.raises(Refused) as refused:
        await outside(line)
    assert refused.value.code == "no_outside_line"
    line.engine.abilities = frozenset(CallAbility)
    await outside(line)
    line.engine.abilities = frozenset({CallAbility.SOFTPHONE})
    await line.talking()
    assert line.engine.leg_of("agent:amara").room_id is not None


async def test_a_broken_outside_line_is_dialled_anew(line: Line) -> None:
    await outside(line)
    phone, mine = await accepted(line)
    await line.engine.pick_up(mine)
    await mine.press("1")
    await line.settle()
    await mine.over(EndCause.LOST)
    await line.settle()
    again = line.engine.leg_of(f"pstn:{MINE}")
    assert again is not mine
    await line.engine.pick_up(again)
    await again.press("1")
    await line.settle()
    assert phone.room_id == again.room_id == await line.contact_of(phone)
    assert (await presence_of_amara(line)) == "available"


async def presence_of_amara(line: Line) -> str:
    rows = await line.hub.reader.rows(find(AgentPresence, "presence", agent_id="amara"))
    return str(rows[0][0])


async def test_going_offline_keeps_the_choice(line: Line) -> None:
    await outside(line)
    await presence.set_presence(line.hub, "amara", presence="offline")
    await presence.set_presence(line.hub, "amara", presence="available")
    await line.in_line()
    assert await line.world.offer_of("amara") is not None
