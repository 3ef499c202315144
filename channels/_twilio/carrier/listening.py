"""`Gather` and `Record`: waiting for keys or words while something plays, with time limits."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from channels._twilio.carrier.call import Call, Callback, Recording
from channels._twilio.carrier.document import Verb
from channels._twilio.carrier.handset import Handset

if TYPE_CHECKING:
    from channels._twilio.carrier.carrier import Carrier

CONFIDENCE: Final = "0.92"
WORD_SECONDS: Final = 0.4
Sound = Callable[[Verb], Awaitable[None]]


async def gather(
    carrier: "Carrier", call: Call, verb: Verb, sound: Sound
) -> Mapping[str, str] | None:
    """Return what was pressed or said; None when nothing was."""
    handset, hears = call.handset, verb.attributes.get("input", "dtmf").split()
    handset.keys.clear()
    handset.words.clear()
    handset.is_listened = True
    try:
        if not await _until_first(handset, hears, _sounds(verb, sound)):
            seconds = verb.number("timeout", 5)
            if not await _within(carrier, handset, seconds, lambda: _is_any(handset, hears)):
                return None
        if "speech" in hears and handset.words and not handset.keys:
            return {"SpeechResult": handset.words.popleft(), "Confidence": CONFIDENCE}
        return {"Digits": await _digits(carrier, handset, verb)}
    finally:
        handset.is_listened = False


async def record(carrier: "Carrier", call: Call, verb: Verb) -> Mapping[str, str] | None:
    """Return the facts of a recording; None when nothing was said, which skips the action."""
    handset = call.handset
    handset.keys.clear()
    handset.words.clear()
    if verb.flag("playBeep", default=True):
        carrier.hear(call, "tone", "beep")
    began_at, said_seconds = carrier.clock.now(), 0.0
    silence, most = verb.number("timeout", 5), verb.number("maxLength", 3600)
    while carrier.clock.now() - began_at < most:
        left = most - (carrier.clock.now() - began_at)
        is_woken = await _within(
            carrier, handset, min(silence, left), lambda: bool(handset.keys or handset.words)
        )
        if not is_woken:
            break
        if handset.keys:
            if handset.keys.popleft() in verb.attributes.get("finishOnKey", "1234567890*#"):
                break
            continue
        seconds = max(1.0, WORD_SECONDS * len(handset.words.popleft().split()))
        said_seconds += seconds
        await carrier.clock.sleep(seconds)
    if not said_seconds:
        return None
    recording = Recording(
        sid=carrier.sid("RE"), call_sid=call.sid, started_at=began_at, channels=1,
        source="RecordVerb", callback=_callback(verb), seconds=said_seconds,
    )  # fmt: skip
    call.recordings.append(recording)
    carrier.finish_recording(call, recording)
    return {
        "RecordingSid": recording.sid,
        "RecordingUrl": carrier.recording_url(recording),
        "RecordingDuration": str(round(said_seconds)),
    }


def _callback(verb: Verb) -> Callback:
    events = verb.attributes.get("recordingStatusCallbackEvent", "completed").split()
    return Callback(
        url=verb.attributes.get("recordingStatusCallback", ""),
        method=verb.attributes.get("recordingStatusCallbackMethod", "POST"),
        events=frozenset(events),
    )


async def _sounds(verb: Verb, sound: Sound) -> None:
    for child in verb.children:
        await sound(child)


async def _until_first(handset: Handset, hears: list[str], playing: Awaitable[None]) -> bool:
    """Play until the end or the first key or word; True when there was one."""
    task = asyncio.ensure_future(playing)
    try:
        is_there = await _woken(handset, task, lambda: _is_any(handset, hears))
        if task.done():
            await task
        return is_there
    finally:
        # Never `await task` here: who cancels us meanwhile would be taken for its end.
        task.cancel()
        await asyncio.wait({task})
        _ = task.cancelled() or task.exception()  # looked at, else the loop complains


async def _digits(carrier: "Carrier", handset: Handset, verb: Verb) -> str:
    finish = verb.attributes.get("finishOnKey", "#")
    most = int(verb.number("numDigits", 1000))
    taken = ""
    while len(taken) < most:
        if not handset.keys and not await _within(
            carrier, handset, verb.number("timeout", 5), lambda: bool(handset.keys)
        ):
            return taken
        key = handset.keys.popleft()
        if key and key in finish:
            return taken
        taken += key
    return taken


async def _within(
    carrier: "Carrier", handset: Handset, seconds: float, true: Callable[[], bool]
) -> bool:
    """Wait until something on the handset is so, or for so long."""
    timer = asyncio.ensure_future(carrier.clock.sleep(seconds))
    try:
        return await _woken(handset, timer, true)
    finally:
        timer.cancel()


async def _woken(handset: Handset, until: "asyncio.Future[None]", true: Callable[[], bool]) -> bool:
    """Look at each key and word whether it is so, until something else is done."""
    while not true():
        if until.done():
            return False
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        ear = partial(_wake, woken)
        handset.ears.append(ear)
        try:
            await asyncio.wait({until, woken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            handset.ears.remove(ear)
    return True


def _wake(woken: "asyncio.Future[None]") -> None:
    if not woken.done():
        woken.set_result(None)


def _is_any(handset: Handset, hears: list[str]) -> bool:
    return bool(("dtmf" in hears and handset.keys) or ("speech" in hears and handset.words))
