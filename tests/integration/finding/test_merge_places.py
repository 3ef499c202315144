"""Every column that names a Customer is classed; the places that move do so, and come back."""

import re
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, Table
from sqlmodel import SQLModel

from hub.customers.merge_places import JOINED, MOVES, STAYS, Place, places
from hub.domain.errors import Refused
from hub.journey.finding.link import undo, unlink
from hub.journey.finding.merge import merge, undo_merge
from hub.journey.identity.misses import hold_misses
from hub.store.rows import find, put, remove
from hub.store.tables import Account, Contact, Party, ProofLock
from tests.integration.finding.people import AMY, LIN, SUE, add, guest_in_hand, put_in_hand
from tests.integration.finding.test_merge import WHY, everything
from tests.support.units import write
from tests.support.world import World

NAMES_A_CUSTOMER = re.compile(r"(^|_)(customer|kept|merged)(_id|_into|)$|^held_by$|^holder_id$")
OF_NO_CUSTOMER = frozenset({
    "address_block", "agent_phone", "agent_presence", "alert_spell", "alert_taken", "alternative",
    "announcement", "announcement_read", "appointment", "article_care",
    "article_correction", "article_lock", "article_vectors",
    "article_verdict", "article_version", "assignment", "assist", "audit_anchor", "audit_entry",
    "bot_doubt", "bot_model", "call", "call_leg", "call_recording", "case_entry",
    "channel_account", "channel_state", "contact_amendment", "contact_tag", "data_key",
    "dated_value", "delivery_ref", "display", "disturbance", "effect", "event", "field_denial",
    "file", "held_letter", "joint_deed", "lease", "message", "message_delivery", "node_seen",
    "opt_out", "outgoing_letter", "outside_phone", "participant", "party_account", "receipt",
    "recovery_code", "reservation", "search_miss", "search_token", "second_factor", "sender_rule",
    "setup_draft", "setup_version", "sign_in_attempt", "staff_session", "staff_user",
    "switched_off", "talk_join",
    "timer", "waiting_letter", "widget_key", "word_index", "word_owner",
    "word_token",
})  # fmt: skip
"""Their rows follow another row (a Contact, a party, a Case ...) or belong to no Customer."""


def columns() -> dict[str, Column[Any]]:
    return {
        f"{table.name}.{column.name}": column
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
    }


def test_every_column_that_names_a_customer_is_classed_once() -> None:
    classed = [*MOVES, *JOINED, *STAYS]
    assert len(classed) == len(set(classed))
    assert set(classed) <= set(columns()), "a class for a column that is not there"
    naming = {name for name, one in columns().items() if NAMES_A_CUSTOMER.search(one.name)}
    assert naming <= set(classed), "say in merge_places.py what a merge does with these"


def test_every_table_was_looked_at() -> None:
    classed = {name.split(".")[0] for name in (*MOVES, *JOINED, *STAYS)}
    tables = {table.name for table in SQLModel.metadata.sorted_tables}
    assert not classed & OF_NO_CUSTOMER
    assert tables - classed <= OF_NO_CUSTOMER, "class its columns in merge_places.py, or add it"


def value_for(column: Column[Any]) -> Any:
    if isinstance(column.type, LargeBinary):
        return b"x"
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return 1
    return 1.0 if isinstance(column.type, Float) else "x"


def model_of(table: Table) -> type[SQLModel]:
    return next(one for one in SQLModel.__subclasses__() if getattr(one, "__table__", 0) is table)


def row_of(place: Place, customer_id: str) -> dict[str, Any]:
    filled = {column.name: value_for(column) for column in place.table.columns}
    keys = {c.name: place.name for c in place.table.primary_key if value_for(c) == "x"}
    return filled | keys | {place.column.name: customer_id}


async def test_the_rows_of_every_place_go_over_and_come_back(world: World) -> None:
    kept, gone = await add(world, "1001", LIN), await add(world, "1002", LIN)
    moving = [place for place in places() if place.table.name != "customer"]
    rows = [put(model_of(place.table), **row_of(place, gone)) for place in moving]
    await world.hub.journal.run(write(*rows))
    before = await everything(world)
    merge_id = await merge(world.hub, SUE, kept_id=kept, merged_id=gone, choices={}, reason=WHY)
    for place in moving:
        model, name = model_of(place.table), place.column.name
        owners = {row[0] for row in await world.hub.reader.rows(find(model, name))}
        assert (kept in owners, gone in owners) == (True, False), place.name
    await undo_merge(world.hub, SUE, merge_id=merge_id, reason=WHY)
    assert await everything(world) == before


