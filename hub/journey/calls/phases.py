"""What an answer means in each Phase of a customer's Leg; a menu's is for self-service."""

from collections.abc import Callable, Mapping
from typing import Final

from hub.domain.calls import Gathered, LegEvent, MessageRecorded
from hub.domain.states import ContactState
from hub.journey.calls.confirm import confirmed
from hub.journey.calls.connect import put_on
from hub.journey.calls.legs import Phase
from hub.journey.calls.line import music_only, wait_program
from hub.journey.calls.survey_keys import SCORES, question
from hub.journey.calls.ways import (
    BACK,
    Line,
    ask_number,
    number_given,
    offer_by_voice,
    say_goodbye,
    take_voicemail,
    voicemail_taken,
)
from hub.journey.calls.words import prompt
from hub.journey.close import end_contact
from hub.journey.context import Hub
from hub.journey.survey import score_given
from hub.store.unit import Unit

_IN_LINE: Final = (ContactState.QUEUED, ContactState.RESERVED)


def _waiting(hub: Hub, line: Line, event: LegEvent) -> Unit[None]:
    digits = event.digits if isinstance(event, Gathered) else ""
    if not (yield from _way(hub, line, digits)):
        yield from _wait_on(hub, line)


def _way(hub: Hub, line: Line, digits: str) -> Unit[bool]:
    """Take the way that the key stands for; False when it stands for none."""
    keys = hub.phone.waiting
    if digits and digits == keys.callback_key:
        yield from ask_number(hub, line)
    elif digits and digits == keys.voicemail_key:
        yield from take_voicemail(hub, line)
    else:
        return False
    return True


def _wait_on(hub: Hub, line: Line) -> Unit[None]:
    """Back to the line, or to the closed door."""
    if line.contact.state in _IN_LINE:
        program = yield from wait_program(hub, line.contact, line.call, line.at)
        yield from put_on(hub, line.call, line.leg, program, Phase.WAITING)
        return
    cause, queue_id = line.memory.get("cause"), line.memory.get("queue_id")
    if cause is None or line.memory.get("tries", 0) <= 0:
        yield from end_contact(
            hub, line.contact, line.at, by="system", reason=str(cause or "nothing_said")
        )
        return
    yield from offer_by_voice(hub, line, cause=str(cause), queue_id=str(queue_id))


def _ways(hub: Hub, line: Line, event: LegEvent) -> Unit[None]:
    digits = event.digits if isinstance(event, Gathered) else ""
    if not (yield from _way(hub, line, digits)):
        yield from _wait_on(hub, line)


def _callback(hub: Hub, line: Line, event: LegEvent) -> Unit[None]:
    digits = event.digits if isinstance(event, Gathered) else ""
    if not digits or digits == BACK:
        yield from _wait_on(hub, line)
    elif not (yield from number_given(hub, line, digits)):
        misses = int(line.memory.get("misses", 0)) + 1
        line = line._replace(memory={**line.memory, "misses": misses})
        if misses > 2:
            yield from _wait_on(hub, line)
        else:
            yield from ask_number(hub, line, before=(prompt("callback_bad", line.language),))


def _voicemail(hub: Hub, line: Line, event: LegEvent) -> Unit[None]:
    if isinstance(event, MessageRecorded) and not (yield from voicemail_taken(hub, line, event)):
        yield from _wait_on(hub, line)


def _connecting(hub: Hub, line: Line, _: LegEvent) -> Unit[None]:
    yield from put_on(hub, line.call, line.leg, music_only(hub), Phase.CONNECTING)


def _confirm(hub: Hub, line: Line, event: LegEvent) -> Unit[None]:
    digits = event.digits if isinstance(event, Gathered) else ""
    yield from confirmed(hub, line.leg, line.memory, digits)


def _survey(hub: Hub, line: Line, event: LegEvent) -> Unit[None]:
    digits = event.digits if isinstance(event, Gathered) else ""
    survey_id, tries = str(line.memory["survey_id"]), int(line.memory["tries"]) - 1
    if digits in SCORES:
        yield from score_given(hub, survey_id, int(digits))
        yield from say_goodbye(hub, line, "thanks")
    elif digits and tries > 0:
        asked = question(line.language, survey_id, tries)
        yield from put_on(hub, line.call, line.leg, *asked)
    else:
        yield from say_goodbye(hub, line, "goodbye")


PHASES: Final[Mapping[Phase, Callable[[Hub, Line, LegEvent], Unit[None]]]] = {
    Phase.WAITING: _waiting,
    Phase.WAYS: _ways,
    Phase.CALLBACK: _callback,
    Phase.VOICEMAIL: _voicemail,
    Phase.CONNECTING: _connecting,
    Phase.CONFIRM: _confirm,
    Phase.SURVEY: _survey,
}
