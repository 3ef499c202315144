"""Warnings stand on the record with who and why; a colleague's record opens to supervisors only."""

import json

import pytest

from agent_console.reading.contacts import load_contacts
from agent_console.views.contact import titles
from hub.domain.errors import Forbidden, Invalid, Refused
from hub.journey.identity.code import send_code
from hub.journey.identity.require import require_level
from hub.journey.identity.warn import remove_warning, set_warning
from hub.journey.record import reveal
from hub.journey.supervise import join
from hub.store.rows import change, find
from hub.store.tables import AuditEntry, Contact, Customer
from tests.support.identity import AGENT, SUPERVISOR, Talks


async def test_a_warning_is_set_and_removed_with_a_reason(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    where = {"contact_id": contact_id, "kind": "vulnerable"}
    with pytest.raises(Invalid, match="reason_needed"):
        await set_warning(talks.hub, talks.viewer(), reason="", **where)
    await set_warning(talks.hub, talks.viewer(), reason="hard of hearing", **where)
    assert (await talks.pop(contact_id))["customer"]["warnings"] == ["vulnerable"]
    with pytest.raises(Refused, match="warned_already"):
        await set_warning(talks.hub, talks.viewer(), reason="again", **where)
    await remove_warning(talks.hub, talks.viewer(), reason="was a mistake", **where)
    assert (await talks.pop(contact_id))["customer"]["warnings"] == []
    rows = await talks.hub.reader.rows(find(AuditEntry, "action", "reason", subject=contact_id))
    assert ("warning_set", "hard of hearing") in rows
    assert ("warning_removed", "was a mistake") in rows


async def test_grave_warnings_are_a_supervisors(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    where = {"contact_id": contact_id, "reason": "told by the branch"}
    for kind in ("deceased", "staff_record"):
        with pytest.raises(Forbidden):
            await set_warning(talks.hub, talks.viewer(), kind=kind, **where)
    await set_warning(talks.hub, talks.viewer(), kind="fraud_watch", **where)
    with pytest.raises(Forbidden):
        await remove_warning(talks.hub, talks.viewer(), kind="fraud_watch", **where)
    with pytest.raises(Invalid, match="bad_warning"):
        await set_warning(talks.hub, talks.viewer(), kind="rude", **where)


async def test_nobody_is_proved_to_be_the_dead(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await talks.write(change(Customer, "mei", warnings='["deceased"]'))
    assert (await talks.pop(contact_id))["identity"]["blocked"] == "deceased"
    with pytest.raises(Refused, match="deceased"):
        await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")


async def test_a_colleagues_record_says_only_whom_to_ask(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await talks.write(change(Customer, "mei", warnings='["staff_record"]'))
    pop = await talks.pop(contact_id)
    assert pop["customer"] is None
    assert [name["en"] for name in pop["restricted"]["ask"]] == [SUPERVISOR]
    assert pop["accounts"] == pop["history"] == []
    for secret in ("Mei", "谭", "nmei", "1234"):
        assert secret not in json.dumps(pop, ensure_ascii=False)
    with pytest.raises(Forbidden, match="restricted"):
        await send_code(talks.hub, talks.viewer(), contact_id=contact_id, via="sms")
    with pytest.raises(Forbidden):
        await reveal(
            talks.hub, talks.viewer(), contact_id=contact_id, field="phone", reason="asked"
        )


async def test_nothing_is_done_on_a_colleagues_record(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await talks.write(
        change(Customer, "mei", warnings='["staff_record"]'),
        change(Contact, contact_id, identity_level=2),
    )
    hub = talks.hub
    with pytest.raises(Forbidden, match="restricted"):
        await hub.journal.run(lambda: require_level(hub, contact_id, 2, by=AGENT))
    await hub.journal.run(lambda: require_level(hub, contact_id, 2, by=SUPERVISOR))
    facts = (await load_contacts(hub, [contact_id]))[contact_id]
    assert titles(facts, talks.viewer())[0] == "Mei T••"
    assert titles(facts, talks.supervisor)[0] == "Mei Tan"


async def test_opening_a_colleagues_record_is_audited_once(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    await talks.write(change(Customer, "mei", warnings='["staff_record"]'))
    await join(talks.hub, SUPERVISOR, contact_id=contact_id)
    for _ in range(3):
        assert (await talks.pop(contact_id, talks.supervisor))["customer"]["name"] == "Mei Tan"
        await talks.submissions.all_done()
    rows = await talks.hub.reader.rows(find(AuditEntry, "actor", action="staff_record_opened"))
    assert rows == [(SUPERVISOR,)]


async def test_what_was_closed_is_audited_once_for_each_viewer_and_field(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    for _ in range(3):
        await talks.pop(contact_id)
        await talks.pop(contact_id, talks.supervisor)
        await talks.submissions.all_done()
    columns = ("actor", "details")
    rows = await talks.hub.reader.rows(find(AuditEntry, *columns, action="fields_closed"))
    told = [(actor, field) for actor, details in rows for field in json.loads(details)["fields"]]
    assert len(told) == len(set(told))
    assert {actor for actor, _ in told} == {talks.viewer().user_id, SUPERVISOR}
    assert {"payment", "account.balance", "address", "phone"} <= {field for _, field in told}


async def test_a_refused_reveal_is_audited(talks: Talks) -> None:
    contact_id = await talks.begin("mei")
    with pytest.raises(Forbidden, match="no_reveal"):
        await reveal(
            talks.hub, talks.viewer(), contact_id=contact_id, field="address", reason="asked"
        )
    rows = await talks.hub.reader.rows(find(AuditEntry, "details", action="reveal_denied"))
    assert json.loads(rows[0][0]) == {"field": "address", "code": "no_reveal"}
