"""The built pages, and what changes when we are reached by https only."""

from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from agent_console.api import routes
from agent_console.http.headers import Guard
from agent_console.settings import ConsoleSettings
from hub.store.rows import put
from hub.store.tables import User
from hub.store.unit import Unit
from tests.integration.console.desk import PASSWORDS, make_console
from tests.support.world import World


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What Vite leaves behind."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "desk-4f2a.js").write_text("1")
    for name in ("signin", "desk", "survey"):
        (tmp_path / f"{name}.html").write_text(f"<title>{name}</title>")
    return tmp_path


def browser(world: World, folder: Path, origin: str) -> httpx2.AsyncClient:
    host = origin.partition("://")[2]
    settings = ConsoleSettings(
        origins=frozenset({origin}), hosts=frozenset({host}), static_folder=folder
    )
    console = make_console(world.hub, settings)
    app = Guard(Starlette(routes=routes(console)), settings)
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app), base_url=origin, headers={"Origin": origin}
    )


async def test_pages_allow_nothing_from_elsewhere_and_no_frame(world: World, folder: Path) -> None:
    async with browser(world, folder, "http://127.0.0.1:8000") as person:
        for path in ("/sign-in", "/survey/any.token"):
            page = await person.get(path)
            assert page.status_code == 200
            policy = page.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert page.headers["cache-control"] == "no-store"


async def test_files_with_a_hash_are_kept_for_ever(world: World, folder: Path) -> None:
    async with browser(world, folder, "http://127.0.0.1:8000") as person:
        script = await person.get("/static/console/assets/desk-4f2a.js")
        assert "immutable" in script.headers["cache-control"]
        assert (await person.get("/static/console/desk.html")).status_code == 404
        assert (await person.get("/static/console/assets/none.js")).status_code == 404
        assert (await person.get("/static/console/..%2f..%2fapi.py")).status_code == 404
        missing = await person.get("/console/wallboard")
        assert missing.status_code == 303


async def test_https_binds_the_cookie_and_the_browser(world: World, folder: Path) -> None:
    password = "a quiet morning"
    hashed = await PASSWORDS.hash(password)

    def unit() -> Unit[None]:
        yield put(
            User, id="amara", login="amara", name='{"en": "Amara", "zh": "阿玛拉"}',
            roles='["agent"]', password_hash=hashed, created_at=0.0,
        )  # fmt: skip

    await world.hub.journal.run(unit())
    async with browser(world, folder, "https://hub.example") as person:
        page = await person.get("/sign-in")
        assert page.headers["strict-transport-security"].startswith("max-age=")
        credentials = {"login": "amara", "password": password}
        answered = await person.post("/api/sign-in", json=credentials)
        cookie = answered.headers["set-cookie"]
        assert cookie.startswith("__Host-")
        assert "secure" in cookie.lower()
        assert "path=/;" in cookie.lower()
        assert "domain" not in cookie.lower()
