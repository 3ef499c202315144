"""What each operation of the API does to the carrier."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from channels._twilio.carrier.call import Call, Callback, Recording
from channels._twilio.carrier.carrier import Carrier
from channels._twilio.carrier.contract import Operation
from channels._twilio.carrier.dialling import RING_SECONDS
from channels._twilio.carrier.document import read
from channels._twilio.carrier.room import Participant, Room
from channels._twilio.carrier.runner import Next, Runner
from channels._twilio.carrier.text_resources import TextResources
from channels._twilio.carrier.views import (
    Json,
    call_view,
    page,
    participant_view,
    recording_view,
    room_view,
)

INLINE_CHARACTERS: Final = 4000
CURRENT: Final = "Twilio.CURRENT"
Told = Mapping[str, list[str]]
Path = Mapping[str, str]


class Missing(Exception):
    """There is no such resource."""


class Wrong(Exception):
    """The request cannot be carried out; `code` is Twilio's number."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Resources:
    """Calls, conferences, participants, queues, recordings and streams."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._account = carrier.account.sid
        self._answers: dict[str, Callable[[Path, Told], Awaitable[Json | None]]] = {
            "GET Accounts/{Sid}": self.account,
            "GET Calls": self.calls,
            "POST Calls": self.make_call,
            "GET Calls/{Sid}": self.call,
            "POST Calls/{Sid}": self.change_call,
            "GET Calls/{CallSid}/Recordings": self.recordings,
            "POST Calls/{CallSid}/Recordings": self.record,
            "POST Calls/{CallSid}/Recordings/{Sid}": self.change_recording,
            "POST Calls/{CallSid}/Streams/{Sid}": self.stop_stream,
            "GET Conferences": self.rooms,
            "GET Conferences/{Sid}": self.room,
            "POST Conferences/{Sid}": self.change_room,
            "GET Conferences/{ConferenceSid}/Participants": self.participants,
            "POST Conferences/{ConferenceSid}/Participants": self.invite,
            "GET Conferences/{ConferenceSid}/Participants/{CallSid}": self.participant,
            "POST Conferences/{ConferenceSid}/Participants/{CallSid}": self.change_participant,
            "DELETE Conferences/{ConferenceSid}/Participants/{CallSid}": self.take_out,
            "GET Queues": self.queues,
            "GET Queues/{QueueSid}/Members": self.members,
            "POST Queues/{QueueSid}/Members/{CallSid}": self.dequeue,
            "GET Recordings": self.all_recordings,
            "GET Recordings/{Sid}": self.recording,
            "DELETE Recordings/{Sid}": self.delete_recording,
            **TextResources(carrier.texts, self._account).answers(),
        }

    async def answer(self, operation: Operation, told: Told) -> Json | None:
        """Carry out an operation; None when there is nothing to show."""
        do = self._answers.get(operation.name)
        if do is None:
            raise Wrong(20001, f"{operation.name} is not simulated")
        return await do(operation.path, told)

    async def account(self, _path: Path, _told: Told) -> Json:
        """The account."""
        return {"sid": self._account, "status": "active", "friendly_name": "carrier simulator"}

    # -- calls ---------------------------------------------------------------------------------

    async def calls(self, _path: Path, told: Told) -> Json:
        """Calls, by status and ends."""
        wanted = {key: _one(told, key) for key in ("Status", "To", "From")}
        found = [
            call_view(call, self._account)
            for call in reversed(self._carrier.calls.values())
            if wanted["Status"] in ("", call.status)
            and wanted["To"] in ("", call.to)
            and wanted["From"] in ("", call.from_)
        ]
        return page("calls", found, "Calls.json")

    async def make_call(self, _path: Path, told: Told) -> Json:
        """Dial; who answers hears the document."""
        start = self._start_of(told)
        if start is None:
            raise Wrong(21205, "Url or Twiml is needed")
        call = self._dialled(told)
        call.fallback_url = _one(told, "FallbackUrl")
        call.url = start.url if isinstance(start, Next) else ""

        async def run() -> None:
            await Runner(self._carrier, call).run(start)

        self._carrier.dialling.start(call, _seconds(told), run)
        return call_view(call, self._account)

    async def call(self, path: Path, _told: Told) -> Json:
        """One call."""
        return call_view(self._call(path["Sid"]), self._account)

    async def change_call(self, path: Path, told: Told) -> Json:
        """End it, or let it run another document."""
        call = self._call(path["Sid"])
        if call.is_over:
            raise Wrong(21220, "Call is not in-progress. Cannot redirect.")
        if status := _one(told, "Status"):
            if status == "canceled" and call.status == "in-progress":
                raise Wrong(21220, "only a call that rings can be canceled")
            self._carrier.end(call, status)
        elif (start := self._start_of(told)) is not None:
            if call.status != "in-progress":
                raise Wrong(21220, "Call is not in-progress. Cannot redirect.")
            await self._carrier.redirect(call, start)
        return call_view(call, self._account)

    def _start_of(self, told: Told) -> Next | str | None:
        twiml, url = _one(told, "Twiml"), _one(told, "Url")
        if twiml:
            if len(twiml) > INLINE_CHARACTERS:
                raise Wrong(21219, "Twiml is longer than 4000 characters")
            read(twiml)
            return twiml
        return Next(url=url, method=_one(told, "Method") or "POST") if url else None

    def _dialled(self, told: Told) -> Call:
        return self._carrier.new_call(
            direction="outbound-api",
            from_=_one(told, "From"),
            to=_one(told, "To"),
            callback=Callback(
                url=_one(told, "StatusCallback"),
                method=_one(told, "StatusCallbackMethod") or "POST",
                events=frozenset(told.get("StatusCallbackEvent", ["completed"])),
            ),
        )

    def _call(self, sid: str) -> Call:
        found = self._carrier.calls.get(sid)
        if found is None:
            raise Missing(f"no call {sid}")
        return found

    # -- recordings ----------------------------------------------------------------------------

    async def recordings(self, path: Path, _told: Told) -> Json:
        """Recordings of one call."""
        call = self._call(path["CallSid"])
        shown = [recording_view(one, self._account) for one in call.recordings]
        return page("recordings", shown, "Recordings.json")

    async def all_recordings(self, _path: Path, _told: Told) -> Json:
        """Every recording."""
        every = self._carrier.recordings().values()
        return page("recordings", [recording_view(one, self._account) for one in every], "x")

    async def recording(self, path: Path, _told: Told) -> Json:
        """One recording."""
        return recording_view(self._recording(path["Sid"]), self._account)

    async def record(self, path: Path, told: Told) -> Json:
        """Begin to record a call."""
        call = self._call(path["CallSid"])
        if call.status != "in-progress":
            raise Wrong(21220, "the call is not in progress")
        recording = self._carrier.start_recording(
            call,
            channels=2 if _one(told, "RecordingChannels") == "dual" else 1,
            callback=Callback(
                url=_one(told, "RecordingStatusCallback"),
                method=_one(told, "RecordingStatusCallbackMethod") or "POST",
                events=frozenset(told.get("RecordingStatusCallbackEvent", ["completed"])),
            ),
        )
        return recording_view(recording, self._account)

    async def change_recording(self, path: Path, told: Told) -> Json:
        """Pause, go on or stop."""
        call = self._call(path["CallSid"])
        running = [one for one in call.recordings if one.status in ("in-progress", "paused")]
        wanted = [one for one in running if path["Sid"] in (CURRENT, one.sid)]
        if not wanted:
            raise Missing("no such recording in progress")
        self._carrier.change_recording(call, wanted[-1], _one(told, "Status"))
        return recording_view(wanted[-1], self._account)

    async def delete_recording(self, path: Path, _told: Told) -> None:
        """Delete a recording."""
        self._carrier.deleted.add(self._recording(path["Sid"]).sid)

    def _recording(self, sid: str) -> Recording:
        found = self._carrier.recordings().get(sid)
        if found is None:
            raise Missing(f"no recording {sid}")
        return found

    async def stop_stream(self, path: Path, told: Told) -> Json:
        """Stop a stream."""
        call = self._call(path["CallSid"])
        if path["Sid"] not in call.streams:
            raise Missing("no such stream")
        call.streams[path["Sid"]] = _one(told, "Status")
        return {"sid": path["Sid"], "call_sid": call.sid, "status": "stopped"}

    # -- conferences ---------------------------------------------------------------------------

    async def rooms(self, _path: Path, told: Told) -> Json:
        """Conferences, by name and status, the newest first."""
        name, status = _one(told, "FriendlyName"), _one(told, "Status")
        found = [
            room_view(room, self._account)
            for room in reversed(self._carrier.rooms.values())
            if name in ("", room.name) and status in ("", room.status)
        ]
        return page("conferences", found, "Conferences.json")

    async def room(self, path: Path, _told: Told) -> Json:
        """One Conference."""
        return room_view(self._room(path["Sid"]), self._account)

    async def change_room(self, path: Path, told: Told) -> Json:
        """End it, or announce something to all."""
        room = self._open_room(path["Sid"])
        if url := _one(told, "AnnounceUrl"):
            for participant in list(room.participants.values()):
                self._carrier.entertain(participant, url, is_loop=False)
        if _one(told, "Status") == "completed":
            room.close()
        return room_view(room, self._account)

    async def participants(self, path: Path, _told: Told) -> Json:
        """Who is in it or dialled for it."""
        room = self._open_room(path["ConferenceSid"])
        everyone = (*room.participants.values(), *room.expected.values())
        shown = [participant_view(room, one, self._account) for one in everyone]
        return page("participants", shown, "Participants.json")

    async def invite(self, path: Path, told: Told) -> Json:
        """Dial somebody into a room, which is made when there is none of the name."""
        room = self._carrier.room_named(path["ConferenceSid"])
        label = _one(told, "Label")
        if label and label in self._labels(room):
            raise Wrong(16025, "the label is taken")
        self._carrier.listen_to(
            room,
            _one(told, "ConferenceStatusCallback"),
            told.get("ConferenceStatusCallbackEvent", []),
        )
        call = self._dialled(told)
        call.label = label
        participant = Participant(
            call=call,
            label=label,
            is_muted=_flag(told, "Muted") or False,
            is_coaching=_flag(told, "Coaching") or False,
            coached_sid=_one(told, "CallSidToCoach"),
            ends_room=_flag(told, "EndConferenceOnExit") or False,
            starts_room=_flag(told, "StartConferenceOnEnter") is not False,
        )
        room.expected[call.sid] = participant

        async def enter() -> None:
            await self._carrier.dialling.into(call, room, participant)

        self._carrier.dialling.start(call, _seconds(told), enter)
        return participant_view(room, participant, self._account)

    async def participant(self, path: Path, _told: Told) -> Json:
        """One participant."""
        room, participant = self._participant(path)
        return participant_view(room, participant, self._account)

    async def change_participant(self, path: Path, told: Told) -> Json:
        """Mute, hold, coach, or announce something to one."""
        room, participant = self._participant(path)
        change: dict[str, Any] = {
            name: flag
            for name in ("Muted", "Hold", "Coaching")
            if (flag := _flag(told, name)) is not None
        }
        coached = _one(told, "CallSidToCoach")
        if change.get("Coaching") and coached not in room.participants:
            raise Wrong(16021, "the coached call is not in the room")
        room.change(participant, {**change, "CallSidToCoach": coached})
        if change.get("Hold") and (url := _one(told, "HoldUrl")):
            self._carrier.entertain(participant, url, is_loop=True)
        elif change.get("Hold") is False and participant.entertained is not None:
            participant.entertained.cancel()
        if url := _one(told, "AnnounceUrl"):
            self._carrier.entertain(participant, url, is_loop=False)
        return participant_view(room, participant, self._account)

    async def take_out(self, path: Path, _told: Told) -> None:
        """Take somebody out."""
        room, participant = self._participant(path)
        room.leave(participant.call.sid)

    def _room(self, sid: str) -> Room:
        for room in self._carrier.rooms.values():
            if sid == room.sid:
                return room
        raise Missing(f"no Conference {sid}")

    def _open_room(self, sid: str) -> Room:
        room = self._room(sid)
        if room.status == "completed":
            raise Missing("the Conference is over")
        return room

    def _participant(self, path: Path) -> tuple[Room, Participant]:
        room, wanted = self._open_room(path["ConferenceSid"]), path["CallSid"]
        for participant in room.participants.values():
            if wanted in (participant.call.sid, participant.label):
                return room, participant
        raise Missing("no such participant")

    def _labels(self, room: Room) -> set[str]:
        return {one.label for one in (*room.participants.values(), *room.expected.values())}

    # -- queues --------------------------------------------------------------------------------

    async def queues(self, _path: Path, _told: Told) -> Json:
        """Queues with their sizes."""
        waiting = [call.queue for call in self._carrier.calls.values() if call.queue]
        shown = [
            {"sid": sid, "friendly_name": name, "current_size": waiting.count(name)}
            for name, sid in self._carrier.queues.items()
        ]
        return page("queues", shown, "Queues.json")

    async def members(self, path: Path, _told: Told) -> Json:
        """Who waits in a queue."""
        name = self._queue(path["QueueSid"])
        waiting = [call for call in self._carrier.calls.values() if call.queue == name]
        shown = [{"call_sid": call.sid, "position": at} for at, call in enumerate(waiting, 1)]
        return page("queue_members", shown, "Members.json")

    async def dequeue(self, path: Path, told: Told) -> Json:
        """Take somebody out of a queue, to another document."""
        call = self._call(path["CallSid"])
        if call.queue != self._queue(path["QueueSid"]):
            raise Missing("not in this queue")
        await self._carrier.redirect(call, Next(url=_one(told, "Url")))
        return {"call_sid": call.sid, "queue_sid": path["QueueSid"]}

    def _queue(self, sid: str) -> str:
        for name, known in self._carrier.queues.items():
            if known == sid:
                return name
        raise Missing("no such queue")


def _one(told: Told, name: str) -> str:
    return told.get(name, [""])[0]


def _flag(told: Told, name: str) -> bool | None:
    said = _one(told, name)
    return said.lower() == "true" if said else None


def _seconds(told: Told) -> float:
    return float(_one(told, "Timeout") or RING_SECONDS)
