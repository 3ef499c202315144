"""`hub.accounts`: what this node knows of its accounts between two looks at the store."""

import asyncio
from dataclasses import dataclass
from typing import NamedTuple


class Key(NamedTuple):
    """One ChannelAccount."""

    channel: str
    account: str


@dataclass(slots=True)
class News:
    """The newest that happened to an account."""

    in_at: float | None = None
    out_at: float | None = None
    error_code: str = ""
    error_at: float | None = None


class AccountBoard:
    """Channels and the outbox note here what happens; `follow` writes it down now and then."""

    def __init__(self) -> None:
        self.paused: set[Key] = set()
        self.opened: dict[Key, int] = {}
        """Accounts of the store that this node has opened, and at which revision."""
        self.broken: dict[Key, str] = {}
        """Accounts of the store that could not be opened, and why."""
        self.looking = asyncio.Lock()
        self._news: dict[Key, News] = {}

    def is_paused(self, channel: str, account: str) -> bool:
        """Whether nothing may leave from there now."""
        return Key(channel, account) in self.paused

    def came(self, channel: str, account: str, at: float) -> None:
        """Note that something came."""
        self._of(channel, account).in_at = at

    def left(self, channel: str, account: str, at: float) -> None:
        """Note that the provider took something."""
        self._of(channel, account).out_at = at

    def failed(self, channel: str, account: str, code: str, at: float) -> None:
        """Note a failure that is the account's, not one recipient's."""
        news = self._of(channel, account)
        news.error_code, news.error_at = code, at

    def take_news(self) -> dict[Key, News]:
        """Return what is to be written down, and begin anew."""
        news, self._news = self._news, {}
        return news

    def put_back(self, news: dict[Key, News]) -> None:
        """Take back what could not be written down; what happened since stands."""
        self._news = {**news, **self._news}

    def _of(self, channel: str, account: str) -> News:
        return self._news.setdefault(Key(channel, account), News())
