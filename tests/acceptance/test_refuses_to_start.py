"""What keeps the hub from starting is said in a sentence, with its place, a remedy and a code."""

import base64
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.problems import ExitCode
from tests.support import child
from tests.support.hub_server import HubServer

OTHER_KEY = base64.b64encode(b"another master key, 32 bytes....").decode()
SET_UP = Path(__file__).parents[2] / "config"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[HubServer]:
    """`hub serve` on an empty data folder."""
    server = HubServer(tmp_path, command="serve")
    yield server
    server.stop()


def refusal(server: HubServer, code: ExitCode, **environment: str) -> str:
    """Start it; returns what it said when it ended with this code, and said for people."""
    server.launch(**environment)
    assert server.exit_code() == code, server.words()
    words = server.words()
    assert "Traceback" not in words
    lines = [line for line in words.splitlines() if line.startswith("hub: ")]
    assert lines, words
    return "\n".join(lines)


def test_a_port_that_is_taken(fresh: HubServer) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", fresh.port))
        other.listen()
        words = refusal(fresh, ExitCode.PORT_TAKEN)
    assert f"127.0.0.1:{fresh.port}" in words
    assert "HUB_PORT" in words
    assert not (fresh.data / "hub.db").exists(), "nothing was touched"


def test_a_host_that_is_not_ours(fresh: HubServer) -> None:
    assert "HUB_HOST" in refusal(fresh, ExitCode.PORT_TAKEN, HUB_HOST="no-such-host.invalid")


def test_a_wrong_master_key_and_then_the_right_one(hub_server: HubServer) -> None:
    words = refusal(hub_server, ExitCode.KEY, HUB_MASTER_KEY=OTHER_KEY)
    assert "key" in words
    assert OTHER_KEY not in words
    hub_server.start()


def test_master_keys_that_are_no_keys(fresh: HubServer, tmp_path: Path) -> None:
    for bad in ("short", base64.b64encode(b"x" * 31).decode()):
        words = refusal(fresh, ExitCode.KEY, HUB_MASTER_KEY=bad)
        assert "HUB_MASTER_KEY" in words
        assert len(bad) < 8 or bad not in words
    key = tmp_path / "key"
    key.write_text(OTHER_KEY)
    key.chmod(0o644)
    assert str(key) in refusal(fresh, ExitCode.KEY, HUB_MASTER_KEY_FILE=str(key))
    gone = str(tmp_path / "gone")
    assert gone in refusal(fresh, ExitCode.KEY, HUB_MASTER_KEY_FILE=gone)


def test_a_lost_master_key_is_not_made_anew(hub_server: HubServer) -> None:
    (hub_server.data / "master.key").unlink()
    refusal(hub_server, ExitCode.KEY)


def test_a_newer_database(hub_server: HubServer) -> None:
    connection = sqlite3.connect(hub_server.data / "hub.db")
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_from_tomorrow'")
    connection.close()
    assert "newer" in refusal(hub_server, ExitCode.DATABASE)


def test_a_database_in_use(demo_bank: HubServer, tmp_path: Path) -> None:
    second = HubServer(tmp_path)
    second.data = demo_bank.data
    words = refusal(second, ExitCode.DATABASE)
    assert "hub.db" in words


def test_a_file_that_is_no_database(fresh: HubServer) -> None:
    fresh.data.mkdir()
    (fresh.data / "hub.db").write_bytes(b"this is a letter, not a database. " * 100)
    assert refusal(fresh, ExitCode.DATABASE)


def test_a_database_out_of_reach(fresh: HubServer) -> None:
    port = child.free_port()
    url = f"postgresql://hub:pass-word-1@127.0.0.1:{port}/hub"
    words = refusal(fresh, ExitCode.DATABASE, HUB_DATABASE_URL=url, HUB_MASTER_KEY=OTHER_KEY)
    assert f"127.0.0.1:{port}" in words
    assert "pass-word-1" not in words
    words = refusal(fresh, ExitCode.DATABASE, HUB_DATABASE_URL="mysql://root:pass-word-1@db/hub")
    assert "pass-word-1" not in words
    assert "postgresql://" in words


