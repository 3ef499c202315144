"""Day reports over HTTP: equal to a recount of the log, exported with the same figures."""

import asyncio
import csv
import io
from datetime import datetime
from typing import Any

import httpx2

from hub.domain.reference import shown_reference
from hub.journey import answer, close, wrap_up
from hub.journey.survey import answer_survey, survey_of_contact
from hub.reports.recount import recount
from hub.store.rows import find
from hub.store.tables import AuditEntry
from tests.integration.console.served import Person, Served
from tests.support.world import POLICY


async def answered(person: Person, path: str) -> dict[str, Any]:
    """Ask until it is counted."""
    async with asyncio.timeout(10):
        while True:
            found = await person.http.get(path)
            assert found.status_code == 200, found.text
            told: dict[str, Any] = found.json()
            assert told["state"] != "failed"
            if told["state"] == "ready":
                return told


async def served_one(served: Served) -> str:
    """A customer is served by Amara, wraps up and rates it."""
    world, hub = served.world, served.world.hub
    await world.add_agent("amara")
    await world.customer_says(None)
    posted = await world.customer_says("an agent please")
    await world.clock.advance(9)
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(hub, "amara", offer)
    await world.clock.advance(300)
    await close.close(hub, posted.contact_id, by="amara", reason="agent_ended")
    await world.clock.advance(30)
    await wrap_up.finish(hub, "amara", contact_id=posted.contact_id, disposition="solved")
    survey = await survey_of_contact(hub, posted.contact_id)
    assert survey is not None
    await answer_survey(hub, survey.id, score=4, tags=(), comment="")
    return posted.contact_id


def day_of(served: Served) -> str:
    return datetime.fromtimestamp(served.world.clock.now(), served.console.zone).date().isoformat()


async def test_the_day_equals_a_recount_and_each_contact_is_a_row(served: Served) -> None:
    rosa = await served.signed_in("rosa", "supervisor")
    contact_id = await served_one(served)
    day = day_of(served)
    told = (await answered(rosa, f"/api/reports?first={day}&last={day}"))["report"]
    slow = recount(
        await served.world.events(),
        zone=served.console.zone,
        now=served.world.clock.now(),
        policy=POLICY,
    )
    assert told["total"]["offered"] == slow.total.offered == 1
    assert told["total"]["service_level_ratio"] == slow.total.service_level_ratio
    assert told["total"]["average_handle_seconds"] == slow.average_handle_seconds == 330.0
    assert [one["queue_id"] for one in told["queues"]] == list(slow.queues)
    [agent] = told["agents"]
    assert (agent["agent_id"], agent["handled"], agent["average_score"]) == ("amara", 1, 4.0)
    assert told["surveys"]["total"]["by_score"]["4"] == 1
    rows = await answered(rosa, f"/api/reports/contacts?day={day}")
    [row] = rows["contacts"]
    assert row["reference"] == shown_reference(contact_id)
    assert (row["wait_seconds"], row["handle_seconds"], row["score"]) == (9.0, 330.0, 4)
    assert row["outcome"] == {"en": "Solved", "zh": "已解决"}
    other = await answered(rosa, f"/api/reports?first={day}&last={day}&queue_id=payments")
    assert other["report"]["total"]["offered"] == 0
    nobody = await answered(rosa, f"/api/reports/contacts?day={day}&team=night")
    assert nobody["total"] == 0


async def exported(person: Person, **body: Any) -> httpx2.Response:
    begun = await person.http.post("/api/reports/exports", json=body)
    assert begun.status_code == 200, begun.text
    path = f"/api/reports/exports/{begun.json()['id']}"
    told = await answered(person, path)
    assert told["rows"] > 0
    return await person.http.get(f"{path}/file")


async def test_exports_hold_the_same_and_are_in_the_audit(served: Served) -> None:
    rosa = await served.signed_in("rosa", "supervisor")
    contact_id = await served_one(served)
    day = day_of(served)
    body = {"first": day, "last": day, "form": "csv", "sheet": "contacts", "language": "zh"}
    file = await exported(rosa, **body)
    [head, row] = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    assert head[0] == "编号"
    assert row[0] == shown_reference(contact_id)
    assert f"report-contacts-{day}-{day}.csv" in file.headers["content-disposition"]
    book = await exported(rosa, first=day, last=day, form="xlsx")
    assert book.content.startswith(b"PK")
    rows = await served.world.hub.reader.rows(
        find(AuditEntry, "actor", "subject", action="report_exported")
    )
    assert [tuple(one) for one in rows] == [("rosa", f"{day}/{day}")] * 2


async def test_what_is_not_ones_own_or_makes_no_sense_is_refused(served: Served) -> None:
    rosa = await served.signed_in("rosa", "supervisor")
    amara = await served.signed_in("amara", "agent")
    day = day_of(served)
    assert (await amara.http.get(f"/api/reports?first={day}&last={day}")).status_code == 403
    for query in ("first=2026-02-30&last=2026-03-01", f"first={day}&last=2026-01-01", "first=x"):
        assert (await rosa.http.get(f"/api/reports?{query}")).status_code == 422, query
    body = {"first": day, "last": day, "form": "csv"}
    assert (await rosa.http.post("/api/reports/exports", json=body)).status_code == 422
    begun = await rosa.http.post("/api/reports/exports", json={**body, "form": "xlsx"})
    chen = await served.signed_in("chen", "supervisor")
    path = f"/api/reports/exports/{begun.json()['id']}"
    assert (await chen.http.get(path)).status_code == 404
    assert (await chen.http.get(f"{path}/file")).status_code == 404
