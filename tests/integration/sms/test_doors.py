"""The doors of the channel: captured requests, forged ones, pictures from elsewhere, health."""

import ast
import json
import tomllib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
import pytest_asyncio

from channels._twilio.client import Account, Provider
from channels._twilio.signature import signature_of
from channels.sms.smpp.settings import SmppSettings
from hub.domain.errors import Unavailable
from hub.domain.events import ContactArrived
from hub.domain.outbound import Outbound, OutboundFile
from hub.journey.messages import messages_of
from hub.ports import SendNever
from hub.store.engine import Store
from tests.support.clock import ManualClock
from tests.support.sms_line import CUSTOMER, NUMBER, PUBLIC, SID, TOKEN, SmsLine, sms_line

HERE = Path(__file__).parent
CHANNEL = HERE.parents[2] / "channels/sms"
QUALITY: dict[str, Any] = tomllib.loads((CHANNEL / "quality.toml").read_text("utf-8"))
CAPTURED = [
    json.loads(line) for line in (CHANNEL / "payloads/twilio.jsonl").read_text("utf-8").splitlines()
]
FORM = CAPTURED[0]["form"]


@pytest_asyncio.fixture
async def line(sqlite_store: Store, clock: ManualClock, tmp_path: Path) -> AsyncIterator[SmsLine]:
    async with sms_line(sqlite_store, clock, tmp_path) as one:
        yield one


async def _post(
    line: SmsLine, path: str, form: dict[str, str], token: str = TOKEN
) -> httpx.Response:
    url = PUBLIC + path
    headers = {"X-Twilio-Signature": signature_of(token, url, list(form.items()))}
    return await line.carrier.messenger.http.post(url, data=form, headers=headers)


async def _stored(line: SmsLine) -> list[str]:
    arrived = [one for one in await line.world.events() if isinstance(one, ContactArrived)]
    if not arrived:
        return []
    said = await messages_of(line.hub, arrived[0].conversation_id, limit=50)
    return [str(one.body["text"]) for one in said if one.speaker == "customer"]


@pytest.mark.parametrize("name", QUALITY)
def test_each_line_of_the_list_has_tests_that_exist(name: str) -> None:
    assert QUALITY[name]["how"]
    assert QUALITY[name]["tests"]
    for reference in QUALITY[name]["tests"]:
        file, _, function = reference.partition("::")
        tree = ast.parse((HERE / file).read_text("utf-8"))
        assert function in {getattr(node, "name", "") for node in tree.body}, reference


@pytest.mark.parametrize("one", CAPTURED, ids=lambda one: one["form"].get("Body", "report"))
async def test_captured_requests(line: SmsLine, one: dict[str, Any]) -> None:
    for _ in range(2):
        answer = await _post(line, one["path"], one["form"])
        assert answer.status_code == one["status"]
        assert "<Message>" not in answer.text
    assert await _stored(line) == one["stored"]


@pytest.mark.parametrize("path", ["/text", "/fallback", "/status"])
async def test_what_is_not_signed_is_refused_and_nothing_is_kept(line: SmsLine, path: str) -> None:
    assert (await _post(line, f"/sms/twilio{path}", FORM, "forged")).status_code == 403
    other = {**FORM, "AccountSid": "AC" + "9" * 32}
    assert (await _post(line, f"/sms/twilio{path}", other)).status_code == 403
    assert await _stored(line) == []


async def test_while_the_store_is_away_the_provider_is_asked_to_come_again(
    line: SmsLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise Unavailable("store_away")

    with monkeypatch.context() as patch:
        patch.setattr(type(line.hub.journal), "run", away)
        for path in ("/text", "/fallback"):
            assert (await _post(line, f"/sms/twilio{path}", FORM)).status_code == 503
        report = {**FORM, "MessageStatus": "delivered"}
        assert (await _post(line, "/sms/twilio/status", report)).status_code == 503
    assert (await _post(line, "/sms/twilio/text", FORM)).status_code == 200
    assert await _stored(line) == [FORM["Body"]]


@pytest.mark.parametrize(
    ("location", "data"),
    [
        ("https://mms.twiliocdn.com/a", b"picture"),
        ("https://twiliocdn.com.evil.example/a", None),
        ("http://mms.twiliocdn.com/a", None),
        ("https://169.254.169.254/latest/meta-data", None),
        ("https://mms.twiliocdn.com:8443/a", None),
        ("https://api.twilio.com@evil.example/", None),
        ("https://[", None),
        ("", None),
    ],
)
async def test_pictures_come_from_the_providers_hosts_only(
    location: str, data: bytes | None
) -> None:
    """A28: only the hosts of the provider, at each redirect, up to a size."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if len(asked) == 1:
            return httpx.Response(307, headers={"location": location})
        return httpx.Response(200, content=b"picture")

    account = Account(account_sid=SID, key_sid=SID, key_secret=TOKEN)
    provider = Provider(account, httpx.MockTransport(answer))
    if data is None:
        with pytest.raises(SendNever):
            await provider.media("Messages/MM/Media/ME", 100)
        assert len(asked) == 1
    else:
        assert await provider.media("Messages/MM/Media/ME", 100) == data
        assert "authorization" not in asked[1].headers
        asked.clear()
        with pytest.raises(SendNever):
            await provider.media("Messages/MM/Media/ME", 3)
    await provider.close()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/a.png", "http://169.254.169.254/latest/meta-data", "cat.jpg",
        "file:///etc/passwd", "http://2130706433/a", "https://api.twilio.com@evil.example/a",
    ],
)  # fmt: skip
async def test_an_address_of_a_picture_that_a_request_names_is_not_believed(
    line: SmsLine, address: str
) -> None:
    form = {**FORM, "NumMedia": "1", "MediaUrl0": address}
    assert (await _post(line, "/sms/twilio/text", form)).status_code == 200
    assert len(await _stored(line)) == 2


async def test_a_long_text_and_a_file_are_refused_before_they_cost(line: SmsLine) -> None:
    async def read() -> bytes:
        raise AssertionError

    plain = Outbound(
        account=NUMBER, address=CUSTOMER, conversation_id="cnv", contact_id="con", key="k",
        language="en", text="a", speaker="agent",
    )  # fmt: skip
    file = OutboundFile(name="a.pdf", media_type="application/pdf", size_bytes=1, read=read)
    for outbound, code in (
        (replace(plain, text="a" * 1531), "text_too_long"),
        (replace(plain, text=""), "empty"),
        (replace(plain, files=(file,)), "files_not_carried"),
    ):
        with pytest.raises(SendNever) as caught:
            await line.sms.send(outbound)
        assert caught.value.code == code
    assert not line.carrier.texts.texts


async def test_health_names_the_provider_that_cannot_send(line: SmsLine) -> None:
    assert (await line.sms.check()).ok
    line.carrier.account = replace(line.carrier.account, auth_token="", key_secret="another")
    health = await line.sms.check()
    assert (health.ok, health.code) == (False, "twilio_provider_401")


def test_secrets_are_not_shown() -> None:
    assert "hush" not in repr(SmppSettings(host="h", system_id="s", password="hush"))
    assert TOKEN not in repr(Account(account_sid=SID, key_sid=SID, key_secret=TOKEN))
