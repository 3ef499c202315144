"""All legs and rooms of the process, 20 ms at a time. No network, no clock: both are given.

The ticker calls `tick(phase)` for one phase after the other, so that the work of 20 ms is spread
over them; legs of one room share a phase.
"""

from collections.abc import Callable
from typing import Any, Protocol

import structlog

from channels.phone.media.leg import Leg, Line
from channels.phone.media.room import Room, Seat
from channels.phone.media.sounds import Library, Playlist
from channels.phone.media.tape import Tape
from channels.phone.media.ulaw import FRAMES_PER_SECOND, SILENT
from hub.domain import calls
from hub.domain.calls import EndCause, EnterRoom, LegKind, LegState, Music, Program, Prompt, Sound
from hub.domain.errors import NotFound, Refused

PHASES = 10
log = structlog.get_logger(__name__)

AWAY_FRAMES = 15 * FRAMES_PER_SECOND


class Shelf(Protocol):
    """Where recordings lie."""

    def tape(self, recording_id: str, channels: int, leg_id: str) -> Tape:
        """Make a new one."""

    def close(self, tape: Tape, done: Callable[[float], None]) -> None:
        """Finish the file; `done` hears its seconds, 0 when it could not be kept."""

    def delete(self, ref: str) -> None:
        """Delete a file."""


class RoomInUse(Room):
    """A room with what plays and records in it."""

    def __init__(self, room_id: str, phase: int) -> None:
        super().__init__(room_id)
        self.phase = phase
        self.legs: dict[str, Leg] = {}
        self.tapes: dict[str, Tape] = {}
        self.announcement: Playlist | None = None


