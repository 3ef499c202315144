"""Strangers at the webhooks: what is not signed for this account and this address changes nothing.

What comes twice or too late changes nothing either.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlencode

import httpx2 as httpx
import pytest

from channels._twilio.signature import SIGNATURE, signature_of
from hub.domain.calls import (
    EndCause,
    EnterRoom,
    Gather,
    Gathered,
    HangUp,
    LegEnded,
    LegEvent,
    PlaySounds,
    Program,
    Prompt,
    RecordingReady,
)
from hub.domain.errors import NotFound, Unavailable
from hub.ports import SendNever
from tests.unit.twilio.stage import (
    CALLER,
    NUMBER,
    PUBLIC,
    SID,
    TOKEN,
    Script,
    Stage,
    a_leg,
    stage,
)

CALL = "CA" + "a" * 32
FORM = {"AccountSid": SID, "CallSid": CALL, "From": CALLER, "To": NUMBER, "CallStatus": "ringing"}
VOICE = "/phone/twilio/voice"
GREETING: Program = (Gather(sounds=(Prompt(text="Hello.", language="en"),)),)


async def post(
    on: Stage, path: str, form: dict[str, str], *, signed: dict[str, str] | None = None, **more: Any
) -> httpx.Response:
    """Send a form whose signature is that of `signed`, or of itself."""
    pairs = list((form if signed is None else signed).items())
    headers = {SIGNATURE: signature_of(TOKEN, PUBLIC + path, pairs), **more.pop("headers", {})}
    return await on.http.post(PUBLIC + path, data=form, headers=headers, **more)


# -- A23 to A26: signatures ----------------------------------------------------------------------


def other_signatures() -> Iterator[Any]:
    pairs = list(FORM.items())
    good = signature_of(TOKEN, PUBLIC + VOICE, pairs)
    yield pytest.param(None, id="missing")
    yield pytest.param("", id="empty")
    yield pytest.param(good[:-2], id="truncated")
    yield pytest.param(good.swapcase(), id="wrong")
    yield pytest.param("\u00e9" * 28, id="not ascii")
    yield pytest.param(signature_of("other", PUBLIC + VOICE, pairs), id="another token")
    for name, url in (
        ("scheme", PUBLIC.replace("https", "http") + VOICE),
        ("host", "https://evil.example" + VOICE),
        ("port", PUBLIC + ":8443" + VOICE),
        ("path", PUBLIC + "/phone/twilio/fallback"),
        ("query", PUBLIC + VOICE + "?a=1"),
    ):
        yield pytest.param(signature_of(TOKEN, url, pairs), id=f"another {name}")


@pytest.mark.parametrize("signature", list(other_signatures()))
async def test_other_signatures_are_refused_and_nothing_is_kept(signature: str | None) -> None:
    async with stage(Script(first=GREETING)) as on:
        given = [] if signature is None else [(SIGNATURE.encode(), signature.encode("latin-1"))]
        headers = httpx.Headers(given)
        answer = await on.http.post(PUBLIC + VOICE, data=FORM, headers=headers)
        assert (answer.status_code, answer.content) == (403, b"")
        assert on.office.arrivals == []


async def test_json_without_the_hash_of_its_body_is_refused() -> None:
    async with stage() as on:
        body = json.dumps(FORM)
        headers = {
            SIGNATURE: signature_of(TOKEN, PUBLIC + VOICE), "Content-Type": "application/json"
        }  # fmt: skip
        answer = await on.http.post(PUBLIC + VOICE, content=body, headers=headers)
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"},
        {"X-Forwarded-Port": "8443", "Forwarded": "host=evil.example;proto=http"},
        {"Host": "evil.example"},
    ],
)
async def test_headers_from_outside_change_neither_verdict(headers: dict[str, str]) -> None:
    async with stage(Script(first=GREETING)) as on:
        assert (await post(on, VOICE, FORM, headers=headers)).status_code == 200
        forged = signature_of(TOKEN, "http://evil.example" + VOICE, list(FORM.items()))
        answer = await on.http.post(
            PUBLIC + VOICE, data=FORM, headers={**headers, SIGNATURE: forged}
        )
        assert answer.status_code == 403


async def test_a_replay_changes_nothing_and_a_changed_field_is_refused() -> None:
    def answer(event: LegEvent) -> Program:
        return (PlaySounds(sounds=(Prompt(text="Thank you.", language="en"),)), HangUp())

    async with stage(Script(answer=answer, first=GREETING)) as on:
        first = await post(on, VOICE, FORM)
        path = first.text.partition(PUBLIC)[2].partition('"')[0]
        pressed = {**FORM, "Digits": "1"}
        answers = [await post(on, path, pressed) for _ in range(2)]
        await on.clock.advance(24 * 3600)
        answers.append(await post(on, path, pressed))
        assert {answer.text for answer in answers} == {answers[0].text}
        assert "Thank you." in answers[0].text
        assert len(on.office.heard) == 1
        changed = await post(on, path, {**pressed, "Digits": "2"}, signed=pressed)
        assert changed.status_code == 403
        assert (await post(on, VOICE, FORM)).text.count("<Response>") == 1
        assert len(on.office.arrivals) == 1


@pytest.mark.parametrize("account", ["AC" + "f" * 32, "", None])
async def test_another_account_is_refused_though_it_is_signed(account: str | None) -> None:
    async with stage(Script(first=GREETING)) as on:
        form = {**FORM, "AccountSid": account or ""}
        if account is None:
            del form["AccountSid"]
        assert (await post(on, VOICE, form)).status_code == 403
        assert on.office.arrivals == []


# -- A27: states ---------------------------------------------------------------------------------


async def test_states_of_unknown_calls_are_taken_and_change_nothing() -> None:
    async with stage() as on:
        form = {**FORM, "CallStatus": "completed"}
        assert (await post(on, "/phone/twilio/status", form)).status_code == 204
        assert on.office.heard == []
        assert (await post(on, "/phone/twilio/rooms/con_9", JOINED)).status_code == 204
        assert on.office.heard == []
        step = await post(on, "/phone/twilio/legs/leg_9/gathered?t=x", {**FORM, "Digits": "1"})
        assert "<Hangup" in step.text


JOINED = {
    **FORM, "StatusCallbackEvent": "participant-join", "ParticipantLabel": "leg_9",
    "ConferenceSid": "CF" + "1" * 32, "SequenceNumber": "2",
}  # fmt: skip


async def test_a_status_that_goes_backwards_has_a_lower_number_and_an_old_key() -> None:
    office = Script(legs={"leg_1": a_leg("leg_1", CALL)})
    async with stage(office) as on:
        path = "/phone/twilio/legs/leg_1/status"
        order = ("completed", 3), ("ringing", 1), ("in-progress", 2), ("completed", 3)
        for status, number in order:
            form = {**FORM, "CallStatus": status, "SequenceNumber": str(number)}
            assert (await post(on, path, form)).status_code == 204
        for odd in ("initiated", "queued", "gone mad"):
            form = {**FORM, "CallStatus": odd}
            assert (await post(on, path, form)).status_code == 204
        names = [type(event).__name__ for event in office.heard]
        assert names == ["LegEnded", "LegRinging", "LegAnswered"]
        assert [event.seq for event in office.heard] == [4, 2, 3]
        assert office.legs["leg_1"].is_over


async def test_late_news_of_a_room_does_not_bring_a_leg_back() -> None:
    leg = a_leg("leg_9", CALL, (EnterRoom(room_id="con_2"),))
    async with stage(Script(legs={"leg_9": leg})) as on:
        assert (await post(on, "/phone/twilio/rooms/con_1", JOINED)).status_code == 204
        assert on.office.heard == []
        assert (await post(on, "/phone/twilio/rooms/con_2", JOINED)).status_code == 204
        assert len(on.office.heard) == 1


# -- A29: injection ------------------------------------------------------------------------------

HOSTILE = '</Say><Dial>+19005550100</Dial><Say attr="x">&amp;\x00\x1b\ud800]]>'


async def test_text_of_strangers_stays_text() -> None:
    def answer(event: LegEvent) -> Program:
        assert isinstance(event, Gathered)
        return (PlaySounds(sounds=(Prompt(text=event.words, language="en"),)), HangUp())

    async with stage(Script(answer=answer, first=GREETING)) as on:
        on.office.first = (Gather(sounds=(Prompt(text=HOSTILE, language=HOSTILE),),
                                  words=(HOSTILE,)),)  # fmt: skip
        words = HOSTILE.replace("\ud800", "")
        first = await post(on, VOICE, {**FORM, "From": HOSTILE.replace("\ud800", "")})
        path = first.text.partition(PUBLIC)[2].partition('"')[0]
        second = await post(on, path, {**FORM, "SpeechResult": words, "Digits": "1</Say>"})
        for document in (first.text, second.text):
            assert "<Dial" not in document
            assert "&lt;Dial&gt;+19005550100" in document
            assert "\x00" not in document
        (arrival,), (event,) = on.office.arrivals, on.office.heard
        assert arrival.caller == ""
        assert isinstance(event, Gathered)
        assert event.digits == ""


async def test_a_foreign_token_or_leg_in_an_address_leads_nowhere_else() -> None:
    async with stage(Script(first=GREETING)) as on:
        path = "/phone/twilio/legs/%3CSay%3E/gathered?t=%22%3E%3CDial%3E"
        answer = await post(on, path, {**FORM, "Digits": "1"})
        assert answer.status_code == 200
        assert "<Dial>" not in answer.text


# -- A30: recordings -----------------------------------------------------------------------------


@pytest.mark.parametrize("ref", ["", "RE1", "../Calls", "RE" + "g" * 32, "RE" + "0" * 32 + "/x"])
async def test_only_names_of_recordings_are_fetched(ref: str) -> None:
    async with stage() as on:
        with pytest.raises(SendNever):
            _ = [part async for part in on.engine.fetch_recording(ref)]


async def test_the_address_a_request_names_for_a_recording_is_never_used() -> None:
    office = Script(legs={"leg_1": a_leg("leg_1", CALL, GREETING)})
    async with stage(office) as on:
        form = {
            **FORM, "RecordingSid": "RE" + "1" * 32, "RecordingStatus": "completed",
            "RecordingUrl": "http://169.254.169.254/", "RecordingDuration": "7",
        }  # fmt: skip
        path = "/phone/twilio/legs/leg_1/recordings/rec_1"
        assert (await post(on, path, form)).status_code == 204
        assert "169.254" not in repr(on.office.heard)
        (event,) = on.office.heard
        assert isinstance(event, RecordingReady)
        assert event.ref == form["RecordingSid"]


# -- A32: sensitive digits -----------------------------------------------------------------------


async def test_digits_are_in_no_log_and_no_address(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    canary = "4929130716041989"

    async def broken(event: LegEvent) -> Program | None:
        raise RuntimeError("the store broke")

    async with stage(Script(first=GREETING)) as on:
        on.office.hear = broken  # type: ignore[method-assign]
        first = await post(on, VOICE, FORM)
        path = first.text.partition(PUBLIC)[2].partition('"')[0]
        answer = await post(on, path, {**FORM, "Digits": canary})
        assert canary not in answer.text
        assert canary not in str(answer.headers)
    said = capsys.readouterr()
    assert canary not in said.out + said.err + caplog.text


# -- limits --------------------------------------------------------------------------------------


async def test_ten_megabytes_are_refused_at_once_and_the_loop_goes_on() -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(160):
            yield b"x" * 65_536

    async with stage() as on:
        beats = asyncio.create_task(_longest_pause())
        for content in (b"a=" + b"x" * 10_000_000, endless()):
            answer = await on.http.post(PUBLIC + VOICE, content=content)
            assert answer.status_code == 413
        many = urlencode([("a", "b")] * 5_000)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await on.http.post(PUBLIC + VOICE, content=many, headers=headers)
        assert answer.status_code == 403
        beats.cancel()
        with pytest.raises(asyncio.CancelledError):
            await beats


async def _longest_pause() -> None:
    """Fail when nobody else got a turn for a quarter of a second of CPU time."""
    while True:
        before = time.process_time()
        await asyncio.sleep(0)
        assert time.process_time() - before < 0.25


async def test_an_answer_that_takes_too_long_asks_to_come_back_and_loses_nothing() -> None:
    class Slow(Script):
        gate = asyncio.Event()

        async def hear(self, event: LegEvent) -> Program | None:
            await self.gate.wait()
            return await super().hear(event)

    office = Slow(first=GREETING, answer=lambda _: (HangUp(),))
    async with stage(office, answer_seconds=0.05) as on:
        first = await post(on, VOICE, FORM)
        path = first.text.partition(PUBLIC)[2].partition('"')[0]
        waits = await post(on, path, {**FORM, "Digits": "7"})
        assert "<Pause" in waits.text
        again = waits.text.partition(PUBLIC)[2].partition("<")[0].replace("&amp;", "&")
        office.gate.set()
        answer = await post(on, again, FORM)  # a redirect brings no digits: they were taken
        assert "<Hangup" in answer.text
        assert [getattr(event, "digits", None) for event in office.heard] == ["7"]


@pytest.mark.parametrize(
    ("error", "says"),
    [(Unavailable("busy"), "<Redirect"), (RuntimeError("x"), "<Redirect"),
     (NotFound("no_leg"), "<Hangup")],
)  # fmt: skip
async def test_whatever_breaks_the_caller_hears_something(error: Exception, says: str) -> None:
    async def broken(event: LegEvent) -> Program | None:
        raise error

    async with stage(Script(first=GREETING)) as on:
        on.office.hear = broken  # type: ignore[method-assign]
        path = "/phone/twilio/legs/leg_1/gathered?t=abc"
        for _ in range(3):
            answer = await post(on, path, FORM)
            assert says in answer.text
            path = answer.text.partition(PUBLIC)[2].partition("<")[0].replace("&amp;", "&") or path
        if says == "<Redirect":
            answer = await post(on, path, FORM)
            assert "<Say" in answer.text
            assert "<Hangup" in answer.text
        state = await post(on, "/phone/twilio/legs/leg_1/status", FORM)
        assert state.status_code == (204 if isinstance(error, NotFound) else 503)


async def test_a_lost_line_is_told_with_its_cause() -> None:
    office = Script(legs={"leg_1": a_leg("leg_1", CALL)})
    async with stage(office) as on:
        form = {**FORM, "CallStatus": "failed"}
        await post(on, "/phone/twilio/legs/leg_1/status", form)
        (event,) = office.heard
        assert isinstance(event, LegEnded)
        assert event.cause is EndCause.FAILED
