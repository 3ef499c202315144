"""The page of mailboxes and numbers over HTTP, on every kind of store."""

from typing import Any

from channels.sms.adapter import make_channel
from hub.store.rows import find
from hub.store.tables import AuditEntry, ChannelAccountRow
from tests.integration.console.served import Person, Served

SHARED, OWN = "+442079460000", "+8610690000"
CARRIER = {
    "host": "127.0.0.1", "port": 1, "tls": False, "system_id": "bank", "password": "hush",
    "secret_until": "2026-12-01",
}  # fmt: skip
FORM = {"number": OWN, "provider": "smpp", "countries": ["86"], "smpp": CARRIER}


async def at_the_page(served: Served) -> Person:
    """An administrator, and a channel whose carrier of the settings file has one number."""
    options = {"numbers": {SHARED: {"provider": "smpp"}}, "smpp": {**CARRIER, "window": 5}}
    sms: Any = make_channel(served.world.hub, None, options)  # type: ignore[arg-type]
    served.world.hub.writers.add(sms)
    return await served.signed_in("ines", "administrator")


async def shown(person: Person) -> list[dict[str, Any]]:
    answer = await person.http.get("/api/accounts")
    assert "hush" not in answer.text
    accounts: list[dict[str, Any]] = answer.json()["accounts"]
    return accounts


async def do(person: Person, what: str, **more: Any) -> Any:
    body = {"channel": "sms", "account": OWN, **more}
    return (await person.http.post(f"/api/accounts/{what}", json=body)).json()


async def test_a_number_is_connected_paused_resumed_changed_and_removed(served: Served) -> None:
    ines = await at_the_page(served)
    assert [one["account"] for one in await shown(ines)] == [SHARED]
    made = await ines.http.post("/api/accounts", json={"sms": FORM})
    assert made.json() == {"account": OWN}
    assert (await ines.http.post("/api/accounts", json={"sms": FORM})).json()["code"] == (
        "account_taken"
    )
    own = (await shown(ines))[1]
    assert (own["options"]["smpp"]["host"], own["changed_by"]["en"]) == ("127.0.0.1", "ines")
    assert (own["leaves"]["state"], own["leaves"]["trouble"]) == ("fails", "not_bound")
    assert own["leaves"]["ends"] == {"secret": 1796169600.0}
    assert await do(ines, "pause") == {"changed": True}
    assert (await shown(ines))[1]["paused_by"]["en"] == "ines"
    assert (await do(ines, "test", to="+8613800132716"))["code"] == "account_paused"
    assert await do(ines, "resume") == {"changed": True}
    assert await do(ines, "resume") == {"changed": False}
    changed = {**FORM, "countries": ["852"], "smpp": {**CARRIER, "password": ""}}
    answer = await ines.http.post("/api/accounts/change", json={"account": OWN, "sms": changed})
    assert answer.status_code == 200, answer.text
    assert (await shown(ines))[1]["options"]["countries"] == ["852"]
    assert await do(ines, "check") == {"code": "not_bound"}
    assert (await shown(ines))[1]["error_code"] == "not_bound"
    assert await do(ines, "remove") == {"ok": True}
    assert [one["account"] for one in await shown(ines)] == [SHARED]
    hub = served.world.hub
    rows = await hub.reader.rows(find(AuditEntry, "action", actor="ines", subject=f"sms/{OWN}"))
    assert {row[0] for row in rows} == {
        f"account_{deed}" for deed in ("connected", "paused", "resumed", "changed", "removed")
    }
    assert await hub.reader.rows(find(ChannelAccountRow, "account", account=OWN)) == []


async def test_one_of_the_settings_file_is_paused_here_and_changed_there(served: Served) -> None:
    ines = await at_the_page(served)
    assert (await shown(ines))[0]["options"] is None
    assert await do(ines, "pause", account=SHARED) == {"changed": True}
    assert (await shown(ines))[0]["leaves"]["state"] == "rests"
    assert (await shown(ines))[0]["comes"]["state"] != "rests", "no carrier keeps what comes"
    assert (await do(ines, "remove", account=SHARED))["code"] == "no_account"
    assert (await do(ines, "pause", account="+1"))["code"] == "no_account"


async def test_a_carrier_that_is_not_there_and_a_form_of_both_are_refused(served: Served) -> None:
    ines = await at_the_page(served)

    async def code(**form: Any) -> str:
        answer = await ines.http.post("/api/accounts", json=form)
        return str(answer.json()["code"])

    assert await code(sms={"number": OWN, "provider": "twilio"}) == "no_carrier"
    assert await code(sms={"number": "x", "provider": "smpp"}) == "bad_number"
    assert await code(sms=FORM, email={"address": "a@b.example", "queue": "cards"}) == "invalid"
    assert await code(email={"address": "a@b.example", "queue": "cards"}) == "no_channel"
