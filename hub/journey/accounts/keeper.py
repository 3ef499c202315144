"""The channel that an account belongs to, if it lets its accounts be looked after."""

from typing import Final, cast

from hub.domain.accounts import AccountNow
from hub.domain.errors import NotFound
from hub.journey.context import Hub
from hub.ports import AccountKeeper

TOPIC: Final = "accounts"
"""The signal that one of them is another."""


def keepers_of(hub: Hub) -> dict[str, AccountKeeper]:
    """Return the channels of this node whose accounts are looked after, by name."""
    found = (one for one in hub.writers if hasattr(one, "accounts_now"))
    return {one.name: cast(AccountKeeper, one) for one in found}


def keeper_of(hub: Hub, channel: str) -> AccountKeeper:
    """Return one of them; raise `NotFound` for another channel."""
    found = keepers_of(hub).get(channel)
    if found is None:
        raise NotFound("no_channel", "its accounts are not looked after here")
    return found


def account_now(hub: Hub, channel: str, account: str) -> AccountNow:
    """Return an account of this node; raise `NotFound` for another."""
    found = next((one for one in keeper_of(hub, channel).accounts_now() if one.id == account), None)
    if found is None:
        raise NotFound("no_account", "it is not connected")
    return found
