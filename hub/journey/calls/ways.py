"""Other ways than waiting, by voice: to be called back, or to leave a message."""

from typing import Any, Final, NamedTuple

from hub.domain.calls import Gather, HangUp, MessageRecorded, PlaySounds, RecordMessage, Sound
from hub.domain.errors import Invalid
from hub.journey.calls.connect import NO_MEMORY, put_on
from hub.journey.calls.legs import CallRow, LegRow, Phase, number_of_leg
from hub.journey.calls.line import spoken_ways
from hub.journey.calls.lists import VOICEMAIL
from hub.journey.calls.numbers import international
from hub.journey.calls.recordings import keep_recording
from hub.journey.calls.words import prompt
from hub.journey.close import end_contact
from hub.journey.contact_row import ContactRow
from hub.journey.context import Hub
from hub.journey.floor import promise
from hub.journey.work.open import NewTask, add_task
from hub.journey.work.task_row import Words
from hub.store.rows import change, find, put
from hub.store.tables import CallRecording
from hub.store.unit import Unit

CONFIRM, BACK = "1", "*"
TRIES: Final = 2


class Line(NamedTuple):
    """A held call whose caller has answered, and what the answer is about."""

    contact: ContactRow
    call: CallRow
    leg: LegRow
    at: float
    memory: dict[str, Any]

    @property
    def language(self) -> str:
        """The caller's language."""
        return self.contact.language


def offer_by_voice(
    hub: Hub, line: Line, *, cause: str, queue_id: str, before: tuple[Sound, ...] = ()
) -> Unit[None]:
    """Say that nobody can answer, and with which keys the caller may go on."""
    ways = spoken_ways(hub.phone.waiting, line.language)
    sounds = (*before, prompt(cause, line.language), *ways, prompt("or_hang_up", line.language))
    tries = int(line.memory.get("tries", TRIES)) - 1
    memory = {"cause": cause, "queue_id": queue_id, "tries": tries}
    gather = Gather(sounds=sounds, language=line.language)
    yield from put_on(hub, line.call, line.leg, (gather,), Phase.WAYS, memory)


def take_voicemail(hub: Hub, line: Line) -> Unit[None]:
    """Record a message; an agent who becomes free meanwhile is not kept waiting for it."""
    recording_id = hub.new_id("rec")
    yield put(
        CallRecording, id=recording_id, contact_id=line.contact.id,
        conversation_id=line.contact.conversation_id, leg_id=line.leg.id,
        engine=line.call.engine, kind=VOICEMAIL, language=line.language, started_at=line.at,
    )  # fmt: skip
    program = (
        PlaySounds(sounds=(prompt("voicemail", line.language),)),
        RecordMessage(
            recording_id=recording_id, most_seconds=hub.phone.recording.voicemail_seconds
        ),
    )
    memory = {**line.memory, "recording_id": recording_id, "queue_id": _queue_of(hub, line)}
    yield from put_on(hub, line.call, line.leg, program, Phase.VOICEMAIL, memory)


def voicemail_taken(hub: Hub, line: Line, told: MessageRecorded) -> Unit[bool]:
    """Promise an answer to a message; False when nothing was said."""
    if not (yield from _keep_message(hub, line.contact, line.leg.id, told, line.at)):
        return False
    yield from end_contact(hub, line.contact, line.at, by="system", reason="message_left")
    yield from say_goodbye(hub, line, "voicemail_left")
    return True


def message_came_late(
    hub: Hub, contact: ContactRow, leg: LegRow, told: MessageRecorded
) -> Unit[None]:
    """The caller spoke and hung up, and the engine told the end first: the message counts."""
    yield from _keep_message(hub, contact, leg.id, told, hub.clock.now())


def _keep_message(
    hub: Hub, contact: ContactRow, leg_id: str, told: MessageRecorded, at: float
) -> Unit[bool]:
    """Store once what is known of a message, with the Task to answer it."""
    rows = yield find(CallRecording, "state", "contact_id", lock=True, id=told.recording_id)
    if not rows or rows[0] != ("recording", contact.id):
        return False
    is_empty = told.seconds <= 0
    yield change(
        CallRecording, told.recording_id, state="empty" if is_empty else "ended",
        ended_at=at, seconds=told.seconds, ref=told.ref or None,
    )  # fmt: skip
    if is_empty:
        return False
    yield from keep_recording(hub, told.recording_id, contact.id)
    number = yield from number_of_leg(hub, leg_id)
    evidence = [("recording", told.recording_id), ("seconds", f"{told.seconds:.0f}")]
    if number:
        evidence.append(("number", number))
    task = NewTask(
        kind=VOICEMAIL,
        by="system",
        due_at=at,
        words=Words("", tuple(evidence)),
        queue_id=contact.queue_id,
        contact_id=contact.id,
        customer_id=contact.customer_id,
        language=contact.language,
    )
    yield from add_task(hub, task)
    return True


def ask_number(hub: Hub, line: Line, *, before: tuple[Sound, ...] = ()) -> Unit[None]:
    """Ask which number to call; who waits keeps the place, and is put through when it is free."""
    number = yield from number_of_leg(hub, line.leg.id)
    if number:
        ask = prompt("callback_this", line.language, tail=" ".join(number[-4:]))
    else:
        ask = prompt("callback_which", line.language)
    gather = Gather(
        sounds=(*before, ask), language=line.language, most_digits=16, between_seconds=4.0
    )
    memory = {**line.memory, "queue_id": _queue_of(hub, line)}
    yield from put_on(hub, line.call, line.leg, (gather,), Phase.CALLBACK, memory)


def number_given(hub: Hub, line: Line, digits: str) -> Unit[bool]:
    """Promise a call to the number that was entered or confirmed; False for one we cannot call."""
    if digits == CONFIRM:
        number = yield from number_of_leg(hub, line.leg.id)
    else:
        try:
            number = international(digits, hub.phone.dial_out.plan)
        except Invalid:
            number = ""
    if not number.startswith(hub.phone.dial_out.prefixes):
        return False
    queue_id = str(line.memory["queue_id"])
    opens_at = hub.setup.next_opening(queue_id, line.at)
    due_at = line.at if opens_at is None else max(line.at, opens_at)
    call = promise.Call(number=number, due_at=due_at, when="")
    yield from promise.take_callback(hub, line.contact, queue_id, call, line.at)
    yield from say_goodbye(hub, line, "callback_promised")
    return True


def say_goodbye(hub: Hub, line: Line, code: str) -> Unit[None]:
    """Say the last word and hang up."""
    program = (PlaySounds(sounds=(prompt(code, line.language),)), HangUp())
    yield from put_on(hub, line.call, line.leg, program, Phase.GOODBYE, NO_MEMORY)


def _queue_of(hub: Hub, line: Line) -> str:
    named = line.memory.get("queue_id") or line.contact.queue_id
    fallback = hub.phone.number_of(line.call.account).queue_id or next(iter(hub.setup.queues))
    return str(named or fallback)
