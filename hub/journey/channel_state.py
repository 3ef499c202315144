"""Small things that a channel must remember: cursors, threads, credentials' ends. Sealed.

    state = ChannelState(hub, "email", "service@northmere.example")
    await state.remember("cursor/INBOX", "17:4021")
    await state.recall("cursor/INBOX")            # "17:4021", or None

Names may hold what is personal: they are stored as a keyed hash.
"""

from typing import Final

from sqlalchemy import bindparam, delete

from hub.journey.context import Hub
from hub.store import tables
from hub.store.rows import find, remove, table_of
from hub.store.unit import Call, Prepared, Unit
from hub.store.upsert import upsert

VALUE_MOST_CHARACTERS: Final = 65_536

_TABLE = table_of(tables.ChannelState)
_new = upsert(_TABLE)
_KEEP = Prepared(
    _new.on_conflict_do_update(
        index_elements=["channel", "key"],
        set_={"value_sealed": _new.excluded.value_sealed, "expires_at": _new.excluded.expires_at},
    )
)
_EXPIRED = Prepared(
    delete(_TABLE).where(
        _TABLE.c.channel == bindparam("channel"), _TABLE.c.expires_at < bindparam("now")
    )
)


class ChannelState:
    """What one ChannelAccount remembers; other accounts do not see it."""

    def __init__(self, hub: Hub, channel: str, account: str) -> None:
        self._hub = hub
        self._channel = channel
        self._account = account

    async def remember(self, name: str, value: str, *, expires_at: float | None = None) -> None:
        """Store a value, in place of what was there; after `expires_at` it is not recalled."""
        await self._hub.journal.run(lambda: self.keep(name, value, expires_at=expires_at))

    async def recall(self, name: str) -> str | None:
        """Read a value; None when there is none, or its time is over."""
        key = self._key(name)
        rows = await self._hub.reader.rows(self._find(key))
        return self._open(key, rows)

    async def forget(self, name: str) -> None:
        """Delete a value; nothing happens when there is none."""
        await self._hub.journal.run(lambda: self._forget(name))

    async def forget_expired(self) -> None:
        """Delete what nobody will recall any more, for all accounts of the channel."""
        await self._hub.journal.run(self._forget_expired)

    def keep(self, name: str, value: str, *, expires_at: float | None = None) -> Unit[None]:
        """Do what `remember` does, inside a unit."""
        if len(value) > VALUE_MOST_CHARACTERS:
            raise ValueError(f"a channel remembers at most {VALUE_MOST_CHARACTERS} characters")
        key = self._key(name)
        sealed = self._hub.vault.seal(value, *self._place(key))
        yield _KEEP(channel=self._channel, key=key, value_sealed=sealed, expires_at=expires_at)

    def kept(self, name: str) -> Unit[str | None]:
        """Do what `recall` does, inside a unit."""
        key = self._key(name)
        rows = yield self._find(key)
        return self._open(key, rows)

    def _forget(self, name: str) -> Unit[None]:
        yield remove(tables.ChannelState, channel=self._channel, key=self._key(name))

    def _forget_expired(self) -> Unit[None]:
        yield _EXPIRED(channel=self._channel, now=self._hub.clock.now())

    def _find(self, key: str) -> Call:
        columns = ("value_sealed", "expires_at")
        return find(tables.ChannelState, *columns, channel=self._channel, key=key)

    def _open(self, key: str, rows: list[tuple[bytes, float | None]]) -> str | None:
        if not rows:
            return None
        sealed, expires_at = rows[0]
        if expires_at is not None and expires_at <= self._hub.clock.now():
            return None
        return self._hub.vault.open(sealed, *self._place(key))

    def _key(self, name: str) -> str:
        return self._hub.lookup.of(f"channel_state.{self._channel}", f"{self._account}\n{name}")

    def _place(self, key: str) -> tuple[str, str, str]:
        return ("channel_state", "value", f"{self._channel}/{key}")
