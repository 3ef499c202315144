"""What one engine of calls brings: each sub-folder with a `mount.py` is one.

`mount.py` has `make_part(hub, links, options) -> EnginePart | None`; None when it is not set up.
"""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, runtime_checkable

from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from hub.ports import LiveCall

FOLDER = Path(__file__).parent


class EnginePart(Protocol):
    """An engine with its doors."""

    @property
    def engine(self) -> LiveCall:
        """What commands go to."""

    def routes(self) -> Sequence[BaseRoute]:
        """HTTP routes of its own."""

    async def run(self) -> None:
        """Keep it connected until cancelled."""


@runtime_checkable
class HasSocket(Protocol):
    """A part that serves the pages' WebSocket."""

    async def socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one, as a plain ASGI application."""


def find_parts(folder: Path = FOLDER) -> Iterator[tuple[str, ModuleType]]:
    """Yield name and module of every engine that is there."""
    for path in sorted(folder.glob("*/mount.py")):
        name = path.parent.name
        yield name, importlib.import_module(f"channels.phone.{name}.mount")


Options = Mapping[str, Any]
