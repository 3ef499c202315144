import json

import pytest

from hub.customers.profile import change_customer
from hub.domain.errors import Forbidden, Invalid, NotFound
from hub.domain.reference import shown_reference
from hub.journey.finding.open_record import open_record
from hub.journey.finding.search import search
from hub.store.rows import find, put
from hub.store.tables import Case, SearchToken
from tests.integration.finding.people import (
    ADA,
    AMY,
    LIN,
    LINDA,
    SUE,
    add,
    audit_of,
    guest_in_hand,
    put_in_hand,
)
from tests.support.naughty import naughty_strings
from tests.support.units import write
from tests.support.world import World


async def names(world: World, words: str) -> list[str]:
    return [one["id"] for one in (await search(world.hub, AMY, words))["customers"]]


@pytest.mark.parametrize(
    ("words", "why"),
    [("林薇", ["name"]), ("lin wei", ["name"]), ("wei lin", ["name"]), ("lw", ["name"]),
     ("20418807", ["number"]), ("138 0000 2716", ["phone"]), ("+8613800002716", ["phone"]),
     ("LIN.WEI@mail.example", ["mail"]), ("林薇 2041-8807", ["name", "number"])],
)  # fmt: skip
async def test_found_masked_and_why(world: World, words: str, why: list[str]) -> None:
    customer_id = await add(world, "20418807", LIN)
    found = (await search(world.hub, AMY, words))["customers"]
    assert [one["id"] for one in found] == [customer_id]
    assert found[0]["why"] == why
    assert (found[0]["name"], found[0]["name_zh"]) == ("Lin W••", "林•")
    assert found[0]["number"] == "•••• 8807"
    assert "13800002716" not in json.dumps(found)


async def test_several_are_listed_whole_words_first(world: World) -> None:
    linda = await add(world, "1001", LINDA)
    lin = await add(world, "1002", LIN)
    assert await names(world, "lin wei") == [lin, linda]
    assert await names(world, "lin") == [lin, linda]
    assert await names(world, "weiss") == [linda]


async def test_a_change_moves_the_index(world: World) -> None:
    lin = await add(world, "1", LIN)
    hub = world.hub
    fields = {"name": "Lin Moon", "name_zh": "林月", "phone": "+8613900001111"}
    changed = await hub.journal.run(change_customer(hub.vault, hub.lookup, lin, fields))
    assert sorted(changed) == ["name", "name_zh", "phone"]
    assert await names(world, "lin wei") == []
    assert await names(world, "13800002716") == []
    assert await names(world, "林月") == await names(world, "13900001111") == [lin]
    assert await hub.journal.run(change_customer(hub.vault, hub.lookup, lin, fields)) == []


async def test_by_case_and_reference(world: World) -> None:
    lin = await add(world, "1", LIN)
    contact = await guest_in_hand(world, "amy")
    await put_in_hand(world, contact, lin)
    case = put(
        Case, id="cas_1", number="C-2041", customer_id=lin, title="{}", stage="open", opened_at=0.0
    )
    await world.hub.journal.run(write(case))
    said = shown_reference(contact)
    heard = said.lower().replace("-", " ")
    for words, why in (("c-2041", "case"), (said, "reference"), (heard, "reference")):
        found = (await search(world.hub, AMY, words))["customers"]
        assert [(one["id"], one["why"]) for one in found] == [(lin, [why])]
        assert found[0]["contact_id"] == contact


async def test_the_audit_names_the_kind_and_never_the_words(world: World) -> None:
    await add(world, "20418807", LIN)
    await search(world.hub, AMY, "林薇 13800002716")
    [(subject, actor, reason, details)] = await audit_of(world, "customers_searched")
    assert (subject, actor, reason) == ("customers", "amy", "")
    assert json.loads(details) == {"found": 1, "kinds": ["name_han", "number"]}


async def test_restricted_records_are_not_even_counted(world: World) -> None:
    lin = await add(world, "1", LIN, warnings='["staff_record"]')
    other = await add(world, "2", {**LIN, "phone": "+8613900000000"})
    found = await search(world.hub, AMY, "林薇")
    assert [one["id"] for one in found["customers"]] == [other]
    assert not found["more"]
    assert json.loads((await audit_of(world, "customers_searched"))[0][3])["found"] == 1
    assert (await search(world.hub, AMY, "13800002716"))["customers"] == []
    seen = (await search(world.hub, SUE, "林薇"))["customers"]
    assert [one["id"] for one in seen] == [lin, other]
    with pytest.raises(Forbidden):
        await open_record(world.hub, AMY, lin, reason="asked by phone")
    assert (await open_record(world.hub, SUE, lin, reason="asked by phone"))["customer"]


async def test_only_who_may_see_customers_searches(world: World) -> None:
    with pytest.raises(Forbidden):
        await search(world.hub, ADA, "林薇")
    with pytest.raises(Invalid):
        await search(world.hub, AMY, "   ")


async def test_a_record_is_opened_with_a_reason(world: World) -> None:
    lin = await add(world, "1", LIN)
    for reason in ("", "  ", "x"):
        with pytest.raises(Invalid):
            await open_record(world.hub, AMY, lin, reason=reason)
    pop = await open_record(world.hub, AMY, lin, reason="He asked at the desk")
    assert (pop["contact_id"], pop["customer"]["name"]) == ("", "Lin Wei")
    assert pop["customer"]["phone"]["reveal"] is None
    assert LIN["phone"] not in json.dumps(pop)
    assert [(row[0], row[2]) for row in await audit_of(world, "record_opened")] == [
        (lin, "He asked at the desk")
    ]
    with pytest.raises(NotFound):
        await open_record(world.hub, AMY, "cus_nobody", reason="He asked at the desk")


async def test_the_customer_in_hand_needs_no_reason(world: World) -> None:
    lin = await add(world, "1", LIN)
    contact = await guest_in_hand(world, "amy")
    await put_in_hand(world, contact, lin)
    assert (await open_record(world.hub, AMY, lin))["contact_id"] == contact


async def test_every_naughty_string_as_name_and_as_words(world: World) -> None:
    strings = [one for one in naughty_strings() if one.strip()]
    for n, text in enumerate(strings):
        await add(world, str(n), {**LINDA, "name": text, "phone": "", "email": ""})
    missed = []
    for n, text in enumerate(strings):
        try:
            answer = await search(world.hub, AMY, text)
        except Invalid:
            continue
        listed = {one["id"] for one in answer["customers"]}
        if f"cus_{n}" not in listed and not answer["more"] and not answer["too_common"]:
            missed.append(text)
    assert missed == []


async def test_the_index_holds_numbers_only(world: World) -> None:
    await add(world, "20418807", LIN)
    rows = await world.hub.reader.rows(find(SearchToken, "token", "owner"))
    assert 15 < len(rows) < 60
    assert all(0 < token < 2**63 for token, _ in rows)
    assert len({owner for _, owner in rows}) == 1
