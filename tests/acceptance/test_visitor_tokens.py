"""The bank's word for its visitor: forged in every known way, late, early, foreign, twice."""

import asyncio
import base64
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.chat_client import Frame, page_of
from tests.support.hub_server import CUSTOMER, HubServer

_numbers = itertools.count(1)
OTHER_SITE = "https://other.example"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _key(hub: HubServer) -> bytes:
    return base64.b64decode((hub.data / "demo-widget.key").read_bytes())


def signed(key: bytes, body: bytes, header: dict[str, Any] | None = None) -> str:
    """Sign as the bank's server would, whatever the body says."""
    head = _encode(json.dumps(header or {"alg": "HS256"}).encode())
    content = f"{head}.{_encode(body)}"
    digest = hmac.digest(key, content.encode(), hashlib.sha256)
    return f"{content}.{_encode(digest)}"


def claims(**changed: Any) -> dict[str, Any]:
    """Good claims, but for what is changed; None leaves a claim out."""
    now = int(time.time())
    good = {"aud": "demo", "sub": CUSTOMER, "iat": now, "exp": now + 120,
            "jti": f"acceptance-{now}-{next(_numbers)}"}  # fmt: skip
    return {name: value for name, value in {**good, **changed}.items() if value is not None}


def token_with(**changed: Any) -> Callable[[bytes], str]:
    """Rightly signed, with these claims."""
    return lambda key: signed(key, json.dumps(claims(**changed)).encode())


def headed(**header: Any) -> Callable[[bytes], str]:
    """Good claims, rightly signed, under an odd header."""
    return lambda key: signed(key, json.dumps(claims()).encode(), {"alg": "HS256", **header})


def _swapped(key: bytes) -> str:
    head, _, signature = token_with()(key).split(".")
    return f"{head}.{token_with(sub='20418811')(key).split('.')[1]}.{signature}"


def _unsigned(key: bytes) -> str:
    body = token_with()(key).split(".")[1]
    return f"{_encode(json.dumps({'alg': 'none'}).encode())}.{body}."


def _raw(text: str) -> Callable[[bytes], str]:
    return lambda key: signed(key, text.encode())


NOW = int(time.time())
BAD: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "expired": ("token_expired", token_with(iat=NOW - 300, exp=NOW - 60)),
    "from the future": ("token_not_yet_valid", token_with(iat=NOW + 900, exp=NOW + 960)),
    "not before": ("token_not_yet_valid", token_with(nbf=NOW + 900)),
    "lives an hour": ("token_lives_too_long", token_with(exp=NOW + 3600)),
    "ends before it begins": ("token_lives_too_long", token_with(exp=NOW - 1)),
    "other widget": ("token_other_widget", token_with(aud="other")),
    "two widgets": ("token_other_widget", token_with(aud=["other", "demo"])),
    "no widget": ("token_other_widget", token_with(aud="")),
    "no jti": ("token_incomplete", token_with(jti="")),
    "short jti": ("token_incomplete", token_with(jti="1")),
    "number for jti": ("token_incomplete", token_with(jti=12345678)),
    "no customer": ("token_incomplete", token_with(sub="")),
    "object for customer": ("token_incomplete", token_with(sub={"$gt": ""})),
    "true for exp": ("token_incomplete", token_with(exp=True)),
    "text for exp": ("token_incomplete", token_with(exp=str(NOW + 60))),
    "claims are a list": ("token_incomplete", _raw("[]")),
    "nan": ("token_forged", _raw('{"exp":NaN}')),
    "two customers": ("token_forged", _raw('{"sub":"20418811","sub":"20418807"}')),
    "deep": ("token_forged", _raw("[" * 200 + "]" * 200)),
    "unknown customer": ("token_unknown_customer", token_with(sub="99999999")),
    "injection": ("token_unknown_customer", token_with(sub="' OR 1=1 --")),
    "other key": ("token_forged", lambda _: token_with()(b"x" * 32)),
    "empty key": ("token_forged", lambda _: token_with()(b"")),
    "unsigned": ("token_forged", _unsigned),
    "swapped body": ("token_forged", _swapped),
    "other algorithm": ("token_forged", headed(alg="HS512")),
    "brings its key": ("token_forged", headed(jwk={"kty": "oct", "k": "eA"})),
    "names a key's address": ("token_forged", headed(jku="https://evil.example/k")),
    "critical extension": ("token_forged", headed(crit=["b64"], b64=False)),
    "two dots": ("token_forged", lambda _: ".."),
    "words": ("token_forged", lambda _: "nonsense"),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_token_is_refused_by_its_fault(demo_bank: HubServer, name: str) -> None:
    code, make = BAD[name]
    async with page_of(demo_bank) as page:
        refused = await page.hello(token=make(_key(demo_bank)))
        assert (refused["type"], refused["code"]) == ("refused", code)
        assert (await page.say("hi"))["code"] == "hello_first"


