"""A Program as TwiML: a pure function. The same program and turn give the same document.

Texts go in as text of the official builder, which escapes them; characters that XML cannot hold
are dropped first. Addresses in a document are our own (`places`).
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from channels.phone.twilio.places import Places
from hub.domain.calls import (
    EndCause,
    EnterRoom,
    Gather,
    HangUp,
    Music,
    PlaySounds,
    Program,
    Prompt,
    RecordMessage,
    Reject,
    RoomRole,
    Silence,
    Sound,
    Wait,
)

INLINE_CHARACTERS: Final = 4000
"""The longest document that goes with a request."""
MOST_IN_ROOM: Final = 10
MUSIC_SECONDS: Final = (5, 10, 20, 30, 60)
"""Lengths there are files of; the nearest is taken."""
QUEUE: Final = "waiting"
ROOM_EVENTS: Final = "start end join leave mute hold"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How words of one language are said and understood."""

    say_language: str
    name: str
    speech_language: str


VOICES: Final[Mapping[str, Voice]] = {
    "en": Voice(say_language="en-GB", name="Polly.Amy-Neural", speech_language="en-GB"),
    "zh": Voice(say_language="cmn-CN", name="Polly.Zhiyu-Neural", speech_language="cmn-Hans-CN"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What documents look like here: addresses, voices, which prompts are recorded."""

    places: Places
    voices: Mapping[str, Voice] = field(default_factory=lambda: VOICES)
    recorded: frozenset[tuple[str, str]] = frozenset()
    """Language and name of the prompts that there is a recording of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Which Leg runs the program, and the token of this turn."""

    leg_id: str
    token: str
    coached_ref: str = ""
    """The provider's name of the coached Leg, where the program coaches one."""


def document(program: Program, turn: Turn, style: Style) -> str:
    """Return the TwiML that runs a program; an empty one is for a Leg that is over."""
    response = _response()
    for step in program:
        _add(response, step, turn, style)
    if not program:
        response.hangup()
    elif isinstance(program[-1], PlaySounds):
        response.redirect(style.places.leg(turn.leg_id, "played", turn.token))
    return _text(response)


def waiting(program: Program, turn: Turn, style: Style) -> str | None:
    """Return what a parked Leg hears next; None when it must be taken out for the program."""
    if not program or not isinstance(program[-1], Wait):
        return None
    if any(not isinstance(step, PlaySounds) for step in program[:-1]):
        return None
    response = _response()
    for step in program:
        if isinstance(step, PlaySounds):
            _play(response, step.sounds, style)
        elif isinstance(step, Wait):
            _entertain(response, step, turn, style, is_parked=True)
    response.redirect(style.places.leg(turn.leg_id, "waited", turn.token))
    return _text(response)


def unpark() -> str:
    """Return what takes a parked Leg out; it goes on at the action of its `Enqueue`."""
    response = _response()
    response.leave()
    return _text(response)


def sounds_only(sounds: Sequence[Sound], style: Style, digits: str = "") -> str:
    """Return sounds, and keys pressed towards the far end, for announcements in a room."""
    response = _response()
    _play(response, sounds, style)
    if digits:
        response.play(digits=digits)
    return _text(response)


def on_hold(style: Style) -> str:
    """Return the music of a held Leg; the provider asks again at its end."""
    return sounds_only((Music(seconds=60),), style)


def once_more(url: str, pause_seconds: int) -> str:
    """Return a short silence, then the same question: the answer was not ready in time."""
    response = _response()
    response.pause(length=pause_seconds)
    response.redirect(url)
    return _text(response)


def park(turn: Turn, style: Style) -> str:
    """Return a place to wait in, whose first sounds are the hub's next word."""
    response = _response()
    _enqueue(response, turn, style)
    return _text(response)


def a_moment(turn: Turn, style: Style, *, is_parked: bool) -> str:
    """Return a little music for a Leg whose next program is on its way as a command."""
    response = _response()
    _play(response, (Music(seconds=10),), style)
    what = "waited" if is_parked else "played"
    response.redirect(style.places.leg(turn.leg_id, what, turn.token))
    return _text(response)


def hang_up() -> str:
    """Return the end of a call."""
    response = _response()
    response.hangup()
    return _text(response)


def sorry(style: Style, texts: Sequence[tuple[str, str]]) -> str:
    """Return the last resort, in every language, then hang up."""
    response = _response()
    _play(response, [Prompt(text=text, language=language) for language, text in texts], style)
    response.hangup()
    return _text(response)


def nothing() -> str:
    """Return an empty document."""
    return _text(_response())


# -- steps ---------------------------------------------------------------------------------------


def _add(response: Any, step: object, turn: Turn, style: Style) -> None:
    match step:
        case PlaySounds():
            _play(response, step.sounds, style)
        case Gather():
            _gather(response, step, turn, style)
        case Wait():
            _entertain(response, step, turn, style)
            _enqueue(response, turn, style)
        case RecordMessage():
            _record(response, step, turn, style)
        case EnterRoom():
            _enter(response, step, turn, style)
        case HangUp():
            response.hangup()
        case Reject():
            response.reject(reason="busy" if step.cause is EndCause.BUSY else "rejected")
        case _:
            raise TypeError(type(step).__name__)


def _gather(response: Any, step: Gather, turn: Turn, style: Style) -> None:
    """Twilio has one time limit for the first and for further keys: the longer one."""
    seconds = step.first_seconds if step.most_digits == 1 else max(
        step.first_seconds, step.between_seconds
    )  # fmt: skip
    spoken: dict[str, Any] = {}
    if step.words and not step.is_sensitive:
        spoken = {
            "language": _voice(style, step.language).speech_language,
            "hints": ", ".join(_clean(word) for word in step.words),
            "speech_timeout": "auto",
        }
    gather = response.gather(
        input="dtmf speech" if spoken else "dtmf",
        action=style.places.leg(turn.leg_id, "gathered", turn.token),
        action_on_empty_result=True,
        num_digits=step.most_digits,
        finish_on_key=step.finish_on,
        timeout=math.ceil(seconds),
        **spoken,
    )
    _play(gather, step.sounds, style)


def _entertain(
    response: Any, step: Wait, turn: Turn, style: Style, *, is_parked: bool = False
) -> None:
    # Without any sound the provider would ask again at once, for ever.
    sounds = step.sounds or (Silence(seconds=5),)
    if not step.keys:
        _play(response, sounds, style)
        return
    gather = response.gather(
        input="dtmf",
        action=style.places.leg(turn.leg_id, "keyed_parked" if is_parked else "keyed", turn.token),
        num_digits=1,
        finish_on_key="",
        timeout=1,
    )
    _play(gather, sounds, style)


def _enqueue(response: Any, turn: Turn, style: Style) -> None:
    response.enqueue(
        QUEUE,
        wait_url=style.places.leg(turn.leg_id, "waited", turn.token),
        action=style.places.leg(turn.leg_id, "left", turn.token),
    )


def _record(response: Any, step: RecordMessage, turn: Turn, style: Style) -> None:
    done = style.places.leg(turn.leg_id, f"recorded.{step.recording_id}", turn.token)
    response.record(
        action=done,
        max_length=math.ceil(step.most_seconds),
        timeout=math.ceil(step.silence_seconds),
        finish_on_key=step.finish_on,
        play_beep=True,
        trim="trim-silence",
    )
    response.redirect(done)  # reached when nothing was said


def _enter(response: Any, step: EnterRoom, turn: Turn, style: Style) -> None:
    dial = response.dial(action=style.places.leg(turn.leg_id, "out", turn.token))
    roles: dict[str, Any] = {"muted": True} if step.role is RoomRole.LISTEN else {}
    if step.role is RoomRole.COACH:
        roles = {"coach": turn.coached_ref}
    dial.conference(
        step.room_id,
        participant_label=turn.leg_id,
        beep="false",
        start_conference_on_enter=True,
        end_conference_on_exit=False,
        max_participants=MOST_IN_ROOM,
        wait_url="",
        status_callback=style.places.room(step.room_id),
        status_callback_event=ROOM_EVENTS,
        **roles,
    )


# -- sounds --------------------------------------------------------------------------------------


def _play(parent: Any, sounds: Sequence[Sound], style: Style) -> None:
    for sound in sounds:
        match sound:
            case Prompt():
                _prompt(parent, sound, style)
            case Music():
                parent.play(style.places.music(_music_seconds(sound.seconds)))
            case Silence():
                parent.pause(length=max(1, round(sound.seconds)))


def _prompt(parent: Any, prompt: Prompt, style: Style) -> None:
    if prompt.name and (prompt.language, prompt.name) in style.recorded:
        parent.play(style.places.prompt(prompt.language, prompt.name))
        return
    if text := _clean(prompt.text):
        voice = _voice(style, prompt.language)
        parent.say(text, language=voice.say_language, voice=voice.name)


def _music_seconds(seconds: float) -> int:
    return min(MUSIC_SECONDS, key=lambda there: abs(there - seconds))


def _voice(style: Style, language: str) -> Voice:
    return style.voices.get(language) or style.voices["en"]


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text).strip()


def _response() -> Any:
    from twilio.twiml.voice_response import VoiceResponse  # noqa: PLC0415  only a Twilio hub

    return VoiceResponse()


def _text(response: Any) -> str:
    return str(response)
