"""Nobody is free: the customer is told, and may wait, leave a message or be called."""

from dataclasses import replace

import pytest

from hub.customers.profile import add_customer
from hub.domain.events import (
    CallbackOffered,
    ContactClosed,
    ContactQueued,
    PolicyPublished,
    SurveyOffered,
    TaskOpened,
)
from hub.journey import restore
from hub.journey.floor.hear import ANSWER_SECONDS
from hub.journey.messages import Posted, messages_of
from hub.journey.work.task_row import open_words
from hub.store.rows import change, find
from hub.store.tables import Alternative, Contact, Conversation, Task
from hub.store.unit import Unit
from tests.support.world import POLICY, World

LIMIT = 60.0
NUMBER = "+86 138 0013 8000"


@pytest.fixture
def floor(world: World) -> World:
    """A floor whose cards queue offers other ways than waiting after a minute."""
    queues = tuple(
        replace(queue, offer_callback_after_seconds=(("web_chat", LIMIT),), limit_waiting=1)
        for queue in POLICY.queues
    )
    policy = replace(POLICY, queues=queues)
    world.hub.setup.policy = policy  # type: ignore[misc]
    world.routing.apply(PolicyPublished(at=world.clock.now(), policy=policy))
    return world


async def choose(world: World, choice: str, *, visitor: str = "visitor-1") -> Posted:
    return await world.customer_says(choice, choice=f"floor:{choice}", visitor=visitor)


async def last(world: World, posted: Posted) -> tuple[str, list[str]]:
    """The last words of the assistant and the codes of its choices."""
    told = await messages_of(world.hub, posted.conversation_id)
    body = next(m.body for m in reversed(told) if m.speaker == "bot")
    codes = [c["value"].removeprefix("floor:") for c in body.get("choices", ())]
    return str(body["text"]), codes


async def state_of(world: World, posted: Posted) -> str:
    rows = await world.hub.reader.rows(find(Contact, "state", id=posted.contact_id))
    return str(rows[0][0])


async def task_of(world: World) -> tuple[str, str, str | None, float, float | None]:
    rows = await world.hub.reader.rows(
        find(Task, "id", "kind", "queue_id", "due_at", "waiting_since")
    )
    (task,) = rows
    return task


async def words_of(world: World, task_id: str) -> dict[str, str]:
    rows = await world.hub.reader.rows(find(Task, "words_sealed", id=task_id))
    words = open_words(world.hub, task_id, rows[0][0])
    return {"text": words.text, **dict(words.evidence)}


async def test_who_nobody_signed_in_can_serve_is_told_at_once_and_may_keep_waiting(
    floor: World,
) -> None:
    posted = await floor.customer_says("agent")
    text, codes = await last(floor, posted)
    assert text.startswith("Nobody who can help")
    assert codes == ["wait", "callback", "message"]
    (told,) = [e for e in await floor.events() if isinstance(e, CallbackOffered)]
    assert (told.cause, told.queue_id, told.position) == ("nobody_skilled", "cards", 1)
    await choose(floor, "wait")
    assert await last(floor, posted) == (
        "You keep your place. You can still choose another way:", ["callback", "message"]
    )  # fmt: skip
    assert await state_of(floor, posted) == "queued"
    await floor.add_agent("amara")
    await floor.settle()
    assert await floor.offer_of("amara") is not None
    await floor.pass_time(2 * LIMIT)
    assert (await floor.kinds()).count("CallbackOffered") == 1


