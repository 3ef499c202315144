"""Words in closed Contacts: found by an index that holds none of them, within rights."""

import asyncio

import pytest

from hub.domain.states import Speaker
from hub.journey import presence
from hub.journey.close import close
from hub.journey.context import Viewer
from hub.journey.finding import closed
from hub.journey.finding.closed import search_contacts
from hub.journey.finding.selection import Filters
from hub.journey.finding.words import find, index
from hub.journey.finding.words.index import WordKeeper, contacts_behind
from hub.journey.messages import Draft, add_message
from hub.journey.wrap_up import finish
from hub.store.rows import find as find_rows
from hub.store.tables import Contact, Message, WordToken
from tests.integration.finding.people import AMY, BOB, LIN, SUE, add, guest_in_hand, put_in_hand
from tests.support.waiting import in_background, until
from tests.support.world import World

LOST = "They SWALLOWED my cards, 我的信用卡被吞了"
RATES = "What are your mortgage rates? 请问房贷利率"
SAME = "和上个月一样，星期一还款"


async def talked(world: World, agent: str, *texts: str) -> str:
    """A Contact in which this was said, and which is over."""
    contact = await guest_in_hand(world, agent)
    for text in texts:
        await world.customer_says(text, visitor=f"guest-of-{agent}")
    await close(world.hub, contact, by=agent, reason="agent_ended")
    await finish(world.hub, agent, contact_id=contact, disposition="solved")
    return contact


async def indexed(world: World) -> None:
    keeper = WordKeeper(world.hub)
    while await keeper.index_some():
        pass


