"""The channel as the hub knows it: it finds the providers and chooses the number that writes."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

from starlette.routing import BaseRoute

from channels.sms.intake import Intake
from channels.sms.part import Provider, SmsHealth, make_providers
from channels.sms.settings import CHANNEL, SmsSettings, sender_for, settings_from
from channels.sms.text import count
from hub.domain.outbound import Outbound, Sent, WrittenAccount
from hub.journey.channel_state import ChannelState
from hub.journey.context import Hub
from hub.ports import WRITTEN, Health, SendNever
from hub.security.signed_link import SignedLinks

FORGET_SECONDS: Final = 3600.0


class Sms:
    """Text messages."""

    name = CHANNEL
    capabilities = frozenset({WRITTEN})
    honours_key = False
    """No provider of ours does: an unknown outcome is for a person to decide."""

    def __init__(
        self, hub: Hub, settings: SmsSettings, providers: Mapping[str, Provider], intake: Intake
    ) -> None:
        self._hub, self.settings, self._providers = hub, settings, providers
        self.intake = intake

    @property
    def accounts(self) -> Sequence[WrittenAccount]:
        """Numbers that can be written from."""
        return [
            WrittenAccount(id=one.number, name=one.name) for one in self.settings.numbers.values()
        ]

    def routes(self) -> Sequence[BaseRoute]:
        """Webhooks of all providers."""
        return [route for one in self._providers.values() for route in one.routes()]

    def account_for(self, address: str) -> str | None:
        """Return which of our numbers begins to write to an address; None: none may."""
        return sender_for(self.settings, address)

    async def send(self, outbound: Outbound) -> Sent:
        """Give a text to the provider of the number that the customer used."""
        sender = sender_for(self.settings, outbound.address, outbound.account)
        if sender is None:
            raise SendNever(code="no_sender")
        if not outbound.text and not outbound.files:
            raise SendNever(code="empty")
        if count(outbound.text).segments > self.settings.segments_most:
            raise SendNever(code="text_too_long")
        provider = self._providers[self.settings.numbers[sender].provider]
        return Sent(ref=await provider.send(sender, outbound))

    async def run(self) -> None:
        """Keep the providers' connections, and forget what is over."""
        async with asyncio.TaskGroup() as group:
            for one in self._providers.values():
                group.create_task(one.run())
            group.create_task(self._forget())

    async def check(self) -> Health:
        """Say whether texts can be sent; the first provider that cannot is named."""
        if not self.settings.numbers:
            return SmsHealth(ok=True, code="no_numbers")
        for one in self._providers.values():
            health = await one.check()
            if not health.ok:
                return SmsHealth(ok=False, code=f"{one.name}_{health.code}")
        return SmsHealth(ok=True, code="ok")

    async def _forget(self) -> None:
        state = ChannelState(self._hub, CHANNEL, "")
        while True:
            await self._hub.clock.sleep(FORGET_SECONDS)
            await state.forget_expired()


def make_channel(hub: Hub, links: SignedLinks, options: Mapping[str, Any]) -> Sms:
    """Make the channel from the operator's choices; raise `Invalid` for one it does not know."""
    settings = settings_from(options)
    intake = Intake(hub, settings)
    return Sms(hub, settings, make_providers(hub, intake, options), intake)
