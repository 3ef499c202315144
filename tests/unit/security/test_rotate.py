from collections.abc import Iterator

import pytest

from hub.domain.errors import Refused
from hub.security.keyring import KeyRing, Purpose, new_data_key
from hub.security.rotate import refuse_if_held, reseal_chunk
from hub.security.sealed_columns import SealedColumn, row_id, sealed_columns
from hub.security.vault import Vault
from tests.unit.security.database import Database


def message_column() -> SealedColumn:
    return next(c for c in sealed_columns() if c.table.name == "message")


def fill(database: Database, vault: Vault, rows: int) -> None:
    for number in range(rows):
        conversation, key = f"cnv_{number % 7}", f"key-{number}"
        sealed = vault.seal(f"text {number}", "message", "body", f"{conversation}/{key}")
        database.execute(
            "INSERT INTO message (conversation_id, seq, key, contact_id, speaker, audience, kind,"
            " body_sealed, at) VALUES (?, ?, ?, 'con_1', 'customer', 'all', 'text', ?, 0)",
            conversation, number, key, sealed,
        )  # fmt: skip


def opened(database: Database, vault: Vault) -> Iterator[str]:
    for conversation, key, sealed in database.rows(
        "SELECT conversation_id, key, body_sealed FROM message ORDER BY seq"
    ):
        assert isinstance(sealed, bytes)
        yield vault.open(sealed, "message", "body", row_id(conversation, key))


def rotate(database: Database, vault: Vault, *, chunks: int | None = None) -> int:
    after, resealed = None, 0
    while chunks is None or chunks:
        step = database.run(reseal_chunk(vault, message_column(), after, limit=10))
        if step is None:
            break
        after, resealed = step.after, resealed + step.resealed
        chunks = chunks and chunks - 1
    return resealed


def test_rotation_reseals_every_row_and_goes_on_after_being_cut_off(
    database: Database, ring: KeyRing
) -> None:
    vault = Vault(ring)
    fill(database, vault, 95)
    old = ring.current(Purpose.SEAL)
    ring.add(new_data_key(Purpose.SEAL, 2))
    vault.use_current_key()
    with pytest.raises(Refused, match=r"message\.body_sealed"):
        database.run(refuse_if_held(old))
    assert rotate(database, vault, chunks=3) == 30
    assert rotate(database, vault) == 65
    assert rotate(database, vault) == 0
    database.run(refuse_if_held(old))
    alone = Vault(KeyRing([ring.current(Purpose.SEAL)]))
    assert list(opened(database, alone)) == [f"text {number}" for number in range(95)]


def test_a_row_changed_in_the_same_moment_keeps_its_new_value(
    database: Database, ring: KeyRing
) -> None:
    vault = Vault(ring)
    fill(database, vault, 1)
    ring.add(new_data_key(Purpose.SEAL, 2))
    vault.use_current_key()
    unit = reseal_chunk(vault, message_column(), None)
    next(unit)
    row = database.rows(
        "SELECT conversation_id, seq, conversation_id, key, body_sealed FROM message"
    )
    write = unit.send(row)
    newer = vault.seal("edited", "message", "body", "cnv_0/key-0")
    database.execute("UPDATE message SET body_sealed = ?", newer)

    def late() -> Iterator[object]:
        return (yield write)

    assert database.run(late()) == 0  # type: ignore[arg-type]
    assert list(opened(database, vault)) == ["edited"]


def test_every_sealed_column_is_known() -> None:
    names = {f"{sealed.table.name}.{sealed.column}" for sealed in sealed_columns()}
    assert {"message.body_sealed", "customer.profile_sealed", "effect.payload_sealed"} <= names
    for sealed in sealed_columns():
        assert sealed.table.c[sealed.column].type.python_type is bytes
