"""Who edits an article holds it: others are told, take it over, or wait until it lapses."""

import pytest

from hub.domain.errors import Forbidden, Refused
from hub.journey.articles import life
from hub.journey.articles.lock import LAPSE_SECONDS, hold, let_go
from tests.integration.kb.test_life import AMARA, CHEN, NAME, ROSA, TEXT
from tests.support.world import World


async def test_who_edits_is_told_to_others_until_somebody_takes_it_over(world: World) -> None:
    hub = world.hub
    since_at = world.clock.now()
    assert (await hold(hub, ROSA, NAME, take=False)).user_id == "rosa"
    await world.clock.advance(LAPSE_SECONDS - 1)
    await hold(hub, ROSA, NAME, take=False)
    await world.clock.advance(LAPSE_SECONDS - 1)
    told = await hold(hub, CHEN, NAME, take=False)
    assert (told.user_id, told.since_at) == ("rosa", since_at)
    with pytest.raises(Refused, match="take it over") as refused:
        await life.save(hub, CHEN, NAME, TEXT, seen=0)
    assert refused.value.code == "held_by_other"
    taken = await hold(hub, CHEN, NAME, take=True)
    assert (taken.user_id, taken.taken_from) == ("chen", "rosa")
    assert (await hold(hub, ROSA, NAME, take=False)).user_id == "chen", "told at the next beat"
    await life.save(hub, CHEN, NAME, TEXT, seen=0)
    with pytest.raises(Refused):
        await life.save(hub, ROSA, NAME, TEXT, seen=1)
    with pytest.raises(Forbidden):
        await hold(hub, AMARA, NAME, take=True)


async def test_an_article_is_free_when_let_go_or_without_a_beat(world: World) -> None:
    hub = world.hub
    await hold(hub, ROSA, NAME, take=False)
    await let_go(hub, CHEN, NAME)
    assert (await hold(hub, CHEN, NAME, take=False)).user_id == "rosa", "not his to let go"
    await let_go(hub, ROSA, NAME)
    assert (await hold(hub, CHEN, NAME, take=False)).user_id == "chen"
    await world.clock.advance(LAPSE_SECONDS)
    free = await hold(hub, ROSA, NAME, take=False)
    assert (free.user_id, free.taken_from) == ("rosa", None)
