"""Libraries that tell of customers tell it to nobody."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from config.logs import set_up_logs
from config.settings import LogSettings


@pytest.fixture
def logs() -> Iterator[None]:
    """Logging as the hub sets it up, and afterwards as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    names = ("mail", "twilio", "aiosmpplib", "imap_tools")
    levels = {name: logging.getLogger(name).level for name in names}
    set_up_logs(LogSettings(level="debug"))
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


@pytest.mark.usefixtures("logs")
@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("mail.log", logging.WARNING),  # aiosmtpd: "sender: ...", "recip: ...", whole lines
        ("twilio.http_client", logging.INFO),  # whole requests
        ("aiosmpplib", logging.INFO),
        ("imap_tools", logging.INFO),
    ],
)
def test_libraries_tell_no_addresses_and_no_words(name: str, level: int) -> None:
    assert not logging.getLogger(name).isEnabledFor(level)
    assert logging.getLogger(name).isEnabledFor(logging.ERROR)
