"""The carrier refuses what Twilio's description refuses; the official client speaks with it."""

import json
from pathlib import Path
from typing import Any

import pytest

from channels._twilio.carrier.contract import FILE, Contract, Forbidden, Pairs
from channels._twilio.carrier.handset import ANSWER
from channels._twilio.client import Gone, Provider, asked
from hub.ports import NeedsAttention, SendNever
from tests.unit.twilio.stage import CALLER, NUMBER, PUBLIC, SID, Answers, stage

WHOLE = Path(__file__).parents[4] / "shared/fixtures/twilio/openapi/twilio_api_v2010.json"
BASE = f"/2010-04-01/Accounts/{SID}"
CALL, ROOM = "CA" + "1" * 32, "CF" + "2" * 32
CONTRACT = Contract()
GOOD: list[tuple[str, str, Pairs]] = [
    ("POST", "/Calls.json", [("To", CALLER), ("From", NUMBER), ("Url", PUBLIC)]),
    ("POST", f"/Calls/{CALL}.json", [("Status", "completed")]),
    ("POST", f"/Conferences/{ROOM}/Participants/label%201.json", [("Hold", "true")]),
    ("POST", "/Conferences/con_1/Participants.json", [("To", "client:amara"), ("From", NUMBER)]),
    ("POST", f"/Calls/{CALL}/Recordings/Twilio.CURRENT.json", [("Status", "paused")]),
]
BAD: list[tuple[str, str, Pairs]] = [
    ("POST", "/Calls.json", [("From", NUMBER)]),
    ("POST", "/Calls.json", [("To", CALLER), ("From", NUMBER), ("Timeout", "soon")]),
    ("POST", "/Calls.json", [("To", CALLER), ("From", NUMBER), ("Url", "javascript:1")]),
    ("POST", "/Calls.json", [("To", "<evil>"), ("From", NUMBER)]),
    ("POST", "/Calls.json", [("To", CALLER), ("From", NUMBER), ("Loud", "1")]),
    ("POST", "/Calls.json", [("To", CALLER), ("To", CALLER), ("From", NUMBER)]),
    ("POST", "/Calls.json", [("To", CALLER), ("From", NUMBER), ("Method", "PUT")]),
    ("POST", "/Calls.json", [("To", CALLER), ("From", NUMBER), ("ApplicationSid", "AP1")]),
    ("POST", "/Calls/CA1.json", [("Status", "completed")]),
    ("POST", f"/Calls/{CALL}.json", [("Status", "gone")]),
    ("POST", f"/Conferences/con_1/Participants/{CALL}.json", [("Hold", "true")]),
    ("POST", f"/Conferences/{ROOM}/Participants/{CALL}.json", [("Hold", "perhaps")]),
    ("POST", f"/Conferences/{ROOM}/Participants/{CALL}.json", [("CallSidToCoach", "x")]),
    ("POST", f"/Calls/{CALL}/Recordings/x.json", []),
    ("POST", f"/Calls/{CALL}/Payments.json", []),
    ("PUT", "/Calls.json", []),
]


@pytest.mark.parametrize(("method", "path", "form"), GOOD)
def test_well_formed_requests_are_taken(method: str, path: str, form: Pairs) -> None:
    assert CONTRACT.check(method, BASE + path, (), form).path["AccountSid"] == SID


@pytest.mark.parametrize(("method", "path", "form"), BAD)
def test_what_the_description_forbids_is_refused(method: str, path: str, form: Pairs) -> None:
    with pytest.raises(Forbidden):
        CONTRACT.check(method, BASE + path, (), form)


def test_our_part_of_the_description_says_what_the_whole_says() -> None:
    if not WHOLE.exists():
        pytest.skip("the third-party description lies beside the checkout and is not there")
    whole = json.loads(WHOLE.read_text())
    for name, ours in json.loads(FILE.read_text()).items():
        method, _, path = name.partition(" ")
        theirs = whole["paths"][path][method.lower()]
        body = theirs.get("requestBody", {}).get("content", {})
        schema = body.get("application/x-www-form-urlencoded", {}).get("schema", {})
        assert ours["required"] == schema.get("required", [])
        assert ours["body"].keys() == schema.get("properties", {}).keys()
        for place in ("path", "query"):
            named = {one["name"] for one in theirs.get("parameters", []) if one["in"] == place}
            assert ours[place].keys() == named


async def refused(provider: Provider, ask: Any) -> None:
    with pytest.raises(SendNever):
        await asked(ask(provider.rest))


async def test_the_official_client_speaks_with_it_unchanged() -> None:
    async with stage() as on:
        provider: Provider = on.engine._provider
        rest = provider.rest
        far = on.carrier.far_ends[CALLER] = Answers(on.clock, 1.0, ANSWER)
        say = "<Response><Say>Hello.</Say><Pause length='60'/></Response>"
        call = await rest.calls.create_async(to=CALLER, from_=NUMBER, twiml=say)
        await on.until(lambda: bool(far.handsets) and bool(far.handsets[0].heard))
        (listed,) = await rest.calls.list_async(status="in-progress")
        assert (listed.sid, listed.direction) == (call.sid, "outbound-api")
        assert (await rest.calls(call.sid).fetch_async()).status == "in-progress"
        await refused(provider, lambda rest: rest.calls.create_async(to="x y", from_=NUMBER))
        await refused(provider, lambda rest: rest.calls.create_async(to=CALLER, from_=NUMBER))
        await refused(
            provider,
            lambda rest: rest.calls(call.sid).update_async(twiml="<Response><Pay/></Response>"),
        )
        await refused(
            provider,
            lambda rest: rest.calls(call.sid).update_async(
                twiml=f"<Response>{' ' * 4000}</Response>"
            ),
        )
        await rest.calls(call.sid).update_async(status="completed")
        for gone in (call.sid, CALL):
            with pytest.raises(Gone):
                await asked(rest.calls(gone).update_async(status="completed"))
        assert await rest.queues.list_async() == []
        assert on.carrier.complaints == []


async def test_wrong_credentials_and_other_accounts_are_refused() -> None:
    async with stage() as on:
        rest = on.engine._provider.rest
        with pytest.raises(Gone):
            await asked(rest.api.accounts("AC" + "9" * 32).calls.list_async())
        rest.auth, rest.password = (SID, "wrong"), "wrong"
        with pytest.raises(NeedsAttention):
            await asked(rest.calls.list_async())
