"""What stands before the walk: the store, its keys, and who works here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from config.problems import explained
from config.settings import Settings
from hub.domain.errors import HubError
from hub.ports import Clock, Signal
from hub.security.key_store import open_key_ring
from hub.security.keyring import KeyRing, Purpose
from hub.security.lookup import LookupKey
from hub.security.master_key import FILE_VARIABLE, VARIABLE, find_master_key
from hub.security.passwords import Passwords
from hub.security.signed_link import SignedLinks
from hub.security.vault import Vault
from hub.signals.in_process import InProcessSignal
from hub.store.engine import Store, open_store


class RunningSignal(Signal, Protocol):
    """A signal that has a beginning and an end."""

    async def start(self) -> None:
        """Begin to listen."""

    async def stop(self) -> None:
        """Stop listening."""


@dataclass(frozen=True, kw_only=True)
class Foundation:
    """An open store with its keys; `close` it."""

    clock: Clock
    signal: RunningSignal
    store: Store
    ring: KeyRing
    vault: Vault
    lookup: LookupKey
    links: SignedLinks
    passwords: Passwords

    @property
    def audit_key(self) -> bytes:
        """The key of the audit chain."""
        return self.ring.current(Purpose.AUDIT).secret

    async def close(self) -> None:
        """Finish the writes that were taken, then close everything."""
        await self.store.close()
        await self.signal.stop()
        self.passwords.close()


async def lay_foundation(settings: Settings, clock: Clock) -> Foundation:
    """Open store and keys; raise `CannotStart` for a wrong key, a newer schema, a store in use."""
    signal = _signal(settings, clock)
    await signal.start()
    try:
        store = await open_store(settings.store_url, clock=clock, signal=signal)
    except HubError as error:
        await signal.stop()
        raise explained(error) from None
    try:
        master = master_key(settings)
        ring = await store.journal.run(lambda: open_key_ring(master, clock.now()))
    except HubError as error:
        await store.close()
        await signal.stop()
        raise explained(error) from None
    return Foundation(
        clock=clock,
        signal=signal,
        store=store,
        ring=ring,
        vault=Vault(ring),
        lookup=LookupKey(ring),
        links=SignedLinks(ring),
        passwords=Passwords(),
    )


def master_key(settings: Settings, *, may_create: bool = True) -> bytes:
    """Return the master key from settings; embedded, a first start makes one."""
    return find_master_key(
        _key_of(settings),
        settings.data_dir,
        may_create=may_create and settings.store_url.startswith("sqlite"),
    )


def _key_of(settings: Settings) -> Mapping[str, str]:
    """Return where the settings say the key is: nowhere, here, or in a file."""
    if settings.master_key is not None:
        return {VARIABLE: settings.master_key.get_secret_value()}
    if settings.master_key_file is not None:
        return {FILE_VARIABLE: str(settings.master_key_file)}
    return {}


def _signal(settings: Settings, clock: Clock) -> RunningSignal:
    url = settings.signal_url
    if url is None:
        return InProcessSignal()
    from hub.signals.redis import RedisSignal  # noqa: PLC0415  an optional library

    return RedisSignal(url, clock)
