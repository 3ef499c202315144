"""The walk on the real store: each step, its way back, and what it must never do."""

import asyncio

import pytest

from hub.domain.errors import Forbidden, Invalid, Refused
from hub.domain.events import ContactClosed, ContactQueued, ReservationMade
from hub.journey import answer, close, converse, participate, presence, transfer, wrap_up
from hub.journey.messages import Posted, messages_of
from hub.journey.survey import answer_survey, survey_of_contact
from hub.store.rows import find
from hub.store.tables import Contact
from tests.support.world import World


async def state_of(world: World, contact_id: str) -> str:
    rows = await world.hub.reader.rows(find(Contact, "state", id=contact_id))
    return str(rows[0][0])


async def in_talk(world: World, agent_id: str = "amara") -> Posted:
    await world.add_agent(agent_id)
    await world.customer_says(None)
    posted = await world.customer_says("an agent please")
    offer = await world.offer_of(agent_id)
    assert offer is not None
    await answer.accept(world.hub, agent_id, offer)
    return posted


async def test_a_contact_walks_from_greeting_to_score(world: World) -> None:
    posted = await in_talk(world)
    contact_id = posted.contact_id
    said = await converse.say(
        world.hub, "amara", contact_id=contact_id, key="a1", text="How can I help?"
    )
    await close.close(world.hub, contact_id, by="amara", reason="done")
    with pytest.raises(Invalid, match="no_disposition"):
        await wrap_up.finish(world.hub, "amara", contact_id=contact_id, disposition="nonsense")
    await wrap_up.finish(world.hub, "amara", contact_id=contact_id, disposition="solved")
    survey = await survey_of_contact(world.hub, contact_id)
    assert survey is not None
    await answer_survey(world.hub, survey.id, score=2, comment="slow")
    with pytest.raises(Refused, match="survey_answered"):
        await answer_survey(world.hub, survey.id, score=5)
    messages = await messages_of(world.hub, said.conversation_id)
    assert [m.seq for m in messages] == list(range(1, len(messages) + 1))
    assert [m.speaker for m in messages] == [
        "bot", "customer", "system", "system", "agent", "system",
    ]  # fmt: skip
    assert (await world.kinds())[-2:] == ["SurveyAnswered", "TaskOpened"]
    assert world.routing.load_of("amara") == 0


async def test_the_same_key_twice_is_one_message(world: World) -> None:
    first = await world.customer_says("hello", key="k1")
    again = await world.customer_says("hello", key="k1")
    assert again.duplicate
    assert (again.seq, again.contact_id) == (first.seq, first.contact_id)


async def test_the_hot_path_answers_a_duplicate_and_a_closed_contact(world: World) -> None:
    posted = await in_talk(world)

    async def submit(key: str) -> Posted | BaseException:
        answered: asyncio.Future[Posted | BaseException] = asyncio.Future()
        converse.submit_customer_text(
            world.hub, conversation_id=posted.conversation_id, contact_id=posted.contact_id,
            key=key, text="4111 1111 1111 1111 is my card", done=answered.set_result,
        )  # fmt: skip
        return await answered

    stored = await submit("h1")
    assert isinstance(stored, Posted)
    twice = await submit("h1")
    assert isinstance(twice, Refused)
    assert twice.code == "conflict"
    before = await converse.posted_before(world.hub, posted.conversation_id, "h1")
    assert before is not None
    assert (before.seq, before.duplicate) == (stored.seq, True)
    last = (await messages_of(world.hub, posted.conversation_id))[-1]
    assert "4111 1111" not in last.body["text"]
    await close.close(world.hub, posted.contact_id, by="amara", reason="done")
    late = await submit("h2")
    assert isinstance(late, Refused)
    assert late.code == "contact_closed"


async def test_texts_of_one_moment_are_numbered_in_their_order_each_in_its_talk(
    world: World,
) -> None:
    first, other = await in_talk(world), await world.customer_says("hello", visitor="other")
    over = first._replace(contact_id="con_of_nobody")
    crossed = first._replace(contact_id=other.contact_id)
    talks = {"a": first, "b": other, "c": first, "d": over, "e": crossed, "f": other, "g": first}
    answers: dict[str, asyncio.Future[Posted | BaseException]] = {}
    for key, talk in talks.items():
        answers[key] = asyncio.Future()
        converse.submit_customer_text(
            world.hub, conversation_id=talk.conversation_id, contact_id=talk.contact_id, key=key,
            text=f"{key} 4111 1111 1111 1111", done=answers[key].set_result,
        )  # fmt: skip
    outcomes = {key: await answer for key, answer in answers.items()}
    posted = {key: one for key, one in outcomes.items() if isinstance(one, Posted)}
    assert outcomes.keys() - posted.keys() == {"d", "e"}
    for talk, keys in ((first, ["a", "c", "g"]), (other, ["b", "f"])):
        stored = [m for m in await messages_of(world.hub, talk.conversation_id) if m.key in keys]
        assert {m.key: m.seq for m in stored} == {key: posted[key].seq for key in keys}
        assert {m.key: m.body["text"] for m in stored} == {k: f"{k} •••• 1111" for k in keys}
        if world.hub.journal.keeps_order:
            assert [m.key for m in stored] == keys


async def test_one_of_fifty_parallel_accepts_wins(world: World) -> None:
    await world.add_agent("amara")
    await world.customer_says(None)
    await world.customer_says("agent")
    offer = await world.offer_of("amara")
    assert offer is not None
    answers = await asyncio.gather(
        *(answer.accept(world.hub, "amara", offer) for _ in range(50)), return_exceptions=True
    )
    won = [a for a in answers if isinstance(a, str)]
    lost = [a for a in answers if isinstance(a, Refused) and a.code == "offer_gone"]
    assert (len(won), len(lost)) == (1, 49)


