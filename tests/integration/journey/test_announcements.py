"""What is said to all: customers who wait read it, those who come too, agents confirm it."""

from dataclasses import replace

import pytest

from agent_console.reading import board
from hub.domain.errors import Invalid
from hub.journey import answer
from hub.journey.floor import announce
from hub.journey.floor.announce import NewAnnouncement
from hub.journey.floor.announcements import told_now, unread_of
from hub.journey.messages import messages_of
from hub.journey.waiting import TimerKind, arm
from hub.store.rows import find
from hub.store.tables import Announcement, AuditEntry
from hub.store.unit import Unit
from tests.support.world import World

EN, ZH = "Card payments are slow. Your money is safe.", "刷卡较慢，您的资金是安全的。"


def news(world: World, audience: str = "everyone", seconds: float = 600.0) -> NewAnnouncement:
    until_at = world.clock.now() + seconds
    return NewAnnouncement(audience=audience, en=EN, zh=ZH, until_at=until_at)


async def lines(world: World, conversation_id: str) -> list[str]:
    told = await messages_of(world.hub, conversation_id)
    return [m.body["text"] for m in told if m.body.get("event") == "announcement"]


async def test_everyone_who_waits_reads_it_once_in_their_language(world: World) -> None:
    bot = await world.customer_says(None, visitor="with-the-bot")
    line = await world.customer_says("agent", visitor="in-line", language="zh")
    key = await announce.announce(world.hub, "chidi", news(world))
    await world.settle()

    def again() -> Unit[None]:
        yield arm(TimerKind.ANNOUNCE, key, world.clock.now())

    await world.hub.journal.run(again())
    await world.settle()
    assert await lines(world, bot.conversation_id) == [EN]
    assert await lines(world, line.conversation_id) == [ZH]
    assert (await messages_of(world.hub, bot.conversation_id))[-1].kind == "event"


async def test_who_comes_later_reads_it_before_the_greeting(world: World) -> None:
    await announce.announce(world.hub, "chidi", news(world, "customers"))
    await world.settle()
    posted = await world.customer_says(None)
    first, second, *_ = await messages_of(world.hub, posted.conversation_id)
    assert first.body["text"] == EN
    assert second.speaker == "bot"


async def test_talks_with_an_agent_and_news_for_agents_alone_stay_undisturbed(
    world: World,
) -> None:
    await world.add_agent("amara")
    talk = await world.customer_says("agent", visitor="talks")
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    bot = await world.customer_says(None, visitor="with-the-bot")
    await announce.announce(world.hub, "chidi", news(world))
    await announce.announce(world.hub, "chidi", news(world, "agents"))
    await world.settle()
    assert await lines(world, talk.conversation_id) == []
    assert await lines(world, bot.conversation_id) == [EN]


async def test_it_ends_at_its_time_or_by_hand_and_the_audit_says_so(world: World) -> None:
    await announce.announce(world.hub, "chidi", news(world, seconds=60))
    second = await announce.announce(world.hub, "chidi", news(world))
    await world.pass_time(70)
    assert [one.id for one in await told_now(world.hub)] == [second]
    await announce.end_announcement(world.hub, "chidi", announcement_id=second)
    await announce.end_announcement(world.hub, "chidi", announcement_id=second)
    assert await told_now(world.hub) == []
    posted = await world.customer_says(None)
    assert await lines(world, posted.conversation_id) == []
    rows = await world.hub.reader.rows(find(AuditEntry, "action", "actor"))
    assert sorted(rows) == [
        ("announced", "chidi"),
        ("announced", "chidi"),
        ("announcement_ended", "chidi"),
        ("announcement_ended", "system"),
    ]


async def test_agents_who_are_meant_see_it_until_they_confirm(world: World) -> None:
    await world.add_agent("amara")
    await world.add_agent("ben")
    all_of = await announce.announce(world.hub, "chidi", news(world, "agents"))
    queue = replace(news(world, "agents"), queue_id="payments", must_confirm=True)
    of_queue = await announce.announce(world.hub, "chidi", queue)
    await announce.announce(world.hub, "chidi", news(world, "customers"))
    unread = await unread_of(world.hub, ["amara", "ben", "ghost"])
    assert [one.id for one in unread["amara"]] == [all_of, of_queue]
    await announce.confirm(world.hub, "amara", announcement_id=all_of)
    await announce.confirm(world.hub, "amara", announcement_id=all_of)
    unread = await unread_of(world.hub, ["amara", "ben", "ghost"])
    assert [one.id for one in unread["amara"]] == [of_queue]
    assert [one.id for one in unread["ben"]] == [all_of, of_queue]
    assert unread["ghost"] == []
    counted = {one["id"]: one for one in await board.announcements(world.hub)}
    assert (counted[all_of]["meant"], counted[all_of]["read"]) == (2, 1)
    assert len(counted[all_of]["missing"]) == 1, "who has not confirmed is named"
    assert len(counted[of_queue]["missing"]) == 2
    assert (await world.kinds()).count("AnnouncementConfirmed") == 1


async def test_words_are_sealed_and_card_numbers_hidden(world: World) -> None:
    new = replace(news(world), en="Card 4111 1111 1111 1111 is fine")
    key = await announce.announce(world.hub, "chidi", new)
    (told,) = await told_now(world.hub)
    assert "4111 1111" not in told.words["en"]
    rows = await world.hub.reader.rows(find(Announcement, "words_sealed", id=key))
    assert ZH.encode() not in rows[0][0]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"audience": "press"}, "bad_audience"),
        ({"zh": " "}, "both_languages"),
        ({"en": "x" * 501}, "both_languages"),
        ({"until_at": 1.0}, "bad_time"),
        ({"queue_id": "nowhere"}, "no_queue"),
        ({"team": "nobody"}, "no_team"),
    ],
)
async def test_what_cannot_be_said_is_refused(
    world: World, change: dict[str, object], code: str
) -> None:
    changed = replace(news(world), **change)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        await announce.announce(world.hub, "chidi", changed)
    assert refused.value.code == code
    assert await told_now(world.hub) == []
