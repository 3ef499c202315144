"""Channels are found by looking: a folder is all a new one needs."""

from pathlib import Path
from typing import Any, cast

import pytest

from config.channels import FOLDER, find_channels, make_channels, options_of
from config.problems import CannotStart
from config.settings import Settings
from hub.journey.context import Hub
from hub.security.signed_link import SignedLinks

TOY = '''
"""A toy."""
SOCKET_PATH = "/toy/socket"


class Toy:
    """A channel that only answers."""

    name = "toy"
    capabilities = frozenset({"text"})

    def __init__(self, options):
        self.options = options

    def routes(self):
        return []

    async def run(self):
        return None

    async def check(self):
        return None

    async def socket(self, scope, receive, send):
        await send({"type": "websocket.close", "code": 1000})


def make_channel(hub, links, options):
    return Toy(options)
'''


def test_our_own_channels_are_found() -> None:
    found = dict(find_channels(FOLDER))
    assert "web_chat" in found
    assert all(hasattr(module, "make_channel") for module in found.values())


def test_a_toy_in_another_folder_becomes_a_channel(tmp_path: Path) -> None:
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "adapter.py").write_text(TOY)
    (tmp_path / "_shared").mkdir()
    (tmp_path / "_shared" / "adapter.py").write_text("raise SystemExit")
    (tmp_path / "notes").mkdir()
    settings = Settings(channels={"toy": {"colour": "red"}})
    mounted = make_channels(cast(Hub, None), cast(SignedLinks, None), settings, tmp_path)
    assert [one.channel.name for one in mounted] == ["toy"]
    assert mounted[0].socket_path == "/toy/socket"
    assert mounted[0].socket is not None
    assert cast(Any, mounted[0].channel).options == {"colour": "red"}


def test_a_folder_without_a_maker_is_told(tmp_path: Path) -> None:
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "adapter.py").write_text("")
    with pytest.raises(CannotStart, match=r"half/adapter\.py has no make_channel"):
        make_channels(cast(Hub, None), cast(SignedLinks, None), Settings(), tmp_path)


def test_the_chat_is_told_its_widgets(tmp_path: Path) -> None:
    settings = Settings.model_validate(
        {"widgets": {"main": {"origins": ["https://bank.example"], "resume_days": 2}}}
    )
    widget = options_of("web_chat", settings)["widgets"]["main"]
    assert widget["origins"] == {"https://bank.example"}
    assert widget["resume_seconds"] == 2 * 86_400
    assert options_of("sms", settings) == {}
