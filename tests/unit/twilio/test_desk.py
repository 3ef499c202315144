"""The carrier's page: dial, hear as text, press, pick up, hang up."""

import json
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from starlette.applications import Starlette

from channels._twilio.carrier.account_file import account_in
from channels._twilio.carrier.desk import PAGE, CarrierDesk
from hub.domain.calls import EndLeg, Gather, Prompt
from tests.unit.twilio.stage import CALLER, NUMBER, Script, Stage, dial, stage

HELLO = (Gather(sounds=(Prompt(text="Hello.", language="en"),)),)


class Desk:
    """Somebody at the page."""

    def __init__(self, on: Stage) -> None:
        self.on = on
        app = Starlette(routes=CarrierDesk(on.carrier).routes())
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://carrier.example"
        )

    async def do(self, **said: str) -> Any:
        answer = await self.http.post("/carrier/do", json=said)
        assert answer.status_code == 200
        return answer.json()

    async def last(self) -> Any:
        return (await self.http.get("/carrier/state")).json()["calls"][0]


async def test_who_has_no_account_dials_hears_presses_and_hangs_up() -> None:
    async with stage(Script(first=HELLO, answer=lambda _: HELLO)) as on:
        desk = Desk(on)
        call = (await desk.do(act="dial", **{"from": CALLER, "to": NUMBER}))["call"]
        await on.until(lambda: on.carrier.calls[call].handset.is_listened)
        assert (await desk.last())["heard"][0]["text"] == "Hello."
        await desk.do(act="press", call=call, keys="7x")
        await on.until(lambda: bool(on.office.heard))
        assert getattr(on.office.heard[0], "digits", "") == "7"
        await desk.do(act="hang_up", call=call)
        assert (await desk.last())["is_over"]


@pytest.mark.parametrize(("act", "status"), [("answer", "in-progress"), ("refuse", "busy")])
async def test_who_is_dialled_picks_up_or_refuses(act: str, status: str) -> None:
    async with stage() as on:
        desk = Desk(on)
        await dial(on, "leg_9", CALLER)
        await on.rest()
        shown = await desk.last()
        assert (shown["status"], shown["is_incoming"]) == ("ringing", False)
        await desk.do(act=act, call=shown["call"])
        await on.until(lambda: on.carrier.calls[shown["call"]].status == status)
        await on.do(EndLeg, leg_id="leg_9")


@pytest.mark.parametrize("body", ["{}", "[]", "{", '{"act":"press","call":"CA0"}', '{"act":"x"}'])
async def test_nonsense_is_refused_and_a_form_of_another_site_too(body: str) -> None:
    async with stage() as on:
        http = Desk(on).http
        headers = {"content-type": "application/json"}
        assert (await http.post("/carrier/do", content=body, headers=headers)).status_code == 400
        assert (await http.post("/carrier/do", data={"act": "dial"})).status_code == 415
        assert (await http.get("/carrier/files/..%2fdesk.py")).status_code == 404


async def test_every_file_and_text_of_the_page_is_there() -> None:
    texts = json.loads((PAGE / "en.json").read_text())
    page = (PAGE / "carrier.html").read_text()
    for name in ("carrier.js", "carrier.css"):
        assert f"/carrier/files/{name}" in page
    named = {part.partition('"')[0] for part in page.split('data-text="')[1:]}
    assert named <= texts.keys()


def test_the_account_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    first = account_in(tmp_path)
    assert account_in(tmp_path) == first
    assert (tmp_path / "carrier.json").stat().st_mode & 0o077 == 0
    assert first.auth_token not in repr(first)