class Switchboard:
    """What the process holds."""

    def __init__(
        self,
        library: Library,
        shelf: Shelf,
        *,
        emit: Callable[[calls.LegEvent], None],
        note: Callable[[Leg, dict[str, Any]], None],
        most_legs: int = 200,
    ) -> None:
        """`emit` tells the hub; `note` tells the page of a Leg, and may be lost."""
        self.library, self.shelf, self.emit, self._note = library, shelf, emit, note
        self._most_legs = most_legs
        self.legs: dict[str, Leg] = {}
        self.rooms: dict[str, RoomInUse] = {}
        self.phones: dict[str, Line] = {}
        """Standing connections of staff, by user."""
        self._alone: list[dict[str, Leg]] = [{} for _ in range(PHASES)]
        self._full: list[dict[str, RoomInUse]] = [{} for _ in range(PHASES)]
        self._next_phase = 0

    # -- legs ------------------------------------------------------------------------------------

    def open(self, leg_id: str, kind: LegKind, program: Program, ref: str = "") -> Leg:
        """Make a Leg; it runs its program once its line is up."""
        self.require_room()
        leg = Leg(self, leg_id, kind, ref)
        leg.program.extend(program)
        leg.phase = self._next_phase = (self._next_phase + 1) % PHASES
        self.legs[leg_id] = leg
        self._alone[leg.phase][leg_id] = leg
        return leg

    def require_room(self) -> None:
        """Raise `Refused` when there are as many legs as may be."""
        if len(self.legs) >= self._most_legs:
            raise Refused("engine_full", f"{self._most_legs} legs are the most")

    def connect(self, leg: Leg, line: Line) -> None:
        """Give a Leg its line; the one before is no longer used."""
        leg.line, line.owner = line, leg
        leg.away_frames = 0

    def leg(self, leg_id: str) -> Leg:
        """Return a Leg; raise `NotFound`."""
        if leg_id not in self.legs:
            raise NotFound("no_leg")
        return self.legs[leg_id]

    def end(self, leg: Leg, cause: EndCause) -> None:
        """End a Leg: it leaves its room and tells why."""
        if self.legs.pop(leg.leg_id, None) is None:
            return
        leg.stop()
        if leg.room is not None:
            self.leave(leg)
        self._alone[leg.phase].pop(leg.leg_id, None)
        leg.state = LegState.ENDED
        if leg.line is not None and leg.line.owner is leg:
            leg.line.owner = None
        leg.tell(calls.LegEnded, cause=cause)
        self._note(leg, {"type": "leg", "state": "ended", "cause": cause.value})

    def phone_up(self, user_id: str, line: Line) -> None:
        """A member of staff has a new standing connection; their legs go on over it."""
        self.phones[user_id] = line
        for leg in self.legs.values():
            if leg.user_id == user_id:
                self.connect(leg, line)

    def phone_down(self, user_id: str, line: Line) -> None:
        """It is gone, unless another took its place."""
        if self.phones.get(user_id) is line:
            del self.phones[user_id]

    # -- rooms -----------------------------------------------------------------------------------

    def enter(self, leg: Leg, step: EnterRoom) -> None:
        """Put a Leg into a room, which opens with its first."""
        room = self.rooms.get(step.room_id)
        if room is None:
            room = self.rooms[step.room_id] = RoomInUse(step.room_id, leg.phase)
            self._full[room.phase][room.room_id] = room
        self._alone[leg.phase].pop(leg.leg_id, None)
        room.legs[leg.leg_id] = leg
        room.seats[leg.leg_id] = Seat(leg.kind, step.role, step.coached_leg_id)
        leg.room, leg.last_room_id = room, room.room_id
        for tape in room.tapes.values():
            name_customer(tape, room)
        leg.tell(calls.RoomEntered, room_id=room.room_id)
        self._note(leg, {"type": "music", "on": False})

    def leave(self, leg: Leg) -> None:
        """Take a Leg out of its room, which ends with its last."""
        room = self.rooms[leg.last_room_id]
        del room.legs[leg.leg_id], room.seats[leg.leg_id]
        leg.room = None
        self._alone[leg.phase][leg.leg_id] = leg
        leg.tell(calls.RoomLeft, room_id=room.room_id)
        if not room.legs:
            self.close_room(room)

    def close_room(self, room: RoomInUse) -> None:
        """End a room; legs still in it are hung up."""
        for leg in [*room.legs.values()]:
            self.end(leg, EndCause.HUNG_UP)
        if self.rooms.pop(room.room_id, None) is not None:
            del self._full[room.phase][room.room_id]
            for recording_id in [*room.tapes]:
                self.stop_tape(room, recording_id)

    def room(self, room_id: str) -> RoomInUse:
        """Return a room; raise `NotFound`."""
        if room_id not in self.rooms:
            raise NotFound("no_room")
        return self.rooms[room_id]

    def seat(self, room_id: str, leg_id: str) -> Seat:
        """Return a Leg's seat; raise `NotFound`."""
        seat = self.room(room_id).seats.get(leg_id)
        if seat is None:
            raise NotFound("no_leg")
        return seat

    # -- recordings ------------------------------------------------------------------------------

    def message_tape(self, step: calls.RecordMessage) -> Tape:
        """Make the tape of a voicemail."""
        return self.shelf.tape(step.recording_id, 1, "")

    def start_tape(self, room: RoomInUse, recording_id: str) -> None:
        """Record a room from now on."""
        if recording_id not in room.tapes:
            tape = room.tapes[recording_id] = self.shelf.tape(recording_id, 2, "")
            name_customer(tape, room)
            tape.begin()

    def stop_tape(self, room: RoomInUse, recording_id: str) -> None:
        """Finish a recording and tell where it is."""
        tape = room.tapes.pop(recording_id, None)
        if tape is None:
            return
        tape.end()

        def done(seconds: float) -> None:
            self.emit(
                calls.RecordingReady(
                    leg_id=tape.leg_id,
                    key=f"recording:{recording_id}",
                    recording_id=recording_id,
                    seconds=seconds,
                    ref=tape.path.name if seconds else "",
                    paused=tape.paused,
                )
            )

        self.shelf.close(tape, done)

    # -- time ------------------------------------------------------------------------------------

    def tick(self, phase: int) -> None:
        """Move everything of a phase on by 20 ms."""
        for leg in [*self._alone[phase].values()]:
            self._safely(self._tick_leg, leg, leg)
        for room in [*self._full[phase].values()]:
            self._safely(self._tick_room, room, *room.legs.values())

    def _safely(self, tick: Callable[[Any], None], what: Any, *legs: Leg) -> None:
        """One broken call must not silence the others."""
        try:
            tick(what)
        except Exception:  # one broken room must not silence the others
            log.exception("call_failed", legs=[leg.leg_id for leg in legs])
            for leg in legs:
                self.end(leg, EndCause.FAILED)

    def _tick_leg(self, leg: Leg) -> None:
        heard = leg.hear()
        if self._lives(leg) and (frame := leg.frame(heard)) is not None:
            leg.give(frame)

    def _tick_room(self, room: RoomInUse) -> None:
        said = {leg_id: leg.hear() for leg_id, leg in room.legs.items()}
        announced = SILENT
        if room.announcement is not None:
            frame = room.announcement.frame()
            announced, room.announcement = (
                (SILENT, None) if frame is None else (frame, room.announcement)
            )
        heard = room.mix(said, announced)
        for leg_id, leg in [*room.legs.items()]:
            leg.give(heard[leg_id] if leg_id in heard else leg.held_frame())
        if room.tapes:
            self._tape(room, said)
        for leg in [*room.legs.values()]:
            self._lives(leg)

    def _tape(self, room: RoomInUse, said: dict[str, bytes]) -> None:
        sides = room.sides(said)
        is_shut = any(
            leg.is_sensitive and leg.last_room_id == room.room_id for leg in self.legs.values()
        )
        for tape in room.tapes.values():
            tape.is_shut = is_shut
            tape.add(*sides)

    def _lives(self, leg: Leg) -> bool:
        """Whether the Leg is up; begins it, or ends it when its connection stays away."""
        line = leg.line
        if line is None and leg.user_id:
            line = self.phones.get(leg.user_id)
            if line is not None:
                self.connect(leg, line)
        if line is not None and line.is_up:
            leg.away_frames = 0
            if leg.state in {LegState.DIALLED, LegState.RINGING}:
                leg.state = LegState.UP
                leg.tell(calls.LegAnswered, ref=leg.ref)
                self._note(leg, {"type": "leg", "state": "up", "kind": leg.kind.value})
            return True
        leg.away_frames += 1
        if leg.state is LegState.UP and leg.away_frames >= AWAY_FRAMES:
            self.end(leg, EndCause.LOST)
        elif leg.state is not LegState.UP and leg.away_frames >= (leg.ring_frames or AWAY_FRAMES):
            self.end(leg, EndCause.NO_ANSWER if leg.user_id else EndCause.FAILED)
        return leg.state is LegState.UP

    # -- notes to the page -----------------------------------------------------------------------

    def note_sound(self, leg: Leg, sound: Sound) -> None:
        """Show what begins to sound."""
        if isinstance(sound, Prompt):
            note = {"type": "caption", "text": sound.text, "lang": sound.language}
            self._note(leg, note)
        else:
            self._note(leg, {"type": "music", "on": isinstance(sound, Music)})

    def note_keys(self, leg: Leg) -> None:
        """Show that keys are expected."""
        gather = leg.gather
        self._note(
            leg,
            {
                "type": "keys",
                "most": 0 if gather is None else gather.most_digits,
                "finish_on": "" if gather is None else gather.finish_on,
                "sensitive": gather is not None and gather.is_sensitive,
                "choices": [
                    {"key": key, "label": label}
                    for key, label in (() if gather is None else gather.choices)
                ],
            },
        )


def name_customer(tape: Tape, room: RoomInUse) -> None:
    """Remember whose recording it is."""
    for leg_id, seat in room.seats.items():
        if seat.kind is LegKind.CUSTOMER or not tape.leg_id:
            tape.leg_id = leg_id
