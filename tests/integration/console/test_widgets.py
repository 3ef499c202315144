"""The widget page over HTTP: settings without secrets, a key that is shown once."""

import base64

from hub.store.rows import find
from hub.store.tables import AuditEntry
from tests.integration.console.served import Served


async def test_settings_are_shown_and_a_key_only_once(served: Served) -> None:
    ines = await served.signed_in("ines", "administrator")
    shown = (await ines.http.get("/api/widgets")).json()
    assert [one["id"] for one in shown["widgets"]] == ["main", "pair"]
    assert (shown["hub"], shown["settings_file"]) == (served.origin, "hub.toml")
    assert (shown["widgets"][0]["open_contacts"], shown["widgets"][0]["newest_at"]) == (0, None)
    made = (await ines.http.post("/api/widgets/main/key")).json()["key"]
    assert len(base64.b64decode(made)) == 32
    assert made not in (await ines.http.get("/api/widgets")).text
    refused = await ines.http.post("/api/widgets/pair/key")
    assert refused.json()["code"] == "own_key_pair"
    await served.world.hub.journal.caught_up()
    rows = await served.world.hub.reader.rows(find(AuditEntry, "actor", action="widget_key_made"))
    assert [tuple(row) for row in rows] == [("ines",)]
