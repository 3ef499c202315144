"""A screen on the wall shows figures to who has its link, and no person; revoked it is dark."""

from typing import Any

import pytest

from hub.journey import presence
from hub.security.roles import Role
from tests.integration.console.served import Person, Served


async def supervisor(served: Served) -> Person:
    return await served.signed_in("rosa", Role.SUPERVISOR.value)


async def make(person: Person) -> dict[str, Any]:
    answer = await person.http.post("/api/displays", json={"name": "Hall"})
    assert answer.status_code == 200
    made: dict[str, Any] = answer.json()
    return made


async def look(served: Served, token: str) -> Any:
    return await served.person().http.get("/api/display", headers={"x-display": token})


async def test_who_has_the_link_sees_figures_and_no_person(served: Served) -> None:
    rosa = await supervisor(served)
    await served.hire("amara", "agent")
    await served.world.hub.staff.load()
    await presence.set_presence(served.world.hub, "amara", presence="break")
    await served.world.customer_says("agent, it is Lin Wei", visitor="v-1")
    path, _, token = (await make(rosa))["link"].partition("#")
    assert path == "/display"
    answer = await look(served, token)
    assert answer.status_code == 200
    picture = answer.json()
    assert picture["agents"] == {"away": 1, "offline": 1}
    assert [queue["id"] for queue in picture["queues"]] == ["cards", "payments"]
    for name in ("amara", "员工", "Lin", "rosa", "Guest", "contact"):
        assert name not in answer.text


async def test_a_revoked_or_forged_link_shows_nothing(served: Served) -> None:
    rosa = await supervisor(served)
    made = await make(rosa)
    _, _, token = made["link"].partition("#")
    listed = (await rosa.http.get("/api/displays")).json()["displays"]
    assert [(one["id"], one["link"]) for one in listed] == [(made["id"], None)]
    assert (await look(served, token[:-2] + "xx")).status_code == 404
    assert (await rosa.http.post(f"/api/displays/{made['id']}/revoke")).status_code == 200
    assert (await look(served, token)).status_code == 404
    assert (await rosa.http.get("/api/displays")).json() == {"displays": []}


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMINISTRATOR, Role.AUDITOR])
async def test_only_supervisors_hang_screens(served: Served, role: Role) -> None:
    person = await served.signed_in("somebody", role.value)
    assert (await person.http.post("/api/displays", json={"name": "Hall"})).status_code == 403
