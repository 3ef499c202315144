"""How `hub` ends when it cannot begin: a message a person can act on and a code for scripts."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from config.problems import ExitCode
from tests.support.child import free_port

pytestmark = pytest.mark.servers  # each test starts the product, some of them twice
ROOT = Path(__file__).parents[3]


def hub(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    environment: Mapping[str, str] = {
        **kept, "HUB_DATA_DIR": str(folder / "data"), "HUB_PORT": str(free_port()), **more,
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "config", *words],
        cwd=ROOT,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def add_first_user(folder: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    subprocess.run(
        [sys.executable, "-m", "config", "add-user", "ada", "--role", "administrator"],
        cwd=ROOT,
        env={**kept, "HUB_DATA_DIR": str(folder / "data")},
        input="a long enough password\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = hub(tmp_path, "serve", HUB_PORT=port)
    assert done.returncode == ExitCode.PORT_TAKEN
    assert f"127.0.0.1:{port}" in done.stderr
    assert "HUB_PORT=" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_key_than_the_databases_is_told(tmp_path: Path) -> None:
    add_first_user(tmp_path)
    other = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    done = hub(tmp_path, "serve", HUB_MASTER_KEY=other)
    assert done.returncode == ExitCode.KEY
    assert "master key does not open" in done.stderr
    assert other not in done.stderr


def test_a_newer_database_is_told(tmp_path: Path) -> None:
    add_first_user(tmp_path)
    with sqlite3.connect(tmp_path / "data" / "hub.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    done = hub(tmp_path, "serve")
    assert done.returncode == ExitCode.DATABASE
    assert "9999" in done.stderr


def test_a_database_in_use_is_told(tmp_path: Path) -> None:
    add_first_user(tmp_path)
    import fcntl  # noqa: PLC0415  the lock a serving hub holds

    with (tmp_path / "data" / "hub.db.lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = hub(tmp_path, "verify-audit")
    assert done.returncode == ExitCode.DATABASE
    assert "stop it first" in done.stderr


@pytest.mark.parametrize("command", ["serve", "demo", "check", "config"])
def test_an_unknown_setting_is_told_by_every_command(tmp_path: Path, command: str) -> None:
    done = hub(tmp_path, command, HUB_HOSTT="127.0.0.1")
    assert done.returncode == ExitCode.SETTINGS
    assert "did you mean 'host'?" in done.stderr


def test_the_demo_does_not_listen_beyond_loopback(tmp_path: Path) -> None:
    done = hub(tmp_path, "demo", HUB_HOST="0.0.0.0")
    assert done.returncode == ExitCode.DEMO_EXPOSED
    assert "127.0.0.1" in done.stderr


def test_check_and_config_say_what_is(tmp_path: Path) -> None:
    assert "nothing to mend" in hub(tmp_path, "check").stdout
    printed = hub(tmp_path, "config", HUB_MASTER_KEY="c2VjcmV0")
    assert "c2VjcmV0" not in printed.stdout
    assert '"host": "127.0.0.1"' in printed.stdout


def test_help_names_every_exit_code(tmp_path: Path) -> None:
    text = " ".join(hub(tmp_path, "--help").stdout.split())
    for code in ExitCode:
        assert f"{int(code)} " in text
    for command in ("serve", "demo", "check", "config", "backup", "restore", "verify-audit"):
        assert command in text
