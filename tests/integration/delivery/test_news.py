"""What a complaint's customer hears by SMS: number and day, once, elsewhere only if it failed."""

import json
from collections.abc import Callable

import pytest

from hub.journey.cases.cases import open_case
from hub.journey.news import send_unseen
from hub.journey.notify import KIND
from hub.journey.waiting import TimerKind
from hub.ports import SendNever
from hub.store.rows import find
from hub.store.tables import Case, Effect, Timer
from tests.integration.delivery.test_preference import Carrier, known
from tests.support.letters import Post


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One store: what is told here is the same on both."""
    return sqlite_url


def refused(_: object) -> Exception | None:
    return SendNever(code="30003")


@pytest.mark.parametrize(("fail", "notices"), [(None, 0), (refused, 1)])
async def test_a_complaint_is_acknowledged_once(
    post: Post, fail: Callable[[object], Exception | None] | None, notices: int
) -> None:
    contact_id = await known(post)
    object.__setattr__(post.hub, "notify", Carrier())
    post.writer.fail = fail or post.writer.fail
    case_id = await open_case(
        post.hub, contact_id=contact_id, kind="complaint", words="a secret", by="amara"
    )
    await post.deliver()
    ((number,),) = await post.hub.reader.rows(find(Case, "number", id=case_id))
    (conversation_id,) = await post.contact(contact_id, "conversation_id")
    told = (await post.said(conversation_id))[-1].body["text"]
    assert number in told
    assert "secret" not in told
    assert post.writer.texts == ([] if fail else [told])
    await post.world.clock.advance(post.hub.settings.news_after_seconds + 1)
    for (subject,) in await post.hub.reader.rows(find(Timer, "subject", kind=TimerKind.NEWS)):
        await send_unseen(post.hub, subject)
    rows = await post.hub.reader.rows(find(Effect, "id", "payload_sealed", kind=KIND))
    sent = [json.loads(post.hub.vault.open(row[1], "effect", "payload", row[0])) for row in rows]
    assert [one["text"] for one in sent] == [told] * notices


async def test_who_tells_by_itself_is_not_repeated(post: Post) -> None:
    contact_id = await known(post)
    await open_case(
        post.hub, contact_id=contact_id, kind="complaint", words="x", by="self_service",
        tells=False,
    )  # fmt: skip
    await open_case(post.hub, contact_id=contact_id, kind="other", words="x", by="amara")
    await post.deliver()
    assert post.writer.texts == []
