"""The assistant, led by our rules or by a Rasa that is played."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2 as httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from bot.assistant import Assistant
from bot.engines import RulesTalk, TellsIntents
from bot.engines import Talks as Talking
from bot.rasa.client import RasaClient, RasaOptions
from bot.rasa.intents import RasaIntents
from bot.rasa.talk import RasaTalk
from bot.rule_bot import RuleBot
from config.rasa import action_routes, shared_secret
from config.settings import Settings
from hub.journey.errands.table import ERRANDS
from tests.integration.errands.assistant_world import (
    KNOWN,
    TableOfIntents,
    Visitor,
    definition,
    menu,
)
from tests.support.fake_rasa import FakeRasa
from tests.support.identity import PROFILE, Talks
from tests.support.world import World


@pytest.fixture(params=["rules", "rasa"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def rasa(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeRasa:
    """A Rasa that asks this world's hub for errands."""
    monkeypatch.setenv("HUB_BOT__ENGINE", "rasa")
    settings = Settings(data_dir=tmp_path)

    async def hub_of_now(scope: Scope, receive: Receive, send: Send) -> None:
        await Starlette(routes=action_routes(settings, world.hub))(scope, receive, send)

    actions = httpx.AsyncClient(
        transport=httpx.ASGITransport(hub_of_now),
        base_url="http://hub",
        headers={"Authorization": f"Bearer {shared_secret(settings)}"},
    )
    return FakeRasa(definition(), KNOWN, actions)


@pytest.fixture
async def visitor(world: World, engine: str, rasa: FakeRasa) -> Visitor:
    intents: TellsIntents = TableOfIntents(None)
    talk: Talking = RulesTalk(definition())
    if engine == "rasa":
        client = RasaClient("http://rasa", "", world.clock, RasaOptions(), rasa.transport)
        intents = RasaIntents(client, TableOfIntents(None))
        talk = RasaTalk(definition(), client, talk)
    zone = ZoneInfo("Asia/Shanghai")
    front = Assistant(definition(), intents, talk, RuleBot(menu()), world.clock, zone)
    world.hub = replace(world.hub, self_service=front, errands=ERRANDS)
    talks = Talks(world)
    await talks.add_customer("mei", PROFILE)
    return Visitor(talks)
