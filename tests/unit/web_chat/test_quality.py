"""The quality list names real tests, and the captured payloads are what is really spoken."""

import ast
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from channels.web_chat.protocol import FORMS, read_frame
from hub.domain.events import ContactArrived
from hub.journey import answer, close, converse
from tests.support.world import World
from tests.unit.web_chat.page import Page, site

CHANNEL = Path(__file__).parents[3] / "channels/web_chat"
HERE = Path(__file__).parent
QUALITY: dict[str, Any] = tomllib.loads((CHANNEL / "quality.toml").read_text("utf-8"))
TALK = [json.loads(line) for line in (CHANNEL / "payloads/talk.jsonl").read_text().splitlines()]
REFUSED = [
    json.loads(line) for line in (CHANNEL / "payloads/refused.jsonl").read_text().splitlines()
]


@pytest.mark.parametrize("name", QUALITY)
def test_each_line_of_the_list_has_tests_that_exist(name: str) -> None:
    assert QUALITY[name]["how"]
    assert QUALITY[name]["tests"]
    for reference in QUALITY[name]["tests"]:
        file, _, function = reference.partition("::")
        tree = ast.parse((HERE / file).read_text("utf-8"))
        assert function in {getattr(node, "name", "") for node in tree.body}, reference


def test_the_list_names_what_every_channel_must_keep() -> None:
    assert QUALITY.keys() >= {
        "signature_checked", "duplicates_ignored", "errors_classified", "secrets_hidden",
        "receipts", "limits", "health",
    }  # fmt: skip


def test_each_kind_of_frame_is_in_the_readme_and_was_captured() -> None:
    readme = (CHANNEL / "README.md").read_text("utf-8")
    kinds = {line["page"]["type"] for line in TALK if "page" in line}
    for kind in FORMS:
        assert f"| `{kind}` |" in readme
    assert kinds >= FORMS.keys() - {"upload", "file", "open", "forget"}


@pytest.mark.parametrize("line", [line for line in TALK if "page" in line], ids=str)
def test_captured_frames_of_pages_are_taken(line: dict[str, Any]) -> None:
    assert read_frame(json.dumps(line["page"])) == line["page"]


async def test_captured_refusals_are_given_again(world: World) -> None:
    async with site(world, faults_most=1000) as opened:
        page, _ = await opened.greeted()
        for line in REFUSED:
            page.send_text(line["page"])
            assert await page.next("refused", code=line["code"]), line


async def test_a_captured_talk_can_be_had_again(world: World) -> None:
    """Every frame of the server has the fields it had when the talk was captured."""
    said: dict[str, Any] = {}
    async with site(world) as opened:
        await world.add_agent("amara", skills='[["lang:zh", 5]]')
        page = opened.open()
        for line in TALK:
            if "page" in line:
                page.send(**(line["page"] | _named(line["page"], said)))
            elif "staff" in line:
                await _staff(world, line["staff"])
            else:
                wanted = line["server"]
                frame = await _next(page, wanted)
                assert frame.keys() == wanted.keys(), wanted
                said[wanted["type"]] = frame


def _named(frame: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Values that differ from run to run, taken from what the server said before."""
    return {"survey": said["state"]["survey"]} if frame["type"] == "rate" else {}


async def _next(page: Page, wanted: dict[str, Any]) -> dict[str, Any]:
    like = {k: v for k, v in wanted.items() if k in ("id", "phase", "speaker", "event", "on")}
    return await page.next(wanted["type"], **like)


async def _staff(world: World, act: str) -> None:
    await world.settle()
    contact_id = next(e.contact_id for e in await world.events() if isinstance(e, ContactArrived))
    if act == "accept":
        offer = await world.offer_of("amara")
        assert offer is not None
        await answer.accept(world.hub, "amara", offer)
    elif act == "say":
        await converse.say(world.hub, "amara", contact_id=contact_id, key="a1", text="您好")
    elif act == "close":
        await close.close(world.hub, contact_id, by="amara", reason="done")
