"""What the feed does when a page lags, another node writes, or the hub starts again."""

import asyncio
from collections.abc import MutableMapping, Sequence
from typing import Any

import pytest

from agent_console.console import Console
from agent_console.reading.contacts import load_contacts
from agent_console.rights import WALLBOARD
from hub.domain.events import Logged, MessageAdded
from hub.journey import answer, close, converse
from hub.journey.context import Hub
from hub.journey.messages import messages_of
from hub.reports.recount import recount
from hub.store.rows import put, remove
from hub.store.tables import Message
from hub.store.unit import Unit
from tests.integration.console.desk import (
    SETUP,
    FoldingPage,
    add_supervisor,
    fresh_state,
    make_console,
)
from tests.support.world import POLICY, World

PLACE = "agent_console.feed.refresh.messages_of"


@pytest.fixture
async def in_talk(world: World, console: Console) -> FoldingPage:
    """An agent's page with one contact, whose id is `visitor-1`'s."""
    await world.add_agent("amara")
    page = FoldingPage(console, "amara")
    await page.hello()
    await world.customer_says(None)
    await world.customer_says("an agent please")
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    await page.caught_up()
    return page


def only(collection: dict[str, Any]) -> Any:
    (value,) = collection.values()
    return value


async def test_a_commit_is_one_frame(world: World, in_talk: FoldingPage) -> None:
    frames, commits = len(in_talk.frames), []

    def heard(batch: Sequence[Logged]) -> None:
        if any(isinstance(one.event, MessageAdded) for one in batch):
            commits.append(len(batch))

    world.hub.journal.follow(heard)
    await asyncio.gather(*(world.customer_says(f"word {n}") for n in range(5)))
    await world.hub.journal.caught_up()
    sent = in_talk.frames[frames:]
    assert len(sent) == len(commits)
    added = [op[3] for _, body in sent for op in body["ops"] if op[0] == "add"]
    assert {one["text"] for one in added} == {f"word {n}" for n in range(5)}
    assert [one["seq"] for one in added] == sorted(one["seq"] for one in added)


async def test_messages_of_another_node_are_read(
    world: World, console: Console, in_talk: FoldingPage
) -> None:
    """There the log tells of a message, and nothing is carried."""
    told: list[Logged] = []
    follower = console.worker.follower
    plain = follower.follow

    def without_what_is_carried(batch: list[Logged]) -> None:
        told.extend(batch)
        plain([Logged(position=one.position, event=one.event) for one in batch])

    follower.follow = without_what_is_carried  # type: ignore[method-assign, assignment]
    await world.customer_says("from far away")
    await in_talk.caught_up()
    assert told
    assert only(in_talk.state["contacts"])["last_text"] == "from far away"
    assert in_talk.state == await fresh_state(in_talk)


async def test_a_page_that_lags_gets_a_snapshot_when_it_reads_again(
    world: World, console: Console
) -> None:
    await world.add_agent("amara")
    page = FoldingPage(console, "amara")
    reads = asyncio.Event()
    reads.set()
    plain = page.stream.wire._send

    async def slow(message: MutableMapping[str, Any]) -> None:
        await reads.wait()
        await plain(message)

    wire = page.stream.wire
    wire._send, wire._most_packets = slow, 3
    wire._lagged = lambda: console.worker.hello(page.stream, "lag")
    await page.hello()
    reads.clear()
    await world.customer_says(None)
    await world.customer_says("an agent please")
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    await page.caught_up()
    for n in range(10):
        await world.customer_says(f"word {n}")
        await world.hub.journal.caught_up()
    assert wire.waiting_packets == 0, "what was kept was thrown away"
    reads.set()
    await world.clock.settle()
    await page.caught_up()
    await world.clock.settle()
    assert only(page.state["contacts"])["last_text"] == "word 9"
    assert page.state == await fresh_state(page)


async def test_messages_that_come_while_a_contact_is_read_in_are_not_lost(
    world: World, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.add_agent("amara")
    page = FoldingPage(console, "amara")
    await page.hello()
    await world.customer_says(None)
    await world.customer_says("an agent please")
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)

    async def then_one_more(*args: Any, **more: Any) -> Any:
        found = await messages_of(*args, **more)
        monkeypatch.setattr(PLACE, messages_of)
        await world.customer_says("just now")
        await world.hub.journal.caught_up()
        return found

    monkeypatch.setattr(PLACE, then_one_more)
    await page.caught_up()
    assert only(page.state["messages"])[-1]["text"] == "just now"
    assert page.state == await fresh_state(page)


async def test_a_card_typed_in_pieces_leaves_the_pages_that_showed_its_beginning(
    world: World, in_talk: FoldingPage
) -> None:
    await world.customer_says("4111 1111")
    await in_talk.caught_up()
    assert only(in_talk.state["messages"])[-1]["text"] == "4111 1111"
    await world.customer_says("1111 1111")
    await in_talk.caught_up()
    *_, first, second, told = [one["text"] for one in only(in_talk.state["messages"])]
    assert (first, second) == ("•••• ••••", "•••• 1111")
    assert told.startswith("For your safety we hid a card number")
    assert in_talk.state == await fresh_state(in_talk)


async def test_the_wallboard_equals_a_recount_of_the_log_also_after_a_restart(
    world: World, console: Console, in_talk: FoldingPage
) -> None:
    await add_supervisor(world)
    rosa = FoldingPage(console, "rosa", WALLBOARD)
    await rosa.hello()
    await world.customer_says(None, visitor="visitor-2")
    await world.customer_says("an agent please", visitor="visitor-2")
    await world.clock.advance(12)
    contact = only(in_talk.state["contacts"])["id"]
    await converse.say(world.hub, "amara", contact_id=contact, key="k1", text="Bye")
    await close.close(world.hub, contact, by="amara", reason="done")
    await rosa.caught_up()
    figures = recount(await world.events(), zone=SETUP.zone, now=world.clock.now(), policy=POLICY)
    assert figures.total.offered == 2
    assert figures == console.counters.figures
    totals = rosa.state["totals"]["today"]
    assert totals["offered"] == figures.total.offered
    assert totals["service_level_ratio"] == figures.total.service_level_ratio
    again = make_console(world.hub)
    await again.start()
    assert again.counters.figures == figures
    assert again.counters.waiting == console.counters.waiting
    await again.stop()


async def test_a_damaged_contact_does_not_take_the_others_away(
    world: World, console: Console, in_talk: FoldingPage
) -> None:
    await world.customer_says(None, visitor="visitor-2")
    await world.customer_says("an agent please", visitor="visitor-2")
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    await in_talk.caught_up()
    damaged, whole = in_talk.state["contacts"].values()

    def unit() -> Unit[None]:
        where = {"conversation_id": damaged["conversation_id"]}
        yield remove(Message, **where, seq=1)
        yield put(
            Message, seq=1, key="x", contact_id=damaged["id"], speaker="customer",
            audience="everyone", body_sealed=b"\x01\x00\x01" + bytes(40), at=1.0, **where,
        )  # fmt: skip

    await world.hub.journal.run(unit())
    await in_talk.hello()
    assert list(in_talk.state["contacts"]) == [whole["id"]]


async def test_what_nobody_holds_is_not_read(
    world: World, in_talk: FoldingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    async def counted(hub: Hub, ids: Sequence[str]) -> dict[str, Any]:
        read.extend(ids)
        return await load_contacts(hub, ids)

    monkeypatch.setattr("agent_console.feed.refresh.load_contacts", counted)
    await world.customer_says(None, visitor="somebody")
    await in_talk.caught_up()
    assert read == []
