"""What an agent writes above a mail reaches the channel, and no stranger gets a copy by slip."""

from collections.abc import Collection

import pytest

from hub.domain.errors import Refused
from hub.domain.letter import Letter
from hub.journey.converse import say
from hub.journey.guarding import Guard
from hub.journey.messages import Posted
from tests.support.letters import CUSTOMER, Post


async def _say(post: Post, talk: Posted, letter: Letter, *, sure: Collection[Guard] = ()) -> Posted:
    return await say(
        post.hub, "amara", contact_id=talk.contact_id, key=post.hub.new_id("key"), text="Hello",
        letter=letter, sure=sure,
    )  # fmt: skip


async def test_subject_and_copies_reach_the_channel(post: Post) -> None:
    talk = await post.talking()
    theirs = Letter(subject="Fee", sender="s@example.com", cc=("Joao@example.com",))
    await post.writes("and this", channel_data={**theirs.channel_data(), "message_id": "m1"})
    ours = Letter(subject="Re: Fee", to=("evil@example.com",), cc=("joao@example.com",))
    with pytest.raises(Refused) as refused:
        await _say(post, talk, ours)
    assert (refused.value.code, refused.value.detail) == ("reply_all", "joao@example.com")
    await _say(post, talk, ours, sure=[Guard.REPLY_ALL])
    await post.deliver()
    given = post.writer.given[-1]
    assert given.channel_data["message_id"] == "m1"
    sent = Letter(subject="Re: Fee", to=(CUSTOMER,), cc=("joao@example.com",))
    assert Letter.of(given.channel_data) == sent
    said = await post.said(talk.conversation_id)
    assert Letter.of(said[-1].body["channel_data"]) == sent


async def test_a_copy_to_a_stranger_stops_once(post: Post) -> None:
    talk = await post.talking()
    letter = Letter(subject="Fee", cc=("stranger@example.com",))
    with pytest.raises(Refused) as refused:
        await _say(post, talk, letter)
    assert refused.value.code == "new_copy"
    await _say(post, talk, letter, sure=[Guard.NEW_COPY])
    await post.deliver()
    assert post.writer.texts == ["Hello"]


async def test_the_guard_reads_the_subject_too(post: Post) -> None:
    talk = await post.talking()
    with pytest.raises(Refused) as refused:
        await _say(post, talk, Letter(subject="Card 4111 1111 1111 1111"), sure=list(Guard))
    assert refused.value.code == "secret_in_text"


async def test_who_insists_on_a_copy_is_still_asked_about_a_secret(post: Post) -> None:
    talk = await post.talking()
    letter = Letter(subject="ID 110101199003078515", cc=("stranger@example.com",))
    for sure, asked in (
        ([Guard.NEW_COPY], Guard.SECRET),
        ([Guard.SECRET], Guard.NEW_COPY),
    ):
        with pytest.raises(Refused) as refused:
            await _say(post, talk, letter, sure=sure)
        assert refused.value.code == asked
    await _say(post, talk, letter, sure=list(Guard))