async def test_a_token_is_good_for_one_hello_however_many_try(demo_bank: HubServer) -> None:
    token = token_with()(_key(demo_bank))

    async def one() -> Frame:
        async with page_of(demo_bank) as page:
            return await page.hello(token=token)

    answers = await asyncio.gather(*(one() for _ in range(20)))
    assert [a["signed_in"] for a in answers if a["type"] == "welcome"] == [True]
    assert {a["code"] for a in answers if a["type"] == "refused"} == {"token_spent"}
    async with page_of(demo_bank) as page:
        assert (await page.hello(token=token))["code"] == "token_spent"


async def test_three_bad_hellos_end_the_socket(demo_bank: HubServer) -> None:
    async with page_of(demo_bank) as page:
        for _ in range(2):
            assert (await page.hello(token="nonsense"))["code"] == "token_forged"
        await page.send(type="hello", widget="demo", lang="en", token="nonsense")
        await page.socket.wait_closed()
        assert page.socket.close_code == 4401


async def test_widgets_sites_and_restarts_do_not_mix(hub_server: HubServer) -> None:
    hub_server.start(
        HUB_WIDGETS__OTHER__ORIGINS=json.dumps([OTHER_SITE]),
        HUB_WIDGETS__OTHER__KEY_FILE=str(hub_server.data / "demo-widget.key"),
    )
    key = _key(hub_server)
    async with page_of(hub_server, origin=OTHER_SITE) as page:
        refused = await page.hello(widget="other", token=token_with()(key))
        assert refused["code"] == "token_other_widget"
        assert (await page.hello(widget="demo"))["code"] == "unknown_widget"
    async with page_of(hub_server) as page:
        assert (await page.hello(widget="other"))["code"] == "unknown_widget"
    token = token_with(aud="other")(key)
    async with page_of(hub_server, origin=OTHER_SITE) as page:
        welcome = await page.hello(widget="other", token=token)
        assert welcome["signed_in"]
    async with page_of(hub_server) as page:
        assert (await page.hello(resume=welcome["resume"]))["code"] == "bad_resume"
    hub_server.kill()
    hub_server.start(
        HUB_WIDGETS__OTHER__ORIGINS=json.dumps([OTHER_SITE]),
        HUB_WIDGETS__OTHER__KEY_FILE=str(hub_server.data / "demo-widget.key"),
    )
    async with page_of(hub_server, origin=OTHER_SITE) as page:
        assert (await page.hello(widget="other", token=token))["code"] == "token_spent"


async def test_no_token_is_written_to_the_log(demo_bank: HubServer) -> None:
    token = token_with()(_key(demo_bank))
    async with page_of(demo_bank) as page:
        welcome = await page.hello(token=token)
    assert token.rpartition(".")[2] not in demo_bank.words()
    assert welcome["resume"].rpartition(".")[2] not in demo_bank.words()
