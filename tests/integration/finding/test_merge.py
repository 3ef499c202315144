import json
from typing import Any

import pytest
from sqlmodel import SQLModel

from hub.customers.merge_places import places
from hub.customers.profile import change_customer
from hub.domain.errors import Forbidden, Invalid, NotFound, Refused
from hub.journey.finding.merge import merge, merges_of, preview, undo_merge
from hub.journey.finding.open_record import open_record
from hub.journey.finding.search import search
from hub.store.rows import find, put
from hub.store.tables import Account, Address, Case, Consent, Contact, Customer, Party, Task
from tests.integration.finding.people import (
    AMY,
    LIN,
    SUE,
    add,
    audit_of,
    guest_in_hand,
    put_in_hand,
)
from tests.support.units import write
from tests.support.world import World

WHY = "Same person, told at the desk"
ACCOUNT = '{"name": {"en": "Current", "zh": "活期"}, "number": "6222", "balance": "1.00"}'
NEVER_EQUAL = {"event", "audit_entry", "customer_merge", "data_key"}


async def everything(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those that only grow."""
    found = {}
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in NEVER_EQUAL:
            model = next(
                m for m in SQLModel.__subclasses__() if getattr(m, "__table__", 0) is table
            )
            columns = [column.name for column in table.columns]
            rows = await world.hub.reader.rows(find(model, *columns))
            found[table.name] = sorted(map(tuple, rows), key=repr)
    return found


async def two(world: World) -> tuple[str, str]:
    """Two records of one person, each with work of its own."""
    kept = await add(world, "1001", {**LIN, "address": ""}, since_year=2018)
    gone = await add(
        world, "1002", {**LIN, "name": "Lynn Wei", "phone": "+8613911112222"},
        since_year=2010, warnings='["vulnerable"]',
    )  # fmt: skip
    contact = await guest_in_hand(world, "amy")
    await put_in_hand(world, contact, gone)
    hub = world.hub
    calls = [
        put(Case, id="cas_1", number="C-1", customer_id=gone, title="{}", stage="open",
            opened_at=0),
        put(Task, id="tsk_1", kind="low_score", customer_id=gone, created_at=0),
        put(Address, id="adr_1", channel="sms", account="x", value_key="k", customer_id=gone,
            created_at=0),
        put(Account, id="acc_1", customer_id=gone, kind="current", currency="CNY",
            detail_sealed=hub.vault.seal(ACCOUNT, "account", "detail", "acc_1")),
        put(Party, id="par_1", customer_id="cus_other", holder_customer_id=gone, role="attorney",
            created_at=0),
        put(Consent, customer_id=kept, code="marketing", given=True, at=10.0),
        put(Consent, customer_id=gone, code="marketing", given=False, at=20.0),
        put(Consent, customer_id=gone, code="recording", given=True, at=5.0),
    ]  # fmt: skip
    await hub.journal.run(write(*calls))
    return kept, gone


async def owners(world: World, *models: type[SQLModel]) -> set[str]:
    found = set()
    for model in models:
        found |= {row[0] for row in await world.hub.reader.rows(find(model, "customer_id"))}
    return found - {None}


async def test_everything_follows_and_is_found_under_both_numbers(world: World) -> None:
    kept, gone = await two(world)
    await merge(
        world.hub, SUE, kept_id=kept, merged_id=gone, choices={"phone": "merged"}, reason=WHY
    )
    assert await owners(world, Case, Task, Address, Account, Contact) == {kept}
    for words in ("1001", "1002", "13911112222", "lin wei"):
        found = await search(world.hub, SUE, words)
        assert [one["id"] for one in found["customers"]] == [kept], words
    assert (await search(world.hub, SUE, "13800002716"))["customers"] == []
    pop = await open_record(world.hub, SUE, gone, reason=WHY)
    assert pop["customer"]["id"] == kept
    assert pop["customer"]["since_year"] == 2010
    assert pop["customer"]["warnings"] == ["vulnerable"]
    rows = await world.hub.reader.rows(find(Consent, "code", "given", customer_id=kept))
    assert sorted(map(tuple, rows)) == [("marketing", False), ("recording", True)]
    [(subject, actor, reason, details)] = await audit_of(world, "customers_merged")
    assert (subject, actor, reason) == (kept, "sue", WHY)
    assert "Lin" not in details
    assert LIN["phone"] not in details


async def test_undone_it_is_as_it_was_byte_by_byte(world: World) -> None:
    kept, gone = await two(world)
    before = await everything(world)
    merge_id = await merge(
        world.hub, SUE, kept_id=kept, merged_id=gone,
        choices={"name": "merged", "email": "merged"}, reason=WHY,
    )  # fmt: skip
    assert await everything(world) != before
    assert [one["id"] for one in await merges_of(world.hub, SUE, kept)] == [merge_id]
    await undo_merge(world.hub, SUE, merge_id=merge_id, reason=WHY)
    assert await everything(world) == before
    assert await merges_of(world.hub, SUE, kept) == []
    with pytest.raises(Refused, match="undone_already"):
        await undo_merge(world.hub, SUE, merge_id=merge_id, reason=WHY)


async def test_a_chain_is_undone_from_its_end(world: World) -> None:
    kept, gone = await two(world)
    third = await add(world, "1003", {**LIN, "name": "Third"})
    start = await everything(world)
    first = await merge(world.hub, SUE, kept_id=gone, merged_id=third, choices={}, reason=WHY)
    middle = await everything(world)
    second = await merge(world.hub, SUE, kept_id=kept, merged_id=gone, choices={}, reason=WHY)
    assert [c["id"] for c in (await search(world.hub, SUE, "1003"))["customers"]] == [kept]
    with pytest.raises(Refused, match="changed_since"):
        await undo_merge(world.hub, SUE, merge_id=first, reason=WHY)
    await undo_merge(world.hub, SUE, merge_id=second, reason=WHY)
    assert await everything(world) == middle
    await undo_merge(world.hub, SUE, merge_id=first, reason=WHY)
    assert await everything(world) == start


async def test_a_record_that_changed_is_not_overwritten(world: World) -> None:
    kept, gone = await two(world)
    hub = world.hub
    merge_id = await merge(hub, SUE, kept_id=kept, merged_id=gone, choices={}, reason=WHY)
    await hub.journal.run(change_customer(hub.vault, hub.lookup, kept, {"name": "New Name"}))
    after = await everything(world)
    with pytest.raises(Refused, match="changed_since"):
        await undo_merge(hub, SUE, merge_id=merge_id, reason=WHY)
    assert await everything(world) == after


async def test_what_must_not_be_merged(world: World) -> None:
    kept, gone = await two(world)
    hub = world.hub
    before = await everything(world)
    with pytest.raises(Invalid, match="same_record"):
        await merge(hub, SUE, kept_id=kept, merged_id=kept, choices={}, reason=WHY)
    with pytest.raises(NotFound):
        await merge(hub, SUE, kept_id=kept, merged_id="cus_none", choices={}, reason=WHY)
    with pytest.raises(Invalid):
        await merge(
            hub, SUE, kept_id=kept, merged_id=gone, choices={"number": "merged"}, reason=WHY
        )
    with pytest.raises(Invalid):
        await merge(hub, SUE, kept_id=kept, merged_id=gone, choices={}, reason=" ")
    with pytest.raises(Forbidden):
        await merge(hub, AMY, kept_id=kept, merged_id=gone, choices={}, reason=WHY)
    with pytest.raises(Forbidden):
        await preview(hub, AMY, kept_id=kept, merged_id=gone)
    assert await everything(world) == before
    await merge(hub, SUE, kept_id=kept, merged_id=gone, choices={}, reason=WHY)
    with pytest.raises(Refused, match="merged_already"):
        await merge(hub, SUE, kept_id=kept, merged_id=gone, choices={}, reason=WHY)


async def test_the_preview_says_which_value_stays_and_masks_it(world: World) -> None:
    kept, gone = await two(world)
    seen = await preview(world.hub, SUE, kept_id=kept, merged_id=gone)
    fields = {one["field"]: one for one in seen["fields"]}
    assert fields["name"] == {
        "field": "name", "kept": "Lin Wei", "merged": "Lynn Wei", "same": False, "takes": "kept",
    }  # fmt: skip
    assert (fields["address"]["takes"], fields["address"]["merged"]) == ("merged", "16 Lake Road")
    assert fields["since_year"]["takes"] == "merged"
    assert fields["email"]["same"]
    assert LIN["phone"] not in json.dumps(seen)


def test_every_column_that_names_a_customer_is_known_how_to_move() -> None:
    names = {place.name for place in places()}
    assert {"contact.customer_id", "bank_case.customer_id", "task.customer_id",
            "address.customer_id", "consent.customer_id"} <= names  # fmt: skip
    for place in places():
        assert place.key is not None
        sealed = [c for c in place.table.columns if c.name.endswith("_sealed")]
        assert not (place.is_key and sealed), "a seal is bound to its row's key"
    assert "merged_into" in Customer.model_fields
