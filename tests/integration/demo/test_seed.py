"""The demo bank on a real store: whole, the same every time, and quick."""

import json
import time
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from sqlalchemy import func, select

from config.demo import staff
from config.demo.known import LIN_WEI
from config.demo.people import person
from config.demo.seed import Size, Soil, is_demo, seed
from hub.security.keyring import fresh_key_ring
from hub.security.lookup import LookupKey
from hub.security.passwords import Passwords
from hub.security.vault import Vault
from hub.store import tables
from hub.store.engine import Store
from hub.store.rows import find, table_of
from hub.store.unit import Prepared

NOW = 1_790_000_000.0
CONFIG = Path(__file__).parents[3] / "config"


@pytest_asyncio.fixture
async def soil(sqlite_store: Store) -> AsyncIterator[Soil]:
    ring = fresh_key_ring()
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield Soil(
        journal=sqlite_store.journal,
        reader=sqlite_store.reader,
        vault=Vault(ring),
        lookup=LookupKey(ring),
        passwords=passwords,
        outcomes={"cards": ["answered", "card_blocked"], "payments": ["answered"]},
        now=NOW,
    )
    passwords.close()


async def count(soil: Soil, model: type) -> int:
    rows = await soil.reader.rows(Prepared(select(func.count()).select_from(table_of(model)))())
    return int(rows[0][0])


async def test_the_bank_is_whole(soil: Soil) -> None:
    assert not await is_demo(soil.reader)
    told: list[tuple[int, int]] = []
    began = time.monotonic()
    rows = await seed(soil, told=lambda done, of: told.append((done, of)))
    assert time.monotonic() - began < 10
    assert await is_demo(soil.reader)
    assert await count(soil, tables.Customer) == 2_000
    assert await count(soil, tables.User) == 12
    assert await count(soil, tables.Payment) > 30_000
    assert await count(soil, tables.Contact) > 5_000
    assert rows > 50_000
    assert told[-1] == (2_000, 2_000)


async def test_lin_wei_is_as_the_screens_show_her(soil: Soil) -> None:
    await seed(soil, Size(customers=10))
    found = await soil.reader.rows(
        find(tables.Customer, "segment", "profile_sealed", number=LIN_WEI.number)
    )
    segment, sealed = found[0]
    profile = json.loads(soil.vault.open(sealed, "customer", "profile", LIN_WEI.id))
    assert (segment, profile["name_zh"], profile["phone"]) == ("premier", "林薇", "+8613800002716")
    payments = await soil.reader.rows(
        find(tables.Payment, "id", "detail_sealed", "unusual", customer_id=LIN_WEI.id)
    )
    strange = [
        (json.loads(soil.vault.open(sealed, "payment", "detail", key)), why)
        for key, sealed, why in payments
        if why == "new_merchant"
    ]
    assert ("Luma Electronics", "-3280.00") in [(d["merchant"], d["amount"]) for d, _ in strange]


def test_staff_have_known_skills_and_serve_every_queue() -> None:
    queues = tomllib.loads((CONFIG / "queues.toml").read_text())["queues"]
    skills = tomllib.loads((CONFIG / "skills.toml").read_text())["skills"]
    for one in staff.AGENTS:
        assert {skill for skill, _ in one.skills} <= set(skills)
        assert any(skill.startswith("lang:") for skill, _ in one.skills)
    served = {queue for one in staff.AGENTS for queue in one.queues}
    assert served == set(queues)


@pytest.mark.parametrize("n", [10, 1234])
def test_a_number_is_always_the_same_person(n: int) -> None:
    assert person(n) == person(n)
    assert person(n) != person(n + 1)


def test_nobody_can_have_an_invented_identity_number() -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    for n in range(300):
        number = person(n).id_number
        total = sum(int(d) * w for d, w in zip(number[:17], weights, strict=True))
        assert number[17] != "10X98765432"[total % 11]
