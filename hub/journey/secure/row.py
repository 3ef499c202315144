"""A secure message as its steps read it."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from hub.domain.errors import NotFound, Refused
from hub.journey.context import Hub
from hub.store.rows import find
from hub.store.tables import SecureMessage
from hub.store.unit import Unit

GOOD_SECONDS: Final = 7 * 86_400.0
MISSES_ALLOWED: Final = 5
CODES_ALLOWED: Final = 5
FILES_MOST: Final = 10


class Row(NamedTuple):
    """Columns of `SecureMessage`, in the order they are selected."""

    id: str
    conversation_id: str
    contact_id: str
    customer_id: str
    words_sealed: bytes
    language: str
    asks_files: bool
    files_taken: int
    via: str
    sent_by: str
    sent_at: float
    expires_at: float
    code_key: str | None
    code_sent_at: float | None
    codes_sent: int
    misses: int
    first_read_at: float | None

    @property
    def is_locked(self) -> bool:
        """Whether it was tried too often."""
        return self.misses >= MISSES_ALLOWED


async def read(hub: Hub, secure_id: str) -> Row:
    """Read one; raise `NotFound`."""
    rows = await hub.reader.rows(find(SecureMessage, *Row._fields, id=secure_id))
    if not rows:
        raise NotFound("no_secure_message")
    return Row(*rows[0])


def hold(hub: Hub, secure_id: str) -> Unit[Row]:
    """Hold one that may still be opened; raise `Refused`: secure_expired, secure_locked."""
    rows = yield find(SecureMessage, *Row._fields, lock=True, id=secure_id)
    if not rows:
        raise NotFound("no_secure_message")
    row = Row(*rows[0])
    if hub.clock.now() >= row.expires_at:
        raise Refused("secure_expired", "its time is over: ask for another")
    if row.is_locked:
        raise Refused("secure_locked", "it was tried too often: ask for another")
    return row


def words_of(hub: Hub, row: Row) -> Mapping[str, Any]:
    """Open what it says."""
    words: Mapping[str, Any] = hub.vault.open_json(
        row.words_sealed, "secure_message", "words", row.id
    )
    return words
