"""What a channel remembers is its own, sealed, and forgotten in time."""

import pytest

from hub.domain.outbound import DeliveryState
from hub.journey.channel_state import ChannelState
from hub.journey.converse import say
from hub.store.rows import find, table_of
from hub.store.tables import ChannelState as Row
from hub.store.tables import Message
from hub.store.unit import Prepared, Unit
from tests.support.letters import Post


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One store: what is told here is the same on both."""
    return sqlite_url


async def test_each_account_recalls_its_own_until_the_time_is_over(post: Post) -> None:
    mine = ChannelState(post.hub, "email", "service@bank.example")
    other = ChannelState(post.hub, "email", "cards@bank.example")
    name = "thread/mei@mail.example"
    await mine.remember(name, "17:4021")
    await mine.remember(name, "17:4022")
    assert await mine.recall(name) == "17:4022"
    assert await other.recall(name) is None
    rows = await post.hub.reader.rows(find(Row, "key", "value_sealed", channel="email"))
    assert len(rows) == 1
    assert "mei" not in rows[0][0]
    assert b"4022" not in rows[0][1]
    await other.remember(name, "soon over", expires_at=post.world.clock.now() + 60.0)
    await post.world.clock.advance(61.0)
    assert await other.recall(name) is None
    await mine.forget_expired()
    assert len(await post.hub.reader.rows(find(Row, "key", channel="email"))) == 1
    await mine.forget(name)
    assert await mine.recall(name) is None


async def test_words_that_cannot_be_read_were_certainly_not_sent(post: Post) -> None:
    talk = await post.talking()
    posted = await say(post.hub, "amara", contact_id=talk.contact_id, key="key-one", text="hello")
    column = table_of(Message).c
    damage = Prepared(
        table_of(Message).update().where(column.key == "key-one").values(body_sealed=b"damaged")
    )

    def unit() -> Unit[None]:
        yield damage()

    await post.hub.journal.run(unit())
    await post.deliver()
    state, code = (await post.states(posted.conversation_id))[-1]
    assert state == DeliveryState.FAILED
    assert code == "sealed_value_unknown"
    assert post.writer.texts == []
