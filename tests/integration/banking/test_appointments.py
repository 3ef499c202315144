"""A seat at a branch is given once."""

import asyncio
import dataclasses
from pathlib import Path

import pytest

from config.banking import load_banking
from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.journey.banking.appointments import book_appointment, choices, free_slots
from hub.journey.banking.ask import Asked
from hub.journey.banking.visits import cancel_appointment, move_appointment
from hub.store.rows import change, find
from hub.store.tables import Appointment, BankOrder
from tests.integration.banking.bank import Bank, ScriptedCore
from tests.support.units import write
from tests.support.world import World

SET_UP = Path(__file__).parents[3] / "config"


async def opened(world: World) -> Bank:
    banking = load_banking(SET_UP, time_zone="Asia/Shanghai")
    world.hub = dataclasses.replace(world.hub, banking=banking)
    bank = Bank(world, ScriptedCore())
    await bank.open()
    return bank


async def first_day(bank: Bank, branch: str) -> tuple[str, list[float]]:
    for day in choices(bank.hub)["days"]:
        slots = await free_slots(bank.hub, branch_id=branch, day=day)
        if slots:
            return day, slots
    raise AssertionError("the branch never opens")


async def book(bank: Bank, starts_at: float, key: str, branch: str = "lake_road") -> Asked:
    return await book_appointment(
        bank.hub, "amara", contact_id=bank.contact_id, key=key, branch_id=branch,
        starts_at=starts_at, topic="loan",
    )  # fmt: skip


async def test_an_appointment_is_kept_and_told(world: World) -> None:
    bank = await opened(world)
    _, slots = await first_day(bank, "lake_road")
    asked = await book(bank, slots[0], "key-app-1")
    await bank.hub.journal.caught_up()
    assert asked.state == "applied"
    assert await bank.story() == ["Asked", "Applied"]
    [told] = await bank.receipts()
    assert "Lake Road, 16 Lake Road" in told.body["text"]
    assert "09:00" in told.body["text"]
    assert "Home loan" in told.body["text"]
    assert (await book(bank, slots[0], "key-app-1")).order_id == asked.order_id
    assert len(await bank.receipts()) == 1


async def test_of_many_who_want_the_last_seats_only_so_many_get_one(world: World) -> None:
    bank = await opened(world)
    day, slots = await first_day(bank, "lake_road")
    results = await asyncio.gather(
        *(book(bank, slots[3], f"key-app-{n}") for n in range(6)), return_exceptions=True
    )
    assert sum(isinstance(one, Asked) for one in results) == 2
    assert all(isinstance(one, Asked | Refused) for one in results)
    free = await free_slots(bank.hub, branch_id="lake_road", day=day)
    assert free == [*slots[:3], *slots[4:]]
    with pytest.raises(Refused, match="slot_taken"):
        await book(bank, slots[3], "key-app-late")


async def test_a_time_or_place_that_is_not_offered_is_refused(world: World) -> None:
    bank = await opened(world)
    _, slots = await first_day(bank, "lake_road")
    with pytest.raises(Invalid, match="bad_time"):
        await book(bank, slots[0] + 60, "key-app-1")
    with pytest.raises(NotFound, match="no_branch"):
        await book(bank, slots[0], "key-app-1", branch="moon")
    with pytest.raises(Invalid, match="bad_day"):
        await free_slots(bank.hub, branch_id="lake_road", day="tomorrow")
    assert await free_slots(bank.hub, branch_id="lake_road", day="2020-01-01") == []
    await bank.set_level(0)
    with pytest.raises(Forbidden):
        await book(bank, slots[0], "key-app-1")


async def cancel(bank: Bank, order_id: str, key: str = "key-off-1") -> Asked:
    return await cancel_appointment(
        bank.hub, "amara", contact_id=bank.contact_id, key=key, order_id=order_id
    )


async def move(bank: Bank, order_id: str, starts_at: float, key: str = "key-mov-1") -> Asked:
    return await move_appointment(
        bank.hub, "amara", contact_id=bank.contact_id, key=key, order_id=order_id,
        branch_id="lake_road", starts_at=starts_at,
    )  # fmt: skip


async def test_a_cancelled_one_gives_its_seat_back_and_is_told_once(world: World) -> None:
    bank = await opened(world)
    day, slots = await first_day(bank, "lake_road")
    orders = [await book(bank, slots[3], f"key-app-{n}") for n in range(2)]
    assert slots[3] not in await free_slots(bank.hub, branch_id="lake_road", day=day)
    for _ in range(2):
        assert (await cancel(bank, orders[0].order_id)).state == "cancelled"
    assert slots[3] in await free_slots(bank.hub, branch_id="lake_road", day=day)
    assert await bank.states() == ["cancelled", "applied"]
    told = [one.body["text"] for one in await bank.receipts()]
    assert len(told) == 3
    assert "is cancelled" in told[-1]
    assert "09:00" not in told[-1]
    with pytest.raises(Refused, match="appointment_over"):
        await cancel(bank, orders[0].order_id, key="key-off-2")
    assert (await bank.story())[-1] == "Amended"


async def test_a_moved_one_holds_one_seat(world: World) -> None:
    bank = await opened(world)
    day, slots = await first_day(bank, "lake_road")
    asked = await book(bank, slots[0], "key-app-1")
    for _ in range(2):
        assert (await move(bank, asked.order_id, slots[2])).state == "applied"
    seats = await bank.hub.reader.rows(find(Appointment, "starts_at", branch_id="lake_road"))
    assert [row[0] for row in seats] == [slots[2]]
    assert len(await bank.receipts()) == 2
    for n in range(2):
        await book(bank, slots[4], f"key-full-{n}")
    with pytest.raises(Refused, match="slot_taken"):
        await move(bank, asked.order_id, slots[4], key="key-mov-2")
    seats = await bank.hub.reader.rows(find(Appointment, "starts_at", branch_id="lake_road"))
    assert sorted(row[0] for row in seats) == [slots[2], slots[4], slots[4]]
    assert (await cancel(bank, asked.order_id)).state == "cancelled"
    assert day


async def test_whose_time_has_come_stays(world: World) -> None:
    bank = await opened(world)
    _, slots = await first_day(bank, "lake_road")
    asked = await book(bank, slots[0], "key-app-1")
    await world.clock.advance(slots[0] - world.clock.now() + 1)
    with pytest.raises(Refused, match="appointment_over"):
        await cancel(bank, asked.order_id)


async def test_only_the_customers_own_appointment_is_changed(world: World) -> None:
    bank = await opened(world)
    _, slots = await first_day(bank, "lake_road")
    asked = await book(bank, slots[0], "key-app-1")
    with pytest.raises(NotFound, match="no_order"):
        await cancel(bank, "ord_none")
    await bank.hub.journal.run(write(change(BankOrder, asked.order_id, customer_id="cus_other")))
    with pytest.raises(NotFound, match="no_order"):
        await move(bank, asked.order_id, slots[1])
    await bank.set_level(0)
    with pytest.raises(Forbidden):
        await cancel(bank, asked.order_id)
