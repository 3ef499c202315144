"""The carrier's state: calls, rooms, queues, recordings; and what happens to them."""

import asyncio
import hashlib
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import httpx2 as httpx

from channels._twilio.carrier.call import EVENT_OF, Call, Callback, Recording
from channels._twilio.carrier.dialling import Dialling
from channels._twilio.carrier.faults import Faults
from channels._twilio.carrier.handset import Caption, FarEnd, Handset
from channels._twilio.carrier.messenger import Messenger
from channels._twilio.carrier.room import Participant, Room
from channels._twilio.carrier.runner import Next, Runner
from channels._twilio.carrier.streams import Streams, fresh
from channels._twilio.carrier.texting import Texts
from channels._twilio.carrier.views import when
from hub.ports import Clock

API: Final = "2010-04-01"
ROOM_EVENT: Final = {
    "conference-start": "start",
    "conference-end": "end",
    "participant-join": "join",
    "participant-leave": "leave",
    "participant-mute": "mute",
    "participant-unmute": "mute",
    "participant-hold": "hold",
    "participant-unhold": "hold",
    "participant-modify": "modify",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A number of the account, and what answers it."""

    voice_url: str
    fallback_url: str = ""
    status_url: str = ""
    sms_url: str = ""
    sms_fallback_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierAccount:
    """The one account there is."""

    sid: str
    auth_token: str = field(repr=False)
    key_sid: str = ""
    key_secret: str = field(default="", repr=False)


class Carrier:
    """A carrier with one account."""

    def __init__(
        self, account: CarrierAccount, http: httpx.AsyncClient, clock: Clock, faults: Faults
    ) -> None:
        self.account, self.clock, self.faults = account, clock, faults
        self.messenger = Messenger(
            account_sid=account.sid,
            auth_token=account.auth_token,
            http=http,
            clock=clock,
            faults=faults,
        )
        self.dialling, self.streams = Dialling(self), Streams(self)
        self.texts = Texts(self)
        self.numbers: dict[str, Line] = {}
        self.far_ends: dict[str, FarEnd] = {}
        """What answers where the carrier dials."""
        self.any_far_end: FarEnd | None = None
        """What answers everywhere else."""
        self.calls: dict[str, Call] = {}
        self.rooms: dict[str, Room] = {}
        self.queues: dict[str, str] = {}
        """Identifier by name."""
        self.deleted: set[str] = set()
        """Recordings that were deleted."""
        self.sound_seconds: dict[str, float] = {}
        self.complaints: list[str] = self.messenger.complaints
        """What Twilio's debugger would show."""
        self._tasks: set[asyncio.Task[None]] = set()

    # -- calls ---------------------------------------------------------------------------------

    def call_in(self, from_: str, to: str) -> Handset:
        """Let somebody dial a number of the account; return the telephone in the caller's hand."""
        line = self.numbers[to]
        callback = Callback(url=line.status_url)
        call = self.new_call(direction="inbound", from_=from_, to=to, callback=callback)
        call.fallback_url, call.url = line.fallback_url, line.voice_url
        call.status = "ringing"
        self.run(call, Next(url=line.voice_url))
        return call.handset

    def new_call(self, *, direction: str, from_: str, to: str, callback: Callback) -> Call:
        """Return a call that nothing happens to yet."""
        sid = self.sid("CA")
        mine = from_ if direction == "inbound" else to
        handset = Handset(address=mine, call_sid=sid)
        call = Call(
            sid=sid, direction=direction, from_=from_, to=to, created_at=self.clock.now(),
            handset=handset, callback=callback,
        )  # fmt: skip
        handset.hang_up = lambda: self.end(call, "completed")
        handset.speak = lambda words: self._spoken(call, words)
        self.calls[sid] = call
        return call

    def run(self, call: Call, start: Next | str) -> None:
        """Let a call run a document."""
        call.task = self._start(Runner(self, call).run(start))

    async def redirect(self, call: Call, start: Next | str) -> None:
        """Take a call out of what it does and run another document."""
        await self.interrupt(call)
        if not call.is_over:
            call.url = start.url if isinstance(start, Next) else call.url
            self.run(call, start)

    async def interrupt(self, call: Call) -> None:
        """Stop a call's document; it leaves its room or queue."""
        if call.task is not None:
            call.task.cancel()
            await asyncio.gather(call.task, return_exceptions=True)
            call.task = None
        if call.room is not None:
            call.room.leave(call.sid)

    def pick_up(self, call: Call) -> None:
        """Answer an incoming call, by the first verb that needs it."""
        if call.direction == "inbound":
            self.goes_to(call, "in-progress")

    def goes_to(self, call: Call, status: str) -> None:
        """Take a status and tell it."""
        if not call.goes_to(status):
            return
        if status == "in-progress":
            call.started_at = self.clock.now()
        event = EVENT_OF[status]
        if call.callback.url and event in call.callback.events:
            told = self.facts(call) | {"SequenceNumber": str(call.told)}
            if event == "completed":
                told["CallDuration"] = str(round(self._seconds(call)))
            call.told += 1
            self.messenger.tell(call.callback.url, told, method=call.callback.method)

    def end(self, call: Call, status: str) -> None:
        """End a call, whatever it does; a second end is none."""
        if call.is_over:
            return
        if status == "completed" and call.started_at is None and call.direction != "inbound":
            status = "canceled"
        call.ended_at = self.clock.now()
        for recording in call.recordings:
            self.finish_recording(call, recording)
        self.goes_to(call, status)
        for room in list(self.rooms.values()):
            room.give_up(call.sid)
        if call.room is not None:
            call.room.leave(call.sid)
        call.over.set()
        if call.task is not None and call.task is not asyncio.current_task():
            call.task.cancel()
        self.hear(call, "event", status)

    # -- what is heard -------------------------------------------------------------------------

    def hear(self, call: Call, kind: str, text: str) -> None:
        """Let the holder of the handset hear something."""
        call.handset.heard.append(Caption(at=self.clock.now(), kind=kind, text=text))

    def press_from(self, call: Call, digits: str) -> None:
        """Send keys towards the far end of a call."""
        self.hear(call, "tone", digits)

    def _spoken(self, call: Call, words: str) -> None:
        hearers = call.room.hearers(call.sid) if call.room else [call.peer] if call.peer else []
        for other in hearers:
            self.hear(other, "speech", words)

    def complain(self, call: Call, text: str) -> None:
        """Keep what went wrong with a document, and let the line hear it as Twilio does."""
        self.complaints.append(text)
        self.hear(call, "event", "application error")

    # -- rooms and queues ----------------------------------------------------------------------

    def room_named(self, name: str) -> Room:
        """Return the open room of a name; make it when there is none."""
        for room in self.rooms.values():
            if name in (room.name, room.sid) and room.status != "completed":
                return room
        room = Room(sid=self.sid("CF"), name=name, created_at=self.clock.now(), tell=self._of_room)
        self.rooms[room.sid] = room
        return room

    def listen_to(self, room: Room, url: str, events: Iterable[str]) -> None:
        """Note where a room's facts go; the first who says so is believed."""
        if url and not room.callback.url:
            room.callback = Callback(url=url, events=frozenset(events))

    def entertain(self, participant: Participant, url: str, *, is_loop: bool) -> None:
        """Play hold music or an announcement to one participant."""
        if participant.entertained is not None:
            participant.entertained.cancel()
        runner = Runner(self, participant.call)
        participant.entertained = self._start(runner.entertain(url, is_loop=is_loop))

    def queue_in(self, call: Call, name: str) -> str:
        """Put a call into a queue; return its identifier."""
        call.queue, call.queued_at = name, self.clock.now()
        return self.queues.setdefault(name, self.sid("QU"))

    def queue_facts(self, call: Call) -> dict[str, str]:
        """Return what a waiting call's document is told."""
        line = sorted(
            (one for one in self.calls.values() if one.queue == call.queue),
            key=lambda one: (one.queued_at, one.sid),
        )
        waited = [self.clock.now() - one.queued_at for one in line]
        return {
            "QueueSid": self.queues[call.queue],
            "QueueTime": str(int(self.clock.now() - call.queued_at)),
            "QueuePosition": str(line.index(call) + 1),
            "AvgQueueTime": str(int(sum(waited) / len(waited))),
            "CurrentQueueSize": str(len(line)),
        }

    def _of_room(self, room: Room, event: str, participant: Participant | None) -> None:
        if not room.callback.url or ROOM_EVENT[event] not in room.callback.events:
            return
        room.told += 1
        told = {
            "StatusCallbackEvent": event,
            "ConferenceSid": room.sid,
            "FriendlyName": room.name,
            "SequenceNumber": str(room.told),
            "Timestamp": str(when(self.clock.now())),
        }
        if participant is not None:
            told |= {
                "CallSid": participant.call.sid,
                "ParticipantLabel": participant.label,
                "Muted": str(participant.is_muted).lower(),
                "Hold": str(participant.is_on_hold).lower(),
                "Coaching": str(participant.is_coaching).lower(),
            }
        self.messenger.tell(room.callback.url, told)

    # -- recordings ----------------------------------------------------------------------------

    def start_recording(self, call: Call, *, channels: int, callback: Callback) -> Recording:
        """Record a call until it ends or is stopped."""
        recording = Recording(
            sid=self.sid("RE"), call_sid=call.sid, started_at=self.clock.now(), channels=channels,
            source="StartCallRecordingAPI", callback=callback,
        )  # fmt: skip
        call.recordings.append(recording)
        return recording

    def change_recording(self, call: Call, recording: Recording, status: str) -> None:
        """Pause, resume or stop."""
        now = self.clock.now()
        if status == "paused" and recording.paused_at is None:
            recording.paused_at, recording.status = now, status
        elif status == "in-progress" and recording.paused_at is not None:
            recording.skipped_seconds += now - recording.paused_at
            recording.paused_at, recording.status = None, status
        elif status == "stopped":
            self.finish_recording(call, recording)

    def finish_recording(self, call: Call, recording: Recording) -> None:
        """End a recording and tell where it is."""
        if recording.status == "completed":
            return
        if recording.source != "RecordVerb":
            recording.seconds = fresh(recording, self.clock.now())
        recording.status = "completed"
        callback = recording.callback
        if callback.url and "completed" in callback.events:
            told = {
                "CallSid": call.sid,
                "RecordingSid": recording.sid,
                "RecordingUrl": self.recording_url(recording),
                "RecordingStatus": "completed",
                "RecordingDuration": str(round(recording.seconds)),
                "RecordingChannels": str(recording.channels),
                "RecordingSource": recording.source,
            }
            self.messenger.tell(callback.url, told, method=callback.method)

    def recording_url(self, recording: Recording) -> str:
        """Return the address that Twilio would give it."""
        path = f"{API}/Accounts/{self.account.sid}/Recordings/{recording.sid}"
        return f"https://api.twilio.com/{path}"

    def recordings(self) -> dict[str, Recording]:
        """Return all that were not deleted, by identifier."""
        every = (one for call in self.calls.values() for one in call.recordings)
        return {one.sid: one for one in every if one.sid not in self.deleted}

    # -- help ----------------------------------------------------------------------------------

    def facts(self, call: Call) -> dict[str, str]:
        """Return what every request about a call says."""
        told = {
            "CallSid": call.sid,
            "From": call.from_,
            "To": call.to,
            "Caller": call.from_,
            "Called": call.to,
            "CallStatus": call.status,
            "Direction": call.direction,
            "ApiVersion": API,
        }
        return told | ({"AnsweredBy": call.answered_by} if call.answered_by else {})

    def sid(self, kind: str) -> str:
        """Return a fresh identifier, such as `CA` and 32 hexadecimal digits."""
        seed = self.faults.random.getrandbits(128).to_bytes(16, "big")
        return kind + hashlib.sha256(seed).hexdigest()[:32]

    async def close(self) -> None:
        """End every call and drop what is on its way."""
        for call in list(self.calls.values()):
            self.end(call, "completed")
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.texts.close()
        await self.messenger.close()

    def _seconds(self, call: Call) -> float:
        return self.clock.now() - call.started_at if call.started_at is not None else 0.0

    def _start(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.complaints.append(f"the carrier broke: {error!r}")
