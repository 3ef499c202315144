"""Two Conversations of one Customer merged, split and linked; and taken back exactly."""

from typing import Any

import pytest

from hub.domain.errors import NotFound, Refused
from hub.journey.answer import accept
from hub.journey.context import Viewer
from hub.journey.converse import say
from hub.journey.joined import merge, read, split, undo
from hub.journey.messages import Posted
from hub.journey.presence import set_presence
from hub.security.roles import Role
from hub.store.rows import change, find
from hub.store.tables import AuditEntry, Contact, Conversation
from hub.store.unit import Unit
from tests.integration.delivery.letters_of import MEI, add_customer
from tests.support.letters import CUSTOMER, Post

AMARA = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
SECOND = "+8613800132799"
PLACE = (
    "state", "owner_agent_id", "queue_id", "queued_at", "answer_due_at", "waits_for",
    "preferred_agent_id", "parked_until", "closed_at",
)  # fmt: skip


async def known(post: Post, *talks: Posted) -> None:
    """Staff have found out that it is Mei who writes."""

    def unit() -> Unit[None]:
        for one in talks:
            yield change(Contact, one.contact_id, customer_id=MEI)
            yield change(Conversation, one.conversation_id, customer_id=MEI)

    await post.hub.journal.run(unit())


async def two_talks(post: Post) -> tuple[Posted, Posted]:
    """Mei is answered by amara; what she writes from another number waits in the line."""
    await add_customer(post)
    first = await post.talking()
    await set_presence(post.hub, "amara", presence="break", reason="lunch")
    second = await post.writes("agent please, the other matter", customer=SECOND)
    await known(post, first, second)
    return first, second


async def merged(post: Post, first: Posted, second: Posted) -> str:
    return await merge.merge(
        post.hub, AMARA, contact_id=first.contact_id, conversation_id=second.conversation_id
    )


async def place(post: Post, talk: Posted) -> tuple[Any, ...]:
    return await post.contact(talk.contact_id, *PLACE)


async def test_a_merge_shows_what_was_said_and_moves_nothing(post: Post) -> None:
    first, second = await two_talks(post)
    before = [one.key for one in await post.said(second.conversation_id)]
    join_id = await merged(post, first, second)
    shown = await read.shown_messages(post.hub, first.conversation_id, join_id)
    assert [one.body["text"] for one in shown if one.speaker == "customer"] == [
        "agent please, the other matter"
    ]
    after = [one.key for one in await post.said(second.conversation_id)]
    assert after[: len(before)] == before
    state, *_ = await place(post, second)
    assert state == "parked"
    (join,) = (await read.joins_of(post.hub, [first.conversation_id]))[first.conversation_id]
    assert (join.kind, join.shows, join.other_id) == ("merged", True, second.conversation_id)
    (back,) = (await read.joins_of(post.hub, [second.conversation_id]))[second.conversation_id]
    assert (back.shows, back.other_id) == (False, first.conversation_id)


async def test_later_words_go_on_there_and_are_answered_where_they_came_from(post: Post) -> None:
    first, second = await two_talks(post)
    await merged(post, first, second)
    later = await post.writes("and one thing more", customer=SECOND)
    assert (later.conversation_id, later.contact_id) == (first.conversation_id, first.contact_id)
    await say(post.hub, "amara", contact_id=first.contact_id, key="key-0001", text="Of course")
    await post.deliver()
    assert (post.writer.given[-1].text, post.writer.given[-1].address) == ("Of course", SECOND)
    await post.writes("back on my old number")
    await say(post.hub, "amara", contact_id=first.contact_id, key="key-0002", text="Good")
    await post.deliver()
    assert post.writer.given[-1].address == CUSTOMER


async def test_undo_brings_the_merged_contact_back_as_it_was(post: Post) -> None:
    first, second = await two_talks(post)
    before = await place(post, second)
    join_id = await merged(post, first, second)
    await undo.undo(post.hub, AMARA, contact_id=first.contact_id, join_id=join_id)
    assert await place(post, second) == before
    later = await post.writes("and one thing more", customer=SECOND)
    assert later.conversation_id == second.conversation_id
    assert await read.joins_of(post.hub, [first.conversation_id]) == {}
    with pytest.raises(Refused, match="too_late"):
        await undo.undo(post.hub, AMARA, contact_id=first.contact_id, join_id=join_id)
    for action in ("talks_joined", "join_undone"):
        assert len(await post.hub.reader.rows(find(AuditEntry, "actor", action=action))) == 1


