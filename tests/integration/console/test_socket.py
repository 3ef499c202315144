"""The real Socket.IO server and client: sign-in, hello, snapshot, commands, gaps, the end."""

import asyncio

import pytest
from socketio.exceptions import ConnectionError as Unconnected

from hub.domain.events import PresenceChanged
from hub.security.sessions import revoke_sessions_of
from hub.store.rows import change
from hub.store.tables import User
from hub.store.unit import Unit
from tests.integration.console.served import Person, Served, eventually


async def at_the_desk(served: Served, user_id: str = "amara") -> Person:
    person = await served.signed_in(user_id)
    await person.connect()
    await person.hello()
    return person


async def ringing(served: Served) -> tuple[Person, str]:
    """An agent whose console rings, and the contact."""
    agent = await at_the_desk(served)
    await served.console.desk_pages.settled()
    answer = await agent.do("set_presence", presence="available", reason="")
    assert answer["ok"], answer
    await served.world.customer_says(None)
    posted = await served.world.customer_says("an agent please")
    await agent.until(lambda: agent.state["offers"])
    return agent, posted.contact_id


async def test_the_walk_over_a_socket(served: Served) -> None:
    agent, contact_id = await ringing(served)
    offer = next(iter(agent.state["offers"].values()))
    assert contact_id in agent.state["records"]
    accepted = await agent.do("accept", reservation_id=offer["reservation_id"])
    assert accepted["ok"], accepted
    await agent.until(lambda: contact_id in agent.state["contacts"])
    said = await agent.do("say", contact_id=contact_id, key="key-0001", text="Hello")
    assert said["ok"], said
    conversation = agent.state["contacts"][contact_id]["conversation_id"]
    await agent.until(lambda: agent.state["messages"][conversation][-1]["text"] == "Hello")
    assert agent.state["messages"][conversation][-1]["key"] == "key-0001"
    older = await agent.do("more", conversation_id=conversation, before_seq=2)
    assert [one["seq"] for one in older["result"]["messages"]] == [1]
    assert (await agent.do("end", contact_id=contact_id))["ok"]
    await agent.until(lambda: agent.state["contacts"][contact_id]["my_role"] == "wrap_up")
    done = await agent.do("finish_wrap_up", contact_id=contact_id, disposition="solved", notes="")
    assert done["ok"], done
    await agent.until(lambda: not agent.state["contacts"])
    assert agent.gaps == 0


async def test_two_tabs_agree(served: Served) -> None:
    agent, contact_id = await ringing(served)
    tab = await served.signed_in("amara")
    await tab.connect()
    await tab.hello()
    offer = next(iter(tab.state["offers"].values()))
    await tab.do("accept", reservation_id=offer["reservation_id"])
    await agent.until(lambda: contact_id in agent.state["contacts"])
    await served.world.clock.advance(1)
    await eventually(lambda: agent.state == tab.state)
    assert agent.state["queues"]["cards"]["waiting"] == 0


async def test_after_a_gap_hello_repairs_the_page(served: Served) -> None:
    agent, contact_id = await ringing(served)
    offer = next(iter(agent.state["offers"].values()))
    agent.position = -7
    await agent.do("accept", reservation_id=offer["reservation_id"])
    await eventually(lambda: agent.gaps)
    await agent.hello()
    assert contact_id in agent.state["contacts"]


async def test_the_page_of_an_agent_is_their_presence(served: Served) -> None:
    agent = await at_the_desk(served)
    await served.console.desk_pages.settled()
    await agent.until(lambda: agent.state["me"]["me"]["presence"] == "break")
    tab = await served.signed_in("amara")
    await tab.connect()
    await tab.hello()
    await agent.socket.disconnect()
    await served.console.desk_pages.settled()
    assert tab.state["me"]["me"]["presence"] == "break"
    await tab.socket.disconnect()
    await eventually(lambda: not served.console.desk_pages.has("amara"))
    await served.console.desk_pages.settled()
    await served.world.hub.journal.caught_up()
    last = (await served.world.events())[-1]
    assert isinstance(last, PresenceChanged)
    assert last.presence == "reconnecting"


@pytest.mark.parametrize("case", ["no cookie", "wrong cookie", "foreign origin"])
async def test_who_is_not_signed_in_gets_no_socket(served: Served, case: str) -> None:
    person = served.person() if case == "no cookie" else await served.signed_in("amara")
    if case == "wrong cookie":
        person.http.cookies.clear()
        person.http.cookies.set(served.console.settings.cookie, "x" * 43)
    origin = "http://evil.example" if case == "foreign origin" else None
    with pytest.raises(Unconnected):
        await person.connect(origin=origin)
    assert served.console.server.pages == []


