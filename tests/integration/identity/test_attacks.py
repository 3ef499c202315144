"""Guessing, replaying, waiting, coming back, trying twice at once: none of it proves anybody."""

import asyncio

import pytest

from hub.domain.errors import Forbidden, Invalid, Refused
from hub.domain.events import ProofFailed, ProofLocked, ProofReleased
from hub.journey.answer import accept
from hub.journey.close import close
from hub.journey.identity.code import check_code, send_code
from hub.journey.identity.code_check import Checked
from hub.journey.identity.questions import ask_questions, check_answers
from hub.journey.identity.release import release_lock
from hub.store.rows import change, find
from hub.store.tables import AuditEntry, Contact, Reservation, Verification
from tests.support.identity import AGENT, OTHER_AGENT, PROFILE, Talks, wrong


async def code_for(talks: Talks, contact_id: str) -> str:
    """Send a code and read it off the customer's phone."""
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    return await talks.code()


async def check(talks: Talks, contact_id: str, code: str) -> Checked:
    return await check_code(talks.hub, talks.viewer(), contact_id=contact_id, code=code)


async def lock(talks: Talks, contact_id: str) -> None:
    code = await code_for(talks, contact_id)
    for _ in range(3):
        assert not (await check(talks, contact_id, wrong(code))).proved