async def test_after_two_minutes_it_ends_without_a_word_and_only_its_thread_returns(
    post: Post,
) -> None:
    first, second = await two_talks(post)
    await post.deliver()
    post.writer.given.clear()
    join_id = await merged(post, first, second)
    await post.pass_time(125)
    assert await post.contact(second.contact_id, "state", "end_reason") == ("closed", "merged")
    assert [one for one in post.writer.given if one.address == SECOND] == []
    await undo.undo(post.hub, AMARA, contact_id=first.contact_id, join_id=join_id)
    again = await post.writes("hello again", customer=SECOND)
    assert again.conversation_id == second.conversation_id
    assert again.contact_id != second.contact_id


async def test_somebody_elses_talk_does_not_exist(post: Post) -> None:
    first, second = await two_talks(post)

    def unit() -> Unit[None]:
        yield change(Contact, second.contact_id, customer_id="cus_other")
        yield change(Conversation, second.conversation_id, customer_id="cus_other")

    await post.hub.journal.run(unit())
    for act in (merge.merge, merge.link):
        with pytest.raises(NotFound, match="no_talk"):
            await act(
                post.hub, AMARA, contact_id=first.contact_id,
                conversation_id=second.conversation_id,
            )  # fmt: skip
    assert await read.talk_goals(post.hub, "amara", first.contact_id) == []


async def test_a_colleagues_contact_is_not_taken_by_a_merge(post: Post) -> None:
    first, second = await two_talks(post)
    await post.world.add_agent("bo")
    await post.world.settle()
    offer = await post.world.offer_of("bo")
    assert offer is not None
    await accept(post.hub, "bo", offer)
    with pytest.raises((Refused, NotFound)):
        await merged(post, first, second)
    (goal,) = await read.talk_goals(post.hub, "amara", first.contact_id)
    assert (goal.conversation_id, goal.can_merge) == (second.conversation_id, False)


async def test_a_link_is_named_on_both_sides_and_taken_back(post: Post) -> None:
    first, second = await two_talks(post)
    before = await place(post, second)
    join_id = await merge.link(
        post.hub, AMARA, contact_id=first.contact_id, conversation_id=second.conversation_id
    )
    assert await place(post, second) == before
    joins = await read.joins_of(post.hub, [first.conversation_id, second.conversation_id])
    assert {of: one[0].other_id for of, one in joins.items()} == {
        first.conversation_id: second.conversation_id,
        second.conversation_id: first.conversation_id,
    }
    with pytest.raises(Refused, match="joined_already"):
        await merge.link(
            post.hub, AMARA, contact_id=first.contact_id, conversation_id=second.conversation_id
        )
    await undo.undo(post.hub, AMARA, contact_id=first.contact_id, join_id=join_id)
    assert await read.joins_of(post.hub, [first.conversation_id]) == {}


async def test_a_split_begins_a_talk_of_its_own_and_is_taken_back(post: Post) -> None:
    talk = await post.talking()
    other = await post.writes("Now about my mortgage")
    join_id, contact_id = await split.split(
        post.hub, AMARA, contact_id=talk.contact_id, seq=other.seq
    )
    branch, owner, state = await post.contact(
        contact_id, "conversation_id", "owner_agent_id", "state"
    )
    assert (owner, state) == ("amara", "assigned")
    due = await post.contact(contact_id, "answer_due_at")
    assert due == await post.contact(talk.contact_id, "answer_due_at") != (None,)
    shown = await read.shown_messages(post.hub, branch, join_id)
    assert [one.body["text"] for one in shown] == ["Now about my mortgage"]
    await undo.undo(post.hub, AMARA, contact_id=contact_id, join_id=join_id)
    assert await post.contact(contact_id, "state", "end_reason") == ("closed", "split_undone")
    assert (await post.writes("still here")).contact_id == talk.contact_id


async def test_a_branch_in_which_somebody_spoke_is_not_given_up(post: Post) -> None:
    talk = await post.talking()
    other = await post.writes("Now about my mortgage")
    join_id, contact_id = await split.split(
        post.hub, AMARA, contact_id=talk.contact_id, seq=other.seq
    )
    await say(post.hub, "amara", contact_id=contact_id, key="key-0001", text="The mortgage is ...")
    await post.deliver()
    assert post.writer.given[-1].address == CUSTOMER
    with pytest.raises(Refused, match="talk_went_on"):
        await undo.undo(post.hub, AMARA, contact_id=contact_id, join_id=join_id)
    with pytest.raises(Refused, match="nothing_left"):
        await split.split(post.hub, AMARA, contact_id=talk.contact_id, seq=1)
