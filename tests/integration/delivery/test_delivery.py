"""Messages of written channels leave once, in order, and their states are true."""

import pytest

from hub.domain.errors import Forbidden, Refused
from hub.domain.outbound import DeliveryState, Outbound
from hub.journey.converse import note, say
from hub.journey.delivery.retry import retry_delivery
from hub.journey.messages import Posted
from hub.ports import SendLater, SendNever
from hub.store import outbox_runner
from hub.store.outbox_runner import AFTER_ACT
from tests.support.letters import CUSTOMER, NUMBER, Post

SENT = ("sent", "")


async def answer(post: Post, talk: Posted, *texts: str) -> list[Posted]:
    """The agent writes."""
    return [
        await say(post.hub, "amara", contact_id=talk.contact_id, key=f"k-{text}", text=text)
        for text in texts
    ]


async def test_what_is_said_leaves_in_order_and_what_is_for_staff_stays(post: Post) -> None:
    talk = await post.talking()
    await answer(post, talk, "one")
    await note(post.hub, "amara", contact_id=talk.contact_id, key="n", text="secret")
    await answer(post, talk, "two")
    queued = [one.delivery and one.delivery.state for one in await post.said(talk.conversation_id)]
    await post.deliver()
    assert queued[-3:] == ["queued", None, "queued"]
    assert post.writer.texts == ["one", "two"]
    first = post.writer.given[0]
    assert (first.account, first.address, first.speaker) == (NUMBER, CUSTOMER, "agent")
    assert {one.kind for one in await post.said(talk.conversation_id) if one.delivery} <= {
        "text", "menu",
    }  # fmt: skip
    kinds = await post.world.kinds()
    assert kinds.count("MessageSent") == len(await post.states(talk.conversation_id))


async def test_a_menu_is_numbered_and_its_number_is_a_choice(post: Post) -> None:
    await post.world.add_agent("amara")
    await post.writes("")
    posted = await post.writes("１。")
    await post.deliver()
    assert post.writer.texts[0] == "Hello, I am a bot.\n1 Person"
    assert (await post.contact(posted.contact_id, "state")) == ("reserved",)


async def test_a_provider_away_for_ten_minutes_loses_nothing_and_keeps_the_order(
    post: Post,
) -> None:
    talk = await post.talking()
    other = await post.writes("hello", customer="+8613800132799")
    await post.deliver()
    post.writer.given.clear()
    post.writer.fail = lambda _: SendLater("away")
    texts = [f"word {number}" for number in range(5)]
    for text in texts:
        await answer(post, talk, text)
        await post.pass_time(120.0, step=20.0)
    await post.writes("hello again", customer="+8613800132799")
    assert post.writer.given == []
    post.writer.fail = lambda _: None
    await post.pass_time(1_200.0, step=60.0)
    mine = [one.text for one in post.writer.given if one.address == CUSTOMER]
    assert mine == texts
    assert len(post.writer.given) == len({one.key for one in post.writer.given})
    assert set(await post.states(talk.conversation_id)) == {SENT}
    assert set(await post.states(other.conversation_id)) == {SENT}


async def test_a_refusal_is_final_and_the_next_word_is_not_held_up(post: Post) -> None:
    talk = await post.talking()

    def refuse(outbound: Outbound) -> Exception | None:
        return SendNever(code="21211") if outbound.text == "one" else None

    post.writer.fail = refuse
    one, _ = await answer(post, talk, "one", "two")
    await post.deliver()
    assert post.writer.texts == ["two"]
    assert (await post.states(talk.conversation_id))[-2:] == [("failed", "21211"), SENT]
    post.writer.fail = lambda _: None
    with pytest.raises(Forbidden):
        await retry_delivery(post.hub, "ben", contact_id=talk.contact_id, seq=one.seq)
    await retry_delivery(post.hub, "amara", contact_id=talk.contact_id, seq=one.seq)
    with pytest.raises(Refused):
        await retry_delivery(post.hub, "amara", contact_id=talk.contact_id, seq=one.seq)
    await post.deliver()
    assert post.writer.texts == ["two", "one"]
    assert (await post.states(talk.conversation_id))[-2:] == [SENT, SENT]


async def test_an_unknown_outcome_is_repeated_by_a_person_alone_and_with_its_key(
    post: Post,
) -> None:
    talk = await post.talking()
    post.writer.fail_after = lambda _: TimeoutError()
    one, *_ = await answer(post, talk, "one")
    await post.pass_time(120.0, step=30.0)
    assert post.writer.texts == ["one"]
    assert (await post.states(talk.conversation_id))[-1] == ("unknown", "unknown_outcome")
    post.writer.fail_after = lambda _: None
    await retry_delivery(post.hub, "amara", contact_id=talk.contact_id, seq=one.seq)
    await post.deliver()
    first, again = post.writer.given
    assert first.key == again.key
    assert (await post.states(talk.conversation_id))[-1] == SENT


@pytest.mark.parametrize("honours_key", [True, False])
async def test_a_crash_between_act_and_record_sends_nothing_twice(
    post: Post, monkeypatch: pytest.MonkeyPatch, *, honours_key: bool
) -> None:
    post.writer.honours_key = honours_key
    talk = await post.talking()
    await answer(post, talk, "one", "two")
    with monkeypatch.context() as patch:
        patch.setattr(outbox_runner, "crashpoint", _crash)
        with pytest.raises(BaseExceptionGroup):
            await post.deliver()
    assert post.writer.texts == ["one"]
    await post.runner().settle_left_behind()
    await post.pass_time(30.0)
    assert post.writer.texts == ["one", "two"]
    crashed = SENT if honours_key else ("unknown", "unknown_outcome")
    assert (await post.states(talk.conversation_id))[-2:] == [crashed, SENT]


class _Killed(BaseException):
    pass


def _crash(name: str) -> None:
    if name == AFTER_ACT:
        raise _Killed


async def test_reports_move_forward_only_and_may_come_early_twice_or_late(post: Post) -> None:
    talk = await post.talking()
    numbered = len(await post.states(talk.conversation_id))
    early = f"SM{numbered + 1}"
    assert await post.told(early, DeliveryState.DELIVERED)
    await answer(post, talk, "one", "two", "three")
    await post.deliver()
    assert (await post.states(talk.conversation_id))[-3:] == [("delivered", ""), SENT, SENT]
    second, third = f"SM{numbered + 2}", f"SM{numbered + 3}"
    assert not await post.told(second, DeliveryState.SENT)
    assert await post.told(second, DeliveryState.DELIVERED)
    assert not await post.told(second, DeliveryState.DELIVERED)
    assert not await post.told(second, DeliveryState.SENT)
    assert not await post.told(second, DeliveryState.FAILED, "30005")
    assert await post.told(third, DeliveryState.FAILED, "30003")
    assert (await post.states(talk.conversation_id))[-2:] == [
        ("delivered", ""),
        ("failed", "30003"),
    ]
    kinds = await post.world.kinds()
    assert (kinds.count("MessageDelivered"), kinds.count("MessageDeliveryFailed")) == (2, 1)


async def test_a_channel_sees_its_own_data_again(post: Post) -> None:
    talk = await post.talking()
    post.writer.data = {"thread": "ours"}
    await post.writes("hello", channel_data={"subject": "Card", "thread": "theirs"})
    await answer(post, talk, "one", "two")
    await post.deliver()
    known = [dict(one.channel_data) for one in post.writer.given]
    assert known == [
        {"subject": "Card", "thread": "theirs"},
        {"subject": "Card", "thread": "ours"},
    ]
