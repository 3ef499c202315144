"""The staff's door: one answer for all who fail, slow for those who guess, shut within seconds."""

import asyncio
import re
import sqlite3
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from config.demo import staff
from config.demo.robots.agent import Pass, sign_in, sign_out
from tests.support.desk_client import DeskClient, desk_of
from tests.support.http_client import Reply, acall, call
from tests.support.hub_server import HubServer

MOST_SECONDS = 5.0
"""How long a socket may outlive the right to it."""
ONLY_NOW = {"date", "x-request-id", "retry-after", "content-length"}


def _try(hub: HubServer, login: str, password: str) -> Reply:
    return call(hub, "POST", "/api/sign-in", data={"login": login, "password": password})


def _told(reply: Reply) -> tuple[int, bytes, dict[str, str]]:
    body = re.sub(rb"[0-9]+ s", b"N s", reply.body)
    return reply.status, body, {k: v for k, v in reply.headers.items() if k not in ONLY_NOW}


def test_unknown_user_and_wrong_password_get_the_same_answers(demo_bank: HubServer) -> None:
    """From the first try to the lock, and the lock holds for the right password too."""
    known, unknown = [], []
    for _ in range(7):
        known.append(_told(_try(demo_bank, "huzhen", "wrong-password")))
        unknown.append(_told(_try(demo_bank, "nobody-here", "wrong-password")))
    assert known == unknown
    statuses = [status for status, *_ in known]
    assert statuses[:5] == [401] * 5
    assert statuses[-1] == 429
    locked = _try(demo_bank, "huzhen", staff.PASSWORD)
    assert (locked.status, locked.code) == (429, "too_many_sign_ins")
    assert 0 < int(locked.headers["retry-after"]) <= 60
    assert _try(demo_bank, "HUZHEN ", staff.PASSWORD).status == 429, "spelled otherwise"
    assert _try(demo_bank, "wujia", staff.PASSWORD).status == 200, "others are not kept out"


def test_a_hundred_tries_at_once_are_not_more_than_five(demo_bank: HubServer) -> None:
    async def all_at_once() -> list[Reply]:
        tries = (
            acall(demo_bank, "POST", "/api/sign-in", data={"login": "liuxin", "password": f"p{n}"})
            for n in range(30)
        )
        return await asyncio.gather(*tries)

    statuses = [reply.status for reply in asyncio.run(all_at_once())]
    assert statuses.count(401) <= 5
    assert set(statuses) <= {401, 429}


def test_a_cookie_is_out_of_reach_of_scripts_and_new_at_each_sign_in(demo_bank: HubServer) -> None:
    replies = [_try(demo_bank, "mina", staff.PASSWORD) for _ in range(2)]
    cookies = [reply.headers["set-cookie"] for reply in replies]
    for cookie in cookies:
        assert {"httponly", "samesite=strict"} <= {c.strip().lower() for c in cookie.split(";")}
    assert cookies[0] != cookies[1]
    for held in ("hub-session=", "hub-session=" + "A" * 43, "hub-session=../../etc"):
        reply = call(demo_bank, "GET", "/api/me", headers={"Cookie": held})
        assert (reply.status, reply.code) == (401, "signed_out")


async def test_signing_out_ends_all_tabs_of_that_browser_only(demo_bank: HubServer) -> None:
    async with (
        desk_of(demo_bank, "ben") as tab,
        desk_of(demo_bank, "ben", available=False, held=tab.held) as second,
        desk_of(demo_bank, "ben", available=False) as elsewhere,
    ):
        await asyncio.to_thread(sign_out, demo_bank.origin, tab.held)
        for one in (tab, second):
            assert await one.until_closed(MOST_SECONDS) == "signed_out"
        assert (await elsewhere.do("set_presence", presence="break", reason=""))["ok"]
        await _is_shut(demo_bank, tab.held)


async def test_ending_a_session_from_another_browser_ends_its_socket(demo_bank: HubServer) -> None:
    here = await asyncio.to_thread(sign_in, demo_bank.origin, "sara")
    async with desk_of(demo_bank, "sara", available=False) as tab:
        listed = (await acall(demo_bank, "GET", "/api/sessions", held=here)).json["sessions"]
        (other,) = (one["id"] for one in listed if not one["current"])
        stranger = await asyncio.to_thread(sign_in, demo_bank.origin, "mina")
        path = f"/api/sessions/{other}"
        assert (await acall(demo_bank, "DELETE", path, held=stranger)).status == 404
        assert (await acall(demo_bank, "DELETE", path, held=here)).status == 200
        assert await tab.until_closed(MOST_SECONDS) == "signed_out"
        await _is_shut(demo_bank, tab.held)


CHANGES: dict[str, tuple[str, str]] = {
    "role": ("UPDATE staff_user SET roles = '[\"auditor\"]' WHERE id = ?", "rights_changed"),
    "disabled": ("UPDATE staff_user SET enabled = 0 WHERE id = ?", "revoked"),
    "session": ("UPDATE staff_session SET revoked_at = 1 WHERE user_id = ?", "session_ended"),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_what_another_node_takes_away_ends_the_socket(
    hub_server: HubServer, change: str
) -> None:
    """The change is written beside the hub, as by a node that has not told it."""
    statement, reason = CHANGES[change]
    await asyncio.to_thread(hub_server.start)
    async with desk_of(hub_server, "tom") as tab:
        started = time.monotonic()
        await asyncio.to_thread(_write, hub_server, statement, "usr_demo_tom")
        assert await tab.until_closed(MOST_SECONDS) == reason
        assert time.monotonic() - started < MOST_SECONDS
        me = await acall(hub_server, "GET", "/api/me", held=tab.held)
        if change == "role":
            assert me.json["roles"] == ["auditor"]
            again = DeskClient(tab.held)
            await again.open(hub_server)
            assert again.state == {}, "the desk is not for auditors"
            await again.close()
        else:
            assert me.status == 401


def _write(hub: HubServer, statement: str, user_id: str) -> None:
    connection = sqlite3.connect(hub.data / "hub.db", timeout=10)
    with connection:
        assert connection.execute(statement, (user_id,)).rowcount
    connection.close()


async def _is_shut(hub: HubServer, held: Pass) -> None:
    """Neither HTTP nor a new socket for this session."""
    assert (await acall(hub, "GET", "/api/me", held=held)).status == 401
    with pytest.raises((ConnectionClosed, OSError, TimeoutError, InvalidStatus)):
        await DeskClient(held).open(hub)
