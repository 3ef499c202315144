"""What a webhook's form says, as words of the hub. Pure; keys make a repeated request one event."""

import re
from email.utils import parsedate_to_datetime
from typing import Final

from channels._twilio.door import Form
from channels.phone.twilio.office import ENGINE
from channels.phone.twilio.places import token_of
from hub.domain.calls import (
    Arrival,
    EndCause,
    Gathered,
    LegAnswered,
    LegEnded,
    LegEvent,
    LegRinging,
    MessageRecorded,
    ProgramEnded,
    RecordingReady,
    RoomEntered,
    RoomLeft,
    WaitOver,
)

WORDS_MOST: Final = 500
CLOCKS_APART_SECONDS: Final = 300
"""The provider's clock may be so far behind ours."""
IN_ONE_SECOND: Final = 1000
_CALL: Final = re.compile(r"CA[0-9a-fA-F]{32}")
_RECORDING: Final = re.compile(r"RE[0-9a-fA-F]{32}")
_DIGITS: Final = re.compile(r"[0-9*#]{1,32}")
_NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_CALLED: Final = re.compile(r"\+?[0-9]{3,16}")
WITHHELD: Final = frozenset({"+266696687", "+7378742833", "+86282452253", "+8656696"})
"""Numbers that spell ANONYMOUS, RESTRICTED, UNAVAILABLE or UNKNOWN on a keypad."""
_ENDS: Final = {
    "completed": EndCause.HUNG_UP,
    "canceled": EndCause.HUNG_UP,
    "busy": EndCause.BUSY,
    "no-answer": EndCause.NO_ANSWER,
    "failed": EndCause.FAILED,
}


def call_ref(form: Form) -> str | None:
    """Return the CallSid; None when there is none."""
    ref = form.get("CallSid", "")
    return ref if _CALL.fullmatch(ref) else None


def arrival(form: Form, ref: str) -> Arrival:
    """Return an incoming call; a withheld or odd number of the caller is none."""
    caller, called = form.get("From", ""), form.get("To", "")
    is_shown = bool(_NUMBER.fullmatch(caller)) and caller not in WITHHELD
    return Arrival(
        engine=ENGINE,
        ref=ref,
        called=called if _CALLED.fullmatch(called) else "",
        caller=caller if is_shown else "",
    )


def arrival_token(ref: str) -> str:
    """Return the token of a call's first turn."""
    return token_of(f"arrive.{ref}")


def next_event(leg_id: str, what: str, token: str, form: Form) -> LegEvent | None:
    """Return what ended a blocking step; None when `what` is no such thing."""
    key = f"{what}.{token}"
    match what.partition("."):
        case ("gathered" | "keyed" | "keyed_parked", "", ""):
            digits, words = form.get("Digits", ""), form.get("SpeechResult", "")
            return Gathered(
                leg_id=leg_id,
                key=key,
                digits=digits if _DIGITS.fullmatch(digits) else "",
                words=words[:WORDS_MOST],
            )
        case ("played", "", ""):
            return ProgramEnded(leg_id=leg_id, key=key)
        case ("waited", "", ""):
            return WaitOver(leg_id=leg_id, key=key)
        case ("recorded", ".", recording_id):
            return _message(leg_id, key, recording_id, form)
    return None


def _message(leg_id: str, key: str, recording_id: str, form: Form) -> LegEvent:
    ref = form.get("RecordingSid", "")
    is_there = bool(_RECORDING.fullmatch(ref))
    return MessageRecorded(
        leg_id=leg_id,
        key=key,
        recording_id=recording_id,
        seconds=_seconds(form) if is_there else 0.0,
        ref=ref if is_there else "",
    )


def answered(leg_id: str, form: Form, ref: str) -> LegEvent:
    """Return that a dialled Leg answered; a machine is nobody."""
    if form.get("AnsweredBy", "").startswith(("machine", "fax")):
        return LegEnded(leg_id=leg_id, key=f"{ref}.machine", cause=EndCause.VOICEMAIL)
    return LegAnswered(leg_id=leg_id, key=f"{ref}.in-progress", ref=ref)


def state_told(leg_id: str, form: Form, ref: str) -> LegEvent | None:
    """Return what a status callback says; None for what changes nothing."""
    status, seq = form.get("CallStatus", ""), _whole(form.get("SequenceNumber", "")) + 1
    key = f"{ref}.{status}"
    if status == "ringing":
        return LegRinging(leg_id=leg_id, key=key, seq=seq, ref=ref)
    if status == "in-progress":
        return LegAnswered(leg_id=leg_id, key=key, seq=seq, ref=ref)
    cause = _ENDS.get(status)
    if cause is None:
        return None
    if cause is EndCause.BUSY and form.get("To", "").startswith("client:"):
        cause = EndCause.REJECTED  # a softphone has no busy line: a person pressed the button
    return LegEnded(leg_id=leg_id, key=key, seq=seq, cause=cause)


def member_of(form: Form) -> str | None:
    """Return the Leg that came into a room or left it; None for other news of a room."""
    is_move = form.get("StatusCallbackEvent") in ("participant-join", "participant-leave")
    return form.get("ParticipantLabel") or None if is_move else None


def room_told(room_id: str, form: Form, started_at: float) -> LegEvent:
    """Return that a Leg, which began at a time (epoch seconds), came or went.

    Each Conference counts anew and one room may be several of them, one after the other: so time
    comes first in the order on the Leg. It is counted from the Leg's beginning, to stay small.
    """
    what = form.get("StatusCallbackEvent", "")
    count = form.get("SequenceNumber", "")
    key = ".".join((what, form.get("ConferenceSid", ""), form.get("CallSid", ""), count))
    age_seconds = max(0, int(_when(form, started_at) - started_at) + CLOCKS_APART_SECONDS)
    kind = RoomEntered if what == "participant-join" else RoomLeft
    return kind(
        leg_id=form["ParticipantLabel"],
        key=key,
        room_id=room_id,
        seq=age_seconds * IN_ONE_SECOND + min(_whole(count), IN_ONE_SECOND - 1),
    )


def _when(form: Form, otherwise: float) -> float:
    try:
        return parsedate_to_datetime(form.get("Timestamp", "")).timestamp()
    except ValueError:
        return otherwise


def recording_told(leg_id: str, recording_id: str, form: Form) -> LegEvent | None:
    """Return that a room's recording can be fetched, or that there will be none."""
    ref, status = form.get("RecordingSid", ""), form.get("RecordingStatus", "")
    if not _RECORDING.fullmatch(ref) or status not in ("completed", "absent"):
        return None
    is_there = status == "completed"
    return RecordingReady(
        leg_id=leg_id,
        key=f"{ref}.{status}",
        recording_id=recording_id,
        seconds=_seconds(form) if is_there else 0.0,
        ref=ref if is_there else "",
    )


def is_recording_ref(ref: str) -> bool:
    """Tell whether a text is the provider's name of a recording, and nothing more."""
    return bool(_RECORDING.fullmatch(ref))


def _seconds(form: Form) -> float:
    return float(_whole(form.get("RecordingDuration", "")))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
