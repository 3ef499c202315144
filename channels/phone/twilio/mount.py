"""The engine as the phone channel finds it: `[channels.phone.twilio]`."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx2 as httpx
from starlette.routing import BaseRoute

from channels._twilio.client import Account, Provider
from channels._twilio.door import Door
from channels._twilio.signature import Secrets
from channels.phone.twilio.engine import TwilioCalls
from channels.phone.twilio.office import HubOffice
from channels.phone.twilio.places import Places
from channels.phone.twilio.settings import TwilioSettings, settings_from
from channels.phone.twilio.sound_files import SoundFiles
from channels.phone.twilio.twiml import Style
from channels.phone.twilio.webhooks import Webhooks
from hub.journey.context import Hub
from hub.security.signed_link import SignedLinks


class TwilioPart:
    """`EnginePart` over Twilio."""

    def __init__(
        self,
        hub: Hub,
        settings: TwilioSettings,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        office = HubOffice(hub)
        self._files = SoundFiles(Path(settings.prompts_dir) if settings.prompts_dir else None)
        style = Style(places=Places(settings.public_url), recorded=self._files.recorded)
        self._provider = Provider(_account(settings), transport)
        secrets = Secrets(tokens=settings.tokens, shared_keys=settings.shared_keys)
        door = Door(secrets, settings.account_sid, settings.public_url)
        self._hooks = Webhooks(office, door, style, answer_seconds=settings.answer_seconds)

        def may_dial(number: str) -> bool:
            limits = hub.phone.dial_out
            return number.startswith(limits.prefixes) and not number.startswith(limits.refused)

        self.engine = TwilioCalls(
            office, self._provider, settings, style, hub.clock, may_dial=may_dial
        )

    def routes(self) -> Sequence[BaseRoute]:
        """The webhooks and the sound files."""
        return [*self._hooks.routes(), *self._files.routes()]

    async def run(self) -> None:
        """Nothing keeps a connection: the package is imported, then the pool is kept."""
        try:
            await self._provider.warm_up()
            await asyncio.Event().wait()
        finally:
            await self._provider.close()


def make_part(hub: Hub, links: SignedLinks, options: Mapping[str, Any]) -> TwilioPart | None:
    """Make the engine; None when there is no account."""
    return TwilioPart(hub, settings_from(options)) if options else None


def _account(settings: TwilioSettings) -> Account:
    return Account(
        account_sid=settings.account_sid,
        key_sid=settings.api_key_sid or settings.account_sid,
        key_secret=settings.api_key_secret or settings.auth_token,
        base_url=settings.api_url or None,
    )
