"""The channel around its engines: found by looking, added to the hub, healthy or not."""

import ast
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import BaseRoute, Route

from channels.phone.adapter import Phone
from channels.phone.part import find_parts
from channels.phone.settings import settings_from
from hub.domain.errors import Invalid
from hub.ports import NeedsAttention
from tests.support.calls import Line
from tests.support.fake_engine import FakeEngine

TESTS = Path(__file__).parents[2]
QUALITY: dict[str, Any] = tomllib.loads(
    (TESTS.parent / "channels/phone/quality.toml").read_text("utf-8")
)


class Part:
    """An engine's part as the channel sees it."""

    def __init__(self, engine: FakeEngine) -> None:
        self.engine = engine

    def routes(self) -> Sequence[BaseRoute]:
        return [Route("/phone/fake", lambda request: None)]

    async def run(self) -> None:
        return


def test_every_engine_with_a_mount_is_found() -> None:
    found = dict(find_parts())
    assert {"embedded", "twilio"} <= set(found)
    assert all(hasattr(module, "make_part") for module in found.values())


def test_a_table_for_an_engine_that_is_not_there_is_refused() -> None:
    assert settings_from({"fake": {"on": True}}, {"fake"}).engines == {"fake": {"on": True}}
    with pytest.raises(Invalid, match="asterisk"):
        settings_from({"asterisk": {}}, {"fake"})


async def test_engines_are_the_hubs_from_the_start(line: Line) -> None:
    line.hub.engines._by_name.clear()
    with pytest.raises(NeedsAttention):
        line.hub.engines["fake"]
    phone = Phone(line.hub, [Part(line.engine)])
    assert line.hub.engines["fake"] is line.engine
    assert [getattr(route, "path", "") for route in phone.routes()] == ["/phone/fake"]


async def test_health_names_the_engine_that_does_not_work(line: Line) -> None:
    assert (await Phone(line.hub, []).check()).code == "no_engine"
    phone = Phone(line.hub, [Part(line.engine)])
    assert (await phone.check()).ok
    line.engine.is_away = True
    health = await phone.check()
    assert (health.ok, health.code) == (False, "fake_away")


@pytest.mark.parametrize("name", QUALITY)
def test_each_line_of_the_list_has_tests_that_exist(name: str) -> None:
    assert QUALITY[name]["how"]
    assert QUALITY[name]["tests"]
    for reference in QUALITY[name]["tests"]:
        file, _, function = reference.partition("::")
        tree = ast.parse((TESTS / file).read_text("utf-8"))
        names = {getattr(node, "name", "") for node in tree.body}
        assert not function or function in names, reference
