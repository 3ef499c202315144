"""An agent on another agent's contact, a customer on another customer's things: nothing there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from agent_console.commands.table import COMMANDS
from tests.support.chat_client import ChatClient, Frame, fresh_id, page_of
from tests.support.desk_client import DeskClient, desk_of
from tests.support.http_client import acall
from tests.support.hub_server import HubServer
from tests.support.uploads import PNG, upload

OWN = {"set_presence", "tell_phone", "choose_phone"}
"""Commands that name nothing of anybody else."""

ALLOWED_AGAIN_SECONDS = 0.2
SOON = 4_000_000_000.0
MEANING: dict[str, dict[str, Any]] = {
    "end_for": {"code": "abuse"},
    "end_call_as": {"code": "prank"},
    "file_into_case": {"file_id": "fil_unknown"},
    "prefer_channel": {"words": "Please write"},
    "draft": {"kind": "reply", "page": "tab-1"},
    "take_draft": {"kind": "reply"},
    "move_letter": {"leaves_at": SOON},
    "forward_letter": {"letter": {"to": ["office@else.example"]}},
    "block_card": {"reason": "stolen"},
    "replace_card": {"reason": "stolen"},
}
"""Arguments whose name means another thing in these commands."""


@dataclass
class Talk:
    """Agent Ben in a talk with a customer, a file in it; Tom and another customer look on."""

    hub: HubServer
    page: ChatClient
    welcome: Frame
    desk: DeskClient
    contact: dict[str, Any]
    reservation_id: str
    file_id: str
    stranger: DeskClient
    watcher: DeskClient
    other: ChatClient


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def talk(demo_bank: HubServer) -> AsyncIterator[Talk]:
    async with AsyncExitStack() as open_pages:
        enter = open_pages.enter_async_context
        desk = await enter(desk_of(demo_bank, "ben"))
        page = await enter(page_of(demo_bank))
        welcome = await page.hello(token=await demo_bank.token())
        await page.ask_for_a_person()
        offer = await desk.offer()
        contact = await desk.accept_next()
        file_id = await upload(demo_bank, page, PNG, "receipt.png")
        assert (await page.ask("ack", type="file", id=fresh_id(), file_id=file_id))["seq"]
        stranger = await enter(desk_of(demo_bank, "tom", available=False))
        watcher = await enter(desk_of(demo_bank, "rosa", available=False))
        other = await enter(page_of(demo_bank))
        await other.hello(token=await demo_bank.token("20418811"))
        yield Talk(
            demo_bank, page, welcome, desk, contact, offer["reservation_id"], file_id,
            stranger, watcher, other,
        )  # fmt: skip


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - OWN))
async def test_no_command_reaches_another_agents_contact(talk: Talk, command: str) -> None:
    before = await _last(talk)
    arguments = _arguments(talk, command)
    answer = await _asked(talk.stranger, command, arguments)
    assert not answer["ok"], answer
    unknown = {name: value for name, value in arguments.items() if not name.endswith("_id")}
    unknown |= {name: "unknown_id" for name in arguments if name.endswith("_id")}
    unknown |= {name: ["unknown_id"] for name in arguments if name.endswith("_ids")}
    same = await _asked(talk.stranger, command, unknown)
    assert answer == same, "as if it did not exist"
    assert await _last(talk) == before
    owner = talk.desk.state["contacts"][talk.contact["id"]]
    assert (owner["my_role"], owner["state"]) == ("owner", "assigned")
    assert talk.stranger.state["contacts"] == {}
    assert talk.contact["id"] not in str(talk.stranger.state)


async def _asked(desk: DeskClient, command: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The answer to a command; a page that asks so often is told to wait a moment, and does."""
    while True:
        answer = await desk.do(command, **arguments)
        if answer.get("code") != "too_many":
            return answer
        await asyncio.sleep(ALLOWED_AGAIN_SECONDS)


async def test_a_file_link_is_good_for_its_viewer_only(talk: Talk) -> None:
    messages: Any = await talk.desk.until(
        lambda s: (
            [m for m in s["messages"][talk.contact["conversation_id"]] if m.get("file")] or None
        )
    )
    href = messages[-1]["file"]["href"]
    own = await acall(talk.hub, "GET", href, held=talk.desk.held)
    assert (own.status, own.body) == (200, PNG)
    assert own.headers["content-disposition"].startswith("attachment")
    assert own.headers["x-content-type-options"] == "nosniff"
    for held, status in ((talk.stranger.held, 404), (talk.watcher.held, 404), (None, 401)):
        assert (await acall(talk.hub, "GET", href, held=held)).status == status
    why = f"/api/contacts/{talk.contact['id']}/why"
    assert (await acall(talk.hub, "GET", why, held=talk.stranger.held)).status == 404
    assert (await acall(talk.hub, "GET", why, held=talk.desk.held)).status == 200


