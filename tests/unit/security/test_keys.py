import base64
import os
from pathlib import Path

import pytest

from hub.domain.errors import Refused
from hub.security.errors import BadKeyFile, WrongKey
from hub.security.key_store import (
    add_data_key,
    open_key_ring,
    retire_data_key,
    rewrap_data_keys,
)
from hub.security.keyring import Purpose
from hub.security.master_key import create_key_file, find_master_key, read_key_file
from tests.unit.security.database import Database

MASTER = bytes(range(32))
OTHER = bytes(range(1, 33))


def test_the_first_start_makes_a_key_per_purpose_and_the_second_reads_them(
    database: Database,
) -> None:
    first = database.run(open_key_ring(MASTER, 1.0))
    second = database.run(open_key_ring(MASTER, 2.0))
    for purpose in Purpose:
        assert first.current(purpose).secret == second.current(purpose).secret
    assert len({first.current(purpose).secret for purpose in Purpose}) == len(Purpose)
    assert database.rows("SELECT count(*) FROM data_key") == [(len(Purpose),)]


def test_no_data_key_lies_in_the_database_in_the_clear(database: Database) -> None:
    ring = database.run(open_key_ring(MASTER, 1.0))
    stored = database.rows("SELECT hex(wrapped) FROM data_key")
    for purpose in Purpose:
        assert ring.current(purpose).secret.hex().upper() not in str(stored)


def test_a_wrong_master_key_is_refused_at_start_and_changes_nothing(database: Database) -> None:
    database.run(open_key_ring(MASTER, 1.0))
    before = database.rows("SELECT * FROM data_key")
    with pytest.raises(WrongKey, match="restore the key file or HUB_MASTER_KEY"):
        database.run(open_key_ring(OTHER, 2.0))
    assert database.rows("SELECT * FROM data_key") == before


def test_keys_exchanged_between_rows_are_found(database: Database) -> None:
    database.run(open_key_ring(MASTER, 1.0))
    database.execute(
        "UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE id = 'audit-1') "
        "WHERE id = 'link-1'"
    )
    with pytest.raises(WrongKey, match="link-1"):
        database.run(open_key_ring(MASTER, 2.0))


def test_a_new_master_key_opens_what_the_old_one_wrapped(database: Database) -> None:
    before = database.run(open_key_ring(MASTER, 1.0))
    assert database.run(rewrap_data_keys(MASTER, OTHER)) == len(Purpose)
    after = database.run(open_key_ring(OTHER, 2.0))
    assert after.current(Purpose.SEAL).secret == before.current(Purpose.SEAL).secret
    with pytest.raises(WrongKey):
        database.run(open_key_ring(MASTER, 3.0))


def test_a_retired_key_stays_for_reading(database: Database) -> None:
    ring = database.run(open_key_ring(MASTER, 1.0))
    old = ring.current(Purpose.SEAL)
    with pytest.raises(Refused):
        database.run(retire_data_key(ring, old, 2.0))
    ring.add(database.run(add_data_key(ring, Purpose.SEAL, MASTER, 2.0)))
    database.run(retire_data_key(ring, old, 3.0))
    again = database.run(open_key_ring(MASTER, 4.0))
    assert again.current(Purpose.SEAL).number == 2
    assert again.get(Purpose.SEAL, 1).secret == old.secret


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    key = find_master_key({}, tmp_path, may_create=True)
    path = tmp_path / "master.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert find_master_key({}, tmp_path, may_create=True) == key == create_key_file(path)
    assert [p.name for p in tmp_path.iterdir()] == ["master.key"]


def test_environment_comes_before_files(tmp_path: Path) -> None:
    text = base64.b64encode(OTHER).decode()
    other = tmp_path / "other"
    other.write_text(text)
    other.chmod(0o400)
    assert find_master_key({"HUB_MASTER_KEY": text}, tmp_path, may_create=False) == OTHER
    found = find_master_key({"HUB_MASTER_KEY_FILE": str(other)}, tmp_path, may_create=False)
    assert found == OTHER


@pytest.mark.parametrize(
    "text", ["", "short", "A" * 43 + "=", base64.b64encode(bytes(16)).decode(), "密钥" * 20]
)
def test_a_bad_key_is_refused_without_being_quoted(tmp_path: Path, text: str) -> None:
    path = tmp_path / "master.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(BadKeyFile, match="openssl rand -base64 32") as refused:
        read_key_file(path)
    assert not text or text not in str(refused.value)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_key_file_open_to_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    create_key_file(path)
    path.chmod(0o644)
    with pytest.raises(BadKeyFile, match="chmod 600"):
        read_key_file(path)


def test_a_missing_key_is_made_only_where_allowed(tmp_path: Path) -> None:
    with pytest.raises(BadKeyFile, match="HUB_MASTER_KEY"):
        find_master_key({}, tmp_path, may_create=False)
    assert not list(tmp_path.iterdir())
