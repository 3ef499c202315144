"""Brings this node's channels to what the store says of their accounts, and keeps the news."""

import json
from typing import Any, Final, NamedTuple

import structlog
from sqlalchemy import bindparam, select

from hub.domain.errors import HubError, Invalid
from hub.journey.accounts.board import Key, News
from hub.journey.accounts.keeper import TOPIC, keepers_of
from hub.journey.context import Hub
from hub.ports import AccountKeeper
from hub.store.rows import table_of
from hub.store.tables import ChannelAccountRow
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert
from hub.store.wake import Wake

POLL_SECONDS: Final = 15.0
_TABLE = table_of(ChannelAccountRow)
_r = _TABLE.c
_KEPT = Prepared(
    select(_r.channel, _r.account, _r.options_sealed, _r.revision, _r.paused_at).where(
        _r.options_sealed.is_not(None) | _r.paused_at.is_not(None)
    )
)
_THERE = Prepared(
    upsert(_TABLE).values(channel=bindparam("channel"), account=bindparam("account"), revision=0,
                          error_code="").on_conflict_do_nothing()
)  # fmt: skip
_BOTH = (_r.channel == bindparam("of_channel"), _r.account == bindparam("of_account"))
_CAME = Prepared(_TABLE.update().where(*_BOTH).values(last_in_at=bindparam("at")))
_LEFT = Prepared(_TABLE.update().where(*_BOTH).values(last_out_at=bindparam("at")))
_FAILED = Prepared(
    _TABLE.update().where(*_BOTH).values(error_code=bindparam("code"), error_at=bindparam("at"))
)
log = structlog.get_logger(__name__)


class _Kept(NamedTuple):
    channel: str
    account: str
    options_sealed: bytes | None
    revision: int
    paused_at: float | None


async def keep_looking(hub: Hub) -> None:
    """Look whenever somebody changes an account, on any node, and now and then."""
    bell = Wake(hub.clock)
    end = hub.signal.subscribe(TOPIC, lambda _: bell.ring())
    try:
        while True:
            await bell.sleep(POLL_SECONDS)
            try:
                await look(hub)
                await write_news(hub)
            except (HubError, OSError):
                log.warning("accounts_not_read")
    finally:
        end()


async def look(hub: Hub) -> None:
    """Open, close, pause and resume what differs from the store."""
    async with hub.accounts.looking:
        kept = [_Kept(*row) for row in await hub.reader.rows(_KEPT())]
        keepers = keepers_of(hub)
        wanted = {Key(one.channel, one.account): one for one in kept if one.options_sealed}
        for key in [one for one in hub.accounts.opened if one not in wanted]:
            hub.accounts.opened.pop(key)
            keepers[key.channel].close_account(key.account)
        # Before anything is opened: what rests must not be read for a moment.
        paused = {Key(one.channel, one.account) for one in kept if one.paused_at is not None}
        for key in paused ^ hub.accounts.paused:
            if key.channel in keepers:
                keepers[key.channel].rest(key.account, on=key in paused)
        hub.accounts.paused = paused
        for key, one in wanted.items():
            if key.channel in keepers and hub.accounts.opened.get(key) != one.revision:
                _open(hub, keepers[key.channel], key, one)


def _open(hub: Hub, keeper: AccountKeeper, key: Key, kept: _Kept) -> None:
    hub.accounts.opened[key] = kept.revision
    hub.accounts.broken.pop(key, None)
    try:
        keeper.open_account(opened_options(hub, key, kept.options_sealed or b""))
    except Invalid as error:
        hub.accounts.broken[key] = error.code
        log.error("account_not_opened", channel=key.channel, code=error.code)


def opened_options(hub: Hub, key: Key, sealed: bytes) -> dict[str, Any]:
    """Return the options of a stored account, secrets and all."""
    options: dict[str, Any] = json.loads(
        hub.vault.open(sealed, "channel_account", "options", "/".join(key))
    )
    return options


async def write_news(hub: Hub) -> None:
    """Write down what happened to accounts since the last time."""
    news = hub.accounts.take_news()
    if not news:
        return
    try:
        await hub.journal.run(lambda: _write(news))
    except HubError:
        hub.accounts.put_back(news)
        raise


def _write(news: dict[Key, News]) -> Unit[None]:
    for key, one in news.items():
        yield _THERE(channel=key.channel, account=key.account)
        of = {"of_channel": key.channel, "of_account": key.account}
        if one.in_at is not None:
            yield _CAME(**of, at=one.in_at)
        if one.out_at is not None:
            yield _LEFT(**of, at=one.out_at)
        if one.error_at is not None:
            yield _FAILED(**of, code=one.error_code, at=one.error_at)