async def test_the_third_miss_locks_even_for_the_right_code(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    code = await code_for(talks, contact_id)
    left = [(await check(talks, contact_id, wrong(code))).tries_left for _ in range(3)]
    assert left == [2, 1, 0]
    with pytest.raises(Refused, match="proof_locked"):
        await check(talks, contact_id, code)
    with pytest.raises(Refused, match="proof_locked"):
        await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    with pytest.raises(Refused, match="proof_locked"):
        await ask_questions(talks.hub, talks.viewer(), contact_id=contact_id)
    identity = (await talks.pop(contact_id))["identity"]
    assert (identity["tries_left"], identity["locked_until"] > 0) == (0, True)
    await talks.hub.journal.caught_up()
    kinds = await talks.world.kinds()
    assert (kinds.count("ProofFailed"), kinds.count("ProofLocked")) == (3, 1)


async def test_misses_count_across_methods(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    code = await code_for(talks, contact_id)
    await check(talks, contact_id, wrong(code))
    for left in (1, 0):
        asked = await ask_questions(talks.hub, talks.viewer(), contact_id=contact_id)
        said = dict.fromkeys(asked.questions, "77")
        checked = await check_answers(
            talks.hub, talks.viewer(), contact_id=contact_id, answers=said
        )
        assert (checked.proved, checked.tries_left) == (False, left)
    with pytest.raises(Refused, match="proof_locked"):
        await check(talks, contact_id, code)


async def test_one_right_answer_of_two_is_a_miss(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    asked = await ask_questions(talks.hub, talks.viewer(), contact_id=contact_id)
    said = dict.fromkeys(asked.questions, "05-17") | {"house_number": "16"}
    said[asked.questions[0]] = "no idea"
    checked = await check_answers(talks.hub, talks.viewer(), contact_id=contact_id, answers=said)
    assert not checked.proved
    with pytest.raises(Refused, match="no_questions"):
        await check_answers(talks.hub, talks.viewer(), contact_id=contact_id, answers=said)


async def test_a_lock_is_not_escaped_by_coming_back(talks: Talks) -> None:
    first = await talks.begin("mei")
    await lock(talks, first)
    await close(talks.hub, first, by=AGENT, reason="agent_ended")
    await talks.world.add_agent(OTHER_AGENT)
    await talks.world.settle()
    second = await talks.begin("mei", visitor="another-browser", agent=OTHER_AGENT)
    viewer = talks.viewer(OTHER_AGENT)
    with pytest.raises(Refused, match="proof_locked"):
        await send_code(talks.hub, viewer, contact_id=second, via="sms")


async def test_guesses_over_many_contacts_are_one_count(talks: Talks) -> None:
    left = []
    for n in range(3):
        agent = f"usr_agent_{n}"
        await talks.world.add_agent(agent)
        visitor = f"browser-{n}"
        await talks.world.customer_says("agent please", visitor=visitor)
    for contact_id, agent in await _assigned(talks):
        viewer = talks.viewer(agent)
        await talks.world.clock.advance(31)
        await send_code(talks.hub, viewer, contact_id=contact_id, via="sms")
        code = await talks.code()
        checked = await check_code(talks.hub, viewer, contact_id=contact_id, code=wrong(code))
        left.append(checked.tries_left)
    assert left == [2, 1, 0]


async def _assigned(talks: Talks) -> list[tuple[str, str]]:
    """Accept every offer and link every guest to Mei's record."""

    rows = await talks.hub.reader.rows(
        find(Reservation, "id", "contact_id", "agent_id", state="pending")
    )
    for reservation_id, contact_id, agent in rows:
        await accept(talks.hub, agent, reservation_id)
        await talks.write(change(Contact, contact_id, customer_id="mei", identity_level=1))
    return [(contact_id, agent) for _, contact_id, agent in rows]


async def test_a_used_code_is_used(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    code = await code_for(talks, contact_id)
    assert (await check(talks, contact_id, code)).proved
    with pytest.raises(Refused, match="no_code"):
        await check(talks, contact_id, code)


async def test_a_new_code_ends_the_old_one(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    old = await code_for(talks, contact_id)
    await talks.world.clock.advance(31)
    new = await code_for(talks, contact_id)
    if old != new:
        assert not (await check(talks, contact_id, old)).proved
    assert (await check(talks, contact_id, new)).proved


async def test_an_old_code_is_refused_and_costs_no_try(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    code = await code_for(talks, contact_id)
    await talks.world.clock.advance(300)
    with pytest.raises(Refused, match="code_expired"):
        await check(talks, contact_id, code)
    assert (await talks.pop(contact_id))["identity"]["tries_left"] == 3


async def test_a_code_is_good_for_its_contact_only(talks: Talks) -> None:
    await talks.world.add_agent(OTHER_AGENT)
    first = await talks.begin("mei")
    code = await code_for(talks, first)
    await talks.world.customer_says("agent please", visitor="visitor-2")
    ((second, agent),) = await _assigned(talks)
    with pytest.raises(Refused, match="no_code"):
        await check_code(talks.hub, talks.viewer(agent), contact_id=second, code=code)
    assert await talks.level_of(second) == 1


async def test_two_guesses_at_once_are_two(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    code = await code_for(talks, contact_id)
    both = await asyncio.gather(*(check(talks, contact_id, wrong(code)) for _ in range(2)))
    assert sorted(one.tries_left for one in both) == [1, 2]


async def test_a_right_code_twice_at_once_proves_once(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    code = await code_for(talks, contact_id)
    both = await asyncio.gather(
        *(check(talks, contact_id, code) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in both) == ["Checked", "Refused"]


async def test_guessing_in_the_chat_locks_too(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    code = await code_for(talks, contact_id)
    guesses = " or ".join(f"{n:06}" for n in range(50) if f"{n:06}" != code)
    for _ in range(3):
        await talks.world.customer_says(guesses)
    await talks.world.customer_says(code)
    assert await talks.level_of(contact_id) == 1
    await talks.hub.journal.caught_up()
    assert [e.tries_left for e in await talks.world.events() if isinstance(e, ProofFailed)] == [
        2,
        1,
        0,
    ]


async def test_the_same_chat_message_twice_is_one_try(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    code = await code_for(talks, contact_id)
    for _ in range(3):
        await talks.world.customer_says(wrong(code), key="msg_the_same")
    assert (await talks.pop(contact_id))["identity"]["tries_left"] == 2


async def test_a_supervisor_lets_out_with_a_reason(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await lock(talks, contact_id)
    with pytest.raises(Forbidden):
        await release_lock(talks.hub, talks.viewer(), contact_id=contact_id, reason="she is known")
    with pytest.raises(Invalid, match="reason_needed"):
        await release_lock(talks.hub, talks.supervisor, contact_id=contact_id, reason=" ")
    await release_lock(talks.hub, talks.supervisor, contact_id=contact_id, reason="known by voice")
    await talks.world.clock.advance(31)
    assert (await check(talks, contact_id, await code_for(talks, contact_id))).proved
    columns = ("actor", "reason")
    rows = await talks.hub.reader.rows(find(AuditEntry, *columns, action="proof_released"))
    assert rows == [(talks.supervisor.user_id, "known by voice")]
    await talks.hub.journal.caught_up()
    kinds = [
        type(e) for e in await talks.world.events() if isinstance(e, (ProofLocked, ProofReleased))
    ]
    assert kinds == [ProofLocked, ProofReleased]


async def test_a_lock_ends_by_itself_after_a_day(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await lock(talks, contact_id)
    await talks.world.clock.advance(24 * 3600 - 1)
    with pytest.raises(Refused, match="proof_locked"):
        await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    await talks.world.clock.advance(2)
    assert (await check(talks, contact_id, await code_for(talks, contact_id))).proved


async def test_a_record_linked_anew_ends_the_code(talks: Talks) -> None:

    contact_id = await talks.begin("mei")
    code = await code_for(talks, contact_id)
    await talks.write(change(Contact, contact_id, customer_id="jun"))
    with pytest.raises(Refused, match="no_code"):
        await check(talks, contact_id, code)


async def test_no_address_of_the_talk_gets_a_code(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await talks.world.customer_says("send it to +8613900009999 or thief@mail.example")
    await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    assert (await talks.delivered()).to == PROFILE["phone"]
    rows = await talks.hub.reader.rows(find(Verification, "via", contact_id=contact_id))
    assert rows == [("sms",)]
