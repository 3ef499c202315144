"""The widget page over HTTP: settings, keys that are shown once, replaced and revoked."""

import base64

from hub.store.rows import find
from hub.store.tables import AuditEntry, WidgetKeyRow
from tests.integration.console.served import Person, Served

PEM = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE6v94ULQVrNX/ViLuCN3bBhGuyHNs
zlgC0Kqykrp+WIDcflHky0HcNscob3yD9wV+ROBCCSoxyVbroQi2Nx64eg==
-----END PUBLIC KEY-----"""


async def states(person: Person, widget: int = 0) -> list[str]:
    shown = (await person.http.get("/api/widgets")).json()["widgets"][widget]
    assert shown["takes_word"] == any(
        key["state"] in ("in_force", "former") for key in shown["keys"]
    )
    return [key["state"] for key in shown["keys"]]


async def test_settings_are_shown_and_a_key_only_once(served: Served) -> None:
    ines = await served.signed_in("ines", "administrator")
    shown = (await ines.http.get("/api/widgets")).json()
    assert [one["id"] for one in shown["widgets"]] == ["main", "pair"]
    assert (shown["hub"], shown["settings_file"]) == (served.origin, "hub.toml")
    assert (shown["widgets"][0]["open_contacts"], shown["widgets"][0]["newest_at"]) == (0, None)
    made = (await ines.http.post("/api/widgets/main/key", json={})).json()["key"]
    assert len(base64.b64decode(made)) == 32
    assert made not in (await ines.http.get("/api/widgets")).text
    [(sealed,)] = await served.world.hub.reader.rows(find(WidgetKeyRow, "secret_sealed"))
    assert made.encode() not in sealed
    rows = await served.world.hub.reader.rows(find(AuditEntry, "actor", action="widget_key_made"))
    assert rows == [("ines",)]


async def test_keys_are_replaced_and_revoked(served: Served) -> None:
    ines = await served.signed_in("ines", "administrator")
    path = "/api/widgets/main"
    for hours in (0, 24, 1):
        made = await ines.http.post(f"{path}/key", json={"keep_hours": hours})
        assert made.status_code == 200, made.text
        await served.world.clock.advance(1)
    assert await states(ines) == ["in_force", "former", "former"]
    await served.world.clock.advance(3600)
    await ines.sign_in("ines")
    assert await states(ines) == ["in_force", "ended", "ended"], "a longer time is cut short"
    newest = (await ines.http.get("/api/widgets")).json()["widgets"][0]["keys"][0]
    assert newest["made_by"] is not None
    revoke = f"{path}/keys/{newest['id']}/revoke"
    assert (await ines.http.post(revoke)).status_code == 200
    assert (await ines.http.post(revoke)).json()["code"] == "no_key"
    assert (await states(ines))[0] == "revoked"
    rows = await served.world.hub.reader.rows(
        find(AuditEntry, "subject", action="widget_key_revoked")
    )
    assert rows == [("main",)]


async def test_a_bank_with_its_own_pair_gives_the_public_half(served: Served) -> None:
    ines = await served.signed_in("ines", "administrator")
    path = "/api/widgets/pair/key"
    for wrong in ("", "not a key"):
        answer = await ines.http.post(path, json={"public_key": wrong})
        assert answer.json()["code"] == "bad_widget_key"
    answer = await ines.http.post(path, json={"public_key": PEM})
    assert answer.json() == {"key": None}
    assert await states(ines, widget=1) == ["in_force"]