def test_a_data_folder_that_cannot_be(fresh: HubServer, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    fresh.data = tmp_path / "file" / "data"
    assert "HUB_DATA_DIR" in refusal(fresh, ExitCode.DATABASE)


def test_a_demo_that_others_could_reach(fresh: HubServer, hub_server: HubServer) -> None:
    fresh.command = "demo"
    assert "127.0.0.1" in refusal(fresh, ExitCode.DEMO_EXPOSED, HUB_HOST="0.0.0.0")
    hub_server.command = "serve"
    words = refusal(hub_server, ExitCode.DEMO_EXPOSED, HUB_HOST="0.0.0.0")
    assert "HUB_DATA_DIR" in words


FILES = {
    "unknown key": ("[sessions]\nidle_minuts = 5\n", ":2", "idle_minutes"),
    "unknown in a widget": ('[widgets.site]\norigin = ["https://a.example"]\n', ":2", "origins"),
    "unknown of a channel": (
        "[channels.web_chat]\nhello_second = 5\n", "channels.web_chat", "hello_seconds"
    ),
    "wrong value": ("[sessions]\nidle_minutes = -5\n", ":2", "HUB_SESSIONS__IDLE_MINUTES"),
    "a secret": ('master_key = "c2VjcmV0LXNlY3JldA=="\n', ":1", "HUB_MASTER_KEY"),
    "not toml": ("port = = 1\n", "hub.toml", "not valid TOML"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_settings_file_with_a_mistake(fresh: HubServer, tmp_path: Path, name: str) -> None:
    text, place, remedy = FILES[name]
    file = tmp_path / "hub.toml"
    file.write_text(text)
    words = refusal(fresh, ExitCode.SETTINGS, HUB_CONFIG=str(file))
    assert place in words
    assert remedy in words
    assert "c2VjcmV0" not in words
    if name != "unknown of a channel":
        assert str(file) in words


VARIABLES = {
    "HUB_PROT": ("8100", "HUB_PROT", "port"),
    "HUB_SESSIONS__IDLE": ("5", "HUB_SESSIONS__IDLE", "idle_minutes"),
    "HUB_WIDGETS": ("{broken", "HUB_", "widgets"),
    "HUB_WIDGETS__SITE__KEY": ("c2hvcnQ=", "HS256", "base64 of 32 random bytes"),
    "HUB_CONFIG": ("/nowhere/hub.toml", "HUB_CONFIG", "/nowhere/hub.toml"),
}


@pytest.mark.parametrize("name", VARIABLES)
def test_a_variable_with_a_mistake(fresh: HubServer, name: str) -> None:
    value, place, remedy = VARIABLES[name]
    words = refusal(fresh, ExitCode.SETTINGS, **{name: value})
    assert place in words
    assert remedy in words


SET_UPS = {
    "not toml": ("queues.toml", 'hours = "always"', "hours = = 1"),
    "unknown hours": ("queues.toml", 'hours = "always"', 'hours = "alwais"'),
    "wrong hours": ("hours.toml", '"00:00-24:00"', '"24:00-00:00"'),
    "missing text": ("queues.toml", ', zh = "银行卡"', ""),
}


@pytest.mark.parametrize("name", SET_UPS)
def test_a_set_up_file_with_a_mistake(fresh: HubServer, tmp_path: Path, name: str) -> None:
    file, good, bad = SET_UPS[name]
    folder = tmp_path / "set_up"
    folder.mkdir()
    for path in SET_UP.glob("*.toml"):
        shutil.copy(path, folder)
    shutil.copytree(SET_UP / "bot", folder / "bot")
    text = (folder / file).read_text("utf-8")
    assert good in text
    (folder / file).write_text(text.replace(good, bad, 1), "utf-8")
    line = text[: text.index(good)].count("\n") + 1
    words = refusal(fresh, ExitCode.SET_UP, HUB_SET_UP_DIR=str(folder))
    named = [int(part.split(":")[0]) for part in words.split(f"{file}:")[1:]]
    assert any(abs(n - line) <= 1 for n in named), f"no line near {line} in {words}"


def test_a_missing_set_up_file(fresh: HubServer, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "queues.toml" in refusal(fresh, ExitCode.SET_UP, HUB_SET_UP_DIR=str(tmp_path / "empty"))
