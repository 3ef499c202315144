"""The agent's phone on the pages: which of two windows has it, and where else it may ring."""

from dataclasses import replace

from hub.domain.events import AgentPhoneChanged
from hub.journey.calls.set_up import PhoneSetUp
from tests.integration.console.served import Person, Served, eventually
from tests.support.calls import NUMBERS
from tests.support.fake_engine import FakeEngine

MINE = "+8613800135512"


async def at_the_desk(served: Served) -> Person:
    person = await served.signed_in("amara")
    await person.connect()
    await person.hello()
    await served.console.desk_pages.settled()
    return person


def ready(person: Person) -> bool:
    found: bool = person.state["me"]["me"]["phone"]["ready"]
    return found


async def told(served: Served) -> list[bool]:
    return [e.is_up for e in await served.world.events() if isinstance(e, AgentPhoneChanged)]


async def test_of_two_windows_the_one_with_the_phone_speaks_for_it(served: Served) -> None:
    first, second = await at_the_desk(served), await at_the_desk(served)
    assert (await first.do("tell_phone", on=False))["ok"]
    await first.until(lambda: not ready(first))
    assert (await first.do("tell_phone", on=True))["ok"]
    await second.until(lambda: ready(second))
    assert (await second.do("tell_phone", on=False))["ok"], "a window without it has nothing to say"
    assert await told(served) == [False, True]
    await first.socket.disconnect()
    await second.until(lambda: not ready(second))
    assert await told(served) == [False, True, False]


async def test_the_phone_in_a_newer_window_outlives_the_older_one(served: Served) -> None:
    first, second = await at_the_desk(served), await at_the_desk(served)
    for one in (first, second):
        assert (await one.do("tell_phone", on=True))["ok"]
    await first.socket.disconnect()
    await eventually(lambda: len(served.console.server.pages) == 1)
    await served.console.desk_pages.settled()
    assert await told(served) == []
    await second.socket.disconnect()
    await eventually(lambda: not served.console.server.pages)
    await served.console.desk_pages.settled()
    assert await told(served) == [False]


async def test_an_administrator_approves_the_number_that_an_agent_chooses(served: Served) -> None:
    hub = served.console.hub
    phone = replace(PhoneSetUp(), numbers=NUMBERS)
    object.__setattr__(hub, "phone", phone)
    hub.engines.add(FakeEngine(hub))
    agent = await at_the_desk(served)
    ines = await served.signed_in("ines", "administrator")
    asked = await ines.http.post("/api/users/amara", json={"outside_phones": ["13800135512"]})
    assert asked.json() == {"changed": ["outside_phones"]}
    users = (await ines.http.get("/api/users")).json()["users"]
    assert [one["outside_phones"] for one in users if one["id"] == "amara"] == [[MINE]]

    offered = (await agent.http.get("/api/phones")).json()
    assert (offered["can_ring"], offered["chosen"]) == (True, None)
    assert [one["number"] for one in offered["phones"]] == ["+86 138 •••• 5512"]
    chosen = offered["phones"][0]["id"]
    assert (await agent.do("choose_phone", phone_id=chosen))["ok"]
    mine = {"device": "outside", "ready": True, "number": "+86 138 •••• 5512"}
    await agent.until(lambda: agent.state["me"]["me"]["phone"] == mine)

    refused = await ines.http.post("/api/users/amara", json={"outside_phones": ["+1900555010"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "number_not_allowed")
    await ines.http.post("/api/users/amara", json={"outside_phones": []})
    await agent.until(lambda: agent.state["me"]["me"]["phone"]["device"] == "browser")
    assert (await agent.do("choose_phone", phone_id=chosen))["code"] == "no_phone"