async def found(world: World, viewer: Viewer, words: str, **more: float | str) -> list[str]:
    times = {"since_at": 0.0, "until_at": 4e9}
    filters = Filters(**(times | more), words=words)  # type: ignore[arg-type]
    answer = await search_contacts(world.hub, viewer, filters)
    return [one["id"] for one in answer["contacts"]]


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found by opening what is not in the index."""
    monkeypatch.setattr(closed, "READ_MOST", 0)


@pytest.mark.usefixtures("unread")
async def test_what_was_said_is_found_in_both_languages(world: World) -> None:
    lost = await talked(world, "amy", LOST)
    rates = await talked(world, "amy", RATES)
    assert await found(world, SUE, "card") == []
    await indexed(world)
    for words in (
        "card",
        "swallowing CARD",
        "信用卡",
        "被吞",
        "ｃａｒｄｓ 信用卡",
        "信用卡掛失"[:3],
    ):
        assert await found(world, SUE, words) == [lost], words
    assert await found(world, SUE, "房貸利率") == [rates]
    assert await found(world, SUE, "agent please") == [rates, lost]
    for words in ("card mortgage", "用吞", "卡信"):
        assert await found(world, SUE, words) == [], words


@pytest.mark.usefixtures("unread")
async def test_a_numeral_is_part_of_a_chinese_word(world: World) -> None:
    same = await talked(world, "amy", SAME)
    await talked(world, "amy", "有 1 样，星期 3 还款")
    await indexed(world)
    for words in ("一样", "星期一", "个月一样"):
        assert await found(world, SUE, words) == [same], words


@pytest.mark.usefixtures("unread")
async def test_who_served_few_is_searched_by_those_first(world: World) -> None:
    theirs = [await talked(world, "amy", LOST) for _ in range(3)]
    await presence.set_presence(world.hub, "amy", presence="break", reason="lunch")
    mine = await talked(world, "bob", LOST)
    await talked(world, "bob", RATES)
    await indexed(world)
    assert await found(world, BOB, "信用卡 card") == [mine]
    assert sorted(await found(world, AMY, "信用卡 card")) == sorted(theirs)


@pytest.mark.usefixtures("unread")
async def test_agents_find_their_own_and_those_of_customers_in_hand(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = await talked(world, "amy", LOST)
    lin = await add(world, "20418807", LIN)
    await put_in_hand(world, lost, lin)
    await indexed(world)
    for walk_most in (find.WALK_MOST, 0):
        monkeypatch.setattr(find, "WALK_MOST", walk_most)
        assert await found(world, AMY, "card") == [lost]
        assert await found(world, BOB, "card") == []
    await presence.set_presence(world.hub, "amy", presence="break", reason="lunch")
    in_hand = await guest_in_hand(world, "bob")
    await put_in_hand(world, in_hand, lin)
    assert await found(world, BOB, "card") == [lost]


async def test_what_is_not_indexed_yet_is_read_and_nothing_is_told_twice(world: World) -> None:
    first = await talked(world, "amy", LOST)
    await indexed(world)
    await world.clock.advance(3600)
    second = await talked(world, "amy", LOST)
    assert await contacts_behind(world.hub) == 1
    assert await found(world, AMY, "card") == [second, first]
    await indexed(world)
    assert await contacts_behind(world.hub) == 0
    assert await found(world, AMY, "card") == [second, first]
    assert await found(world, AMY, "卡") == [second, first], "one character is read for"


@pytest.mark.usefixtures("unread")
async def test_times_and_filters_hold_and_a_long_walk_says_where_it_ended(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "SLACK", 0)
    contacts = []
    for _ in range(3):
        contacts.append(await talked(world, "amy", LOST))
        await world.clock.advance(3600)
    await indexed(world)
    hub = world.hub
    times = {row[0]: row[1] for row in await hub.reader.rows(find_rows(Contact, "id", "closed_at"))}
    middle = times[contacts[1]]
    assert await found(world, SUE, "card", until_at=middle + 1) == [contacts[1], contacts[0]]
    assert await found(world, SUE, "card", since_at=middle, until_at=middle + 1) == [contacts[1]]
    assert await found(world, SUE, "card", channel="email") == []


async def test_the_index_holds_no_word_and_only_what_was_said(world: World) -> None:
    await talked(world, "amy", LOST)
    await indexed(world)
    tokens = {row[0] for row in await world.hub.reader.rows(find_rows(WordToken, "token"))}
    key = world.hub.lookup.words
    assert key.of([("said", "card"), ("said_han", "信用")]) <= tokens
    assert not key.of([("word", "card"), ("said", "mortgage")]) & tokens


async def test_a_keeper_beside_the_talks_indexes_what_is_closed(world: World) -> None:
    keeper = WordKeeper(world.hub)
    world.hub.journal.follow(keeper.follow)
    async with in_background(keeper.run()):
        await until(lambda: world.clock.sleeper_count > 0)
        await talked(world, "amy", LOST)
        while await contacts_behind(world.hub):
            await world.clock.advance(index.PAUSE_SECONDS)
            await asyncio.sleep(0)
    assert await world.hub.reader.rows(find_rows(WordToken, "token"))


async def test_two_nodes_that_index_the_same_do_it_once(world: World) -> None:
    contact = await talked(world, "amy", LOST)
    keepers = [WordKeeper(world.hub), WordKeeper(world.hub)]
    await asyncio.gather(*(keeper.index_some() for keeper in keepers))
    owners = {row[0] for row in await world.hub.reader.rows(find_rows(WordToken, "owner"))}
    assert len(owners) == 1
    assert await found(world, SUE, "card") == [contact]


async def test_a_long_letter_is_cut_and_found_by_its_words(world: World) -> None:
    contact = await talked(world, "amy")
    rows = await world.hub.reader.rows(find_rows(Message, "conversation_id", contact_id=contact))
    long = "".join(f"word{number} " for number in range(2_000)) + "mortgage"
    draft = Draft(key="long", speaker=Speaker.CUSTOMER, body={"text": long})
    await world.hub.journal.run(add_message(world.hub, rows[0][0], contact, draft, 1.0))
    await indexed(world)
    assert await found(world, SUE, "word1999 mortgage") == [contact]