async def test_commands_are_judged_strictly(served: Served) -> None:
    agent = await at_the_desk(served)
    secret = "4111 1111 1111 1111"
    for command, args, code in (
        ("nonsense", {}, "unknown_command"),
        ("say", {"contact_id": "c", "key": "key-0001", "text": secret, "from": "x"}, "invalid"),
        ("say", {"contact_id": "c", "key": "key-0001", "text": {"$gt": secret}}, "invalid"),
        ("typing", {"contact_id": "c", "on": "yes"}, "invalid"),
        ("say", {"contact_id": "c", "key": "key-0001", "text": "x" * 8001}, "invalid"),
        ("accept", {"reservation_id": "nobody"}, "offer_gone"),
        ("watch", {"contact_id": "c"}, "no_right"),
        ("more", {"conversation_id": "c", "before_seq": 3}, "no_conversation"),
    ):
        answer = await agent.do(command, **args)
        assert (answer["ok"], answer["code"]) == (False, code), command
        assert secret not in str(answer)
    wrong = await agent.socket.call("do", {"command": "end", "args": {}, "as": "bo"}, timeout=20)
    assert wrong["code"] == "invalid"


@pytest.mark.parametrize(
    ("packet", "code"),
    [
        ('42{n}["do",{{"command":"end","command":"say"}}]', "duplicate_key"),
        ('42{n}["do",{{"command":NaN}}]', "not_a_number"),
        ('42{n}["do",' + "[" * 50 + "]" * 50 + "]", "too_deep"),
        ('42{n}["do",{{"command":', "not_json"),
    ],
)
async def test_json_with_two_meanings_is_refused(served: Served, packet: str, code: str) -> None:
    agent = await at_the_desk(served)
    heard: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    ack = agent.socket._generate_ack_id("/", heard.set_result)
    await agent.socket.eio.ws.send_str(packet.format(n=ack))
    answer = await asyncio.wait_for(heard, 5)
    assert answer == {"ok": False, "code": code, "detail": ""}


@pytest.mark.parametrize(
    "packet", ['451-["do",{"_placeholder":true,"num":0}]', "42/admin,[]", "43[1]", "4x", "40"]
)
async def test_packets_nobody_needs_end_the_socket(served: Served, packet: str) -> None:
    agent = await at_the_desk(served)
    await agent.socket.eio.ws.send_str(packet)
    await agent.until(lambda: agent.closing)
    assert agent.closing == ["bad_packets"]


async def test_a_flood_of_commands_is_limited_then_cut(served: Served) -> None:
    agent = await at_the_desk(served)
    answers = [await agent.do("nonsense") for _ in range(70)]
    assert {one["code"] for one in answers} == {"unknown_command", "too_many"}
    for _ in range(300):
        await agent.socket.eio.ws.send_str('42["do",{"command":"nonsense","args":{}}]')
    await agent.until(lambda: agent.closing)


async def end_by_sign_out(served: Served, agent: Person) -> str:
    answer = await agent.http.post("/api/sign-out")
    assert answer.status_code == 200, answer.text
    return "signed_out"


async def end_by_roles(served: Served, agent: Person) -> str:
    await set_user(served, roles='["auditor"]')
    return "rights_changed"


async def end_by_disabling(served: Served, agent: Person) -> str:
    await set_user(served, enabled=False)
    return "revoked"


async def end_by_revoking(served: Served, agent: Person) -> str:
    at = served.world.clock.now()
    await served.world.hub.journal.run(revoke_sessions_of("amara", at=at))
    return "session_ended"


async def end_by_age(served: Served, agent: Person) -> str:
    served.world.clock.jump(13 * 3600)
    return "session_ended"


async def set_user(served: Served, user_id: str = "amara", **values: object) -> None:
    def unit() -> Unit[None]:
        yield change(User, user_id, **values)

    await served.world.hub.journal.run(unit())


@pytest.mark.parametrize(
    "end", [end_by_sign_out, end_by_roles, end_by_disabling, end_by_revoking, end_by_age]
)
async def test_a_socket_ends_within_five_seconds(served: Served, end: object) -> None:
    agent = await at_the_desk(served)
    reason = await end(served, agent)  # type: ignore[operator]
    await served.world.clock.advance(5)
    await agent.until(lambda: agent.closing)
    assert agent.closing == [reason]


async def test_rights_are_those_of_the_moment(served: Served) -> None:
    supervisor = await served.signed_in("rosa", "supervisor")
    await supervisor.connect()
    await supervisor.hello("wallboard")
    await set_user(served, "rosa", roles='["agent"]')
    await served.world.hub.staff.load()
    answer = await supervisor.do("watch", contact_id="c")
    assert answer["code"] == "no_right"


async def test_an_agent_has_no_wallboard(served: Served) -> None:
    agent = await at_the_desk(served)
    answer = await agent.socket.call("hello", {"topic": "wallboard"}, timeout=20)
    assert answer["code"] == "no_right"
