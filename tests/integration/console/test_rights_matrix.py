"""Every role x every route, page, command, topic and record field, asked of a served hub."""

from typing import Any

import pytest
from starlette.routing import Mount, Route

from agent_console import rights
from agent_console.api import routes
from agent_console.commands.table import COMMANDS as MADE
from hub.domain.states import IdentityLevel
from hub.security import field_rights
from hub.security.roles import Role
from hub.store.rows import change, find
from hub.store.tables import AuditEntry, Contact
from tests.integration.console.served import Person, Served
from tests.support.identity import PROFILE, Talks
from tests.support.who_may import (
    BODIES,
    COMMANDS,
    FIELDS,
    MARK,
    PAGES,
    ROUTES,
    SEE_CUSTOMERS,
    TOPICS,
    WHO,
)

OVER_THE_LIMIT = 50
"""So many commands one page may give at once, with some to spare."""


async def somebody(served: Served, who: str) -> Person:
    return served.person() if who == "anonymous" else await served.signed_in(f"u_{who}", who)


def test_every_role_has_a_column() -> None:
    assert set(WHO) == {"anonymous", *(role.value for role in Role)}


async def test_every_route_and_page_is_classed(served: Served) -> None:
    found, pages = set(), set()
    for route in routes(served.console, served.flows, served.assistant):
        if isinstance(route, Mount):
            assert route.path == "/static/console", "files of the pages, for everybody"
            continue
        assert isinstance(route, Route)
        asked = {(method, route.path) for method in (route.methods or ()) if method != "HEAD"}
        if route.path.startswith(("/api/", "/files")) and not route.path.endswith("openapi.json"):
            found |= asked
        else:
            pages |= asked
    assert found == set(ROUTES)
    assert pages == {("GET", path) for path in PAGES}


@pytest.mark.parametrize("who", WHO)
async def test_routes_answer_each_role_as_classed(served: Served, who: str) -> None:
    person = await somebody(served, who)
    told = {}
    for key in sorted(ROUTES, key=lambda one: one[1] == "/api/sign-out"):
        method, path = key
        place = path.replace("{id}", MARK).replace("{token}", MARK)
        place += f"?t={MARK}" if path.startswith("/files") or path.endswith("/audio") else ""
        body = BODIES.get(path) if method != "GET" else None
        told[key] = (await person.http.request(method, place, json=body)).status_code
    assert told == {key: statuses[WHO.index(who)] for key, statuses in ROUTES.items()}


@pytest.mark.parametrize("who", WHO)
async def test_pages_answer_each_role_as_classed(served: Served, who: str) -> None:
    person = await somebody(served, who)
    told = {}
    for path in PAGES:
        told[path] = (await person.http.get(path.replace("{token}", MARK))).status_code
    # A checkout whose pages are not built answers 503 where the frame would be.
    assert {path: 200 if status == 503 else status for path, status in told.items()} == {
        path: statuses[WHO.index(who)] for path, statuses in PAGES.items()
    }


def test_every_command_topic_and_field_is_classed() -> None:
    assert set(MADE) == set(COMMANDS)
    assert set(rights.COLLECTION_OF_TOPIC) == set(TOPICS)
    assert set(field_rights.FIELDS) == set(FIELDS)


@pytest.mark.parametrize("role", sorted(Role))
async def test_commands_over_the_socket_answer_each_role_as_classed(
    served: Served, role: Role
) -> None:
    held = await served.signed_in(f"u_{role}", role.value)
    names, allowed = sorted(COMMANDS), set()
    for start in range(0, len(names), OVER_THE_LIMIT):
        page = served.person()
        page.http.cookies.update(held.http.cookies)
        await page.connect()
        for name in names[start : start + OVER_THE_LIMIT]:
            # An unknown argument: who has the right is told so, and nothing is done.
            answer = await page.do(name, **{MARK: 1})
            assert answer["code"] in {"invalid", "no_right"}, (name, answer)
            if answer["code"] == "invalid":
                allowed.add(name)
    assert allowed == {name for name, roles in COMMANDS.items() if role.value in roles}


@pytest.mark.parametrize("role", sorted(Role))
async def test_feeds_answer_each_role_as_classed(served: Served, role: Role) -> None:
    page = await served.signed_in(f"u_{role}", role.value)
    await page.connect()
    for topic, roles in TOPICS.items():
        answer = await page.socket.call("hello", {"topic": topic}, timeout=20)
        assert (answer == {"ok": True}) == (role.value in roles), (topic, answer)
        assert answer["ok"] or answer["code"] == "no_right"


@pytest.mark.parametrize("role", sorted(Role))
def test_fields_are_seen_as_classed(role: Role) -> None:
    for field, sights in FIELDS.items():
        for level, sight in enumerate((*sights, sights[-1])):
            seen = field_rights.visible(field, {role}, level)
            expected = sight if role.value in SEE_CUSTOMERS else "closed"
            assert seen.sight.value == expected, (field, level)


@pytest.mark.parametrize("level", [IdentityLevel.CLAIMED, IdentityLevel.PROVED])
async def test_a_served_record_shows_what_is_classed_and_the_audit_names_the_rest(
    served: Served, level: int
) -> None:
    talks = Talks(served.world)
    await talks.add_customer("mei", PROFILE)
    agent = await served.signed_in("amara")
    await agent.connect()
    await agent.hello()
    await served.console.desk_pages.settled()
    await agent.do("set_presence", presence="available", reason="")
    posted = await served.world.customer_says(None)
    known = {"customer_id": "mei", "identity_level": level}
    await talks.write(change(Contact, posted.contact_id, **known))
    await served.world.customer_says("an agent please")
    await agent.until(lambda: agent.state["offers"])
    offer = next(iter(agent.state["offers"].values()))
    await agent.do("accept", reservation_id=offer["reservation_id"])
    await agent.until(lambda: posted.contact_id in agent.state["records"])
    shown = _sights(agent.state["records"][posted.contact_id])
    assert shown == {field: FIELDS[field][level] for field in shown}
    assert {"phone", "address", "account.number", "payment"} <= set(shown)
    await served.world.hub.journal.caught_up()
    noted = await served.world.hub.reader.rows(
        find(AuditEntry, "details", action="fields_closed", subject=posted.contact_id)
    )
    kept = {field for field, sight in shown.items() if sight == "closed"}
    for field in kept:
        assert any(f'"{field}"' in str(details) for (details,) in noted), field
    assert PROFILE["phone"] not in str(noted)


def _sights(record: dict[str, Any]) -> dict[str, str]:
    customer, account = record["customer"], record["accounts"][0]
    found = {
        name: customer[name]["shown"]
        for name in ("phone", "email", "id_number", "birth_date", "address")
    }
    found |= {f"account.{name}": account[name]["shown"] for name in ("number", "balance")}
    return found | {"payment": "shown" if record["payments"] else "closed"}
