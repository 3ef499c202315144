"""Wrapped data keys in the database, as units: made at first start, added, retired, rewrapped."""

from sqlalchemy import bindparam, insert, select, update

from hub.domain.errors import Refused
from hub.security.keyring import DataKey, KeyRing, Purpose, new_data_key, unwrap, wrap
from hub.store import tables
from hub.store.unit import Prepared, Unit

_KEY = tables.DataKey.__table__  # type: ignore[attr-defined]
_all_keys = Prepared(select(_KEY.c.id, _KEY.c.wrapped, _KEY.c.retired_at).order_by(_KEY.c.id))
_add_key = Prepared(insert(_KEY))
_retire_key = Prepared(
    update(_KEY)
    .where(_KEY.c.id == bindparam("key_id"), _KEY.c.retired_at.is_(None))
    .values(retired_at=bindparam("at"))
)
_rewrap_key = Prepared(
    update(_KEY).where(_KEY.c.id == bindparam("key_id")).values(wrapped=bindparam("new_wrapped"))
)


def open_key_ring(master: bytes, at: float) -> Unit[KeyRing]:
    """Return the database's keys, making one per purpose where there is none yet.

    Raises `WrongKey` when the master key is not the one these were wrapped with: the hub must
    then not start, because everything new would be sealed under another key.
    """
    rows = yield _all_keys()
    ring = KeyRing(
        unwrap(key_id, bytes(wrapped), master, retired=retired_at is not None)
        for key_id, wrapped, retired_at in rows
    )
    for purpose in Purpose:
        if not ring.all(purpose):
            ring.add((yield from _store(new_data_key(purpose, 1), master, at)))
    return ring


def add_data_key(ring: KeyRing, purpose: Purpose, master: bytes, at: float) -> Unit[DataKey]:
    """Make the next key of a purpose; the caller adds it to the ring once this is committed."""
    return (yield from _store(new_data_key(purpose, len(ring.all(purpose)) + 1), master, at))


def retire_data_key(ring: KeyRing, key: DataKey, at: float) -> Unit[None]:
    """Mark a key as no longer for new values; it stays for reading backups.

    Raises `Refused` for the current key.
    """
    if ring.current(key.purpose).number == key.number:
        raise Refused("key_in_use", "add a newer key first")
    yield _retire_key(key_id=key.id, at=at)


def rewrap_data_keys(old_master: bytes, new_master: bytes) -> Unit[int]:
    """Wrap every data key under a new master key, all or none; return how many there are."""
    rows = yield _all_keys()
    for key_id, wrapped, _retired_at in rows:
        key = unwrap(key_id, bytes(wrapped), old_master)
        yield _rewrap_key(key_id=key_id, new_wrapped=wrap(key, new_master))
    return len(rows)


def _store(key: DataKey, master: bytes, at: float) -> Unit[DataKey]:
    yield _add_key(
        id=key.id,
        wrapped=wrap(key, master),
        purpose=str(key.purpose),
        created_at=at,
        retired_at=None,
    )
    return key
