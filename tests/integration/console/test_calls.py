"""Calls on the desk: what the feed shows each viewer, after every command of a call."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from agent_console.commands.command import Desk
from agent_console.commands.run import do
from agent_console.console import Console
from agent_console.reading.callers import callers_of
from agent_console.rights import WALLBOARD, viewer_now
from hub.store.rows import find
from hub.store.tables import Assignment
from tests.integration.console.desk import FoldingPage, add_supervisor, fresh_state, make_console
from tests.support.calls import Line
from tests.support.fake_engine import FakeLeg

MASKED = "+86 138 •••• 2716"


async def _proved() -> bool:
    return True


class Floor:
    """A caller, an agent, a colleague and a supervisor, each with a page."""

    def __init__(self, line: Line, console: Console) -> None:
        self.line, self.console = line, console
        self.desk = Desk(console.hub, console.tickets)
        self.pages: dict[str, FoldingPage] = {}
        self.contact_id = ""

    async def open(self) -> None:
        await self.line.world.add_agent("ben")
        await self.do("ben", "set_presence", presence="break", reason="lunch")
        await add_supervisor(self.line.world)
        for user, topic in (("amara", "desk"), ("ben", "desk"), ("rosa", WALLBOARD)):
            self.pages[user] = FoldingPage(self.console, user, topic)
            await self.pages[user].hello()

    async def talk(self) -> FakeLeg:
        phone = await self.line.talking()
        self.contact_id = await self.line.contact_of(phone)
        await self.check()
        return phone

    async def do(self, user: str, command: str, **args: Any) -> dict[str, Any]:
        said = {"command": command, "args": args}
        answer = await do(self.desk, user, said, is_proved=_proved)
        await self.line.settle()
        return answer

    async def steer(self, user: str, command: str, **args: Any) -> None:
        """A command of this call that is done; then all pages are as fresh ones would be."""
        answer = await self.do(user, command, contact_id=self.contact_id, **args)
        assert answer["ok"], (command, answer)
        await self.check()

    async def check(self) -> None:
        for page in self.pages.values():
            await page.caught_up()
            assert page.state == await fresh_state(page), f"{page.user_id} differs"

    def call(self, user: str = "amara", collection: str = "contacts") -> dict[str, Any]:
        shown: dict[str, Any] = self.pages[user].state[collection][self.contact_id]["call"]
        return shown


@pytest_asyncio.fixture
async def floor(line: Line) -> AsyncIterator[Floor]:
    console = make_console(line.hub)
    end = line.hub.journal.follow(console._follow)
    floor = Floor(line, console)
    await floor.open()
    yield floor
    end()


def legs(call: dict[str, Any]) -> list[tuple[str, str, bool]]:
    return [(one["kind"], one["state"], one["on_hold"]) for one in call["legs"]]


async def test_a_call_comes_with_its_path_its_legs_and_a_masked_number(floor: Floor) -> None:
    await floor.talk()
    call = floor.call()
    assert (call["state"], call["number"], call["called"]) == ("talking", MASKED, "9510")
    assert [(one["keys"], one["label"]) for one in call["path"]] == [("2", "Person")]
    assert legs(call) == [("customer", "up", False), ("agent", "up", False)]
    assert [one["is_mine"] for one in call["legs"]] == [False, True]
    assert call["recording"]["state"] == "on"
    assert "recording_pause" in call["abilities"]
    assert "13800132716" not in str(floor.pages["amara"].state)


async def test_hidden_digits_of_the_menu_are_on_no_page(floor: Floor) -> None:
    phone = await floor.line.call()
    await phone.press("3")
    await phone.press("246810")
    await phone.press("2")
    await floor.line.settle()
    await floor.line.accept("amara")
    floor.contact_id = await floor.line.contact_of(phone)
    await floor.check()
    assert "246810" not in str(floor.pages["amara"].state)
    assert "[digits hidden]" in [one["label"] for one in floor.call()["path"]]


async def test_every_act_of_the_owner_is_on_the_page_at_once(floor: Floor) -> None:
    await floor.talk()
    await floor.steer("amara", "hold_call", on=True)
    assert floor.call()["state"] == "held"
    assert floor.call()["held_since"] == floor.line.world.clock.now()
    await floor.steer("amara", "hold_call", on=False)
    assert (floor.call()["state"], floor.call()["held_since"]) == ("talking", None)
    await floor.steer("amara", "mute_call", on=True)
    assert [one["muted"] for one in floor.call()["legs"]] == [False, True]
    await floor.steer("amara", "record_call", action="pause")
    assert floor.call()["recording"]["state"] == "paused"
    await floor.steer("amara", "send_digits", digits="12#")
    await floor.steer("amara", "mark_threat")
    assert floor.call()["threat"] is True
    assert floor.call()["recording"]["state"] == "on"
    await floor.steer("amara", "end")
    assert floor.call()["state"] == "ended"
    assert floor.pages["amara"].state["contacts"][floor.contact_id]["my_role"] == "wrap_up"


async def test_a_warm_transfer_moves_the_call_from_page_to_page(floor: Floor) -> None:
    await floor.talk()
    await floor.do("ben", "set_presence", presence="available", reason="")
    await floor.steer("amara", "consult", agent_id="ben", note="Card abroad")
    assert floor.call()["state"] == "consulting"
    assert floor.call("ben")["legs"][-1]["is_mine"] is True
    assert floor.pages["ben"].state["contacts"][floor.contact_id]["my_role"] == "consulted"
    await floor.steer("amara", "swap_call")
    assert legs(floor.call())[0] == ("customer", "up", False)
    assert floor.call()["legs"][-1]["on_hold"] is True
    await floor.steer("amara", "merge_call")
    assert [held for _, _, held in legs(floor.call())] == [False, False, False]
    await floor.steer("amara", "complete_transfer")
    assert floor.pages["ben"].state["contacts"][floor.contact_id]["my_role"] == "owner"
    assert floor.pages["amara"].state["contacts"][floor.contact_id]["my_role"] == "wrap_up"
    assert floor.call("ben")["state"] == "talking"


async def test_a_supervisor_listens_unseen_and_is_seen_when_joining(floor: Floor) -> None:
    await floor.talk()
    await floor.steer("rosa", "monitor_call", mode="listen")
    assert floor.call("rosa", "watched")["legs"][-1]["role"] == "listen"
    assert [one["kind"] for one in floor.call()["legs"]] == ["customer", "agent"]
    await floor.steer("rosa", "monitor_call", mode="coach")
    assert floor.call()["legs"][-1]["role"] == "coach"
    await floor.steer("rosa", "monitor_call", mode="talk")
    people = floor.pages["amara"].state["contacts"][floor.contact_id]["participants"]
    assert ("rosa", "joined") in [(one["agent_id"], one["role"]) for one in people]
    await floor.steer("rosa", "leave_call")
    assert floor.contact_id not in floor.pages["rosa"].state["watched"]


async def test_a_line_that_breaks_is_told_as_dropped(floor: Floor) -> None:
    phone = await floor.talk()
    await floor.line.lose(phone)
    await floor.check()
    assert (floor.call()["state"], floor.call()["dropped"]) == ("ended", True)
    answer = await floor.do("amara", "call_back", contact_id=floor.contact_id)
    assert answer["ok"], answer
    await floor.pages["amara"].caught_up()
    called = floor.pages["amara"].state["contacts"][answer["result"]["contact_id"]]
    assert called["channel"] == "phone"


async def test_call_notes_are_kept_for_who_talks(floor: Floor) -> None:
    await floor.talk()
    await floor.steer("amara", "keep_call_notes", text="Lost card in Lisbon")
    answer = await floor.do("amara", "call_notes", contact_id=floor.contact_id)
    assert answer["result"]["text"] == "Lost card in Lisbon"
    other = await floor.do("ben", "keep_call_notes", contact_id=floor.contact_id, text="mine")
    assert (other["ok"], other["code"]) == (False, "no_contact")


@pytest.mark.parametrize("code", ["wrong_number", "silent", "prank"])
async def test_one_key_ends_a_call_that_is_no_matter(floor: Floor, code: str) -> None:
    await floor.talk()
    await floor.steer("amara", "end_call_as", code=code)
    assert floor.contact_id not in floor.pages["amara"].state["contacts"]
    rows = await floor.line.hub.reader.rows(
        find(Assignment, "disposition", contact_id=floor.contact_id)
    )
    assert rows == [(code,)]


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("hold_call", {"on": True}),
        ("record_call", {"action": "pause"}),
        ("consult", {"agent_id": "rosa"}),
        ("end_call_as", {"code": "prank"}),
        ("mark_threat", {}),
        ("send_to_menu", {"flow": "pin"}),
        ("dial_customer", {"why": "to see"}),
    ],
)
async def test_a_stranger_learns_nothing_of_a_call(
    floor: Floor, command: str, args: dict[str, Any]
) -> None:
    await floor.talk()
    for contact_id in (floor.contact_id, "con-unknown"):
        answer = await floor.do("ben", command, contact_id=contact_id, **args)
        assert (answer["ok"], answer["code"]) in {(False, "no_contact"), (False, "no_menu")}


async def test_callers_who_gave_up_are_listed_masked_and_claimed(floor: Floor) -> None:
    phone = await floor.line.in_line()
    await floor.line.pass_time(20.0)
    await phone.hang_up()
    await floor.line.settle()

    async def listed(user: str) -> list[tuple[Any, ...]]:
        found = await callers_of(floor.line.hub, viewer_now(floor.line.hub, user))
        return [
            (one["kind"], one["number"], one["waited_seconds"], one["claimed_by"]) for one in found
        ]

    assert await listed("amara") == [("abandoned_call", MASKED, 20.0, None)]
    assert await listed("rosa") == await listed("amara")
