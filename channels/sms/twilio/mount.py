"""The provider as the channel finds it: `[channels.sms.twilio]`."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx
from starlette.routing import BaseRoute

from channels._twilio.client import PROVIDER, Gone, Provider, Unsure, asked
from channels._twilio.door import Door
from channels._twilio.signature import Secrets
from channels.sms.intake import UNSUBSCRIBED, Intake
from channels.sms.part import SmsHealth
from channels.sms.twilio.settings import TwilioTexts, settings_from
from channels.sms.twilio.webhooks import PREFIX, Webhooks
from hub.domain.accounts import Way, WayState
from hub.domain.outbound import Outbound
from hub.journey.context import Hub
from hub.ports import Health, NeedsAttention, SendLater, SendNever


class TwilioSms:
    """`Provider` over Twilio's Messages."""

    name = "twilio"

    def __init__(
        self, intake: Intake, settings: TwilioTexts,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:  # fmt: skip
        self._intake, self._settings = intake, settings
        self._provider = Provider(settings.account, transport)
        self._trouble, self._tried = "", WayState.UNTRIED
        secrets = Secrets(tokens=settings.tokens, shared_keys=settings.shared_keys)
        door = Door(secrets, settings.account_sid, settings.public_url)
        self._hooks = Webhooks(intake, door, self._provider, settings)

    def routes(self) -> Sequence[BaseRoute]:
        """The webhooks."""
        return self._hooks.routes()

    async def run(self) -> None:
        """Nothing keeps a connection: the package is imported, then the pool is kept."""
        try:
            await self._provider.warm_up()
            await asyncio.Event().wait()
        finally:
            await self._provider.close()

    async def send(self, sender: str, outbound: Outbound) -> str:
        """Make a Message; an answer that never came is `Unsure`, and nobody repeats it."""
        if outbound.files:
            raise SendNever(code="files_not_carried")
        self._tried = WayState.WORKS
        try:
            ref = await self._make(sender, outbound)
        except SendLater as error:
            self._trouble = str(error)
            raise
        except NeedsAttention as error:
            self._trouble = error.code
            raise
        self._trouble = ""
        return ref

    async def _make(self, sender: str, outbound: Outbound) -> str:
        request = self._provider.rest.messages.create_async(
            to=outbound.address,
            from_=sender,
            body=outbound.text,
            status_callback=f"{self._settings.public_url}{PREFIX}/status",
            validity_period=self._settings.validity_seconds,
        )
        try:
            made = await asked(request)
        except Gone:
            raise NeedsAttention(code="provider_404") from None
        except SendNever as error:
            if error.code == UNSUBSCRIBED:
                await self._intake.refused_by_provider(outbound.address, f"{self.name}/{error}")
            raise
        return str(made.sid)

    def ways(self, number: str, *, rests: bool) -> tuple[Way, Way]:
        """Texts come by its requests and leave by ours; what comes is taken at rest too."""
        place = urlsplit(self._settings.api_url or PROVIDER).netloc
        state = WayState.FAILS if self._trouble else self._tried
        public = urlsplit(self._settings.public_url).netloc
        user = self._settings.account_sid
        comes = Way(kind=self.name, place=public, user=user, state=WayState.WORKS)
        leaves = replace(comes, place=place, state=state, trouble=self._trouble)
        return comes, replace(leaves, state=WayState.RESTS, trouble="") if rests else leaves

    async def check(self) -> Health:
        """Ask for the account, which takes one request."""
        health = await self._ask()
        self._trouble = "" if health.ok else health.code
        self._tried = WayState.WORKS
        return health

    async def _ask(self) -> Health:
        ours = self._provider.rest.api.accounts(self._settings.account_sid)
        try:
            account = await asked(ours.fetch_async())
        except (SendLater, SendNever, NeedsAttention) as error:
            return SmsHealth(False, str(error))
        except (Gone, Unsure):
            return SmsHealth(False, "provider_away")
        return SmsHealth(str(account.status) == "active", f"account_{account.status}")


def make_provider(hub: Hub, intake: Intake, options: Mapping[str, Any]) -> TwilioSms:
    """Make the provider."""
    return TwilioSms(intake, settings_from(options))