async def lock(world: World, customer_id: str, misses: int, until: float | None) -> None:
    at = world.clock.now()
    row = put(
        ProofLock, customer_id=customer_id, misses=misses, first_missed_at=at, locked_until=until
    )
    await world.hub.journal.run(write(row))


@pytest.mark.parametrize("kept_misses", [None, 0, 2])
async def test_a_lock_is_not_lost_in_a_merge(world: World, kept_misses: int | None) -> None:
    kept, gone = await add(world, "1001", LIN), await add(world, "1002", LIN)
    at = world.clock.now()
    await lock(world, gone, 3, at + 600)
    if kept_misses is not None:
        await lock(world, kept, kept_misses, None)
    before = await everything(world)
    merge_id = await merge(world.hub, SUE, kept_id=kept, merged_id=gone, choices={}, reason=WHY)
    with pytest.raises(Refused, match="proof_locked"):
        await world.hub.journal.run(lambda: hold_misses(world.hub, kept, at))
    await undo_merge(world.hub, SUE, merge_id=merge_id, reason=WHY)
    assert await everything(world) == before


async def test_an_undo_does_not_give_guesses_back(world: World) -> None:
    kept, gone = await add(world, "1001", LIN), await add(world, "1002", LIN)
    await lock(world, gone, 1, None)
    merge_id = await merge(world.hub, SUE, kept_id=kept, merged_id=gone, choices={}, reason=WHY)
    until = world.clock.now() + 600
    await world.hub.journal.run(write(remove(ProofLock, customer_id=kept)))
    await lock(world, kept, 3, until)
    await undo_merge(world.hub, SUE, merge_id=merge_id, reason=WHY)
    rows = await world.hub.reader.rows(find(ProofLock, "locked_until", customer_id=kept))
    assert [tuple(row) for row in rows] == [(until,)]


async def test_who_acts_on_the_others_record_is_another_person(world: World) -> None:
    kept, gone = await add(world, "1001", LIN), await add(world, "1002", LIN)
    party = put(
        Party, id="par_1", customer_id=gone, holder_customer_id=kept, role="joint_holder",
        created_at=0,
    )  # fmt: skip
    await world.hub.journal.run(write(party))
    for one, other in ((kept, gone), (gone, kept)):
        with pytest.raises(Refused, match="two_persons"):
            await merge(world.hub, SUE, kept_id=one, merged_id=other, choices={}, reason=WHY)


async def test_accounts_opened_in_between_go_where_the_core_has_them(world: World) -> None:
    kept, gone = await add(world, "1001", LIN), await add(world, "1002", LIN)
    merge_id = await merge(world.hub, SUE, kept_id=kept, merged_id=gone, choices={}, reason=WHY)
    account = {"kind": "current", "currency": "CNY", "detail_sealed": b"x", "customer_id": kept}
    calls = [put(Account, id="a", held_by=gone, **account), put(Account, id="b", **account)]
    await world.hub.journal.run(write(*calls))
    await undo_merge(world.hub, SUE, merge_id=merge_id, reason=WHY)
    rows = await world.hub.reader.rows(find(Account, "id", "customer_id", "held_by"))
    assert sorted(map(tuple, rows)) == [("a", gone, None), ("b", kept, None)]


async def test_an_unlink_undone_after_a_merge_names_the_living_record(world: World) -> None:
    kept, gone = await add(world, "1001", LIN), await add(world, "1002", LIN)
    contact = await guest_in_hand(world, "amy")
    await put_in_hand(world, contact, gone)
    link_id = await unlink(world.hub, AMY, contact_id=contact)
    await merge(world.hub, SUE, kept_id=kept, merged_id=gone, choices={}, reason=WHY)
    await undo(world.hub, AMY, link_id=link_id)
    rows = await world.hub.reader.rows(find(Contact, "customer_id", id=contact))
    assert rows[0][0] == kept