async def test_another_customer_gets_neither_file_nor_survey_nor_talk(talk: Talk) -> None:
    answer = await talk.other.ask("link", "refused", type="open", id="o1", file_id=talk.file_id)
    assert answer["code"] == "no_file"
    answer = await talk.other.ask("ack", "refused", type="file", id="o2", file_id=talk.file_id)
    assert answer["code"] == "no_file"
    mine = await talk.page.ask("link", "refused", type="open", id="o3", file_id=talk.file_id)
    assert (await acall(talk.hub, "GET", mine["href"])).body == PNG
    ticket = mine["href"].partition("?t=")[2]
    forged = (f"/chat/files/{talk.file_id}", f"/chat/files/{talk.file_id}?t={ticket[:-2]}AA",
              f"/chat/files/fil_other?t={ticket}", f"/files/{talk.file_id}?t={ticket}")  # fmt: skip
    for href in forged:
        assert (await acall(talk.hub, "GET", href)).status in (401, 404), href
    conversation = talk.welcome["conversation"]
    async with page_of(talk.hub) as thief:
        welcome = await thief.hello(conversation=conversation, cursor=0)
        assert welcome["conversation"] != conversation
        assert welcome["messages"] == []


async def test_another_customers_survey_is_not_there(talk: Talk) -> None:
    """Last: it ends the talk."""
    await talk.desk.must("end", contact_id=talk.contact["id"])
    survey = (await talk.page.until_phase("rate"))["survey"]
    frame = {"type": "rate", "survey": survey, "score": 1}
    assert (await _rated(talk.other, **frame))["code"] == "no_survey"
    frame["score"] = 5
    assert (await _rated(talk.page, **frame))["type"] == "done"
    assert (await _rated(talk.page, **frame))["code"] == "survey_answered"


async def _rated(page: ChatClient, **frame: Any) -> Frame:
    """The answer to a score; the many questions before may have used up what is allowed."""
    while True:
        answer = await page.ask("done", "refused", id=fresh_id(), **frame)
        if answer.get("code") != "busy":
            return answer
        await asyncio.sleep(ALLOWED_AGAIN_SECONDS)


def _arguments(talk: Talk, command: str) -> dict[str, Any]:
    """Everything a stranger could have learned of the talk, in the shape the command wants."""
    known = {
        "contact_id": talk.contact["id"], "conversation_id": talk.contact["conversation_id"],
        "reservation_id": talk.reservation_id, "key": "stranger-key", "text": "let me in",
        "agent_id": "usr_demo_tom", "reason": "because", "on": True, "seq": 2**31 - 1,
        "before_seq": 99, "note": "", "disposition": "answered", "notes": "", "field": "phone",
        "name": "a.png", "size_bytes": 10, "presence": "available", "task_id": "tsk_unknown",
        "effect_id": "eff_unknown", "via": "sms", "code": "481203", "answers": {"birth_day": "1"},
        "party_id": None, "kind": "vulnerable", "language": "zh", "customer_id": "cus_unknown",
        "how": "said_name", "link_id": "lnk_unknown", "card_id": "crd_unknown",
        "account_id": "acc_unknown", "amount": "100.00", "address": "1 Harbour Road",
        "branch_id": "bra_unknown", "starts_at": SOON, "topic": "cards", "order_id": "o_unknown",
        "due_at": SOON, "until": SOON, "until_at": SOON, "verdict": "fraud", "case_id": "c_unknown",
        "seen_version": 1, "resolution": "solved", "note_id": "n_unknown",
        "assist_id": "a_unknown", "audience": "agents", "announcement_id": "a_unknown",
        "switch_id": "s_unknown",
        "alert_id": "a_unknown", "severity": 1, "digits": "1", "leg_id": "leg_unknown",
        "action": "pause", "flow": "pin", "mode": "listen", "en": "Hello", "zh": "你好",
        "channel": "sms", "account": "main", "purposes": ["survey"], "consent": True,
        "queue_id": "cards", "contact_ids": [talk.contact["id"]], "outcome": "answered",
        "deed_id": "dee_unknown", "held_id": "hel_unknown",
        "join_id": "jon_x", "letter_id": "wtl_unknown", "word": "refused", "release": True,
    } | MEANING.get(command, {})  # fmt: skip
    return {
        name: known[name]
        for name, field in COMMANDS[command].arguments.model_fields.items()
        if field.is_required() or name == "agent_id"
    }


async def _last(talk: Talk) -> int:
    """The number of the last message; a page that asks too fast is told so, and asks again."""
    while True:
        answer = await talk.page.ask("page", "refused", type="more", before=10_000)
        if answer["type"] == "page":
            last: int = answer["messages"][-1]["seq"]
            return last
        assert answer["code"] == "busy", answer
        await asyncio.sleep(ALLOWED_AGAIN_SECONDS)
