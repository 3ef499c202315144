"""Channels are found by looking: each folder of `channels/` with an `adapter.py` is one.

An adapter module has `make_channel(hub, links, options) -> ChannelAdapter`. One that serves plain
WebSockets also has `SOCKET_PATH`, and its channel a method `socket(scope, receive, send)`.
"""

import importlib.util
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, cast

from starlette.types import ASGIApp

from channels.phone.embedded.settings import CallWidget
from config.problems import CannotStart, ExitCode
from config.settings import Settings
from config.spam import load_spam
from hub.domain.errors import Invalid
from hub.journey.context import Hub
from hub.journey.delivery.writers import NamedWriter
from hub.ports import WRITTEN, ChannelAdapter
from hub.security.signed_link import SignedLinks

FOLDER = Path(__file__).parent.parent / "channels"
DAY_SECONDS = 86_400.0


class _Maker(Protocol):
    def __call__(
        self, hub: Hub, links: SignedLinks, options: Mapping[str, Any]
    ) -> ChannelAdapter: ...


@dataclass(frozen=True, slots=True)
class Mounted:
    """A channel with its place in the application."""

    channel: ChannelAdapter
    socket_path: str | None
    socket: ASGIApp | None


def find_channels(folder: Path = FOLDER) -> Iterator[tuple[str, ModuleType]]:
    """Yield name and adapter module of every channel; underscore folders are shared code."""
    for path in sorted(folder.glob("*/adapter.py")):
        name = path.parent.name
        if not name.startswith(("_", ".")):
            yield name, _module(name, path)


def make_channels(
    hub: Hub, links: SignedLinks, settings: Settings, folder: Path = FOLDER
) -> list[Mounted]:
    """Make every channel that is there."""
    return [_make(name, module, hub, links, settings) for name, module in find_channels(folder)]


def add_writers(hub: Hub, channels: Iterable[Mounted]) -> None:
    """Let the hub send on the written ones."""
    for mounted in channels:
        if WRITTEN in mounted.channel.capabilities:
            hub.writers.add(cast(NamedWriter, mounted.channel))


def _make(
    name: str, module: ModuleType, hub: Hub, links: SignedLinks, settings: Settings
) -> Mounted:
    maker: _Maker | None = getattr(module, "make_channel", None)
    if maker is None:
        raise CannotStart(ExitCode.SET_UP, f"channels/{name}/adapter.py has no make_channel")
    try:
        channel = maker(hub, links, options_of(name, settings))
    except Invalid as error:
        raise CannotStart(ExitCode.SETTINGS, error.detail or error.code) from None
    return Mounted(
        channel, getattr(module, "SOCKET_PATH", None), getattr(channel, "socket", None)
    )  # fmt: skip


def options_of(name: str, settings: Settings) -> Mapping[str, Any]:
    """Return the operator's choices for a channel, as plain values that only it understands."""
    options: dict[str, Any] = dict(settings.channels.get(name, {}))
    if name == "web_chat":
        options |= {
            "time_zone": settings.time_zone,
            "file_max_bytes": settings.files.max_bytes,
            "file_media_types": settings.files.media_types,
            "widgets": {
                key: {
                    "origins": frozenset(widget.origins),
                    "algorithm": widget.algorithm,
                    "resume_seconds": widget.resume_days * DAY_SECONDS,
                }
                for key, widget in settings.widgets.items()
            },
        }
    if name == "email":
        options.setdefault("time_zone", settings.time_zone)
        options["spam"] = load_spam(settings.set_up_dir)
    if name == "phone":
        options["embedded"] = _calls_by_browser(dict(options.get("embedded", {})), settings)
    return options


def _calls_by_browser(options: dict[str, Any], settings: Settings) -> Mapping[str, Any]:
    """Return what the engine needs besides the operator's table."""
    starts = bool(options.get("starts_media"))
    command = (sys.executable, "-m", "config", "media", "--folder", str(settings.data_dir))
    return options | {
        "folder": settings.data_dir,
        "origins": frozenset(settings.origins),
        "widgets": {
            key: CallWidget(origins=frozenset(widget.origins), algorithm=widget.algorithm)
            for key, widget in settings.widgets.items()
        },
        "media_command": command if starts else (),
    }


def _module(name: str, path: Path) -> ModuleType:
    """Import an adapter by its place, so that a folder elsewhere can be a channel too."""
    if path.parent.parent == FOLDER:
        return importlib.import_module(f"channels.{name}.adapter")
    qualified = f"_channel_{name}"
    spec = importlib.util.spec_from_file_location(qualified, path)
    if spec is None or spec.loader is None:
        raise CannotStart(ExitCode.SET_UP, f"{path} cannot be read")
    module = importlib.util.module_from_spec(spec)
    sys.modules[qualified] = module
    spec.loader.exec_module(module)
    return module
