"""The channel as the hub knows it: it finds the providers and chooses the number that writes."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

from starlette.routing import BaseRoute

from channels.sms import words
from channels.sms.intake import Intake
from channels.sms.numbers import Numbers
from channels.sms.part import Provider, SmsHealth, make_providers
from channels.sms.settings import CHANNEL, SmsSettings, sender_for, settings_from
from channels.sms.text import count
from hub.domain.accounts import AccountNow, Options
from hub.domain.outbound import Outbound, Sent, WrittenAccount
from hub.journey.channel_state import ChannelState
from hub.journey.context import Hub
from hub.ports import WRITTEN, Health, NeedsAttention, SendNever
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
        self._hub, self.settings = hub, settings
        self.intake = intake
        self.numbers = Numbers(hub, settings, providers, intake)
        self._resting: set[str] = set()

    @property
    def accounts(self) -> Sequence[WrittenAccount]:
        """Numbers that can be written from."""
        return [
            WrittenAccount(id=one.number, name=one.name) for one in self.settings.numbers.values()
        ]

    def routes(self) -> Sequence[BaseRoute]:
        """Webhooks of all providers."""
        return [route for one in self.numbers.providers for route in one.routes()]

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
        return Sent(ref=await self.numbers.provider_of(sender).send(sender, outbound))

    async def run(self) -> None:
        """Keep the providers' connections, and forget what is over."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.numbers.run())
            group.create_task(self._forget())

    async def check(self) -> Health:
        """Say whether texts can be sent; the first provider that cannot is named."""
        if not self.settings.numbers:
            return SmsHealth(ok=True, code="no_numbers")
        for one in self.numbers.providers:
            health = await one.check()
            if not health.ok:
                return SmsHealth(ok=False, code=f"{one.name}_{health.code}")
        return SmsHealth(ok=True, code="ok")

    # -- accounts, as administrators look after them -------------------------------------------

    def accounts_now(self) -> Sequence[AccountNow]:
        """Return every number with how it fares."""
        return [
            self.numbers.now(one, rests=one.number in self._resting)
            for one in self.settings.numbers.values()
        ]

    def judge_account(self, options: Options) -> str:
        """Return the number that is described; raise `Invalid`."""
        return self.numbers.judge(options).number

    def open_account(self, options: Options) -> None:
        """Use a number from now on."""
        self.numbers.open(options)

    def close_account(self, account: str) -> None:
        """Use it no more."""
        self.numbers.close(account)

    def rest(self, account: str, *, on: bool) -> None:
        """Say that it rests; texts that come are taken still, since no carrier keeps them long."""
        (self._resting.add if on else self._resting.discard)(account)

    async def check_account(self, account: str) -> None:
        """Ask the carrier of a number."""
        health = await self.numbers.provider_of(account).check()
        if not health.ok:
            raise NeedsAttention(code=health.code)

    async def send_test(self, account: str, to: str, language: str) -> None:
        """Send a text that says it is a test."""
        key = self._hub.new_id("msg")
        await self.send(
            Outbound(
                account=account, address=to, conversation_id=f"trial-{key}", contact_id=key,
                key=key, language=language, speaker="system",
                text=words.say(words.TRIAL, language, self.settings.bank),
            )
        )  # fmt: skip

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
