"""Matters that people are handed over with, by volume, where no article has helped."""

import pytest

from hub.domain.events import ContactAssigned, ContactClosed, WordsWeighed
from hub.domain.states import Ending
from hub.journey.articles import learn
from hub.store.unit import Append, Unit
from knowledge_base.library import Library
from tests.integration.console.served import Served
from tests.unit.kb.library import SHELF


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """The log is read alike on every store."""
    return sqlite_url


async def brought(served: Served, matter: str, *, times: int, handed_over: bool) -> None:
    """So many talks were about it."""
    at = served.world.clock.now()

    def unit() -> Unit[None]:
        for number in range(times):
            contact_id, talk = f"{matter}-{number}", f"talk-{matter}-{number}"
            yield Append(
                WordsWeighed(at=at, contact_id=contact_id, conversation_id=talk, intent=matter,
                             outcome="understood")
            )  # fmt: skip
            if handed_over:
                yield Append(
                    ContactAssigned(
                        at=at, contact_id=contact_id, conversation_id=talk, agent_id="amara",
                        assignment_id=contact_id, queue_id="cards", channel="web_chat",
                        waited_seconds=1.0,
                    )
                )  # fmt: skip
            ending = Ending.HANDLED if handed_over else Ending.CONTAINED
            yield Append(
                ContactClosed(at=at, contact_id=contact_id, conversation_id=talk, ending=ending,
                              reason="agent", channel="web_chat", queue_id=None)
            )  # fmt: skip

    await served.world.hub.journal.run(unit())


async def test_what_people_ask_for_and_no_article_answers_is_listed_by_volume(
    served: Served,
) -> None:
    hub = served.world.hub
    assert isinstance(hub.articles, Library)
    hub.articles.fill(SHELF)
    await brought(served, "lost_card", times=3, handed_over=True)
    await brought(served, "zeppelin_parking", times=5, handed_over=True)
    await brought(served, "payments_abroad", times=9, handed_over=False)
    rosa = (await served.signed_in("rosa", "supervisor")).http

    async def listed() -> list[tuple[str, int, str | None]]:
        gaps = (await rosa.get("/api/article-desk/gaps")).json()["gaps"]
        return [
            (one["matter"], one["unsolved"], one["article"] and one["article"]["slug"])
            for one in gaps
        ]

    assert await listed() == [("zeppelin_parking", 5, None), ("lost_card", 3, "lost-card")]
    article = next(one for one in SHELF if (one.slug, one.language) == ("lost-card", "zh"))
    await learn.note_verdict(hub, article, helped=True)
    assert [matter for matter, *_ in await listed()] == ["zeppelin_parking"]
