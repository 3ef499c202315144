"""Backup and restore, keys and audit, on a real store."""

import sqlite3
from pathlib import Path

import pytest

from config.maintenance import add_staff, back_up, opened, put_back, rotate_data_key, verify_chains
from config.problems import CannotStart, ExitCode
from config.settings import Settings
from hub.security import audit
from hub.store.rows import find, put
from hub.store.tables import Account, AuditEntry, User
from hub.store.unit import Unit


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def quiet(done: int, of: int) -> None:
    assert done <= of


async def logins(settings: Settings) -> list[str]:
    async with opened(settings) as foundation:
        return sorted(row[0] for row in await foundation.store.reader.rows(find(User, "login")))


async def test_a_backup_brings_back_what_was(settings: Settings, tmp_path: Path) -> None:
    await add_staff(settings, "Ada", "Ada", ["administrator"], "a long enough password")
    copy = tmp_path / "copy.db"
    assert back_up(settings, copy, quiet) == copy.stat().st_size
    await add_staff(settings, "bob", "Bob", ["agent"], "a long enough password")
    assert await logins(settings) == ["ada", "bob"]
    kept = put_back(settings, copy)
    assert await logins(settings) == ["ada"]
    assert kept is not None
    assert kept.exists()


async def test_a_backup_of_a_store_in_use_is_whole(settings: Settings, tmp_path: Path) -> None:
    async with opened(settings) as foundation:
        copy = tmp_path / "copy.db"
        back_up(settings, copy, quiet)
        assert await foundation.store.reader.rows(find(User, "login")) == []
        with pytest.raises(CannotStart, match="stop it first"):
            put_back(settings, copy)


async def test_a_damaged_backup_is_refused(settings: Settings, tmp_path: Path) -> None:
    await add_staff(settings, "ada", "Ada", ["agent"], "a long enough password")
    (tmp_path / "bad.db").write_bytes(b"SQLite format 3\x00" + b"\x07" * 8000)
    with pytest.raises(CannotStart) as caught:
        put_back(settings, tmp_path / "bad.db")
    assert caught.value.code is ExitCode.DATABASE
    assert await logins(settings) == ["ada"]


async def test_a_backup_never_overwrites(settings: Settings, tmp_path: Path) -> None:
    await add_staff(settings, "ada", "Ada", ["agent"], "a long enough password")
    (tmp_path / "there").write_text("mine")
    with pytest.raises(CannotStart, match="there already"):
        back_up(settings, tmp_path / "there", quiet)
    assert (tmp_path / "there").read_text() == "mine"


async def test_rotation_seals_everything_anew(settings: Settings) -> None:
    def unit(sealed: bytes) -> Unit[None]:
        yield put(
            Account, id="acc_1", customer_id="cus_1", kind="current", currency="CNY",
            detail_sealed=sealed,
        )  # fmt: skip

    async with opened(settings) as foundation:
        old = foundation.vault.header
        sealed = foundation.vault.seal("48216.05", "account", "detail", "acc_1")
        await foundation.store.journal.run(unit(sealed))
    key_id, count = await rotate_data_key(settings, quiet)
    assert (key_id, count) == ("seal-2", 1)
    async with opened(settings) as foundation:
        rows = await foundation.store.reader.rows(find(Account, "detail_sealed", id="acc_1"))
        assert not bytes(rows[0][0]).startswith(old)
        assert foundation.vault.open(rows[0][0], "account", "detail", "acc_1") == "48216.05"


async def test_a_changed_audit_entry_is_found(settings: Settings) -> None:
    def deed(key: bytes) -> Unit[None]:
        yield from audit.record(
            key, "node-1", at=1.0, actor="usr_1", action="field_revealed", subject="con_1"
        )

    async with opened(settings) as foundation:
        for _ in range(3):
            await foundation.store.journal.run(deed(foundation.audit_key))
    assert [(node, v.holds, v.entries) for node, v in await verify_chains(settings)] == [
        ("node-1", True, 3)
    ]
    with sqlite3.connect(settings.data_dir / "hub.db") as connection:
        connection.execute(f"UPDATE {AuditEntry.__tablename__} SET actor = 'usr_2' WHERE n = 2")
    connection.close()
    assert [(v.fault, v.at_n) for _, v in await verify_chains(settings)] == [("changed", 2)]


async def test_an_unknown_role_is_refused(settings: Settings) -> None:
    with pytest.raises(CannotStart, match="no such role: king"):
        await add_staff(settings, "ada", "Ada", ["king"], "a long enough password")