async def test_a_callback_asks_for_number_and_time_and_becomes_a_task(floor: World) -> None:
    posted = await floor.customer_says("agent")
    waited_since = floor.clock.now()
    await floor.pass_time(5)
    await choose(floor, "callback")
    assert await state_of(floor, posted) == "parked"
    assert (await last(floor, posted))[1] == ["back"]
    await floor.customer_says("my phone")
    assert (await last(floor, posted))[0].startswith("That does not look like")
    await floor.customer_says(f"Call {NUMBER} please")
    text, codes = await last(floor, posted)
    assert text == "When does it suit you?"
    assert codes[0] == f"at:{floor.clock.now():.0f}"
    await floor.pass_time(20)
    await choose(floor, codes[0])
    text, _ = await last(floor, posted)
    assert text.startswith("Thank you. We will call +86 138 •••• 8000")
    assert await state_of(floor, posted) == "closed"
    task_id, kind, queue, due_at, since = await task_of(floor)
    assert (kind, queue) == ("callback", "cards")
    assert due_at <= floor.clock.now()
    assert since == waited_since
    words = await words_of(floor, task_id)
    assert words["number"] == "+8613800138000"
    assert words["text"] == "agent"
    (closed,) = [e for e in await floor.events() if isinstance(e, ContactClosed)]
    assert (closed.ending, closed.reason) == ("handled", "callback_promised")
    assert not [e for e in await floor.events() if isinstance(e, SurveyOffered)]
    rows = await floor.hub.reader.rows(find(Alternative, "number_sealed", id=posted.contact_id))
    assert rows == [(None,)], "the number lives on in the task alone"


async def test_the_promised_call_keeps_place_and_language_as_routed_work(floor: World) -> None:
    posted = await floor.customer_says("agent", language="zh")
    await floor.pass_time(5)
    await choose(floor, "callback")
    await floor.customer_says("13800138000")
    _, codes = await last(floor, posted)
    await choose(floor, codes[0])
    work = [e for e in await floor.events() if isinstance(e, ContactQueued) and e.channel == "task"]
    (first,) = [e for e in await floor.events() if isinstance(e, ContactQueued) and e not in work]
    assert work[0].queued_at == first.queued_at
    assert "lang:zh" in [need.skill for need in work[0].requirements]


async def test_a_later_time_is_kept_until_then(floor: World) -> None:
    posted = await floor.customer_says("agent")
    await choose(floor, "callback")
    await floor.customer_says(NUMBER)
    _, codes = await last(floor, posted)
    due_at = float(codes[1].removeprefix("at:"))
    await choose(floor, codes[1])
    assert (await task_of(floor))[3:] == (due_at, None)
    assert "task" not in [e.channel for e in await floor.events() if isinstance(e, ContactQueued)]


async def test_a_time_nobody_offered_promises_nothing(floor: World) -> None:
    posted = await floor.customer_says("agent")
    await choose(floor, "callback")
    await choose(floor, "at:1800000000")
    await floor.customer_says(NUMBER)
    for named in ("at:1", "at:99999999999", "at:x", "at:"):
        await choose(floor, named)
        assert (await last(floor, posted))[0] == "When does it suit you?"
    assert not [e for e in await floor.events() if isinstance(e, TaskOpened)]


async def test_a_message_of_several_lines_becomes_one_task(floor: World) -> None:
    posted = await floor.customer_says("agent")
    await choose(floor, "message")
    await choose(floor, "send")
    assert (await last(floor, posted))[0].startswith("There is nothing to send")
    await floor.customer_says("My card is stuck")
    await floor.customer_says("in the machine at the station")
    assert (await last(floor, posted))[1] == ["send", "back"]
    await choose(floor, "send")
    task_id, kind, queue, _, _ = await task_of(floor)
    assert (kind, queue) == ("message", "cards")
    text = (await words_of(floor, task_id))["text"]
    assert text == "My card is stuck\nin the machine at the station"
    assert await state_of(floor, posted) == "closed"


async def test_a_message_left_unsent_is_taken_when_its_time_is_over(floor: World) -> None:
    await floor.customer_says("agent")
    await choose(floor, "message")
    await floor.customer_says("Please write to me")
    await floor.pass_time(ANSWER_SECONDS + 5)
    assert (await task_of(floor))[1] == "message"


async def test_who_says_nothing_more_leaves_no_task(floor: World) -> None:
    posted = await floor.customer_says("agent")
    await choose(floor, "callback")
    await floor.pass_time(ANSWER_SECONDS + 5)
    assert await state_of(floor, posted) == "closed"
    assert not [e for e in await floor.events() if isinstance(e, TaskOpened)]


