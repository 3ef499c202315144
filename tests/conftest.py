"""Fixtures and markers for every test; what they do is told in `tests/support`."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.browser_count import DOVECOT, EXIM, PROPERTY
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.memory_disk import use_memory

pytest_plugins = [
    "tests.support.postgres",
    "tests.support.valkey",
    "tests.support.browser",
    "tests.support.store",
    "tests.support.world",
    "tests.support.calls",
    "tests.support.letters",
    "tests.support.mail_room",
    "tests.support.hub_server",
    "tests.support.core_bank",
    "tests.support.dovecot",
    "tests.support.exim",
]

BROWSER_TESTS = Path(__file__).parent / "browser"
MAIN_WALKS = BROWSER_TESTS / "test_walk.py"
"""What a browser has to show at every `make test`; the other walks take too long for it."""
CONSOLE = Path(__file__).parent / "integration" / "console"
SLOW_ON_POSTGRES = {
    CONSOLE / name for name in ("test_http.py", "test_live_pages.py", "test_rights_matrix.py")
}
"""`make test` asks them on SQLite, `make test-servers` on PostgreSQL."""
REAL_PROCESS_TESTS = Path(__file__).parent / "acceptance"
MARKER_OF_FIXTURE = {
    "browser": "browser",
    "postgres_server": "postgres",
    "valkey_server": "redis",
    "dovecot_server": "servers",
    "exim_server": "servers",
}
KIND_OF_FIXTURE = {"dovecot_server": DOVECOT, "exim_server": EXIM}
"""`.ci/run` counts these: there they may not be skipped."""
KNOBS_OF_TESTS = ("HUB_TEST_", "HUB_SIMULATION_")

use_memory()
# Settings of whoever runs the tests (`make` exports HUB_PORT) are not settings of the tests.
for name in [name for name in os.environ if name.startswith("HUB_")]:
    if not name.startswith(KNOBS_OF_TESTS):
        del os.environ[name]
# A busy machine makes an example slow, not wrong; `timeout` ends what hangs.
settings.register_profile("hub", deadline=None)
settings.load_profile("hub")
# The assistant is trained for a minute at a first start: who tests it asks for it.
os.environ["HUB_BOT__ENGINE"] = "menu"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they use, before `-m` chooses among them."""
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker("browser")
            if item.path != MAIN_WALKS:
                item.add_marker("servers")
        if REAL_PROCESS_TESTS in item.path.parents:
            item.add_marker("servers")
        if item.path in SLOW_ON_POSTGRES and item.get_closest_marker("postgres"):
            item.add_marker("servers")
        for fixture, marker in MARKER_OF_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
        if item.get_closest_marker("browser"):
            item.user_properties.append((PROPERTY, "yes"))
        for fixture, kind in KIND_OF_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.user_properties.append((kind, "yes"))


@pytest.fixture
def clock() -> ManualClock:
    """A clock that moves only when the test says so."""
    return ManualClock()


@pytest.fixture
def new_id() -> SeededIds:
    """Identifiers that are the same in every run."""
    return SeededIds()
