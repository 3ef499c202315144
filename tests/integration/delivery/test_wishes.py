"""What a survey is answered with beside a score is honoured, and nobody is asked at night."""

from datetime import UTC, datetime, time

import pytest

from hub.customers.time_zones import zones_of
from hub.journey.delivery.rules import Quiet, after_quiet
from hub.journey.opt_out import why_not
from hub.journey.survey import answer_survey
from hub.journey.survey_wishes import wishes_open_to
from hub.store.rows import find
from hub.store.tables import Survey, Task
from hub.text.survey_wishes import Wish, wish_in
from tests.integration.delivery.test_ending import ended, with_rules
from tests.support.letters import CUSTOMER, Post


@pytest.mark.parametrize("words", ["Never again!", "不要再问"])
async def test_never_again_is_for_ever(post: Post, words: str) -> None:
    with_rules(post, survey="reply")
    talk = await ended(post)
    said = await post.writes(words)
    await post.deliver()
    assert said.contact_id == talk.contact_id
    assert await why_not(post.hub, "sms", CUSTOMER, "survey") == "opted_out"
    assert await why_not(post.hub, "sms", CUSTOMER, "service") == ""
    assert "not ask you again" in post.writer.texts[-1]


@pytest.mark.parametrize("way", ["reply", "link"])
async def test_call_me_is_promised(post: Post, way: str) -> None:
    with_rules(post, survey=way)
    talk = await ended(post)
    said = await post.writes("Please call me back.")
    assert said.contact_id == talk.contact_id
    tasks = await post.hub.reader.rows(find(Task, "contact_id", kind="callback"))
    assert tasks == [(talk.contact_id,)]


async def test_the_page_of_a_survey_grants_both(post: Post) -> None:
    with_rules(post, survey="link")
    talk = await ended(post)
    rows = await post.hub.reader.rows(find(Survey, "id", contact_id=talk.contact_id))
    await answer_survey(post.hub, rows[0][0], score=5, wishes=[Wish.NEVER, Wish.CALL])
    assert await why_not(post.hub, "sms", CUSTOMER, "survey") == "opted_out"
    tasks = await post.hub.reader.rows(find(Task, "contact_id", kind="callback"))
    assert tasks == [(talk.contact_id,)]


def test_only_what_can_be_granted_is_offered() -> None:
    assert wishes_open_to(None, "web_chat") == ()
    assert wishes_open_to("cus_1", "web_chat") == (Wish.NEVER, Wish.CALL)
    assert wishes_open_to(None, "email") == (Wish.NEVER,)
    assert wishes_open_to(None, "phone") == (Wish.CALL,)


@pytest.mark.parametrize("words", ["never again will I bank here", "call me crazy", "6"])
def test_a_comment_is_no_wish(words: str) -> None:
    assert wish_in(words) is None
    assert wish_in("请回电。") is Wish.CALL


async def test_a_comment_is_stored_without_secrets(post: Post) -> None:
    with_rules(post, survey="link")
    talk = await ended(post)
    rows = await post.hub.reader.rows(find(Survey, "id", contact_id=talk.contact_id))
    comment = "good, my password is Tr0ub4dor and card 4111 1111 1111 1111"
    await answer_survey(post.hub, rows[0][0], score=4, comment=comment)
    kept = await post.hub.reader.rows(find(Survey, "comment_sealed", id=rows[0][0]))
    text = post.hub.vault.open(kept[0][0], "survey", "comment", rows[0][0])
    assert text.startswith("good")
    assert "Tr0ub4dor" not in text
    assert "4111" not in text


def _at(hour: int, day: int = 5) -> float:
    return datetime(2027, 3, day, hour, 30, tzinfo=UTC).timestamp()


def test_night_is_where_the_customer_is() -> None:
    night = Quiet(begins=time(21), ends=time(8), time_zone="Asia/Shanghai")
    assert after_quiet(_at(14), night, zones_of("+442079460000")) == _at(14)
    morning = datetime(2027, 3, 6, 8, tzinfo=UTC).timestamp()
    assert after_quiet(_at(22), night, zones_of("+442079460000")) == morning
    # 13:30 UTC is 08:30 in New York and 05:30 in Los Angeles: both are awake at 16:00 UTC.
    both = datetime(2027, 3, 5, 16, tzinfo=UTC).timestamp()
    assert after_quiet(_at(13), night, zones_of("+12125550123")) == both
    assert zones_of("20418807") == ()
