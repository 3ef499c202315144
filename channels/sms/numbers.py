"""Numbers of this node: who carries each, those connected while the hub runs, how each fares."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from channels.sms.intake import Intake
from channels.sms.part import Provider, make_provider
from channels.sms.settings import Number, SmsSettings, number_from
from hub.domain.accounts import AccountNow, Options
from hub.domain.errors import Invalid
from hub.journey.context import Hub

OWN: str = "smpp"
"""The provider of which a number can bring its own connection."""


class Numbers:
    """Finds the provider of a number."""

    def __init__(
        self, hub: Hub, settings: SmsSettings, providers: Mapping[str, Provider], intake: Intake
    ) -> None:
        self._hub, self._settings, self._intake = hub, settings, intake
        self._shared = providers
        self._own: dict[str, Provider] = {}
        """Connections of one number alone."""
        self._running: dict[Provider, asyncio.Task[None]] = {}
        self._group: asyncio.TaskGroup | None = None

    @property
    def providers(self) -> Iterable[Provider]:
        """All of them."""
        return [*self._shared.values(), *self._own.values()]

    def provider_of(self, number: str) -> Provider:
        """Return who carries a number of ours."""
        return self._own.get(number) or self._shared[self._settings.numbers[number].provider]

    def judge(self, options: Options) -> Number:
        """Return the number that options describe; raise `Invalid` naming one."""
        number, own = self._read(options)
        if own is None and number.provider not in self._shared:
            raise Invalid("no_carrier", f"{number.provider} is not in the settings file")
        return number

    def open(self, options: Options) -> None:
        """Use a number, in place of what it was before."""
        number = self.judge(options)
        _, own = self._read(options)
        self.close(number.number)
        if own is not None:
            provider = make_provider(OWN, self._hub, self._intake, own)
            self._own[number.number] = provider
            self._start(provider)
        self._settings.numbers[number.number] = number

    def close(self, number: str) -> None:
        """Use it no more."""
        self._settings.numbers.pop(number, None)
        own = self._own.pop(number, None)
        if own is not None and (task := self._running.pop(own, None)) is not None:
            task.cancel()

    async def run(self) -> None:
        """Keep the connections of all."""
        try:
            async with asyncio.TaskGroup() as self._group:
                for one in self.providers:
                    self._start(one)
                # A group without tasks would end.
                await asyncio.Event().wait()
        finally:
            self._group = None
            self._running.clear()

    def now(self, number: Number, *, rests: bool) -> AccountNow:
        """Say how a number fares."""
        comes, leaves = self.provider_of(number.number).ways(number.number, rests=rests)
        return AccountNow(id=number.number, name=number.name, comes=comes, leaves=leaves)

    def _read(self, options: Options) -> tuple[Number, Mapping[str, Any] | None]:
        given = dict(options)
        own = given.pop(OWN, None)
        number = number_from(str(given.pop("number", "")).strip(), given)
        if own is None:
            return number, None
        if number.provider != OWN:
            raise Invalid("bad_setting", f"{OWN}: {number.provider} carries this number")
        if named := sorted(name for name in own if name.endswith("_file")):
            raise Invalid("unknown_setting", f"{named} are for the settings file")
        # Its settings are judged by who will use them.
        make_provider(OWN, self._hub, self._intake, own)
        return number, own

    def _start(self, provider: Provider) -> None:
        if self._group is not None:
            self._running[provider] = self._group.create_task(provider.run())
