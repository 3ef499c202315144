"""A number that calls is kept only with proof and consent, and leaves the record by a person."""

from typing import Any

import pytest

from agent_console.reading.calls import load_calls
from hub.domain.errors import Forbidden, HubError, Refused
from hub.domain.events import CallerNumberRemoved, CallerNumberSaved
from hub.journey.calls.candidates import candidates_of
from hub.journey.calls.saved_number import remove_number, save_number
from hub.store.rows import change, find
from hub.store.tables import AuditEntry, Contact, Customer, CustomerNumber
from tests.integration.calls.test_candidates import AMARA, customers
from tests.support.calls import CALLER, Line
from tests.support.units import write

BANKS = "+8613800000001"


async def linked(line: Line, contact_id: str, **columns: Any) -> None:
    """The Contact's Customer, and how sure we are of them."""
    await line.hub.journal.run(lambda: write(change(Contact, contact_id, **columns)))


async def proved(line: Line, level: int = 2, customer_id: str = "cus_1") -> str:
    """A call whose customer amara has found and, from level 2 on, proved."""
    contact_id = await line.contact_of(await line.talking())
    proof = "code" if level > 1 else None
    found = {"customer_id": customer_id, "identity_level": level, "identity_proof": proof}
    await linked(line, contact_id, **found)
    return contact_id


async def number_is(line: Line, contact_id: str) -> str:
    return (await load_calls(line.hub, [contact_id]))[contact_id].number_is


async def refusal(line: Line, contact_id: str, *, consent: bool = True) -> str:
    with pytest.raises((Refused, Forbidden)) as refused:
        await save_number(line.hub, "amara", contact_id=contact_id, consent=consent)
    assert await line.hub.reader.rows(find(CustomerNumber, "id")) == []
    return refused.value.code


async def test_a_kept_number_finds_the_record_when_it_calls_again(any_line: Line) -> None:
    line = any_line
    await customers(line, ("Lin Wei", BANKS))
    contact_id = await proved(line)
    assert await number_is(line, contact_id) == "new"
    await save_number(line.hub, "amara", contact_id=contact_id, consent=True)
    assert await number_is(line, contact_id) == "saved"
    kept = await line.hub.reader.rows(
        find(CustomerNumber, "customer_id", "saved_by", "proof", "consent_version", "number_sealed")
    )
    assert [tuple(row[:4]) for row in kept] == [("cus_1", "amara", "code", "1")]
    assert CALLER.encode() not in kept[0][4]
    core = await line.hub.reader.rows(find(Customer, "phone_key", id="cus_1"))
    assert core[0][0] == line.hub.lookup.of("phone", BANKS), "the bank's own stays the core's"
    audited = await line.hub.reader.rows(find(AuditEntry, "details", action="number_saved"))
    assert "2716" in audited[0][0]
    assert CALLER not in audited[0][0]
    saved = [e for e in await line.world.events() if isinstance(e, CallerNumberSaved)]
    assert [(e.customer_id, e.agent_id) for e in saved] == [("cus_1", "amara")]
    found = await candidates_of(line.hub, AMARA, contact_id=contact_id)
    assert [(one["id"], one["why"]) for one in found["customers"]] == [("cus_1", ["phone"])]
    with pytest.raises(Refused) as again:
        await save_number(line.hub, "amara", contact_id=contact_id, consent=True)
    assert again.value.code == "number_known"


async def test_without_proof_consent_or_a_number_nothing_is_kept(line: Line) -> None:
    await customers(line, ("Lin Wei", BANKS), ("Lin Tao", CALLER))
    contact_id = await proved(line, level=1)
    assert await refusal(line, contact_id) == "identity_level"
    await linked(line, contact_id, identity_level=2)
    assert await refusal(line, contact_id, consent=False) == "no_consent"
    await linked(line, contact_id, customer_id="cus_2")
    assert await number_is(line, contact_id) == "bank"
    assert await refusal(line, contact_id) == "number_known"
    with pytest.raises(HubError):
        await save_number(line.hub, "ben", contact_id=contact_id, consent=True)


async def test_a_withheld_number_cannot_be_kept(line: Line) -> None:
    await customers(line, ("Lin Wei", BANKS))
    phone = await line.talking(caller="")
    contact_id = await line.contact_of(phone)
    await linked(line, contact_id, customer_id="cus_1", identity_level=2)
    assert await number_is(line, contact_id) == ""
    assert await refusal(line, contact_id) == "no_number"


async def test_a_number_leaves_a_record_only_by_a_person_with_a_reason(line: Line) -> None:
    await customers(line, ("Lin Wei", BANKS), ("Lin Tao", "+8613800000002"))
    contact_id = await proved(line)
    await save_number(line.hub, "amara", contact_id=contact_id, consent=True)
    await linked(line, contact_id, customer_id="cus_2")
    await save_number(line.hub, "amara", contact_id=contact_id, consent=True)
    kept = await line.hub.reader.rows(find(CustomerNumber, "customer_id"))
    assert sorted(row[0] for row in kept) == ["cus_1", "cus_2"], "the other record keeps it"
    with pytest.raises(HubError) as refused:
        await remove_number(line.hub, "amara", contact_id=contact_id, reason=" ")
    assert refused.value.code == "reason_needed"
    await remove_number(line.hub, "amara", contact_id=contact_id, reason="sold the phone")
    kept = await line.hub.reader.rows(find(CustomerNumber, "customer_id"))
    assert [row[0] for row in kept] == ["cus_1"]
    audited = await line.hub.reader.rows(find(AuditEntry, "reason", action="number_removed"))
    assert [row[0] for row in audited] == ["sold the phone"]
    assert isinstance((await line.world.events())[-1], CallerNumberRemoved)