async def test_a_declined_offer_keeps_its_place_and_tries_others_first(world: World) -> None:
    await world.add_agent("amara")
    await world.customer_says(None)
    await world.customer_says("agent")
    await world.add_agent("ben")
    offer = await world.offer_of("amara")
    assert offer is not None
    await world.clock.advance(5)
    await answer.decline(world.hub, "amara", offer, reason="busy")
    await world.settle()
    assert await world.offer_of("ben") is not None
    queued = [e for e in await world.events() if isinstance(e, ContactQueued)]
    assert queued[0].queued_at == queued[1].queued_at
    assert queued[1].tried_agent_ids == ("amara",)


async def test_a_missed_offer_sets_the_agent_not_ready(world: World) -> None:
    await world.add_agent("amara")
    await world.customer_says(None)
    posted = await world.customer_says("agent")
    await world.pass_time(25)
    assert await state_of(world, posted.contact_id) == "queued"
    assert "ReservationTimedOut" in await world.kinds()
    changed = [e for e in await world.events() if type(e).__name__ == "PresenceChanged"][-1]
    assert (changed.presence, changed.reason) == ("break", "missed")  # type: ignore[attr-defined]


async def test_a_transfer_keeps_the_start_and_lets_the_first_agent_wrap_up(world: World) -> None:
    posted = await in_talk(world)
    await world.add_agent("ben")
    await world.clock.advance(30)
    await transfer.transfer(
        world.hub, "amara", contact_id=posted.contact_id, agent_to="ben", note="knows loans"
    )
    await world.settle()
    offer = await world.offer_of("ben")
    assert offer is not None
    await answer.accept(world.hub, "ben", offer)
    made = [e for e in await world.events() if isinstance(e, ReservationMade)]
    assert made[1].because.wait_seconds >= 30
    await wrap_up.finish(
        world.hub, "amara", contact_id=posted.contact_id, disposition="solved", notes="passed on"
    )
    with pytest.raises(Refused, match="not_your_contact"):
        await transfer.transfer(
            world.hub, "amara", contact_id=posted.contact_id, agent_to="ben", note=""
        )


async def test_only_who_is_in_the_contact_may_speak(world: World) -> None:
    posted = await in_talk(world)
    await world.add_agent("ben")
    with pytest.raises(Forbidden):
        await converse.say(world.hub, "ben", contact_id=posted.contact_id, key="b", text="hi")
    await participate.invite(
        world.hub, "amara", contact_id=posted.contact_id, agent_to="ben", note="please look"
    )
    await converse.say(world.hub, "ben", contact_id=posted.contact_id, key="b", text="hi")
    seen = await messages_of(world.hub, posted.conversation_id)
    assert [m.audience for m in seen].count("staff") == 2


async def test_a_lost_agent_gives_the_contact_back_after_the_grace_time(world: World) -> None:
    posted = await in_talk(world)
    await presence.page_lost(world.hub, "amara")
    await world.pass_time(20)
    assert await state_of(world, posted.contact_id) == "assigned"
    await presence.page_came(world.hub, "amara")
    await world.pass_time(60)
    assert await state_of(world, posted.contact_id) == "assigned"
    await presence.page_lost(world.hub, "amara")
    await world.pass_time(35)
    assert await state_of(world, posted.contact_id) == "queued"
    codes = [m.body.get("event") for m in await messages_of(world.hub, posted.conversation_id)]
    assert codes[-1] == "agent_lost"


async def test_silence_is_warned_then_closed_but_never_while_waiting(world: World) -> None:
    await world.customer_says(None)
    await world.customer_says("agent")
    await world.pass_time(1200)
    assert "SilenceWarned" not in await world.kinds()
    await world.add_agent("amara")
    await world.settle()
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    contact_id = next(e.contact_id for e in await world.events() if isinstance(e, ContactQueued))
    await converse.say(world.hub, "amara", contact_id=contact_id, key="a", text="Hello?")
    await world.pass_time(700)
    assert (await world.kinds()).count("SilenceWarned") == 1
    closed = [e for e in await world.events() if isinstance(e, ContactClosed)]
    assert (closed[0].ending, closed[0].reason) == ("handled", "silence")


async def test_outside_hours_a_message_is_kept_until_the_opening(world: World) -> None:
    opens_at = world.clock.now() + 3600
    world.hub.setup.closed_until["cards"] = opens_at  # type: ignore[attr-defined]
    await world.customer_says(None)
    posted = await world.customer_says("agent please")
    assert await state_of(world, posted.contact_id) == "parked"
    more = await world.customer_says("and one more thing")
    assert more.contact_id == posted.contact_id
    await world.pass_time(3605)
    assert await state_of(world, posted.contact_id) == "queued"


async def test_who_comes_back_goes_to_the_same_agent_in_a_new_contact(world: World) -> None:
    posted = await in_talk(world)
    await close.close(world.hub, posted.contact_id, by="customer", reason="left")
    await wrap_up.finish(world.hub, "amara", contact_id=posted.contact_id, disposition="solved")
    back = await world.customer_says("one more question")
    assert back.contact_id != posted.contact_id
    assert back.conversation_id == posted.conversation_id
    made = [e for e in await world.events() if isinstance(e, ReservationMade)][-1]
    assert (made.agent_id, made.contact_id) == ("amara", back.contact_id)
