"""The bank's core banking system: its address and secrets from the settings, made into parts."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.routing import BaseRoute

from config.problems import CannotStart, ExitCode
from config.settings import CoreSettings
from hub.adapters.breaker import BreakerRules
from hub.adapters.core_banking.changes import ChangeDoor
from hub.adapters.core_banking.client import CoreOptions, RestCore
from hub.adapters.randomness import system_randomness
from hub.journey.banking import carry_out, orders, verdict
from hub.journey.banking.sync import RecordKeeper
from hub.journey.context import Hub
from hub.ports import Clock
from hub.store.outbox_runner import EffectHandler

LEAST_KEY_BYTES = 32


def make_core(settings: CoreSettings, clock: Clock) -> RestCore | None:
    """Return the adapter; None when no core is configured."""
    if settings.url is None:
        return None
    token = _secret("token", settings.token_text(), settings.token_file)
    options = CoreOptions(
        connect_seconds=settings.connect_seconds,
        answer_seconds=settings.answer_seconds,
        breaker=BreakerRules(
            failures=settings.breaker_failures, open_seconds=settings.breaker_open_seconds
        ),
    )
    return RestCore(settings.url, token, clock, system_randomness(), options)


@dataclass(frozen=True, slots=True)
class CoreLink:
    """What a node runs for the core: its effects, its keeper of records, its door for changes."""

    core: RestCore
    keeper: RecordKeeper
    handlers: Mapping[str, EffectHandler]
    routes: Sequence[BaseRoute]


def link_core(settings: CoreSettings, hub: Hub, core: RestCore) -> CoreLink:
    """Join the adapter and the hub."""
    keeper = RecordKeeper(hub, core)
    text = _secret("change_key", settings.change_key_text(), settings.change_key_file)
    door = ChangeDoor(_key(text), hub.clock, keeper.take_change)
    return CoreLink(
        core=core,
        keeper=keeper,
        handlers={
            orders.EFFECT_KIND: carry_out.handler(hub, core, lost=keeper.lost),
            verdict.EFFECT_KIND: verdict.handler(hub, core, lost=keeper.lost),
        },
        routes=door.routes(),
    )


def _secret(name: str, text: str | None, file: Path | None) -> str:
    if not text:
        raise CannotStart(
            ExitCode.SETTINGS,
            f"core.url is set, but core.{name} is not: set HUB_CORE__{name.upper()} "
            f"or name a file with core.{name}_file" + (f" ({file} is empty)" if file else ""),
        )
    return text


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) < LEAST_KEY_BYTES:
        raise CannotStart(
            ExitCode.SETTINGS,
            f"core.change_key must be base64 of at least {LEAST_KEY_BYTES} random bytes",
        )
    return key
