"""`hub init`: an empty bank whose first administrator signs in; refused where one is already."""

import asyncio
import sys
from pathlib import Path

import httpx2
import pytest

from config import wiring
from config.asgi import asgi_app
from config.cli import main
from config.problems import ExitCode
from config.settings import Settings
from hub.store.rows import find
from hub.store.tables import AuditEntry, Customer, User

PASSWORD = "a long walk by the lake"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that the command line uses, and no settings file."""
    found = tmp_path / "data"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUB_DATA_DIR", str(found))
    return found


def hub_init(monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    """Run the command line; returns its exit code."""
    monkeypatch.setenv("HUB_INIT_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "argv", ["hub", "init", *more])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(str(ended.value.code))


async def test_the_first_administrator_signs_in_to_an_empty_bank(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ("--login", "Ines", "--name", "Ines Vidal")
    assert await asyncio.to_thread(hub_init, monkeypatch, *said) == 0
    application = await wiring.build(Settings(data_dir=folder))
    try:
        reader = application.hub.reader
        assert await reader.rows(find(User, "login", "roles")) == [("ines", '["administrator"]')]
        assert await reader.rows(find(Customer, "id")) == []
        noted = await reader.rows(find(AuditEntry, "actor", action="user_added"))
        assert noted == [("command_line",)]
        await application.hub.staff.load()
        origin = application.settings.origins[0]
        transport = httpx2.ASGITransport(app=asgi_app(application))
        async with httpx2.AsyncClient(
            transport=transport, base_url=origin, headers={"Origin": origin}
        ) as page:
            wrong = await page.post("/api/sign-in", json={"login": "ines", "password": "x"})
            assert wrong.status_code == 401
            right = await page.post("/api/sign-in", json={"login": "ines", "password": PASSWORD})
            assert right.status_code == 200
            users = (await page.get("/api/users")).json()["users"]
            assert [one["login"] for one in users] == ["ines"]
    finally:
        await application.foundation.close()


def test_a_bank_that_exists_is_left_as_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hub_init(monkeypatch) == 0
    before = (folder / "hub.db").read_bytes()
    assert hub_init(monkeypatch, "--login", "second") == ExitCode.DATABASE
    words = capsys.readouterr().err
    assert "holds a bank already" in words
    assert "hub add-user" in words
    assert PASSWORD not in words
    assert (folder / "hub.db").read_bytes() == before


def test_a_weak_password_begins_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.PASSWORD", "short")
    assert hub_init(monkeypatch) == ExitCode.USAGE
    monkeypatch.setattr(f"{__name__}.PASSWORD", "a long walk by the lake")
    assert hub_init(monkeypatch) == 0
