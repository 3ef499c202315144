from dataclasses import replace

from channels.web_chat import visitors
from channels.web_chat.visitors import YOUNG_SECONDS, Visitor, keeps, offer_token, recognise
from hub.security.tokens import token_hash
from hub.store.rows import find
from hub.store.tables import ChannelState
from tests.support.world import World
from tests.unit.web_chat.page import site

ANNA = Visitor(id="vis_1", widget="demo", address="vis_1")
NOW = 1_000_000.0


def test_a_token_is_good_until_a_later_one_is_used() -> None:
    anna, first = offer_token(ANNA, NOW)
    used = recognise(anna, first)
    assert used is not None
    with_second, second = offer_token(used, NOW)
    assert recognise(with_second, first) == with_second
    later = recognise(with_second, second)
    assert later is not None
    assert recognise(later, first) is None


def test_a_guest_keeps_a_young_token_while_no_other_is_good() -> None:
    anna, first = offer_token(ANNA, NOW)
    assert keeps(anna, first, NOW + YOUNG_SECONDS - 1)
    assert not keeps(anna, first, NOW + YOUNG_SECONDS)
    with_second, second = offer_token(anna, NOW)
    assert not keeps(with_second, first, NOW), "a fresh one waits: the welcome must bring one"
    assert not keeps(with_second, second, NOW), "the first must die before"
    used = recognise(with_second, second)
    assert used is not None
    assert keeps(used, second, NOW)
    assert not keeps(used, first, NOW)


def test_a_signed_in_page_never_keeps_its_token() -> None:
    anna, token = offer_token(replace(ANNA, customer_id="cus_1"), NOW)
    assert not keeps(anna, token, NOW)


def test_only_so_many_fresh_tokens_wait() -> None:
    anna, tokens = ANNA, []
    for _ in range(visitors.OFFERED_MOST + 1):
        anna, token = offer_token(anna, NOW)
        tokens.append(token)
    assert recognise(anna, tokens[0]) is None
    assert all(recognise(anna, token) for token in tokens[1:])


def test_no_other_text_is_a_token() -> None:
    anna, token = offer_token(ANNA, NOW)
    for other in ("", "vis_1", "vis_1.", token[:-1], token + "x", token_hash(token), "您好"):
        assert recognise(anna, other) is None
    assert recognise(ANNA, token) is None


async def test_no_token_lies_in_the_store(world: World) -> None:
    async with site(world) as opened:
        token = (await opened.open().hello())["resume"]
        rows = await world.hub.reader.rows(
            find(ChannelState, "key", "value_sealed", "expires_at", channel="web_chat")
        )
        ((key, sealed, expires_at),) = rows
        kept = world.hub.vault.open(sealed, "channel_state", "value", f"web_chat/{key}")
        assert token.partition(".")[2] not in kept
        assert token_hash(token) in kept
        assert expires_at > world.clock.now()


async def test_those_whose_time_is_over_are_forgotten(world: World) -> None:
    hub, now = world.hub, world.clock.now()

    async def keys() -> set[str]:
        rows = await hub.reader.rows(find(ChannelState, "key", channel="web_chat"))
        return {row[0] for row in rows}

    for number, expires_at in enumerate((now - 5, now - 1, now + 60)):
        visitor = replace(ANNA, id=f"vis_{number}")
        await hub.journal.run(visitors.save_visitor(hub, visitor, expires_at))
    assert await hub.journal.run(visitors.prune_visitors(now)) == 2
    assert await keys() == {"visitor:vis_2"}
