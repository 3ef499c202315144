"""What an administrator decides about an account: connected, changed, removed, paused, resumed.

Options are sealed; what was secret in them goes to nobody again. Each deed is audited, and all
nodes follow it.
"""

import json
from typing import Any, Final

from sqlalchemy import bindparam

from hub.domain.accounts import Options, with_kept_secrets
from hub.domain.errors import Invalid, NotFound, Refused
from hub.journey.accounts.board import Key
from hub.journey.accounts.follow import look, opened_options
from hub.journey.accounts.keeper import TOPIC, account_now, keeper_of
from hub.journey.audited import audited
from hub.journey.context import Hub
from hub.journey.delivery.plan import kind_of
from hub.store.outbox import hurry
from hub.store.rows import find, table_of
from hub.store.tables import ChannelAccountRow
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert

_TABLE = table_of(ChannelAccountRow)
_r = _TABLE.c
_OF = (_r.channel == bindparam("of_channel"), _r.account == bindparam("of_account"))
_STORED = (*_OF, _r.options_sealed.is_not(None))
_CONNECT = Prepared(
    _TABLE.update()
    .where(*_OF, _r.options_sealed.is_(None))
    .values(
        options_sealed=bindparam("sealed"), revision=_r.revision + 1, changed_at=bindparam("at"),
        changed_by=bindparam("actor"),
    )
)  # fmt: skip
_CHANGE = Prepared(
    _TABLE.update()
    .where(*_STORED)
    .values(
        options_sealed=bindparam("sealed"), revision=_r.revision + 1, changed_at=bindparam("at"),
        changed_by=bindparam("actor"),
    )
)  # fmt: skip
_REMOVE = Prepared(_TABLE.delete().where(*_STORED))
_THERE = Prepared(
    upsert(_TABLE)
    .values(channel=bindparam("channel"), account=bindparam("account"), revision=0, error_code="")
    .on_conflict_do_nothing()
)
_PAUSE = Prepared(
    _TABLE.update()
    .where(*_OF, _r.paused_at.is_(None))
    .values(paused_at=bindparam("at"), paused_by=bindparam("actor"))
)
_RESUME = Prepared(
    _TABLE.update().where(*_OF, _r.paused_at.is_not(None)).values(paused_at=None, paused_by=None)
)
OPTIONS_MOST_CHARACTERS: Final = 20_000


async def connect(hub: Hub, actor: str, channel: str, options: Options) -> str:
    """Store a new account and open it; return its name.

    Raises `Invalid` naming the option, `Refused("account_taken")` for one that is there.
    """
    account = _judged(hub, channel, options)
    if any(one.id == account for one in keeper_of(hub, channel).accounts_now()):
        raise Refused("account_taken", "it is connected already")
    sealed = _sealed(hub, Key(channel, account), options)

    def unit() -> Unit[None]:
        yield _THERE(channel=channel, account=account)
        values = {"sealed": sealed, "at": hub.clock.now(), "actor": actor}
        if not (yield _CONNECT(of_channel=channel, of_account=account, **values)):
            raise Refused("account_taken", "it is connected already")
        yield from audited(hub, actor, "account_connected", f"{channel}/{account}")

    await hub.journal.run(unit)
    await _tell(hub)
    return account


async def change(hub: Hub, actor: str, channel: str, account: str, options: Options) -> None:
    """Change an account that was connected here; a secret that is not given stays as it is."""
    key = Key(channel, account)
    merged = with_kept_secrets(options, await stored_options(hub, channel, account))
    if _judged(hub, channel, merged) != account:
        raise Invalid("other_account", "an account keeps its name: connect the new one beside it")
    sealed = _sealed(hub, key, merged)

    def unit() -> Unit[None]:
        values = {"sealed": sealed, "at": hub.clock.now(), "actor": actor}
        if not (yield _CHANGE(of_channel=channel, of_account=account, **values)):
            raise NotFound("no_account", "it was removed")
        yield from audited(hub, actor, "account_changed", f"{channel}/{account}")

    await hub.journal.run(unit)
    await _tell(hub)


async def remove(hub: Hub, actor: str, channel: str, account: str) -> None:
    """Forget an account that was connected here; what waits to leave from it fails then."""

    def unit() -> Unit[None]:
        if not (yield _REMOVE(of_channel=channel, of_account=account)):
            raise NotFound("no_account", "the settings file has it, or nobody")
        yield hurry(kind_of(channel), due_at=hub.clock.now())
        yield from audited(hub, actor, "account_removed", f"{channel}/{account}")

    await hub.journal.run(unit)
    await _tell(hub)


async def pause(hub: Hub, actor: str, channel: str, account: str) -> bool:
    """Let an account rest until somebody resumes it; False when it does."""
    account_now(hub, channel, account)

    def unit() -> Unit[bool]:
        yield _THERE(channel=channel, account=account)
        values = {"at": hub.clock.now(), "actor": actor}
        if not (yield _PAUSE(of_channel=channel, of_account=account, **values)):
            return False
        yield from audited(hub, actor, "account_paused", f"{channel}/{account}")
        return True

    is_new = await hub.journal.run(unit)
    if is_new:
        await _tell(hub)
    return is_new


async def resume(hub: Hub, actor: str, channel: str, account: str) -> bool:
    """End the rest of an account: what waits leaves now; False when it did not rest."""
    keeper_of(hub, channel)

    def unit() -> Unit[bool]:
        if not (yield _RESUME(of_channel=channel, of_account=account)):
            return False
        yield hurry(kind_of(channel), due_at=hub.clock.now())
        yield from audited(hub, actor, "account_resumed", f"{channel}/{account}")
        return True

    was_resting = await hub.journal.run(unit)
    if was_resting:
        await _tell(hub)
    return was_resting


async def stored_options(hub: Hub, channel: str, account: str) -> dict[str, Any]:
    """Return the options of an account that was connected here; raise `NotFound` for another."""
    rows = await hub.reader.rows(
        find(ChannelAccountRow, "options_sealed", channel=channel, account=account)
    )
    if not rows or rows[0][0] is None:
        raise NotFound("no_account", "the settings file has it, or nobody")
    return opened_options(hub, Key(channel, account), rows[0][0])


def _judged(hub: Hub, channel: str, options: Options) -> str:
    account = keeper_of(hub, channel).judge_account(options)
    queue = options.get("queue")
    if queue and queue not in hub.setup.queues:
        raise Invalid("unknown_queue", "there is no such queue")
    return account


def _sealed(hub: Hub, key: Key, options: Options) -> bytes:
    text = json.dumps(dict(options), ensure_ascii=False)
    if len(text) > OPTIONS_MOST_CHARACTERS:
        raise Invalid("too_large", "an account is described in fewer words")
    return hub.vault.seal(text, "channel_account", "options", "/".join(key))


async def _tell(hub: Hub) -> None:
    """Let this node follow now, and the others soon."""
    try:
        await look(hub)
    finally:
        await hub.signal.publish(TOPIC, "changed")
