"""What an agent writes above a mail reaches the channel, and no stranger gets a copy by slip."""

import pytest

from hub.domain.errors import Refused
from hub.domain.letter import Letter
from hub.journey.converse import say
from hub.journey.messages import Posted
from tests.support.letters import CUSTOMER, Post


async def _say(post: Post, talk: Posted, letter: Letter, *, sure: bool = False) -> Posted:
    return await say(
        post.hub, "amara", contact_id=talk.contact_id, key=post.hub.new_id("key"), text="Hello",
        letter=letter, sure=sure,
    )  # fmt: skip


async def test_subject_and_copies_reach_the_channel(post: Post) -> None:
    talk = await post.talking()
    theirs = Letter(subject="Fee", sender="s@example.com", cc=("Joao@example.com",))
    await post.writes("and this", channel_data={**theirs.channel_data(), "message_id": "m1"})
    ours = Letter(subject="Re: Fee", to=("evil@example.com",), cc=("joao@example.com",))
    await _say(post, talk, ours)
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
    await _say(post, talk, letter, sure=True)
    await post.deliver()
    assert post.writer.texts == ["Hello"]


async def test_the_guard_reads_the_subject_too(post: Post) -> None:
    talk = await post.talking()
    with pytest.raises(Refused) as refused:
        await _say(post, talk, Letter(subject="Card 4111 1111 1111 1111"), sure=True)
    assert refused.value.code == "secret_in_text"