async def test_going_back_keeps_the_start_of_waiting(floor: World) -> None:
    posted = await floor.customer_says("agent")
    await floor.pass_time(30)
    await choose(floor, "callback")
    await choose(floor, "back")
    first, again = [e for e in await floor.events() if isinstance(e, ContactQueued)]
    assert (again.queued_at, again.requirements) == (first.queued_at, first.requirements)
    assert again.callback_offered
    assert await state_of(floor, posted) == "queued"
    assert [e for e in await restore.routing_events(floor.hub) if isinstance(e, ContactQueued)] == [
        replace(again, at=again.queued_at)
    ]


async def test_a_full_line_offers_a_message_or_a_call_but_no_place(floor: World) -> None:
    await floor.customer_says("agent", visitor="first")
    posted = await floor.customer_says("agent", visitor="second")
    text, codes = await last(floor, posted)
    assert text.startswith("So many people are waiting")
    assert codes == ["callback", "message"]
    assert await state_of(floor, posted) == "in_self_service"
    await choose(floor, "callback", visitor="second")
    await choose(floor, "back", visitor="second")
    assert (await last(floor, posted))[1] == ["callback", "message"]
    await choose(floor, "message", visitor="second")
    await floor.customer_says("Later is fine", visitor="second")
    await choose(floor, "send", visitor="second")
    assert (await task_of(floor))[1:3] == ("message", "cards")


async def test_outside_hours_a_call_is_offered_for_when_the_queue_is_open(floor: World) -> None:
    opens_at = floor.clock.now() + 30 * 3600
    floor.hub.setup.closed_until["cards"] = opens_at  # type: ignore[attr-defined]
    posted = await floor.customer_says("agent")
    assert (await last(floor, posted))[0].startswith("Nobody is here right now")
    await floor.customer_says("by the way")
    assert await state_of(floor, posted) == "parked"
    await choose(floor, "callback")
    await floor.customer_says(NUMBER)
    _, codes = await last(floor, posted)
    assert all(float(code.removeprefix("at:")) >= opens_at for code in codes if code != "back")
    assert len(codes) > 1


async def test_a_proved_customer_may_name_the_number_of_the_record(floor: World) -> None:
    def known(contact_id: str) -> Unit[None]:
        yield from add_customer(
            floor.hub.vault, floor.hub.lookup, "cus", number="1",
            profile={"name": "Ada", "phone": "+8613900139000"}, language="en",
            segment="everyday", lifecycle="active", since_year=2020, created_at=0.0,
        )  # fmt: skip
        yield change(Contact, contact_id, customer_id="cus", identity_level=2)

    posted = await floor.customer_says("agent")
    await floor.hub.journal.run(known(posted.contact_id))
    await choose(floor, "callback")
    assert (await last(floor, posted))[1] == ["record", "back"]
    await choose(floor, "record")
    _, codes = await last(floor, posted)
    await choose(floor, codes[0])
    task_id, *_ = await task_of(floor)
    assert (await words_of(floor, task_id))["number"] == "+8613900139000"


async def test_who_only_claims_to_be_a_customer_does_not_learn_of_a_number(floor: World) -> None:
    posted = await floor.customer_says("agent")
    await choose(floor, "callback")
    await choose(floor, "record")
    assert (await last(floor, posted))[1] == ["back"]
    rows = await floor.hub.reader.rows(find(Alternative, "step", id=posted.contact_id))
    assert rows == [("number",)]


async def test_choices_of_a_talk_that_goes_on_with_an_agent_are_words_only(floor: World) -> None:
    posted = await floor.customer_says("agent")
    await floor.add_agent("amara")
    await floor.settle()
    await choose(floor, "callback")
    assert await state_of(floor, posted) == "reserved"
    assert (await last(floor, posted))[0].startswith("A colleague is just about")
    rows = await floor.hub.reader.rows(
        find(Conversation, "open_contact_id", id=posted.conversation_id)
    )
    assert rows == [(posted.contact_id,)]
