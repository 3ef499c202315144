"""What a provider brings to the channel, and how it is found: a sub-folder with `mount.py`."""

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from starlette.routing import BaseRoute

from channels.sms.intake import Intake
from channels.sms.settings import PROVIDERS
from hub.domain.accounts import Way
from hub.domain.outbound import Outbound
from hub.journey.context import Hub
from hub.ports import Health

FOLDER = Path(__file__).parent


@dataclass(slots=True)
class SmsHealth:
    """What `check` answers."""

    ok: bool
    code: str


class Provider(Protocol):
    """One way to the carriers."""

    name: str

    def routes(self) -> Sequence[BaseRoute]:
        """Webhooks."""

    async def run(self) -> None:
        """Keep what must be kept until cancelled."""

    async def send(self, sender: str, outbound: Outbound) -> str:
        """Give a text to the provider and return its name; raise the errors of a channel."""

    async def check(self) -> Health:
        """Say whether texts can be sent."""

    def ways(self, number: str, *, rests: bool) -> tuple[Way, Way]:
        """Say how texts come to a number and leave it, without asking anybody."""


def make_providers(hub: Hub, intake: Intake, options: Mapping[str, Any]) -> dict[str, Provider]:
    """Make each provider that has a table."""
    found: dict[str, Provider] = {}
    for name in PROVIDERS:
        if options.get(name):
            found[name] = make_provider(name, hub, intake, options[name])
    return found


def make_provider(name: str, hub: Hub, intake: Intake, options: Mapping[str, Any]) -> Provider:
    """Make one provider from its table; raise `Invalid` naming what is wrong."""
    module = importlib.import_module(f"channels.sms.{name}.mount")
    provider: Provider = module.make_provider(hub, intake, options)
    return provider
