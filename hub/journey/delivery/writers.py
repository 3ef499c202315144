"""Which written channels this node has; wiring fills it from the channels that are mounted."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from hub.domain.outbound import Outbound, Sent, WrittenAccount


class NamedWriter(Protocol):
    """A ChannelAdapter that is a `Writer`.

    It may have `accounts: Sequence[WrittenAccount]`, from which staff can begin to write.
    """

    name: str
    honours_key: bool

    async def send(self, outbound: Outbound) -> Sent:
        """Give it to the provider."""


class Writers:
    """Writers by channel."""

    def __init__(self) -> None:
        self._by_channel: dict[str, NamedWriter] = {}

    def add(self, writer: NamedWriter) -> None:
        """Take a channel in; one of the same name is replaced."""
        self._by_channel[writer.name] = writer

    def get(self, channel: str) -> NamedWriter | None:
        """The channel's writer, if it is a written channel of this node."""
        return self._by_channel.get(channel)

    def accounts(self, channel: str) -> Sequence[WrittenAccount]:
        """From where a channel can write."""
        accounts: Sequence[WrittenAccount] = getattr(self.get(channel), "accounts", ())
        return accounts

    def account(self, channel: str, account: str) -> WrittenAccount | None:
        """One of them by its id."""
        return next((one for one in self.accounts(channel) if one.id == account), None)

    def __contains__(self, channel: str) -> bool:
        return channel in self._by_channel

    def __iter__(self) -> Iterator[NamedWriter]:
        return iter(self._by_channel.values())

    def __len__(self) -> int:
        return len(self._by_channel)
