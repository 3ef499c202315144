"""A number that calls lists records and opens none."""

import pytest

from hub.customers.profile import add_customer
from hub.domain.errors import NotFound
from hub.journey.calls.candidates import candidates_of
from hub.journey.context import Viewer
from hub.journey.record import screen_pop
from hub.security.roles import Role
from hub.store.unit import Unit
from tests.support.calls import CALLER, Line

AMARA = Viewer(user_id="amara", roles=frozenset({Role.AGENT}))
BEN = Viewer(user_id="ben", roles=frozenset({Role.AGENT}))


async def customers(line: Line, *people: tuple[str, str]) -> None:
    def unit() -> Unit[None]:
        for number, (name, phone) in enumerate(people, 1):
            yield from add_customer(
                line.hub.vault, line.hub.lookup, f"cus_{number}", number=f"2041880{number}",
                profile={"name": name, "phone": phone}, segment="everyday", lifecycle="active",
                language="en", since_year=2020, created_at=line.world.clock.now(),
            )  # fmt: skip

    await line.hub.journal.run(unit())


async def test_a_shared_number_lists_all_and_opens_none(line: Line) -> None:
    await customers(line, ("Lin Wei", CALLER), ("Lin Tao", CALLER), ("Ada Moss", "+8613800000001"))
    phone = await line.talking()
    contact_id = await line.contact_of(phone)
    pop = await screen_pop(line.hub, contact_id, AMARA)
    assert (pop["customer"], pop["candidates"]) == (None, 2)
    found = await candidates_of(line.hub, AMARA, contact_id=contact_id)
    assert sorted(one["id"] for one in found["customers"]) == ["cus_1", "cus_2"]
    assert CALLER not in str(found)
    with pytest.raises(NotFound):
        await candidates_of(line.hub, BEN, contact_id=contact_id)


async def test_a_withheld_number_lists_nobody(line: Line) -> None:
    await customers(line, ("Lin Wei", CALLER))
    phone = await line.talking(caller="")
    contact_id = await line.contact_of(phone)
    assert (await screen_pop(line.hub, contact_id, AMARA))["candidates"] == 0
    assert (await candidates_of(line.hub, AMARA, contact_id=contact_id))["customers"] == []
