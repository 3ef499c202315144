from collections.abc import Iterator

import pytest

from hub.security.keyring import KeyRing, fresh_key_ring
from tests.unit.security.database import Database


@pytest.fixture
def database() -> Iterator[Database]:
    opened = Database()
    yield opened
    opened.close()


@pytest.fixture
def ring() -> KeyRing:
    return fresh_key_ring()
