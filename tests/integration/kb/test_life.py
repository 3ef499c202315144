"""From draft to the version in force, on both databases, and what readers teach."""

from dataclasses import replace
from typing import Any

import pytest

from hub.domain.articles import ArticleText, Audience
from hub.domain.errors import Forbidden, Invalid, Refused
from hub.journey.articles import learn, life
from hub.journey.articles.bring_in import bring_in
from hub.journey.articles.name import Name
from hub.journey.articles.read import all_in_force, all_newest, in_force, versions_of
from hub.journey.context import Viewer
from hub.security.roles import Role
from hub.store.rows import find
from hub.store.tables import AuditEntry, SearchMiss
from tests.support.world import World

ROSA = Viewer(user_id="rosa", roles=frozenset({Role.SUPERVISOR}))
CHEN = Viewer(user_id="chen", roles=frozenset({Role.SUPERVISOR}))
AMARA = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
NAME = Name("lost-card", "en")
TEXT = ArticleText(title="Lost card", body="Call us.\n", category="Cards")


async def publish(world: World, text: ArticleText) -> int:
    """Rosa writes, Chen publishes."""
    seen = await life.save(world.hub, ROSA, NAME, text, seen=0)
    await life.submit(world.hub, ROSA, NAME, seen=seen)
    return await life.publish(world.hub, CHEN, NAME, seen=seen, why="read it")


async def test_a_second_person_publishes_and_the_old_version_makes_way(world: World) -> None:
    hub = world.hub
    assert await publish(world, TEXT) == 1
    assert await publish(world, replace(TEXT, title="A card is gone")) == 2
    (article,) = await all_in_force(hub.reader)
    assert (article.version, article.text.title) == (2, "A card is gone")
    assert [(v.number, v.state) for v in await versions_of(hub, *_parts())] == [
        (2, "published"), (1, "replaced"),
    ]  # fmt: skip
    await life.retire(hub, ROSA, NAME, why="not offered any more")
    assert await in_force(hub, *_parts()) is None
    assert [row["state"] for row in await all_newest(hub)] == ["retired"]
    kinds = [kind for kind in await world.kinds() if kind.startswith("Article")]
    assert kinds == ["ArticlePublished", "ArticlePublished", "ArticleRetired"]
    rows = await hub.reader.rows(find(AuditEntry, "action", "actor", subject=str(NAME)))
    assert sorted(rows) == [
        ("article_published", "chen"), ("article_published", "chen"), ("article_retired", "rosa"),
    ]  # fmt: skip


async def test_a_version_of_a_later_day_leaves_the_one_before_in_force(world: World) -> None:
    hub, begins_at = world.hub, world.clock.now() + 86_400.0
    await publish(world, TEXT)
    await publish(world, replace(TEXT, title="From tomorrow", valid_from_at=begins_at))
    assert [row["state"] for row in await all_newest(hub)] == ["scheduled"]
    assert [one.text.title for one in await all_in_force(hub.reader)] == ["Lost card"]
    await world.clock.advance(86_400.0)
    await world.settle()
    (article,) = await all_in_force(hub.reader)
    assert (article.version, article.text.title) == (2, "From tomorrow")
    states = [version.state for version in await versions_of(hub, *_parts())]
    assert states == ["published", "replaced"]


async def test_what_waits_for_its_day_does_not_come_over_a_later_decision(world: World) -> None:
    hub, begins_at = world.hub, world.clock.now() + 86_400.0
    await publish(world, TEXT)
    await publish(world, replace(TEXT, title="From tomorrow", valid_from_at=begins_at))
    await publish(world, replace(TEXT, title="At once"))
    await world.clock.advance(2 * 86_400.0)
    await world.settle()
    assert [one.text.title for one in await all_in_force(hub.reader)] == ["At once"]


async def test_nobody_publishes_alone_out_of_turn_or_over_somebody(world: World) -> None:
    hub = world.hub
    with pytest.raises(Forbidden):
        await life.save(hub, AMARA, NAME, TEXT, seen=0)
    seen = await life.save(hub, ROSA, NAME, TEXT, seen=0)
    for refused, code in (
        (life.save(hub, CHEN, NAME, TEXT, seen=0), "draft_changed"),
        (life.publish(hub, CHEN, NAME, seen=seen, why="x"), "draft_changed"),
    ):
        with pytest.raises(Refused) as told:
            await refused
        assert told.value.code == code
    await life.submit(hub, CHEN, NAME, seen=seen)
    for somebody in (ROSA, CHEN):
        with pytest.raises(Refused) as told:
            await life.publish(hub, somebody, NAME, seen=seen, why="mine")
        assert told.value.code == "same_person"
    await life.send_back(hub, CHEN, NAME, seen=seen, why="say how")
    (version,) = await versions_of(hub, *_parts())
    assert (version.state, version.why) == ("draft", "say how")
    with pytest.raises(Refused):
        await life.retire(hub, ROSA, NAME, why="nothing is in force")
    with pytest.raises(Invalid):
        await life.save(hub, ROSA, Name("../etc", "en"), TEXT, seen=0)


async def test_files_come_in_once_and_never_over_a_person(world: World) -> None:
    hub = world.hub
    other = Name("fees", "zh")
    texts = {NAME: TEXT, other: replace(TEXT, audience=Audience.AGENTS)}
    assert await bring_in(hub, texts, dry=True) == _counts(created=2)
    assert await all_in_force(hub.reader) == []
    assert await bring_in(hub, texts, dry=False) == _counts(created=2)
    assert await bring_in(hub, texts, dry=False) == _counts(unchanged=2)
    await publish(world, replace(TEXT, title="By a person"))
    texts[other] = replace(texts[other], title="New")
    assert await bring_in(hub, texts, dry=False) == _counts(updated=1, kept=1)
    assert {a.text.title for a in await all_in_force(hub.reader)} == {"By a person", "New"}


async def test_what_finds_nothing_is_counted_without_saying_who(world: World) -> None:
    hub = world.hub
    for words in ("Crypto  wallet 4929 1234", "crypto wallet ann@example.org", "crypto WALLET 7"):
        assert await learn.misses(hub) == []
        await learn.note_miss(hub, words, "en")
    (miss,) = await learn.misses(hub)
    assert (miss.words, miss.language, miss.times) == ("crypto wallet", "en", 3)
    await learn.note_miss(hub, "12345 ann@example.org", "en")
    ((sealed,),) = await hub.reader.rows(find(SearchMiss, "words_sealed"))
    assert b"crypto" not in sealed


async def test_verdicts_are_counted_for_each_version(world: World) -> None:
    await publish(world, TEXT)
    article = await in_force(world.hub, *_parts())
    assert article is not None
    for helped in (True, False, True):
        await learn.note_verdict(world.hub, article, helped=helped)
    assert await learn.verdicts(world.hub) == {("lost-card", "en", 1): (2, 1)}


def _parts() -> tuple[str, str]:
    return NAME.slug, NAME.language


def _counts(**some: int) -> dict[str, Any]:
    return {"created": 0, "updated": 0, "unchanged": 0, "kept": 0, **some}
