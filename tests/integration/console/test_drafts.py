"""What staff write and have not sent: who sees it, who takes it over, when it ends."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
import pytest_asyncio

from agent_console.commands.command import Desk
from agent_console.commands.run import do
from agent_console.console import Console
from agent_console.feed.drafts import hear_draft
from hub.domain.errors import NotFound
from hub.journey import answer, close, participate
from hub.journey.drafts import DraftKind, Drafts, take_draft
from tests.integration.console.desk import FoldingPage, fresh_state, make_console
from tests.support.world import World

SECRET = "4111 1111 1111 1111"


class AllHear:
    """A signal that every node hears at once; `said` is what went over the wire."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.nodes: list[Console] = []

    async def publish(self, topic: str, payload: str) -> None:
        self.said.append(payload)
        for node in self.nodes:
            hear_draft(node.needs, payload)

    def subscribe(self, topic: str, heard: Callable[[str], None]) -> Callable[[], None]:
        return lambda: None


async def proved() -> bool:
    return True


@dataclass
class Talk:
    """Amara in a talk on one node, Bo's page on another."""

    world: World
    signal: AllHear
    here: Console
    contact_id: str
    amara: FoldingPage
    bo: FoldingPage

    async def do(self, agent: str, command: str, **args: Any) -> dict[str, Any]:
        desk = Desk(self.here.hub, self.here.tickets)
        said = {"command": command, "args": {"contact_id": self.contact_id, **args}}
        return await do(desk, agent, said, is_proved=proved)

    async def write(self, agent: str, text: str, kind: str = "reply") -> dict[str, Any]:
        return await self.do(agent, "draft", kind=kind, text=text, page=f"tab of {agent}")

    async def invite_bo(self) -> None:
        hub = self.world.hub
        await participate.invite(
            hub, "amara", contact_id=self.contact_id, agent_to="bo", note="please look"
        )
        await self.caught_up()

    async def caught_up(self) -> None:
        await self.world.settle()
        for page in (self.amara, self.bo):
            await page.caught_up()

    def seen(self, page: FoldingPage) -> list[tuple[str, str, str]]:
        found = page.state["drafts"].get(self.contact_id, [])
        return [(one["agent_id"], one["kind"], one["text"]) for one in found]


@pytest_asyncio.fixture
async def talk(world: World) -> AsyncIterator[Talk]:
    signal = AllHear()
    hub = replace(world.hub, signal=signal)
    here, there = make_console(hub), make_console(replace(hub, drafts=Drafts()))
    signal.nodes = [here, there]
    ends = [world.hub.journal.follow(node._follow) for node in (here, there)]
    await world.add_agent("amara")
    await world.customer_says(None)
    posted = await world.customer_says("an agent please")
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    await world.add_agent("bo")
    amara, bo = FoldingPage(here, "amara"), FoldingPage(there, "bo")
    talk = Talk(world, signal, here, posted.contact_id, amara, bo)
    await amara.hello()
    await bo.hello()
    yield talk
    for end in ends:
        end()


async def test_who_is_in_the_contact_sees_what_is_written_on_every_node(talk: Talk) -> None:
    await talk.write("amara", "before Bo came")
    assert not talk.seen(talk.bo)
    await talk.invite_bo()
    assert talk.seen(talk.bo) == [("amara", "reply", "before Bo came")]
    await talk.write("amara", f"your card {SECRET} is blocked")
    await talk.write("amara", "for the books", kind="wrap_up")
    [(_, _, shown)] = talk.seen(talk.bo)
    assert "is blocked" in shown, "colleagues see the reply and no wrap-up notes"
    assert SECRET not in shown
    assert ("amara", "reply", f"your card {SECRET} is blocked") in talk.seen(talk.amara)
    await talk.write("bo", "I would say so", kind="note")
    assert ("bo", "note", "I would say so") in talk.seen(talk.amara)
    for page in (talk.amara, talk.bo):
        assert page.state == await fresh_state(page), "a reload shows the same drafts"


async def test_a_colleague_takes_it_over_once(talk: Talk) -> None:
    await talk.invite_bo()
    await talk.write("amara", "Dear customer")
    taken = await talk.do("bo", "take_draft", agent_id="amara", kind="reply")
    assert taken["result"] == {"text": "Dear customer"}
    assert not talk.seen(talk.bo)
    [own] = talk.amara.state["drafts"][talk.contact_id]
    assert (own["text"], own["taken_by"]["en"]) == ("", "bo")
    again = await talk.do("bo", "take_draft", agent_id="amara", kind="reply")
    assert again["code"] == "no_draft"


async def test_a_stranger_neither_writes_nor_takes(talk: Talk) -> None:
    await talk.write("amara", "Dear customer")
    assert (await talk.write("bo", "hello"))["code"] == "no_contact"
    assert (await talk.do("bo", "take_draft", agent_id="amara", kind="reply"))["code"] == (
        "no_contact"
    )
    with pytest.raises(NotFound):
        await take_draft(
            talk.here.hub, "amara", contact_id=talk.contact_id, from_agent="amara",
            kind=DraftKind.REPLY,
        )  # fmt: skip


async def test_it_ends_with_the_part_in_the_contact(talk: Talk) -> None:
    await talk.invite_bo()
    await talk.write("bo", "never sent")
    await talk.write("amara", "never sent either")
    await participate.leave(talk.world.hub, "bo", contact_id=talk.contact_id)
    await talk.caught_up()
    assert talk.seen(talk.amara) == [("amara", "reply", "never sent either")]
    await talk.write("amara", "for the books", kind="wrap_up")
    await close.close(talk.world.hub, talk.contact_id, by="amara", reason="agent_ended")
    await talk.caught_up()
    assert talk.seen(talk.amara) == [("amara", "wrap_up", "for the books")]
    await talk.do("amara", "finish_wrap_up", disposition="solved")
    await talk.caught_up()
    assert not talk.amara.state["drafts"]
    assert not list(talk.here.hub.drafts.of(talk.contact_id))


async def test_nothing_of_it_is_stored_or_readable_between_nodes(talk: Talk) -> None:
    before = await talk.world.events()
    await talk.write("amara", "Dear customer")
    assert talk.signal.said
    assert all("Dear" not in payload for payload in talk.signal.said)
    assert await talk.world.events() == before
