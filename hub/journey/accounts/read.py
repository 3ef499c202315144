"""All accounts as the page shows them: what they are, how they fare, what waits to leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from hub.domain.accounts import AccountNow, Way, WayState, without_secrets
from hub.journey.accounts.board import Key
from hub.journey.accounts.follow import opened_options, write_news
from hub.journey.accounts.keeper import keepers_of
from hub.journey.context import Hub
from hub.journey.delivery.plan import kind_of
from hub.store.rows import table_of
from hub.store.tables import ChannelAccountRow, Conversation, Effect
from hub.store.unit import Prepared

_r, _e, _v = (table_of(one).c for one in (ChannelAccountRow, Effect, Conversation))
_ROWS = Prepared(
    select(
        _r.channel, _r.account, _r.options_sealed, _r.changed_at, _r.changed_by, _r.paused_at,
        _r.paused_by, _r.last_in_at, _r.last_out_at, _r.error_code, _r.error_at,
    )
)  # fmt: skip
_WAITING = Prepared(
    select(_v.channel, _v.account, _e.state, func.count(), func.min(_e.created_at))
    .join_from(table_of(Effect), table_of(Conversation), _v.id == _e.subject)
    .where(
        _e.kind.in_(bindparam("kinds", expanding=True)),
        _e.state.in_(("pending", "claimed", "failed", "unknown")),
    )
    .group_by(_v.channel, _v.account, _e.state)
)


class Row(NamedTuple):
    """What the store knows of an account."""

    channel: str
    account: str
    options_sealed: bytes | None = None
    changed_at: float | None = None
    changed_by: str | None = None
    paused_at: float | None = None
    paused_by: str | None = None
    last_in_at: float | None = None
    last_out_at: float | None = None
    error_code: str = ""
    error_at: float | None = None


@dataclass(slots=True)
class Outbox:
    """What waits to leave from an account."""

    waiting: int = 0
    oldest_at: float | None = None
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSeen:
    """One account, as administrators see it."""

    channel: str
    now: AccountNow
    row: Row
    outbox: Outbox
    options: Mapping[str, Any] | None
    """As they were given, without what is secret; None: the settings file has it."""


async def accounts_of(hub: Hub) -> list[AccountSeen]:
    """Return all accounts of this node, by channel and name."""
    await write_news(hub)
    rows = {Key(row[0], row[1]): Row(*row) for row in await hub.reader.rows(_ROWS())}
    outboxes = await _outboxes(hub)
    seen = []
    for channel, keeper in sorted(keepers_of(hub).items()):
        there = {one.id: one for one in keeper.accounts_now()}
        broken = {
            key.account: _broken(key.account, code)
            for key, code in hub.accounts.broken.items()
            if key.channel == channel
        }
        for account, now in sorted((broken | there).items()):
            key = Key(channel, account)
            row = rows.get(key, Row(*key))
            seen.append(
                AccountSeen(
                    channel=channel, now=now, row=row, outbox=outboxes.get(key, Outbox()),
                    options=_shown(hub, key, row),
                )
            )  # fmt: skip
    return seen


def _shown(hub: Hub, key: Key, row: Row) -> Mapping[str, Any] | None:
    if row.options_sealed is None:
        return None
    return without_secrets(opened_options(hub, key, row.options_sealed))


def _broken(account: str, code: str) -> AccountNow:
    """One that the store has and the channel refuses, since the product is another now."""
    way = Way(kind="none", place="", state=WayState.FAILS, trouble=code)
    return AccountNow(id=account, leaves=way)


async def _outboxes(hub: Hub) -> dict[Key, Outbox]:
    kinds = [kind_of(channel) for channel in keepers_of(hub)]
    found: dict[Key, Outbox] = {}
    if not kinds:
        return found
    for channel, account, state, count, oldest_at in await hub.reader.rows(_WAITING(kinds=kinds)):
        outbox = found.setdefault(Key(channel, account), Outbox())
        if state in ("failed", "unknown"):
            outbox.failed += count
            continue
        outbox.waiting += count
        outbox.oldest_at = min(outbox.oldest_at or oldest_at, oldest_at)
    return found
