"""Waiting aside: time stands still, a reply finds the same agent, silence ends politely."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from hub.domain.errors import Invalid, Refused
from hub.domain.written import LetterRules, LetterSetUp
from hub.journey import presence
from hub.journey.answer import accept
from hub.journey.close import close
from hub.journey.converse import say
from hub.journey.written.aside import set_aside
from tests.support.invariants import broken
from tests.support.letters import Post

DAY = 86_400.0
RULES = LetterRules(
    answer_seconds=3600.0,
    close_after_seconds=5 * DAY,
    closing=MappingProxyType({"en": "We close this now. Write again at any time."}),
)


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One store: nothing here is told otherwise on the other."""
    return sqlite_url


@pytest.fixture
def letters(post: Post) -> Post:
    """A hub in which letters have rules."""
    post.world.hub = replace(post.hub, letters=LetterSetUp(rules=RULES))
    return post


async def test_a_reply_comes_back_to_the_same_agent_as_if_no_time_had_passed(letters: Post) -> None:
    posted = await letters.talking()
    (queued_at,) = await letters.contact(posted.contact_id, "queued_at")
    await say(letters.hub, "amara", contact_id=posted.contact_id, key="k1", text="Which card?")
    await letters.deliver()
    await set_aside(letters.hub, "amara", contact_id=posted.contact_id)
    columns = ("state", "waits_for", "owner_agent_id", "answer_due_at")
    assert await letters.contact(posted.contact_id, *columns) == ("parked", "customer", None, None)
    assert await broken(letters.hub) == []
    await letters.world.add_agent("ben")
    await letters.world.clock.advance(2 * DAY)
    again = await letters.writes("the blue one")
    assert again.contact_id == posted.contact_id
    assert await letters.world.offer_of("amara") is not None
    now = letters.hub.clock.now()
    after = await letters.contact(posted.contact_id, "waits_for", "queued_at", "answer_due_at")
    assert after == (
        None,
        pytest.approx(queued_at + 2 * DAY),
        pytest.approx(now + 3600.0),
    )


async def test_a_reply_to_who_has_gone_home_finds_the_queue(letters: Post) -> None:
    posted = await letters.talking()
    await set_aside(letters.hub, "amara", contact_id=posted.contact_id)
    await presence.set_presence(letters.hub, "amara", presence="offline")
    await letters.world.add_agent("ben")
    await letters.writes("here it is")
    offer = await letters.world.offer_of("ben")
    assert offer is not None
    await accept(letters.hub, "ben", offer)
    assert await letters.contact(posted.contact_id, "owner_agent_id") == ("ben",)


async def test_silence_ends_it_with_a_polite_word(letters: Post) -> None:
    posted = await letters.talking()
    until = await set_aside(letters.hub, "amara", contact_id=posted.contact_id)
    assert until == pytest.approx(letters.hub.clock.now() + 5 * DAY)
    await letters.pass_time(5 * DAY - 60, step=DAY)
    assert await letters.contact(posted.contact_id, "state") == ("parked",)
    await letters.pass_time(60, step=30)
    columns = ("state", "ending", "end_reason")
    assert await letters.contact(posted.contact_id, *columns) == ("closed", "handled", "no_reply")
    assert letters.writer.texts[0] == RULES.closing["en"]


async def test_a_chosen_day_makes_it_work_again_with_what_was_left(letters: Post) -> None:
    posted = await letters.talking()
    (due_at,) = await letters.contact(posted.contact_id, "answer_due_at")
    left = due_at - letters.hub.clock.now()
    until = letters.hub.clock.now() + DAY
    await set_aside(letters.hub, "amara", contact_id=posted.contact_id, until=until)
    await letters.pass_time(DAY, step=DAY)
    assert await letters.world.offer_of("amara") is not None
    (due_at,) = await letters.contact(posted.contact_id, "answer_due_at")
    assert due_at == pytest.approx(letters.hub.clock.now() + left)


async def test_what_cannot_wait_is_refused(letters: Post) -> None:
    posted = await letters.talking()
    with pytest.raises(Invalid, match="bad_time"):
        await set_aside(letters.hub, "amara", contact_id=posted.contact_id, until=1.0)
    with pytest.raises(Refused, match="not_your_contact"):
        await set_aside(letters.hub, "ben", contact_id=posted.contact_id)
    await close(letters.hub, posted.contact_id, by="amara", reason="done")
    with pytest.raises(Refused, match="not_your_contact"):
        await set_aside(letters.hub, "amara", contact_id=posted.contact_id)
