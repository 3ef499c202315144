"""Commands of the hub, each carried out once however often it arrives."""

from collections import OrderedDict
from typing import Final

from channels.phone.media.leg import Leg
from channels.phone.media.sounds import Playlist
from channels.phone.media.switchboard import Switchboard
from channels.phone.media.ulaw import FRAMES_PER_SECOND
from hub.domain import calls
from hub.domain.calls import CallCommand, EndCause
from hub.domain.errors import Invalid, Refused

REMEMBERED: Final = 20_000
STAFF: Final = "agent:"


class Commands:
    """Carries out `CallCommand`s on a switchboard."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board
        self._done: OrderedDict[str, None] = OrderedDict()

    def carry_out(self, command: CallCommand) -> None:
        """Do it; raise `NotFound` or `Refused` when it can never be done."""
        if command.command_id in self._done:
            return
        self._do(command)
        self._done[command.command_id] = None
        if len(self._done) > REMEMBERED:
            self._done.popitem(last=False)

    def _do(self, command: CallCommand) -> None:
        board = self._board
        match command:
            case calls.RunProgram():
                board.leg(command.leg_id).run(command.program)
            case calls.Dial():
                self._dial(command)
            case calls.EndLeg():
                if (leg := board.legs.get(command.leg_id)) is not None:
                    board.end(leg, EndCause.HUNG_UP)
            case calls.SendDigits():
                board.leg(command.leg_id).send_digits(command.digits)
            case calls.CloseRoom():
                if (room := board.rooms.get(command.room_id)) is not None:
                    board.close_room(room)
            case calls.Record():
                self._record(command)
            case _:
                self._in_room(command)

    def _in_room(self, command: CallCommand) -> None:
        board = self._board
        match command:
            case calls.SetRole():
                seat = board.seat(command.room_id, command.leg_id)
                seat.role, seat.coached_leg_id = command.role, command.coached_leg_id
            case calls.Hold():
                board.seat(command.room_id, command.leg_id).is_held = command.is_on
                leg = board.leg(command.leg_id)
                leg.begins(
                    calls.Music(seconds=0) if command.is_on else calls.Silence(seconds=0)
                )  # fmt: skip
            case calls.Mute():
                board.seat(command.room_id, command.leg_id).is_muted = command.is_on
            case calls.PlayInRoom():
                self._play(command)
            case calls.DeleteRecording():
                board.shelf.delete(command.ref)
            case _:
                raise Invalid("unknown_word", f"no command {type(command).__name__}")

    def _dial(self, command: calls.Dial) -> None:
        board = self._board
        if command.leg_id in board.legs:
            return
        leg = board.open(command.leg_id, command.kind, command.program, ref=command.leg_id)
        if not command.address.startswith(STAFF):
            board.end(leg, EndCause.FAILED)  # no trunk here: only browsers can be reached
            return
        leg.user_id = command.address.removeprefix(STAFF)
        leg.ring_frames = max(int(command.ring_seconds * FRAMES_PER_SECOND), 1)
        leg.state = calls.LegState.RINGING
        leg.tell(calls.LegRinging, ref=leg.ref)

    def _play(self, command: calls.PlayInRoom) -> None:
        room = self._board.room(command.room_id)
        if command.leg_id is not None:
            self._board.leg(command.leg_id).play(command.sounds)
            return

        def told(sound: calls.Sound) -> None:
            for leg in room.legs.values():
                leg.begins(sound)

        room.announcement = Playlist(command.sounds, self._board.library, told)

    def _record(self, command: calls.Record) -> None:
        board = self._board
        room = board.rooms.get(command.room_id)
        if room is None:
            return  # it is over, and its recordings were finished with it
        tape = room.tapes.get(command.recording_id)
        match command.action:
            case "start":
                board.start_tape(room, command.recording_id)
            case "stop":
                board.stop_tape(room, command.recording_id)
            case "pause" | "resume" if tape is not None:
                tape.is_paused = command.action == "pause"
            case "pause" | "resume":
                raise Refused("not_recording")
            case _:
                raise Invalid("unknown_action", "start, pause, resume or stop")


def answer(leg: Leg | None, key: str, program: calls.Program) -> bool:
    """Give a Leg what the hub said to its event `key`; False when it has gone on meanwhile."""
    if leg is None or leg.asked != key:
        return False
    leg.run(program)
    return True
