"""Over real sockets: the record opens while it is looked at, closes, locks and is let out again."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from hub.store.engine import Store
from hub.store.rows import change
from hub.store.tables import Contact
from tests.integration.console.served import Person, Served, eventually
from tests.support.clock import ManualClock
from tests.support.identity import HUSBAND, PROFILE, Talks, wrong
from tests.support.ids import SeededIds
from tests.support.world import World, make_hub


@pytest_asyncio.fixture
async def world(
    store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path
) -> AsyncIterator[World]:
    """A hub whose notices are carried."""
    world = make_hub(store, clock, new_id, tmp_path)
    world.talks = Talks(world)  # type: ignore[attr-defined]
    yield world


class Talk:
    """Amara's page, in a talk with Mei, who has said who she is."""

    def __init__(self, served: Served, agent: Person, contact_id: str) -> None:
        self.served, self.agent, self.contact_id = served, agent, contact_id
        self.talks: Talks = served.world.talks  # type: ignore[attr-defined]

    @property
    def record(self) -> dict[str, Any]:
        """What the page shows."""
        found: dict[str, Any] = self.agent.state["records"][self.contact_id]
        return found

    @property
    def balances(self) -> list[str | None]:
        return [one["balance"]["value"] for one in self.record["accounts"]]

    async def must(self, command: str, **args: Any) -> dict[str, Any]:
        answer = await self.agent.do(command, contact_id=self.contact_id, **args)
        assert answer["ok"], answer
        result: dict[str, Any] = answer["result"]
        return result


@pytest_asyncio.fixture
async def talk(served: Served) -> Talk:
    talks: Talks = served.world.talks  # type: ignore[attr-defined]
    await talks.add_customer("mei", PROFILE, accounts=("1", "2"))
    await talks.add_customer("jun", HUSBAND, accounts=("9",))
    await talks.add_party("pty_jun", "mei", "jun", "joint_holder", "mei_2")
    agent = await served.signed_in("amara")
    await agent.connect()
    await agent.hello()
    await served.console.desk_pages.settled()
    await agent.do("set_presence", presence="available", reason="")
    await served.world.customer_says(None)
    posted = await served.world.customer_says("an agent please")
    claimed = {"customer_id": "mei", "identity_level": 1}
    await talks.write(change(Contact, posted.contact_id, **claimed))
    await agent.until(lambda: agent.state["offers"])
    offer = next(iter(agent.state["offers"].values()))
    await agent.do("accept", reservation_id=offer["reservation_id"])
    await agent.until(lambda: posted.contact_id in agent.state["contacts"])
    return Talk(served, agent, posted.contact_id)


async def test_fields_open_on_the_page_that_is_open(talk: Talk) -> None:
    await talk.must("send_code", via="sms")
    await eventually(lambda: talk.record["identity"]["code"])
    assert (talk.balances, talk.record["closed"]) == ([None, None], "identity_level_2")
    checked = await talk.must("check_code", code=await talk.talks.code())
    assert checked == {"proved": True, "level": 2, "tries_left": 3}
    await eventually(lambda: talk.balances == ["10.00", "10.00"])
    assert talk.record["identity"]["proof"] == "code"
    assert talk.record["identity"]["code"] is None
    assert len(talk.record["payments"]) == 2
    assert talk.agent.snapshots == 1


async def test_they_open_when_the_customer_types_the_code(talk: Talk) -> None:
    await talk.must("send_code", via="email")
    await talk.served.world.customer_says(await talk.talks.code())
    await eventually(lambda: talk.balances == ["10.00", "10.00"])
    conversation = talk.agent.state["contacts"][talk.contact_id]["conversation_id"]
    said = [one["text"] for one in talk.agent.state["messages"][conversation]]
    assert "••••••" in said


async def test_they_close_when_another_speaks(talk: Talk) -> None:
    asked = await talk.must("ask_questions")
    assert "16" not in str(asked)
    await talk.must("send_code", via="sms")
    await talk.must("check_code", code=await talk.talks.code())
    await eventually(lambda: talk.balances == ["10.00", "10.00"])
    await talk.must("set_speaker", party_id="pty_jun")
    await eventually(lambda: talk.balances == [None, None])
    assert [one["balance"]["why"] for one in talk.record["accounts"]] == [
        "not_the_speakers", "identity_level_2",
    ]  # fmt: skip


async def test_a_lock_shows_and_a_supervisor_ends_it(talk: Talk) -> None:
    await talk.must("send_code", via="sms")
    bad = wrong(await talk.talks.code())
    for left in (2, 1, 0):
        assert (await talk.must("check_code", code=bad))["tries_left"] == left
    await eventually(lambda: talk.record["identity"]["locked_until"])
    refused = await talk.agent.do("release_lock", contact_id=talk.contact_id, reason="please")
    assert (refused["ok"], refused["code"]) == (False, "no_right")
    rosa = await talk.served.signed_in("rosa", "supervisor")
    await rosa.connect()
    await rosa.hello()
    released = await rosa.do("release_lock", contact_id=talk.contact_id, reason="known by voice")
    assert released["ok"], released
    await eventually(lambda: talk.record["identity"]["tries_left"] == 3)
    assert talk.record["identity"]["locked_until"] is None


async def test_a_warning_shows_at_once(talk: Talk) -> None:
    await talk.must("set_warning", kind="vulnerable", reason="hard of hearing")
    await eventually(lambda: (talk.record["customer"] or {}).get("warnings") == ["vulnerable"])
    refused = await talk.agent.do(
        "set_warning", contact_id=talk.contact_id, kind="deceased", reason="told so"
    )
    assert refused["code"] == "no_right"
