"""Old snapshot + increments = new snapshot, for every command of the walk."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from agent_console.commands.access import require_conversation
from agent_console.console import Console
from agent_console.rights import WALLBOARD
from hub.journey import answer, close, converse, participate, presence, supervise, transfer, wrap_up
from hub.journey.survey import answer_survey, survey_of_contact
from tests.integration.console.desk import FoldingPage, add_supervisor, fresh_state
from tests.support.world import World


class Stage:
    """A page of an agent, one of a colleague, one of a supervisor, and what they have in hand."""

    def __init__(self, world: World, console: Console) -> None:
        self.world, self.console = world, console
        self.pages: list[FoldingPage] = []
        self.contact_id = ""
        self.conversation_id = ""

    async def open(self) -> None:
        await self.world.add_agent("amara")
        await self.world.add_agent("bo")
        await presence.set_presence(self.world.hub, "bo", presence="break", reason="lunch")
        await add_supervisor(self.world)
        for user, topic in (("amara", "desk"), ("bo", "desk"), ("rosa", WALLBOARD)):
            self.pages.append(FoldingPage(self.console, user, topic))
            await self.pages[-1].hello()

    async def check(self) -> None:
        for page in self.pages:
            await page.caught_up()
            fresh = await fresh_state(page)
            assert page.state == fresh, f"{page.user_id} differs"

    async def step(self, doing: Callable[[], Awaitable[object]]) -> None:
        """One command; then every page equals what a fresh one would show."""
        await doing()
        await self.world.settle()
        await self.check()

    async def arrive(self) -> None:
        await self.world.customer_says(None)
        posted = await self.world.customer_says("an agent please")
        self.contact_id, self.conversation_id = posted.contact_id, posted.conversation_id

    async def accept(self, agent: str = "amara") -> None:
        offer = await self.world.offer_of(agent)
        assert offer is not None
        await answer.accept(self.world.hub, agent, offer)


@pytest.fixture
def stage(world: World, console: Console) -> Stage:
    return Stage(world, console)


async def test_offer_and_talk(stage: Stage) -> None:
    await stage.open()
    hub, (amara, bo, rosa) = stage.world.hub, stage.pages
    await stage.step(stage.arrive)
    contact = stage.contact_id
    offers = list(amara.state["offers"].values())
    assert [one["contact_id"] for one in offers] == [contact]
    assert contact in amara.state["records"], "the record opens with the offer"
    assert not bo.state["offers"]
    assert rosa.state["contacts"][contact]["flags"] == ["ringing"]

    await stage.step(stage.accept)
    assert amara.state["contacts"][contact]["my_role"] == "owner"
    assert amara.state["me"]["me"]["load_units"] == 2
    assert rosa.state["agents"]["amara"]["activity"] == "on_contact"

    ids: Any = {"contact_id": contact}
    await stage.step(lambda: converse.say(hub, "amara", key="k1", text="Hello", **ids))
    await stage.step(lambda: converse.note(hub, "amara", key="k2", text="careful", **ids))
    await stage.step(lambda: stage.world.customer_says("I lost my card"))
    view = amara.state["contacts"][contact]
    assert (view["last_text"], view["last_speaker"]) == ("I lost my card", "customer")
    assert view["reply_due_at"] == view["last_at"] + 60
    talk = stage.conversation_id
    await stage.step(lambda: converse.mark_seen(hub, conversation_id=talk, seq=3, by="customer"))
    assert amara.state["contacts"][contact]["seen_by_customer_seq"] == 3


async def test_a_supervisor_looks_in(stage: Stage) -> None:
    await stage.open()
    hub, (amara, _, rosa) = stage.world.hub, stage.pages
    await stage.step(stage.arrive)
    await stage.step(stage.accept)
    ids: Any = {"contact_id": stage.contact_id}
    await stage.step(lambda: supervise.watch(hub, "rosa", **ids))
    assert list(rosa.state["watched"]) == [stage.contact_id]
    read = [page.state["messages"][stage.conversation_id] for page in (rosa, amara)]
    assert read[0] == read[1]
    await stage.step(lambda: supervise.whisper(hub, "rosa", key="w1", text="well done", **ids))
    await stage.step(lambda: participate.ask_help(hub, "amara", **ids))
    assert [a["kind"] for a in rosa.state["alerts"].values()] == ["help_asked"]
    await stage.step(lambda: supervise.join(hub, "rosa", **ids))
    assert not rosa.state["alerts"]
    await stage.step(lambda: supervise.unwatch(hub, "rosa", **ids))
    assert not rosa.state["watched"]
    assert not rosa.state["messages"]
    await stage.step(lambda: supervise.take_over(hub, "rosa", **ids))
    assert amara.state["contacts"][stage.contact_id]["my_role"] == "wrap_up"
    await stage.step(lambda: supervise.reassign(hub, "rosa", queue_id="payments", **ids))


async def test_a_supervisor_takes_over_from_the_bot(stage: Stage) -> None:
    await stage.open()
    hub, rosa = stage.world.hub, stage.pages[2]
    await stage.step(lambda: stage.world.customer_says(None))
    (line,) = rosa.state["contacts"].values()
    assert (line["state"], line["agent"]) == ("in_self_service", None)
    ids: Any = {"contact_id": line["id"]}
    await stage.step(lambda: supervise.watch(hub, "rosa", **ids))
    (view,) = rosa.state["watched"].values()
    assert (view["state"], view["my_role"]) == ("in_self_service", "watching")
    await require_conversation(hub, rosa.stream.viewer, view["conversation_id"])  # older pages
    await stage.step(lambda: supervise.take_over(hub, "rosa", **ids))
    assert rosa.state["contacts"][line["id"]]["agent_id"] == "rosa"
    assert not rosa.state["watched"]


async def test_consult_transfer_wrap_up_and_score(stage: Stage) -> None:
    await stage.open()
    hub, (amara, bo, rosa) = stage.world.hub, stage.pages
    await stage.step(stage.arrive)
    await stage.step(stage.accept)
    contact = stage.contact_id
    ids: Any = {"contact_id": contact}
    await stage.step(lambda: presence.set_presence(hub, "bo", presence="available"))
    await stage.step(lambda: participate.invite(hub, "amara", agent_to="bo", note="help", **ids))
    assert bo.state["contacts"][contact]["my_role"] == "consulted"
    await stage.step(lambda: participate.leave(hub, "bo", **ids))
    assert not bo.state["contacts"]
    goal = {"note": "a payment", "queue_id": "payments"}
    await stage.step(lambda: transfer.transfer(hub, "amara", **goal, **ids))
    assert amara.state["contacts"][contact]["my_role"] == "wrap_up"
    assert next(iter(bo.state["offers"].values()))["queue_id"] == "payments"
    await stage.step(lambda: wrap_up.extend(hub, "amara", **ids, reason="notes"))
    await stage.step(lambda: wrap_up.finish(hub, "amara", disposition="solved", **ids))
    assert not amara.state["contacts"]
    assert amara.state["figures"]["today"]["handled"] == 1
    await stage.step(lambda: stage.accept("bo"))
    assert bo.state["contacts"][contact]["transfer_note"] == "a payment"
    await stage.step(lambda: close.close(hub, contact, by="bo", reason="done"))
    assert bo.state["contacts"][contact]["ended"]["ending"] == "handled"
    survey = await survey_of_contact(hub, contact)
    assert survey is not None
    await stage.step(lambda: answer_survey(hub, survey.id, score=1, comment="too slow"))
    assert rosa.state["satisfaction"]["today"]["average"] == 1
    assert rosa.state["satisfaction"]["today"]["comments"][0]["text"] == "too slow"
    assert [a["kind"] for a in rosa.state["alerts"].values()] == ["low_score"]
    await stage.step(lambda: wrap_up.finish(hub, "bo", disposition="solved", **ids))
    assert not bo.state["contacts"]
    assert not bo.state["records"]


async def test_offers_that_end(stage: Stage) -> None:
    await stage.open()
    world, hub = stage.world, stage.world.hub
    amara, bo, rosa = stage.pages
    await presence.set_presence(hub, "bo", presence="available")
    await stage.arrive()
    await stage.check()
    first, second = (amara, bo) if amara.state["offers"] else (bo, amara)
    offer = await world.offer_of(first.user_id)
    assert offer is not None
    await answer.decline(hub, first.user_id, offer, reason="busy")
    await world.settle()
    await stage.check()
    assert not first.state["offers"]
    assert not first.state["records"]
    assert list(second.state["records"]) == [stage.contact_id]
    await presence.set_presence(hub, first.user_id, presence="break", reason="lunch")
    await world.pass_time(25)
    await stage.check()
    assert second.state["me"]["me"]["presence_reason"] == "missed"
    assert not second.state["records"]
    await close.close(hub, stage.contact_id, by="customer", reason="left")
    await stage.check()
    assert rosa.state["totals"]["today"]["abandoned"] == 1


async def test_an_agent_is_lost_and_comes_back(stage: Stage) -> None:
    await stage.open()
    world, hub = stage.world, stage.world.hub
    await stage.arrive()
    await stage.accept()
    await stage.check()
    await presence.page_lost(hub, "amara")
    await stage.check()
    assert stage.pages[0].state["me"]["me"]["presence"] == "reconnecting"
    await presence.page_came(hub, "amara")
    await stage.check()
    assert stage.pages[0].state["me"]["me"]["presence"] == "available"
    await presence.page_lost(hub, "amara")
    await world.pass_time(40)
    await stage.check()
    assert not stage.pages[0].state["contacts"]
