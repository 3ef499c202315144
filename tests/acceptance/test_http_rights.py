"""Every HTTP route of the running hub, asked by every role, by strangers and by other sites."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from config.demo.robots.agent import Pass, sign_in
from tests.support.http_client import Reply, call
from tests.support.hub_server import HubServer, copy_seed
from tests.support.who_may import BODIES, MARK, PUBLIC, ROUTES, WHO

LOGINS = {"agent": "tom", "supervisor": "chenbo", "auditor": "piet", "administrator": "ines"}
SURVEY = f"/api/survey/{MARK}"
CREDENTIALS = BODIES["/api/sign-in"]
WITH_MEDIA = {("POST", "/api/softphone"): (401, 200, 200, 403, 403)}
"""The demo bank has an engine that can call agents."""
CHANGING = [key for key in ROUTES if key[0] != "GET"]


@pytest.fixture(scope="module")
def demo_bank(tmp_path_factory: pytest.TempPathFactory, demo_seed: Path) -> Iterator[HubServer]:
    """A running demo bank with its assistant: who has only the menu has nothing to teach."""
    server = HubServer(tmp_path_factory.mktemp("hub"))
    copy_seed(demo_seed, server.data)
    server.start(HUB_BOT__ENGINE="embedded")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def people(demo_bank: HubServer) -> dict[str, Pass | None]:
    """One session per role; signing out is asked last."""
    held = {role: sign_in(demo_bank.origin, login) for role, login in LOGINS.items()}
    return {"anonymous": None, **held}


def test_the_table_names_every_route_there_is(demo_bank: HubServer) -> None:
    paths = call(demo_bank, "GET", "/api/openapi.json").json["paths"]
    routes = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert routes == set(ROUTES)


@pytest.mark.parametrize("who", WHO)
def test_each_role_gets_what_it_may_and_no_more(
    demo_bank: HubServer, people: dict[str, Pass | None], who: str
) -> None:
    found = {}
    for key in sorted(ROUTES, key=lambda k: k[1] == "/api/sign-out"):
        reply = _ask(demo_bank, key, people[who])
        found[key] = reply.status
        if reply.status >= 400:
            assert reply.code
        assert MARK.encode() not in reply.body, key
    expected = {key: statuses[WHO.index(who)] for key, statuses in {**ROUTES, **WITH_MEDIA}.items()}
    assert found == expected


@pytest.mark.parametrize("key", CHANGING, ids=" ".join)
def test_what_changes_something_needs_our_page(demo_bank: HubServer, key: tuple[str, str]) -> None:
    held = sign_in(demo_bank.origin, "sara")
    foreign: tuple[Mapping[str, str | None], ...] = (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": None},
        {"Origin": demo_bank.origin + ".evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    )
    for headers in foreign:
        reply = _ask(demo_bank, key, held, headers)
        assert (reply.status, reply.code) == (403, "foreign_origin"), headers
    if key[1] not in PUBLIC:
        for word in (None, "", "A" * 43, sign_in(demo_bank.origin, "mina").csrf):
            reply = _ask(demo_bank, key, held, {"X-CSRF": word})
            assert (reply.status, reply.code) == (403, "bad_csrf")
    assert call(demo_bank, "GET", "/api/me", held=held).status == 200, "and nothing was done"


def test_only_our_hosts_are_answered(demo_bank: HubServer) -> None:
    own = f"127.0.0.1:{demo_bank.port}"
    for path in ("/", "/api/me", "/healthz", "/console", "/chat/widget.js"):
        for host in ("evil.example", f"evil.example:{demo_bank.port}", f"{own}/x", f"{own}?x",
                     f"{own}#", "127.0.0.1", "", f"{own}.evil.example"):  # fmt: skip
            reply = call(demo_bank, "GET", path, headers={"Host": host})
            assert reply.status == 400, (path, host)
    forwarded = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    reply = call(demo_bank, "GET", "/console", headers=forwarded)
    assert (reply.status, reply.headers["location"]) == (303, "/sign-in")


BROKEN = {
    "broken": (b'{"login":"x7canary', 400),
    "not utf-8": (b'{"login":"x7canary\xff","password":"a"}', 400),
    "nan": (b'{"login":"x7canary","password":NaN}', 400),
    "huge number": (b'{"login":"x7canary","password":1e999}', 400),
    "long number": (b'{"login":"x7canary","password":' + b"9" * 5_000 + b"}", 400),
    "duplicate key": (b'{"login":"a","login":"x7canary","password":"b"}', 400),
    "deep": (b'{"login":' + b"[" * 20_000 + b"]" * 20_000 + b"}", 400),
    "lone surrogate": (b'{"login":"\\ud800x7canary","password":"a"}', 400),
    "too large": (b'{"login":"' + b"x7canary" * 20_000 + b'","password":"a"}', 413),
    "a list": (b'["x7canary"]', 422),
    "a number": (b"42", 422),
    "unknown field": (b'{"login":"a","password":"b","role":"x7canary"}', 422),
    "unknown key": (b'{"login":"a","password":"b","x7canary":1}', 422),
    "object for text": (b'{"login":{"$gt":"x7canary"},"password":"b"}', 422),
    "list for text": (b'{"login":["x7canary"],"password":"b"}', 422),
    "number for text": (b'{"login":1,"password":"x7canary"}', 422),
    "missing": (b'{"login":"x7canary"}', 422),
    "too long": (b'{"login":"' + b"x7canary" * 100 + b'","password":"b"}', 422),
    "empty": (b"", 400),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_body_is_a_problem_that_repeats_nothing(demo_bank: HubServer, name: str) -> None:
    raw, status = BROKEN[name]
    for path in ("/api/sign-in", SURVEY):
        reply = call(demo_bank, "POST", path, raw=raw)
        assert reply.status == status, path
        assert reply.code
        _says_nothing(reply)


def test_other_content_types_are_refused(demo_bank: HubServer) -> None:
    raw = json.dumps(CREDENTIALS).encode()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None):
        reply = call(demo_bank, "POST", "/api/sign-in", raw=raw, headers={"Content-Type": kind})
        assert (reply.status, reply.code) == (415, "not_json")


def test_unknown_parameters_methods_and_paths_are_problems(demo_bank: HubServer) -> None:
    held = sign_in(demo_bank.origin, "piet")
    for query, status in ((f"?node={MARK}&{MARK}=1", 422), ("?limit=1e9", 422), ("?limit=-1", 422),
                          ("?limit=1&limit=2", 422), (f"?before={MARK}", 422)):  # fmt: skip
        reply = call(demo_bank, "GET", f"/api/audit{query}", held=held)
        assert (reply.status, reply.code) == (status, "invalid"), query
        _says_nothing(reply)
    for method, path, status in (
        ("GET", f"/api/{MARK}", 404), ("PUT", "/api/me", 405), ("TRACE", "/api/me", 405),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404), ("GET", "/static/console/../../api.py", 404),
        ("GET", "/static/console/%2e%2e/api.py", 404), ("GET", "/console/socket.io/", 400),
    ):  # fmt: skip
        reply = call(demo_bank, method, path, held=held)
        assert reply.status == status, path
        _says_nothing(reply)


def test_a_body_beyond_every_limit_is_a_problem_too(demo_bank: HubServer) -> None:
    for path in ("/api/sign-in", "/demo/token", "/files?t=x"):
        held = sign_in(demo_bank.origin, "sara")
        reply = call(demo_bank, "POST", path, raw=b" " * 12_000_000, held=held)
        assert reply.status in (404, 413), path
        assert reply.code in ("too_large", "forged")


def test_the_demos_own_door_is_for_its_own_page(demo_bank: HubServer) -> None:
    for path, body in (("/demo/token", {"customer": "20418807"}), ("/demo/traffic", {"on": True})):
        reply = call(demo_bank, "POST", path, data=body, headers={"Origin": "https://evil.example"})
        assert (reply.status, reply.code) == (403, "foreign_origin")
        assert call(demo_bank, "POST", path, data={**body, "x": 1}).status == 422
    assert call(demo_bank, "GET", "/demo/traffic").json["on"] is False


def _ask(
    hub: HubServer,
    key: tuple[str, str],
    held: Pass | None,
    headers: Mapping[str, str | None] | None = None,
) -> Reply:
    method, path = key
    place = path.replace("{id}", MARK).replace("{token}", MARK)
    if path.startswith("/files") or path.endswith("/audio"):
        place += f"?t={MARK}"
    return call(hub, method, place, data=BODIES.get(path), held=held, headers=headers)


def _says_nothing(reply: Reply) -> None:
    assert MARK.encode() not in reply.body
    assert b"Traceback" not in reply.body
