"""How letters end: silence without a warning, and a survey on the customer's own channel."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from hub.journey import close
from hub.journey.delivery.rules import Quiet, WrittenRules, WrittenSetUp, after_quiet
from hub.journey.messages import Posted
from hub.store.rows import find
from hub.store.tables import Contact, Survey
from tests.support.letters import Post

HOUR = 3600.0


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One store: what is told here is the same on both."""
    return sqlite_url


def with_rules(post: Post, **rules: object) -> None:
    """Let the world's written channel go by these rules."""
    set_up = WrittenSetUp(of_channel={"sms": WrittenRules(**rules)})  # type: ignore[arg-type]
    post.world.hub = replace(
        post.hub,
        settings=replace(post.hub.settings, written=set_up),
        survey_link=lambda key, _: f"https://bank.example/survey/{key}",
    )


async def ended(post: Post) -> Posted:
    """A talk that the agent has closed."""
    talk = await post.talking()
    await close.close(post.hub, talk.contact_id, by="amara", reason="done")
    await post.pass_time(5.0)
    return talk


async def test_silence_closes_without_a_word(post: Post) -> None:
    with_rules(post, close_seconds=2 * HOUR, survey="none")
    await post.world.add_agent("amara")
    talk = await post.writes("hello")
    await post.deliver()
    await post.pass_time(HOUR, step=600.0)
    assert (await post.contact(talk.contact_id, "state")) == ("in_self_service",)
    before = post.writer.texts
    await post.pass_time(2 * HOUR, step=600.0)
    assert await post.contact(talk.contact_id, "state", "end_reason") == ("closed", "silence")
    assert post.writer.texts == before
    assert "SilenceWarned" not in await post.world.kinds()


@pytest.mark.parametrize("said", ["５", "5分，谢谢！"])
async def test_a_number_that_is_sent_back_is_the_score_and_no_new_contact(
    post: Post, said: str
) -> None:
    with_rules(post, survey="reply")
    talk = await ended(post)
    assert [text[:18] for text in post.writer.texts] == ["How did we do? Rep"]
    scored = await post.writes(said)
    await post.deliver()
    assert scored.contact_id == talk.contact_id
    assert await post.contact(talk.contact_id, "score") == (5,)
    assert post.writer.texts[-1] == "Thank you for your answer."
    once_more = await post.writes("4")
    assert once_more.contact_id != talk.contact_id
    assert await post.contact(talk.contact_id, "score") == (5,)


@pytest.mark.parametrize(("words", "later"), [("6", 0.0), ("5 cards", 0.0), ("5", 3 * 24 * HOUR)])
async def test_other_words_and_late_ones_open_a_contact(
    post: Post, words: str, later: float
) -> None:
    with_rules(post, survey="reply", survey_seconds=24 * HOUR)
    talk = await ended(post)
    await post.world.clock.advance(later)
    answered = await post.writes(words)
    assert answered.contact_id != talk.contact_id
    assert await post.contact(talk.contact_id, "score") == (None,)


async def test_a_link_is_sent_once_in_a_while(post: Post) -> None:
    with_rules(post, survey="link")
    talk = await ended(post)
    rows = await post.hub.reader.rows(find(Survey, "id", contact_id=talk.contact_id))
    assert post.writer.texts[-1].endswith(f"https://bank.example/survey/{rows[0][0]}")
    again = await post.writes("one more thing")
    await close.close(post.hub, again.contact_id, by="customer", reason="done")
    await post.pass_time(60.0)
    assert sum("survey/" in text for text in post.writer.texts) == 1
    contacts = await post.hub.reader.rows(find(Contact, "id", channel="sms"))
    assert len(contacts) == 2


def _at(hour: int, day: int = 5) -> float:
    return datetime(2027, 3, day, hour, 30, tzinfo=UTC).timestamp()


def test_quiet_hours_end_in_the_morning_of_the_banks_own_zone() -> None:
    night = Quiet(begins=time(21), ends=time(8), time_zone="Asia/Shanghai")
    assert after_quiet(_at(4), night) == _at(4)  # 12:30 there
    assert after_quiet(_at(14), night) == datetime(2027, 3, 6, 0, 0, tzinfo=UTC).timestamp()
    assert after_quiet(_at(20), night) == datetime(2027, 3, 6, 0, 0, tzinfo=UTC).timestamp()
    assert after_quiet(_at(14), Quiet()) == _at(14)
    noon = Quiet(begins=time(12), ends=time(14), time_zone="UTC")
    assert after_quiet(_at(13), noon) == datetime(2027, 3, 5, 14, tzinfo=UTC).timestamp()
    assert after_quiet(_at(15), noon) == _at(15)
